"""The marked copy of a workbook, whatever form it came in."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from ocop.lib.spreadsheets.reading import judge
from ocop.lib.spreadsheets.writing.annotated import MARKS_SHEET, Mark, MarkTexts, is_marks_sheet
from ocop.lib.spreadsheets.writing.marking.book import BOOK, Book, WorkbookPart
from ocop.lib.spreadsheets.writing.marking.cells import CellPosition, Cells, place_of, write_text
from ocop.lib.spreadsheets.writing.marking.front_sheet import (
    Target,
    front_sheet,
    parsed,
    remembered,
)
from ocop.lib.spreadsheets.writing.marking.notes import FIRST_LINE, Notes, highest_block
from ocop.lib.spreadsheets.writing.marking.package import BrokenPackage, Package, children
from ocop.lib.spreadsheets.writing.marking.rebuilt import rebuilt
from ocop.lib.spreadsheets.writing.marking.styles import Styles
from ocop.lib.spreadsheets.writing.writer import clean_text

SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected="[^"]*"')


def marked(data: bytes, name: str, marks: Sequence[Mark], texts: MarkTexts) -> bytes:
    """The xlsx with the marks in it. `name` is the sheet name of a text file.

    What is no xlsx, or one whose parts do not hang together as Excel's do, is built anew from the
    cells that can be read. Raises FileRefused where nothing can.
    """
    judged = judge(data)
    if judged.kind == "xlsx":
        try:
            return Marking(judged.parts, texts).with_marks(marks)
        except (BrokenPackage, KeyError, ValueError, IndexError, etree.XMLSyntaxError):
            pass
    parts, names = rebuilt(data, name)
    renamed = [replace(one, sheet=names.get(one.sheet, one.sheet)) for one in marks]
    return Marking(parts, texts).with_marks(renamed)


class Marking:
    """One workbook on its way to its marked copy."""

    def __init__(self, parts: dict[str, bytes], texts: MarkTexts) -> None:
        self.texts = texts
        self.package = Package(parts)
        self.book = Book(self.package)
        self.styles = Styles(self.package, BOOK)
        self.cells: dict[str, Cells] = {}
        self.notes: dict[str, Notes] = {}

    def with_marks(self, marks: Sequence[Mark]) -> bytes:
        self._take_back()
        sheets = {sheet.name: sheet for sheet in self.book.sheets() if sheet.is_worksheet}
        marks = sorted(marks, key=lambda mark: place_of(mark.cell) is not None)
        for name, placed in _by_sheet(marks).items():
            if name in sheets:
                self._mark_sheet(sheets[name], placed)
        self._finish_notes()
        targets = [(mark, _target(mark, sheets)) for mark in marks]
        self._put_in_front(targets)
        return self.package.saved()

    # --- an earlier marking ---------------------------------------------------------------------

    def _take_back(self) -> None:
        """The earlier sheet of marks, its notes, and the shades with what they stood for."""
        memory: dict[str, int] | None = None
        for sheet in self.book.sheets():
            if sheet.is_worksheet and is_marks_sheet(sheet.name):
                root = self.package.read(sheet.part)
                found = remembered(root, self._shared(), self.styles)
                if found is not None:
                    memory = {**(memory or {}), **found}
                    self.book.remove(sheet)
        own = self.styles.own_styles()
        noted = FIRST_LINE.encode()
        if not own and not any(noted in content for content in self.package.parts.values()):
            return
        for sheet in self.book.sheets():
            if sheet.is_worksheet:
                self._take_back_from(sheet, own, memory)

    def _take_back_from(
        self, sheet: WorkbookPart, own: dict[int, str], memory: dict[str, int] | None
    ) -> None:
        cells, notes = self._open(sheet)
        for number in cells.numbers if own else ():
            for column, cell in cells.of_row(number).items():
                style = int(cell.get("s", "0"))
                if style not in own:
                    continue
                # Without the sheet that remembers, only our note tells our colour from a colour.
                if own[style] in (memory or {}) or notes.is_ours((number, column)):
                    fill = (memory or {}).get(own[style], 0)
                    cell.set("s", str(self.styles.with_fill(style, fill)))
        notes.take_away_ours()

    def _shared(self) -> object:
        name = self.package.related(BOOK, "sharedStrings")
        return self.package.read(name) if name else None

    # --- this marking ---------------------------------------------------------------------------

    def _open(self, sheet: WorkbookPart) -> tuple[Cells, Notes]:
        if sheet.part not in self.cells:
            cells = Cells(self.package.tree(sheet.part))
            self.cells[sheet.part] = cells
            self.notes[sheet.part] = Notes(self.package, sheet.part, cells, self.texts.author)
        return self.cells[sheet.part], self.notes[sheet.part]

    def _mark_sheet(self, sheet: WorkbookPart, marks: dict[CellPosition, list[Mark]]) -> None:
        cells, notes = self._open(sheet)
        shown = cells.shown_at(set(marks))
        gathered: dict[CellPosition, list[Mark]] = defaultdict(list)
        for place in sorted(marks):
            gathered[shown.get(place, place)] += marks[place]
        for place, found in gathered.items():
            cell = cells.at(place)
            warning = all(mark.is_warning for mark in found)
            cell.set("s", str(self.styles.marked(int(cell.get("s", "0")), warning)))
            written = [mark.now for mark in found if mark.now is not None]
            if written:
                write_text(cell, clean_text(written[-1]))
            sentences = dict.fromkeys(mark.message for mark in found)
            notes.add(place, "\n".join(sentences))

    def _finish_notes(self) -> None:
        block = highest_block(self.package) + 1
        for notes in self.notes.values():
            block += notes.finish(block)

    # --- the sheet in front ---------------------------------------------------------------------

    def _put_in_front(self, targets: list[Target]) -> None:
        taken = {sheet.name.lower() for sheet in self.book.sheets()}
        name, number = MARKS_SHEET, 2
        while name.lower() in taken:
            name, number = f"{MARKS_SHEET} ({number})", number + 1
        self._deselect()
        self.book.add_first(name, parsed(front_sheet(targets, self.texts, self.styles)))

    def _deselect(self) -> None:
        """Two selected sheets are edited as one: only the new one is selected."""
        for sheet in self.book.sheets():
            if sheet.part in self.package.trees:
                for views in children(self.package.trees[sheet.part], "sheetViews"):
                    for view in views:
                        view.attrib.pop("tabSelected", None)
            elif sheet.part in self.package.parts:
                content = self.package.parts[sheet.part]
                self.package.parts[sheet.part] = SELECTED.sub(rb"\1", content)


def _by_sheet(marks: Sequence[Mark]) -> dict[str, dict[CellPosition, list[Mark]]]:
    found: dict[str, dict[CellPosition, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        if place := place_of(mark.cell):
            found[mark.sheet][place].append(mark)
    return found


def _target(mark: Mark, sheets: dict[str, WorkbookPart]) -> str | None:
    if mark.sheet not in sheets or place_of(mark.cell) is None:
        return None
    quoted = mark.sheet.replace("'", "''")
    return f"'{quoted}'!{mark.cell}"

"""Cells of a worksheet's XML: found, or made at the right place of their row."""

from bisect import bisect_left, insort
from typing import Any

from lxml import etree

from ocop.lib.spreadsheets.reading import cell_name, column_letters, parse_cell_name
from ocop.lib.spreadsheets.writing.marking.package import child, children, main_tag

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# What may stand before <legacyDrawing> in a worksheet (CT_Worksheet is a sequence).
BEFORE_LEGACY_DRAWING = {
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
}  # fmt: skip

CellPosition = tuple[int, int]


def place_of(cell: str | None) -> CellPosition | None:
    """(row, column) of a cell that a worksheet can have."""
    place = parse_cell_name(cell) if cell else None
    if place and 1 <= place[0] <= LAST_ROW and 1 <= place[1] <= LAST_COLUMN:
        return place
    return None


class Cells:
    """The cells of one worksheet; rows and cells without a number of their own get it."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.data = child(root, "sheetData")
        if self.data is None:
            raise ValueError("sheetData")
        self.rows: dict[int, Any] = {}
        number = 0
        for row in children(self.data, "row"):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self.rows.setdefault(number, row)
        self.numbers = sorted(self.rows)
        self._columns: dict[int, dict[int, Any]] = {}

    def of_row(self, number: int) -> dict[int, Any]:
        """Column → cell element, of a row that is there."""
        if number not in self._columns:
            found: dict[int, Any] = {}
            column = 0
            for cell in children(self.rows[number], "c"):
                place = parse_cell_name(cell.get("r", ""))
                column = place[1] if place else column + 1
                cell.set("r", cell_name(number, column))
                found.setdefault(column, cell)
            self._columns[number] = found
        return self._columns[number]

    def at(self, place: CellPosition) -> Any:
        """The cell at (row, column), made where there is none, in the style its place has."""
        row, column = place
        if row not in self.rows:
            self._make_row(row)
        cells = self.of_row(row)
        if column not in cells:
            cells[column] = self._make_cell(row, column)
        return cells[column]

    def _make_row(self, number: int) -> None:
        made = etree.Element(main_tag("row"), r=str(number))
        at = bisect_left(self.numbers, number)
        if at < len(self.numbers):
            self.rows[self.numbers[at]].addprevious(made)
        else:
            self.data.append(made)
        insort(self.numbers, number)
        self.rows[number] = made

    def _make_cell(self, row: int, column: int) -> Any:
        element, cells = self.rows[row], self.of_row(row)
        made = etree.Element(main_tag("c"), r=cell_name(row, column))
        if style := self._style_around(element, column):
            made.set("s", style)
        following = [other for other in cells if other > column]
        if following:
            cells[min(following)].addprevious(made)
        elif cells:
            cells[max(cells)].addnext(made)
        else:
            element.insert(0, made)
        # Hints for readers: which columns a row spans, which range a sheet has.
        element.attrib.pop("spans", None)
        self._widen(row, column)
        return made

    def _style_around(self, row: Any, column: int) -> str:
        """An absent cell shows its row's style, else its column's."""
        if row.get("customFormat") in ("1", "true"):
            return row.get("s", "")
        for each in children(child(self.root, "cols"), "col") if self._has_columns() else ():
            if int(each.get("min", "0")) <= column <= int(each.get("max", "0")):
                return each.get("style", "")
        return ""

    def _has_columns(self) -> bool:
        return child(self.root, "cols") is not None

    def _widen(self, row: int, column: int) -> None:
        dimension = child(self.root, "dimension")
        if dimension is None:
            return
        first, _colon, last = dimension.get("ref", "").partition(":")
        start, end = place_of(first), place_of(last or first)
        if not start or not end:
            return
        top, left = min(start[0], row), min(start[1], column)
        bottom, right = max(end[0], row), max(end[1], column)
        dimension.set("ref", f"{cell_name(top, left)}:{cell_name(bottom, right)}")

    # --- merged ranges --------------------------------------------------------------------------

    def shown_at(self, places: set[CellPosition]) -> dict[CellPosition, CellPosition]:
        """For places inside merged ranges the top left cell, which is the one that shows."""
        holder = child(self.root, "mergeCells")
        shown: dict[CellPosition, CellPosition] = {}
        if holder is None or not places:
            return shown
        ordered = sorted(places)
        for merge in children(holder, "mergeCell"):
            first, _colon, last = merge.get("ref", "").partition(":")
            start, end = place_of(first), place_of(last)
            if not start or not end:
                continue
            for place in ordered[bisect_left(ordered, (start[0], 0)) :]:
                if place[0] > end[0]:
                    break
                if start[1] <= place[1] <= end[1]:
                    shown.setdefault(place, start)
        return shown

    # --- what comes after the cells -------------------------------------------------------------

    def legacy_drawing(self) -> Any:
        """The element that names the shapes of the notes, None where there is none."""
        return child(self.root, "legacyDrawing")

    def add_legacy_drawing(self, relation: str, attribute: str) -> None:
        """Right behind what may come before it: there is one order, and Excel insists on it."""
        made = etree.Element(main_tag("legacyDrawing"))
        made.set(attribute, relation)
        last = 0
        for index, element in enumerate(self.root):
            tag = element.tag
            if isinstance(tag, str) and tag.rpartition("}")[2] in BEFORE_LEGACY_DRAWING:
                last = index + 1
        self.root.insert(last, made)


def range_name(first: CellPosition, last: CellPosition) -> str:
    """ "A1:C9" """
    return f"{column_letters(first[1])}{first[0]}:{column_letters(last[1])}{last[0]}"


def write_text(cell: Any, text: str) -> None:
    """Let a cell say `text`, whatever it held: a formula, a number, a shared text."""
    for element in list(cell):
        cell.remove(element)
    cell.set("t", "inlineStr")
    holder = etree.SubElement(cell, main_tag("is"))
    words = etree.SubElement(holder, main_tag("t"))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

"""ods: read in one pass and without unrolling repeated rows and cells that hold nothing."""

import re
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from ocop.lib.fonts import kind_of_font
from ocop.lib.spreadsheets.reading.cells import CellError, CellValue, SheetContent
from ocop.lib.spreadsheets.reading.hyperlinks import web_address
from ocop.lib.spreadsheets.reading.refusal import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    FileRefused,
    check_extent,
)
from ocop.lib.spreadsheets.reading.values import plain_value

NUMBERS = {"float", "percentage", "currency"}
OLD_FONT = re.compile(rb"(?:\.vn|vni[- ])", re.I)
HIDDEN = {"collapse", "filter"}
ERROR_FORMULAS = ("Err:", "#")


def read_ods(content: bytes, styles: bytes = b"") -> list[SheetContent]:
    """The tables of a content.xml already judged to have no DOCTYPE.

    `styles` is the styles.xml beside it: looked into only where it names a font of before Unicode.
    """
    reader = _Reader()
    if OLD_FONT.search(styles):
        _parse(styles, reader)
    _parse(content, reader)
    return reader.sheets


def _parse(content: bytes, reader: "_Reader") -> None:
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem


class _Reader:
    """Follows the row and the column through one table after the other."""

    def __init__(self) -> None:
        self.sheets: list[SheetContent] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.faces: dict[str, str] = {}
        self.fonts: dict[str, str] = {}
        self.of_cells = False
        self.column_fonts: list[tuple[int, str]] = []
        self.row_is_hidden = False
        self.row_fonts: dict[int, str] = {}
        self.row = self.column = 0
        self.row_repeats = self.cell_repeats = 1
        self.row_cells: dict[int, CellValue] = {}
        self.attributes: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.notes = 0
        self.link = ""
        self.depth = 0
        self.amount = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if tag.startswith("style:"):
            self._start_style(local, attributes)
        elif tag == "table:table":
            self._start_table(attributes)
        elif tag == "table:table-column":
            self._start_column(attributes)
        elif tag == "table:table-row":
            self._start_row(attributes)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.attributes = attributes
            self.cell_repeats = _count(attributes, "table:number-columns-repeated")
            self.paragraphs = []
        elif self.attributes is not None:
            self._start_text(local, attributes)

    def _start_style(self, local: str, attributes: dict[str, str]) -> None:
        if local == "font-face":
            family = attributes.get("svg:font-family", "")
            self.faces[attributes.get("style:name", "")] = family
        elif local in ("style", "default-style"):
            self.style = attributes.get("style:name", "")
            self.of_cells = attributes.get("style:family") == "table-cell"
            parent = attributes.get("style:parent-style-name", "")
            if self.of_cells:
                # What a style does not say comes from its parent, or from the default style.
                self.fonts[self.style] = self.fonts.get(parent, self.fonts.get("", ""))
        elif local == "table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif local == "text-properties" and self.of_cells:
            face = attributes.get("style:font-name", "")
            name = attributes.get("fo:font-family") or self.faces.get(face) or face
            if name:
                self.fonts[self.style] = kind_of_font(name)

    def _start_column(self, attributes: dict[str, str]) -> None:
        """A cell that names no style has its column's."""
        style = attributes.get("table:default-cell-style-name", "")
        last = self.column_fonts[-1][0] if self.column_fonts else 0
        repeats = _count(attributes, "table:number-columns-repeated")
        self.column_fonts.append((last + repeats, self.fonts.get(style, "")))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.column = 0
        self.row_cells = {}
        self.row_fonts = {}
        self.row_repeats = _count(attributes, "table:number-rows-repeated")
        self.row_is_hidden = attributes.get("table:visibility") in HIDDEN

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > 1:
            raise FileRefused("unreadable", reason="damaged")
        hidden = attributes.get("table:style-name", "") in self.hidden_styles
        self.sheets.append(SheetContent(attributes.get("table:name", ""), hidden=hidden))
        self.row = 0
        self.column_fonts = []

    def _start_text(self, local: str, attributes: dict[str, str]) -> None:
        if local == "annotation":
            self.notes += 1
        elif self.notes:
            return
        elif local in ("p", "h"):
            self.paragraphs.append("")
        elif self.paragraphs:
            if local == "a":
                self.link = self.link or web_address(attributes.get("xlink:href", ""))
            elif local == "s":
                self.paragraphs[-1] += " " * min(_count(attributes, "text:c"), 100)
            elif local == "tab":
                self.paragraphs[-1] += "\t"
            elif local == "line-break":
                self.paragraphs[-1] += "\n"

    def characters(self, text: str) -> None:
        if self.attributes is not None and self.paragraphs and not self.notes:
            self.paragraphs[-1] += text

    def end(self, tag: str) -> None:
        if tag.endswith(":annotation"):
            self.notes = max(0, self.notes - 1)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "table:table-row":
            self._end_row()
        elif tag == "table:table":
            self.depth -= 1

    def _end_cell(self) -> None:
        attributes, self.attributes = self.attributes or {}, None
        first = self.column + 1
        self.column += self.cell_repeats
        address, self.link = self.link, ""
        if not self.sheets:
            return
        down = _count(attributes, "table:number-rows-spanned")
        across = _count(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            top = self.row + 1
            self.sheets[-1].merged.append((top, first, top + down - 1, first + across - 1))
        value = _value(attributes, "\n".join(self.paragraphs))
        if value is None:
            return
        if address:
            self._take_in(1)
            self.sheets[-1].links[self.row + 1, first] = address
        check_extent(1, min(self.column, MAX_COLUMNS + 1), self.sheets[-1].name)
        for column in range(first, self.column + 1):
            self.row_cells[column] = value
            if isinstance(value, str) and (kind := self._font_of(attributes, column)):
                self.row_fonts[column] = kind

    def _font_of(self, attributes: dict[str, str], column: int) -> str:
        style = attributes.get("table:style-name", "")
        if style or not self.column_fonts:
            return self.fonts.get(style, "")
        return next((kind for last, kind in self.column_fonts if column <= last), "")

    def _end_row(self) -> None:
        first = self.row + 1
        self.row += self.row_repeats
        if self.row_cells and self.sheets:
            check_extent(min(self.row, MAX_ROWS + 1), 1, self.sheets[-1].name)
            self._take_in(len(self.row_cells) * self.row_repeats)
            sheet = self.sheets[-1]
            for number in range(first, self.row + 1):
                sheet.rows.append((number, dict(self.row_cells)))
                if self.row_is_hidden:
                    sheet.hidden_rows.add(number)
                for column, kind in self.row_fonts.items():
                    sheet.fonts[number, column] = kind

    def _take_in(self, cells: int) -> None:
        """A row of a few bytes may stand for thousands: counted before they are made."""
        self.amount += cells
        if self.amount > MAX_CELLS:
            raise FileRefused("too_large", reason="cells", limit=MAX_CELLS)


def _count(attributes: dict[str, str], name: str) -> int:
    """A repeat or a span: at least 1."""
    digits = attributes.get(name, "1")
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() else 1


def _value(attributes: dict[str, str], text: str) -> CellValue | None:
    kind = attributes.get("office:value-type")
    error = attributes.get("calcext:value-type") == "error"
    if error or (attributes.get("table:formula") and text.startswith(ERROR_FORMULAS)):
        return CellError(text)
    if attributes.get("table:formula") and kind is None and not text:
        return CellError("")
    try:
        return plain_value(_typed(kind, attributes, text))
    except ValueError:
        return plain_value(text)


def _typed(kind: str | None, attributes: dict[str, str], text: str) -> Any:
    if kind in NUMBERS:
        return float(attributes["office:value"]) if "office:value" in attributes else text
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if kind == "date" and "office:date-value" in attributes:
        written = attributes["office:date-value"]
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    return text

"""ods: read in one pass and without unrolling repeated rows and cells that hold nothing."""

from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from ocop.lib.spreadsheets.cells import CellError, CellValue, SheetContent
from ocop.lib.spreadsheets.refusal import MOST_COLUMNS, MOST_ROWS, FileRefused, check_extent
from ocop.lib.spreadsheets.values import plain_value

NUMBERS = {"float", "percentage", "currency"}
ERROR_FORMULAS = ("Err:", "#")


def read_ods(content: bytes) -> list[SheetContent]:
    """The tables of a content.xml already judged to have no DOCTYPE."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    return reader.sheets


class _Reader:
    """Follows the row and the column through one table after the other."""

    def __init__(self) -> None:
        self.sheets: list[SheetContent] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = 0
        self.row_repeats = self.cell_repeats = 1
        self.row_cells: dict[int, CellValue] = {}
        self.attributes: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.notes = 0
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if tag == "style:style":
            self.style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == "table:table":
            self._start_table(attributes)
        elif tag == "table:table-row":
            self.column = 0
            self.row_cells = {}
            self.row_repeats = _count(attributes, "table:number-rows-repeated")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.attributes = attributes
            self.cell_repeats = _count(attributes, "table:number-columns-repeated")
            self.paragraphs = []
        elif self.attributes is not None:
            self._start_text(local, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > 1:
            raise FileRefused("unreadable", reason="damaged")
        hidden = attributes.get("table:style-name", "") in self.hidden_styles
        self.sheets.append(SheetContent(attributes.get("table:name", ""), hidden=hidden))
        self.row = 0

    def _start_text(self, local: str, attributes: dict[str, str]) -> None:
        if local == "annotation":
            self.notes += 1
        elif self.notes:
            return
        elif local in ("p", "h"):
            self.paragraphs.append("")
        elif self.paragraphs:
            if local == "s":
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
        check_extent(1, min(self.column, MOST_COLUMNS + 1), self.sheets[-1].name)
        for column in range(first, self.column + 1):
            self.row_cells[column] = value

    def _end_row(self) -> None:
        first = self.row + 1
        self.row += self.row_repeats
        if self.row_cells and self.sheets:
            check_extent(min(self.row, MOST_ROWS + 1), 1, self.sheets[-1].name)
            for number in range(first, self.row + 1):
                self.sheets[-1].rows.append((number, dict(self.row_cells)))


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

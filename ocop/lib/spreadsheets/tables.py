"""The table in a workbook: its header, its records, and everything around them accounted for."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ocop.lib.legacy import is_legacy_text
from ocop.lib.spreadsheets.cells import CellValue, SheetContent, cell_name
from ocop.lib.spreadsheets.headers import ColumnNames, ColumnSpec, Header, find_header
from ocop.lib.spreadsheets.records import Record, RowSorter
from ocop.lib.spreadsheets.refusal import FileRefused
from ocop.lib.text import folded

__all__ = ["ColumnSpec", "Record", "Table", "find_table"]


@dataclass(frozen=True, slots=True)
class Table:
    """`header_row` is the header's first row; `columns`: key → column number from 1.

    `unknown`: (cell name, text) of header cells that name no column. `titles`: the same of the
    texts above the header. `missing`: keys of required columns that are not there. `skipped`:
    (row number, reason) of every row below the header that is no record: title, group, total,
    signature, blank, repeated_header. `also`: other sheets that hold such a header.
    """

    sheet: str
    header_row: int
    columns: dict[str, int]
    unknown: list[tuple[str, str]]
    missing: tuple[str, ...]
    titles: list[tuple[str, str]]
    records: list[Record]
    skipped: list[tuple[int, str]]
    also: tuple[str, ...] = field(default=())


def find_table(
    sheets: Sequence[SheetContent],
    columns: Sequence[ColumnSpec],
    sheet_name: str | None = None,
) -> Table:
    """The table with most of `columns`, visible sheets before hidden ones, then the first.

    Raises FileRefused `no_header` (`legacy_encoding` where the texts are in an old font).
    """
    names = ColumnNames(columns)
    wanted = _named(sheets, sheet_name) if sheet_name else list(sheets)
    found = [
        (sheet, header) for sheet in wanted if (header := find_header(sheet, names)) is not None
    ]
    if not found:
        raise _no_header(wanted)
    sheet, header = max(
        found,
        key=lambda pair: (not pair[0].hidden, -len(names.missing(pair[1].columns)), pair[1].score),
    )
    complete = [
        other.name
        for other, its in found
        if other is not sheet and not other.hidden and not names.missing(its.columns)
    ]
    return _table(sheet, header, names, tuple(complete))


def _named(sheets: Sequence[SheetContent], name: str) -> list[SheetContent]:
    exact = [sheet for sheet in sheets if sheet.name == name]
    wanted = exact or [sheet for sheet in sheets if folded(sheet.name) == folded(name)]
    if not wanted:
        raise FileRefused("no_header", reason="sheet", sheet=name)
    return wanted[:1]


def _no_header(sheets: Sequence[SheetContent]) -> FileRefused:
    texts = " ".join(
        value
        for sheet in sheets
        for _, cells in sheet.rows[:50]
        for value in cells.values()
        if isinstance(value, str)
    )
    if is_legacy_text(texts):
        return FileRefused("legacy_encoding")
    return FileRefused("no_header", reason="header")


def _table(sheet: SheetContent, header: Header, names: ColumnNames, also: tuple[str, ...]) -> Table:
    sorter = RowSorter(header, names, sheet.merged)
    previous = header.last_row
    for number, cells in _filled_down(sheet, header):
        for blank in range(previous + 1, number):
            sorter.skip(blank, "blank")
        sorter.take(number, cells)
        previous = number
    return Table(
        sheet=sheet.name,
        header_row=header.row,
        columns=header.columns,
        unknown=[(cell_name(row, column), text) for row, column, text in header.unknown],
        missing=names.missing(header.columns),
        titles=_titles(sheet, header),
        records=sorter.records,
        skipped=sorter.skipped,
        also=also,
    )


def _titles(sheet: SheetContent, header: Header) -> list[tuple[str, str]]:
    return [
        (cell_name(number, column), value)
        for number, cells in sheet.rows
        if number < header.row
        for column, value in sorted(cells.items())
        if isinstance(value, str)
    ]


def _filled_down(sheet: SheetContent, header: Header) -> list[tuple[int, dict[int, CellValue]]]:
    """The rows below the header; a cell merged over several records counts for each of them.

    Only rows that hold something of their own are filled, so a merge makes no records.
    """
    rows = [(number, cells) for number, cells in sheet.rows if number > header.last_row]
    mapped = set(header.columns.values())
    tall = [
        merge
        for merge in sheet.merged
        if merge[2] > merge[0] > header.last_row and merge[1] == merge[3] and merge[1] in mapped
    ]
    if not tall:
        return rows
    by_number = {number: dict(cells) for number, cells in rows}
    own = {number: mapped & cells.keys() for number, cells in by_number.items()}
    numbers = sorted(by_number)
    reached: dict[int, int] = {}
    for top, column, bottom, _ in sorted(tall):
        value = by_number.get(top, {}).get(column)
        # Ranges that overlap are no merges of a real workbook, only work.
        if value is None or top <= reached.get(column, 0):
            continue
        reached[column] = bottom
        for number in _between(numbers, top, bottom):
            if own[number]:
                by_number[number].setdefault(column, value)
    return [(number, by_number[number]) for number in numbers]


def _between(numbers: list[int], after: int, last: int) -> list[int]:
    return numbers[bisect_right(numbers, after) : bisect_right(numbers, last)]

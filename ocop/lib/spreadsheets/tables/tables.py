"""The table in a workbook: its header, its records, and everything around them accounted for."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ocop.lib.fonts import is_legacy_text, legacy_kind
from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.reading import MAX_ROWS, CellValue, SheetContent, cell_name
from ocop.lib.spreadsheets.tables.chosen_columns import with_chosen
from ocop.lib.spreadsheets.tables.further_tables import (
    HeadersBelow,
    first_header,
    lead_in,
    look_below,
)
from ocop.lib.spreadsheets.tables.headers import (
    MIN_MATCHES,
    ColumnNames,
    ColumnSpec,
    Header,
    header_in,
    merges_by_row,
)
from ocop.lib.spreadsheets.tables.records import Record, RowSorter
from ocop.lib.spreadsheets.tables.unread_columns import (
    UnreadColumn,
    linked_columns,
    unread_columns,
)
from ocop.lib.text import folded

__all__ = ["ColumnSpec", "Record", "Table", "find_table"]


@dataclass(frozen=True, slots=True)
class Table:
    """`header_row` is the header's first row; `columns`: key → column number from 1.

    `unknown`: (cell name, text) of header cells that name no column. `titles`: the same of the
    texts above the header. `missing`: keys of required columns that are not there. `skipped`:
    (row number, reason) of every row below the header that is no record: title, group, total,
    signature, blank, repeated_header. `also`: other sheets that hold such a header.

    `hidden`: row numbers of records that are hidden in the sheet. `header_texts`: column number →
    its header as written, of two rows joined by " / ". `other_headers`: first rows of the headers
    of further tables below this one in the same sheet; the table ends before the first of them.
    `side_by_side`: the header names all required columns twice; the left one of each is read.
    `complete`: those of `other_headers` that have all required columns. `unread`: columns that
    nothing is read from although they hold days or numbers of decisions. `linked`: numbers of those
    that hold web addresses. `footers`: (cell name, text) of the texts between the last record and
    the next table. `has_merges`: the sheet has merged cells, which a CSV file never has.
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
    hidden: tuple[int, ...] = ()
    header_texts: dict[int, str] = field(default_factory=dict)
    other_headers: tuple[int, ...] = ()
    side_by_side: bool = False
    complete: tuple[int, ...] = ()
    unread: tuple[UnreadColumn, ...] = ()
    linked: tuple[int, ...] = ()
    footers: list[tuple[str, str]] = field(default_factory=list)
    has_merges: bool = False


def find_table(
    sheets: Sequence[SheetContent],
    columns: Sequence[ColumnSpec],
    sheet_name: str | None = None,
    *,
    header_row: int | None = None,
    chosen: Mapping[int, str] | None = None,
    known_headers: Collection[str] = frozenset(),
) -> Table:
    """The table with most of `columns`, visible sheets before hidden ones, then the first.

    `header_row` picks the table whose header begins there instead of the first in the sheet.
    `chosen` (column number → key, "" for a column not to be read) comes before what the header
    says; together with `header_row` no text of the header needs to be known. `known_headers`:
    folded headers of other kinds of tables, which end this one too.
    Raises FileRefused `no_header` (`legacy_encoding` where the texts are in an old font, `kind`
    where it is known); reason `chosen` where `chosen` names no column of these or one twice.
    """
    names = ColumnNames(columns)
    sheet_wanted = _named(sheets, sheet_name) if sheet_name else list(sheets)
    found = _headers(sheet_wanted, names, header_row, chosen or {})
    if not found:
        raise _no_header(sheet_wanted)
    sheet, header = max(
        found,
        key=lambda pair: (not pair[0].hidden, -len(names.missing(pair[1].columns)), pair[1].score),
    )
    complete = [
        other.name
        for other, its in found
        if other is not sheet and not other.hidden and not names.missing(its.columns)
    ]
    below = look_below(sheet, header, names, known_headers)
    return _table(sheet, header, names, below, tuple(complete), chosen or {})


def _headers(
    sheets: Sequence[SheetContent],
    names: ColumnNames,
    header_row: int | None,
    chosen: Mapping[int, str],
) -> list[tuple[SheetContent, Header]]:
    found = []
    for sheet in sheets:
        if header_row is None:
            header = first_header(sheet, names)
        else:
            header = _header_at(sheet, header_row, names, bool(chosen))
        if header is not None:
            found.append((sheet, with_chosen(header, chosen, names)))
    return found


def _named(sheets: Sequence[SheetContent], name: str) -> list[SheetContent]:
    exact = [sheet for sheet in sheets if sheet.name == name]
    sheet_wanted = exact or [sheet for sheet in sheets if folded(sheet.name) == folded(name)]
    if not sheet_wanted:
        raise FileRefused("no_header", reason="sheet", sheet=name)
    return sheet_wanted[:1]


def _header_at(
    sheet: SheetContent, row: int, names: ColumnNames, even_unknown: bool
) -> Header | None:
    place = bisect_left(sheet.rows, row, key=lambda pair: pair[0])
    if place == len(sheet.rows) or sheet.rows[place][0] != row:
        return None
    header = header_in(sheet, place, names, merges_by_row(sheet))
    return header if even_unknown or header.score >= MIN_MATCHES else None


def _no_header(sheets: Sequence[SheetContent]) -> FileRefused:
    texts = " ".join(
        value
        for sheet in sheets
        for _, cells in sheet.rows[:50]
        for value in cells.values()
        if isinstance(value, str)
    )
    if kind := legacy_kind(texts):
        return FileRefused("legacy_encoding", kind=kind)
    if is_legacy_text(texts):
        return FileRefused("legacy_encoding")
    return FileRefused("no_header", reason="header")


def _table(
    sheet: SheetContent,
    header: Header,
    names: ColumnNames,
    below: HeadersBelow,
    also: tuple[str, ...],
    chosen: Mapping[int, str],
) -> Table:
    sorter = RowSorter(header, names, sheet.merged, sheet.links)
    footers = _sort_rows(sheet, header, below, sorter)
    unread = unread_columns(sheet, header, sorter.records, chosen)
    texts = header.written | {one.column: one.text for one in unread}
    return Table(
        sheet=sheet.name,
        header_row=header.row,
        columns=header.columns,
        unknown=[(cell_name(row, column), text) for row, column, text in header.unknown],
        missing=names.missing(header.columns),
        titles=_titles(sheet, header, names),
        records=sorter.records,
        skipped=sorter.skipped,
        also=also,
        hidden=tuple(
            record.row_number for record in sorter.records if record.row_number in sheet.hidden_rows
        ),
        header_texts=dict(sorted(texts.items())),
        other_headers=tuple(other.row for other in below.others),
        side_by_side=header.stands_twice(names),
        complete=tuple(one.row for one in below.others if not names.missing(one.columns)),
        unread=unread,
        linked=linked_columns(sheet, header, sorter.records, chosen),
        footers=footers,
        has_merges=bool(sheet.merged),
    )


def _sort_rows(
    sheet: SheetContent, header: Header, below: HeadersBelow, sorter: RowSorter
) -> list[tuple[str, str]]:
    """Every row from the header to the next table's, that one's titles left out; returns the
    texts below the last record."""
    leading: set[int] = set()
    end = MAX_ROWS + 1
    if below.others:
        end = below.others[0].row
        leading = set(lead_in(sheet, below.others[0], header.last_row))
    previous = header.last_row
    for number, cells in _filled_down(sheet, header, end):
        for blank in range(previous + 1, number):
            sorter.skip(blank, "blank")
        if number in below.repeated:
            sorter.skip(number, "repeated_header")
        elif number in leading:
            sorter.skip(number, "title")
        else:
            sorter.take(number, cells)
        previous = number
    last = sorter.records[-1].row_number if sorter.records else header.last_row
    return _texts_of(sheet, lambda number: last < number < end and number not in leading)


def _texts_of(sheet: SheetContent, wanted: Callable[[int], bool]) -> list[tuple[str, str]]:
    """(cell name, text) of the texts and days in rows of these numbers, in their order."""
    return [
        (cell_name(number, column), value if isinstance(value, str) else f"{value:%d/%m/%Y}")
        for number, cells in sheet.rows
        if wanted(number)
        for column, value in sorted(cells.items())
        if isinstance(value, str | date)
    ]


def _titles(sheet: SheetContent, header: Header, names: ColumnNames) -> list[tuple[str, str]]:
    """The texts above the header; of a further table first its own, then those of the sheet."""
    first = first_header(sheet, names)
    if first is None or first.row >= header.row:
        return _texts_of(sheet, lambda number: number < header.row)
    own = set(lead_in(sheet, header, first.last_row))
    before = _texts_of(sheet, lambda number: number < first.row)
    return _texts_of(sheet, lambda number: number in own) + before


def _filled_down(
    sheet: SheetContent, header: Header, end: int
) -> list[tuple[int, dict[int, CellValue]]]:
    """The rows from the header to row `end`.

    A cell merged over several records counts for each of them. Only rows that hold
    something of their own are filled, so a merge makes no records.
    """
    rows = [(number, cells) for number, cells in sheet.rows if header.last_row < number < end]
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

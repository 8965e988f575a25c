"""Headers further down in a sheet: the same one on the next page, or that of another table."""

from collections.abc import Collection
from dataclasses import dataclass, field

from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.reading import MAX_HEADER_CELLS, CellValue, SheetContent
from ocop.lib.spreadsheets.tables.headers import (
    INDEX_HEADERS,
    MAX_HEADER_LENGTH,
    MIN_MATCHES,
    ColumnNames,
    Header,
    find_header,
    header_in,
    merges_by_row,
    without_remarks,
)
from ocop.lib.spreadsheets.tables.row_types import is_footnote, is_numeric, is_signature, is_total
from ocop.lib.text import folded

# With less of its texts known, a row of texts is a record rather than a header once more.
MIN_KNOWN = 2 / 3


@dataclass(slots=True)
class HeadersBelow:
    """`repeated`: rows of the same header once more; `others`: headers of further tables."""

    repeated: set[int] = field(default_factory=set)
    others: list[Header] = field(default_factory=list)


def first_header(sheet: SheetContent, names: ColumnNames) -> Header | None:
    """The header of the first table; None where none is found.

    Where the fullest header only repeats one above it that is written worse, the table begins at
    the upper one and its columns are those of both: no row between them is lost.
    """
    best = find_header(sheet, names)
    if best is None:
        return None
    merges = merges_by_row(sheet)
    for place, (number, cells) in enumerate(sheet.rows):
        if number >= best.row:
            break
        if not _may_be_header(cells, names):
            continue
        found = header_in(sheet, place, names, merges)
        if found.last_row < best.row and _is_header(found, best) and _repeats(best, found):
            return _completed(found, best)
    return best


def _completed(header: Header, fuller: Header) -> Header:
    taken = set(header.columns.values())
    for key, column in fuller.columns.items():
        if key not in header.columns and column not in taken:
            header.columns[key] = column
            header.unknown = [cell for cell in header.unknown if cell[1] != column]
    return header


def look_below(
    sheet: SheetContent,
    header: Header,
    names: ColumnNames,
    known_headers: Collection[str] = frozenset(),
) -> HeadersBelow:
    """What headers stand below `header`, each compared with the one last seen.

    `known_headers`: folded headers of other kinds of tables. A row with two headers of any kind
    is the head of a table, whatever else stands in it. The rows of other tables' repeated headers
    are not told. FileRefused where more rows may be headers than any table has pages: looking at
    one takes the time of a hundred records.
    """
    below = HeadersBelow()
    looked_at = 0
    latest, taken = header, header.last_row
    merges = merges_by_row(sheet)
    for place, (number, cells) in enumerate(sheet.rows):
        if number <= taken or not _may_be_header(cells, names, known_headers):
            continue
        looked_at += len(cells)
        if looked_at > MAX_HEADER_CELLS:
            raise FileRefused(
                "too_large", reason="headers", limit=MAX_HEADER_CELLS, sheet=sheet.name
            )
        found = header_in(sheet, place, names, merges)
        if _is_header(found, latest) and _repeats(found, latest):
            taken = found.last_row
            if latest is header:
                below.repeated.update(range(found.row, found.last_row + 1))
        elif _begins_another(found, cells, latest, header, names, known_headers):
            taken = found.last_row
            below.others.append(found)
            latest = found
    return below


def _begins_another(
    found: Header,
    cells: dict[int, CellValue],
    latest: Header,
    header: Header,
    names: ColumnNames,
    known_headers: Collection[str],
) -> bool:
    known = {_as_header(str(text)) for text in cells.values()}
    if len(known & names.keys.keys() | known.intersection(known_headers)) >= MIN_MATCHES:
        return True
    if _is_numbered_head(cells):
        return True
    whole = not names.missing(found.columns) or found.score * 2 >= header.score
    return _is_header(found, latest) and whole


def _may_be_header(
    cells: dict[int, CellValue], names: ColumnNames, known_headers: Collection[str] = frozenset()
) -> bool:
    """Texts that begin with no digit, one of them a column's name, or two those of other tables:
    rules out nearly all records."""
    if len(cells) < MIN_MATCHES:
        return False
    texts = []
    for value in cells.values():
        if not isinstance(value, str) or not value or value[0].isdecimal():
            return False
        if len(value) > MAX_HEADER_LENGTH:
            return False
        texts.append(value)
    keys = [_as_header(text) for text in texts]
    if any(names.names_a_column(key) for key in keys) or _is_numbered_head(cells):
        return True
    return sum(key in known_headers for key in keys) >= MIN_MATCHES


def _is_numbered_head(cells: dict[int, CellValue]) -> bool:
    """Whether a row begins with "TT" or "STT": the head of some table, whatever it is about."""
    return folded(str(cells[min(cells)])[:MAX_HEADER_LENGTH]) in INDEX_HEADERS - {"no"}


def _as_header(text: str) -> str:
    """A header's key, without a bracketed remark."""
    return folded(without_remarks(text))


def _is_header(found: Header, latest: Header) -> bool:
    if found.score < MIN_MATCHES:
        return False
    strange = [
        (column, text)
        for _, column, text in found.unknown
        if folded(text) not in latest.texts.get(column, ())
    ]
    texts = len(found.written) - len(found.index_columns)
    return texts - len(strange) >= texts * MIN_KNOWN


def _repeats(found: Header, latest: Header) -> bool:
    """The same columns at the same places, though some may be missing or written otherwise."""
    agree = 0
    for key, column in found.columns.items():
        same_text = bool(found.texts[column] & latest.texts.get(column, set()))
        if same_text or latest.columns.get(key) == column or (column, key) in latest.named:
            agree += 1
        elif column not in latest.written or column in dict(latest.named):
            return False
    return agree > 0


def lead_in(sheet: SheetContent, header: Header, after: int) -> list[int]:
    """Rows that are titles of the table with this header: lone texts right above it.

    `after` is the last row that cannot be one. What stands right below a row with more than one
    cell belongs to the table before, until a blank row has come.
    """
    lone: list[int] = []
    before = after
    for number, cells in reversed(sheet.rows):
        if number >= header.row:
            continue
        if number <= after or not _is_lone_title(cells):
            before = max(after, number)
            break
        lone.append(number)
    lone.reverse()
    while lone and lone[0] == before + 1:
        before = lone.pop(0)
    return lone


def _is_lone_title(cells: dict[int, CellValue]) -> bool:
    text = next(iter(cells.values()))
    if len(cells) > 1 or not isinstance(text, str) or is_numeric(text):
        return False
    return not (is_total(text) or is_footnote(text) or is_signature(text))

"""Which rows of a sheet are the header, and which column is which."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ocop.lib.spreadsheets.reading import CellError, CellValue, SheetContent
from ocop.lib.text import folded

ROWS_SEARCHED = 50
MIN_MATCHES = 2
MAX_HEADER_LENGTH = 300
"""Letters of a text that are looked at: no column is named by more."""
INDEX_HEADERS = {"tt", "stt", "so tt", "so thu tu", "thu tu", "no"}
# Lower cells of a two-row header that say nothing without the cell above them.
WEAK = {"ten", "ten goi", "ho ten", "ho va ten", "ten day du"}
CODE = re.compile(r"^\s*[(\[]?\s*(\d{3})(?!\d)|[(\[]\s*(\d{2,3})\s*[)\]]")
"""A code of a data element, "(540)" or "[54]"; one of three digits also at the very beginning."""
AIMED = re.compile(r"\b(?:dang ky|du kien|de nghi|de xuat|phan dau|muc tieu)\b")
EARLIER = re.compile(r"^(?:hang|sao|so sao|xep|phan hang|ket qua|diem|tong).*\b(?:cu|truoc)\b")
"""Remarks in brackets that make another column of it: "Hạng sao (đăng ký)", "Hạng sao (cũ)" are no
rank that was given. An earlier place ("Huyện (cũ)") is one as well."""
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def without_remarks(text: str) -> str:
    """A header without what stands in brackets, unless that makes another column of it."""
    if "(" not in text and "[" not in text:
        return text
    key = folded(text)
    return text if AIMED.search(key) or EARLIER.search(key) else BRACKETED.sub(" ", text)


MergesByRow = dict[int, list[tuple[int, int, int, int]]]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column to look for.

    Columns of one `one_of` group stand in for each other: one of them is enough. `qualified`
    adds pairs (upper header, lower header) that mean this column in a two-row header. `codes`:
    codes of data elements ("540") that mean it, whatever else the header says. `tick`: its names
    are what cells of other tables hold ("4 sao"): they name it only in a row of headers.
    """

    key: str
    header: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    one_of: str = ""
    qualified: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    tick: bool = False

    @property
    def needed(self) -> bool:
        """Whether a record has it: required, be it that others of its group may stand for it."""
        return self.required or (bool(self.one_of) and self.one_of == self.key)


class ColumnNames:
    """The folded names of a dataset's columns."""

    def __init__(self, columns: Sequence[ColumnSpec]) -> None:
        self.columns = tuple(columns)
        self.keys: dict[str, str] = {}
        self.pairs: dict[tuple[str, str], str] = {}
        for column in columns:
            self.keys[folded(column.header)] = column.key
        for column in columns:
            for synonym in column.synonyms:
                self.keys.setdefault(folded(synonym), column.key)
            for upper, lower in column.qualified:
                self.pairs[folded(upper), folded(lower)] = column.key
        self.codes = {code: column.key for column in columns for code in column.codes}
        self.ticks = {column.key for column in columns if column.tick}
        self.canonical = {column.key: folded(column.header) for column in columns}

    def key_of(self, text: str) -> str | None:
        """The column a header cell names by itself; a bracketed remark does not count."""
        code = CODE.search(text) if self.codes else None
        if code is not None and (key := self.codes.get(code[1] or code[2])):
            return key
        return self.keys.get(folded(text)) or self.keys.get(folded(without_remarks(text)))

    def key_under(self, upper: str, lower: str) -> str | None:
        """The column of a lower header cell, qualified by the one above where that says more."""
        above, below = folded(without_remarks(upper)), folded(without_remarks(lower))
        if key := self.pairs.get((above, below)):
            return key
        for joined in (f"{below} {above}", f"{above} {below}"):
            if key := self.keys.get(joined):
                return key
        if below in WEAK and above in self.keys:
            return self.keys[above]
        key = self.key_of(lower)
        return None if key in self.ticks and above else key

    def names_a_column(self, key: str) -> bool:
        """Whether a folded text can name a column and no cell's value."""
        return key in self.keys and self.keys[key] not in self.ticks

    def missing(self, found: Mapping[str, int]) -> tuple[str, ...]:
        """Keys of required columns not found; of a one-of group the first stands for all."""
        absent = [spec.key for spec in self.columns if spec.required and spec.key not in found]
        groups: dict[str, list[str]] = {}
        for spec in self.columns:
            if spec.one_of:
                groups.setdefault(spec.one_of, []).append(spec.key)
        absent += [keys[0] for keys in groups.values() if not any(key in found for key in keys)]
        order = [spec.key for spec in self.columns]
        return tuple(sorted(set(absent), key=order.index))


@dataclass(slots=True)
class Header:
    """`row` and `last_row` are its first and last row; `unknown`: (row, column, text).

    `written`: every column's text as it stands, upper and lower cell joined by " / ".
    `named`: (column, key) of every cell that names a column, doubles included.
    """

    row: int
    last_row: int
    columns: dict[str, int] = field(default_factory=dict)
    unknown: list[tuple[int, int, str]] = field(default_factory=list)
    index_columns: set[int] = field(default_factory=set)
    texts: dict[int, set[str]] = field(default_factory=dict)
    written: dict[int, str] = field(default_factory=dict)
    named: list[tuple[int, str]] = field(default_factory=list)

    @property
    def score(self) -> int:
        return len(self.columns)

    def stands_twice(self, names: ColumnNames) -> bool:
        """Whether two tables stand side by side: all required columns are named twice."""
        required = [spec.key for spec in names.columns if spec.needed]
        times = Counter(key for _, key in self.named)
        return len(required) > 1 and all(times[key] > 1 for key in required)


def find_header(sheet: SheetContent, names: ColumnNames) -> Header | None:
    """The best header among the first rows; the upper one of equals. None: no two columns.

    Where the best has all required columns, the first that has them too comes before it.
    """
    best: Header | None = None
    complete: Header | None = None
    merges = merges_by_row(sheet)
    for place in range(min(ROWS_SEARCHED, len(sheet.rows))):
        header = header_in(sheet, place, names, merges)
        if header.score < MIN_MATCHES:
            continue
        if best is None or header.score > best.score:
            best = header
        if complete is None and not names.missing(header.columns):
            complete = header
    if complete and best and complete.last_row < best.row and not names.missing(best.columns):
        return complete
    return best


def merges_by_row(sheet: SheetContent) -> MergesByRow:
    """The merged ranges by the row they begin in."""
    by_row: MergesByRow = {}
    for merge in sheet.merged:
        by_row.setdefault(merge[0], []).append(merge)
    return by_row


def header_in(sheet: SheetContent, place: int, names: ColumnNames, merges: MergesByRow) -> Header:
    """What the row at this place of `sheet.rows` gives as a header, alone or with the next one.

    It may name no column at all.
    """
    number, cells = sheet.rows[place]
    one = _one_row(number, cells, names)
    if place + 1 == len(sheet.rows) or sheet.rows[place + 1][0] != number + 1:
        return one
    two = _two_rows(number, cells, sheet.rows[place + 1][1], merges.get(number, []), names)
    three = _three_rows(sheet, place, names, merges)
    if three is not None and three.score > max(one.score, two.score if two else 0):
        return three
    if two is None or two.score < one.score:
        return one
    return two if two.score > one.score or _parts_a_column(two, merges.get(number, [])) else one


def _three_rows(
    sheet: SheetContent, place: int, names: ColumnNames, merges: MergesByRow
) -> Header | None:
    """Of a header whose second row parts into a third ("Chủ thể" over "Địa chỉ" over "Xã"): the
    two lower rows, where a cell of the second is merged over several of the third; the first row
    stands over what is a lower cell there."""
    rows = sheet.rows[place : place + 3]
    number = rows[0][0]
    if [row for row, _cells in rows] != [number, number + 1, number + 2]:
        return None
    upper, middle, lower = (cells for _row, cells in rows)
    if not all(isinstance(value, str) for value in (*middle.values(), *lower.values())):
        return None
    parted = [m for m in merges.get(number + 1, []) if m[0] == m[2] and m[1] < m[3]]
    if not merges:
        parted = _gaps(number + 1, upper, middle, lower)
    if not any(left <= column <= right for _t, left, _b, right in parted for column in lower):
        return None
    above = _spread(dict(_texts(upper)), {*middle, *lower}, merges.get(number, []))
    between = _spread(dict(_texts(middle)), set(lower), parted)
    header = Header(number, number + 2)
    named_above = 0
    for column in sorted({*upper, *middle, *lower}):
        texts = [above.get(column, ""), between.get(column, ""), str(lower.get(column, ""))]
        chain = [(n, text[:MAX_HEADER_LENGTH]) for n, text in enumerate(texts, number) if text]
        over, (row, text) = [text for _row, text in chain[:-1]], chain[-1]
        keys = [names.key_under(one, text) for one in reversed(over)] or [names.key_of(text)]
        named_above += row == number and keys[0] is not None
        header.written[column] = " / ".join([*over, text][-2:])
        _assign(header, names, (row, column, text), next((key for key in keys if key), None))
        header.texts[column].update(folded(one) for one in over)
    # A title right above a two-row header names no column: it stays a title.
    return header if named_above else None


def _gaps(
    row: int,
    upper: dict[int, CellValue],
    middle: dict[int, CellValue],
    lower: dict[int, CellValue],
) -> list[tuple[int, int, int, int]]:
    """Where a sheet keeps no merges: each cell of the middle row over the empty ones right of it,
    where the third row stands below nothing else, and below one of them more than once."""
    found = []
    for column in sorted(middle):
        ends = [place for place in {*middle, *upper} if place > column]
        last = max((one for one in lower if column <= one < min(ends, default=one + 1)), default=0)
        if last >= column:
            found.append((row, column, row, last))
    below = {column for _t, left, _b, right in found for column in range(left, right + 1)}
    return found if lower.keys() <= below and any(one[1] < one[3] for one in found) else []


def _parts_a_column(header: Header, merges: list[tuple[int, int, int, int]]) -> bool:
    """Whether an upper cell is merged over several columns of which the lower ones name some: what
    it says by itself is then no column's name."""
    return any(
        left < right and any(left <= column <= right for column in header.columns.values())
        for top, left, bottom, right in merges
        if top == bottom == header.row
    )


def _texts(cells: dict[int, CellValue]) -> Iterator[tuple[int, str]]:
    for column, value in sorted(cells.items()):
        if not isinstance(value, CellError):
            yield column, str(value)[:MAX_HEADER_LENGTH]


def _one_row(number: int, cells: dict[int, CellValue], names: ColumnNames) -> Header:
    header = Header(number, number)
    for column, text in _texts(cells):
        _assign(header, names, (number, column, text), names.key_of(text))
    return header


def _two_rows(
    number: int,
    upper_cells: dict[int, CellValue],
    lower_cells: dict[int, CellValue],
    merges: list[tuple[int, int, int, int]],
    names: ColumnNames,
) -> Header | None:
    """None where the second row is plainly data: something in it is no text."""
    if not all(isinstance(value, str) for value in lower_cells.values()):
        return None
    upper = _spread(dict(_texts(upper_cells)), set(lower_cells), merges)
    header = Header(number, number + 1)
    matched_below = helped = 0
    for column in sorted(set(upper_cells) | set(lower_cells)):
        above, below = upper.get(column, ""), str(lower_cells.get(column, ""))[:MAX_HEADER_LENGTH]
        if below:
            key = names.key_under(above, below)
            header.written[column] = f"{above} / {below}" if above else below
            matched_below += key is not None
            helped += key != names.key_of(below)
            _assign(header, names, (number + 1, column, below), key)
            header.texts[column].add(folded(above))
        elif column in upper_cells and above:
            key = names.key_of(above)
            helped += key is not None
            _assign(header, names, (number, column, above), key)
    # A title right above a one-row header adds nothing to it: it stays a title.
    return header if matched_below and helped else None


def _spread(
    upper: dict[int, str], below: set[int], merges: list[tuple[int, int, int, int]]
) -> dict[int, str]:
    """The upper text over each column: by the merged ranges, else the nearest to the left."""
    spread = dict(upper)
    for _, left, _, right in merges:
        if left in upper:
            for column in below:
                if left < column <= right:
                    spread[column] = upper[left]
    if not merges:
        # csv and old files keep no merges: a lower cell under a gap belongs to the left.
        for column in sorted(below - set(spread)):
            nearest = max((place for place in upper if place < column), default=None)
            if nearest is not None:
                spread[column] = upper[nearest]
    return spread


def _assign(
    header: Header, names: ColumnNames, cell: tuple[int, int, str], key: str | None
) -> None:
    row, column, text = cell
    name = folded(text)
    header.texts.setdefault(column, set()).add(name)
    header.written.setdefault(column, text)
    if key is not None:
        header.named.append((column, key))
    if key is None:
        if name in INDEX_HEADERS or not name:
            header.index_columns.add(column)
        else:
            header.unknown.append(cell)
    elif key not in header.columns:
        header.columns[key] = column
    elif (
        name == names.canonical[key]
        and names.canonical[key] not in header.texts[header.columns[key]]
    ):
        # The column of exactly this name is meant rather than one under a synonym.
        header.unknown.append(
            (row, header.columns[key], "/".join(sorted(header.texts[header.columns[key]])))
        )
        header.columns[key] = column
    else:
        header.unknown.append(cell)

"""Which rows of a sheet are the header, and which column is which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ocop.lib.spreadsheets.cells import CellError, CellValue, SheetContent
from ocop.lib.text import folded

ROWS_SEARCHED = 50
LEAST_MATCHES = 2
INDEX_HEADERS = {"tt", "stt", "so tt", "so thu tu", "thu tu", "no"}
# Lower cells of a two-row header that say nothing without the cell above them.
WEAK = {"ten", "ten goi", "ho ten", "ho va ten", "ten day du"}
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column to look for.

    Columns of one `one_of` group stand in for each other: one of them is enough. `qualified`
    adds pairs (upper header, lower header) that mean this column in a two-row header.
    """

    key: str
    header: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    one_of: str = ""
    qualified: tuple[tuple[str, str], ...] = ()


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
        self.canonical = {column.key: folded(column.header) for column in columns}

    def key_of(self, text: str) -> str | None:
        """The column a header cell names by itself; a bracketed remark does not count."""
        return self.keys.get(folded(text)) or self.keys.get(folded(BRACKETED.sub(" ", text)))

    def key_under(self, upper: str, lower: str) -> str | None:
        """The column of a lower header cell, qualified by the one above where that says more."""
        above, below = folded(BRACKETED.sub(" ", upper)), folded(BRACKETED.sub(" ", lower))
        if key := self.pairs.get((above, below)):
            return key
        for joined in (f"{below} {above}", f"{above} {below}"):
            if key := self.keys.get(joined):
                return key
        if below in WEAK and above in self.keys:
            return self.keys[above]
        return self.key_of(lower)

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
    """`row` and `last_row` are its first and last row; `unknown`: (row, column, text)."""

    row: int
    last_row: int
    columns: dict[str, int] = field(default_factory=dict)
    unknown: list[tuple[int, int, str]] = field(default_factory=list)
    index_columns: set[int] = field(default_factory=set)
    texts: dict[int, set[str]] = field(default_factory=dict)

    @property
    def score(self) -> int:
        return len(self.columns)


def find_header(sheet: SheetContent, names: ColumnNames) -> Header | None:
    """The best header among the first rows; the upper one of equals. None: no two columns."""
    best: Header | None = None
    merges = [merge for merge in sheet.merged if merge[0] <= _last_searched(sheet)]
    rows = sheet.rows[:ROWS_SEARCHED]
    for place, (number, cells) in enumerate(rows):
        below = rows[place + 1] if place + 1 < len(rows) else (0, {})
        candidates: list[Header | None] = [_one_row(number, cells, names)]
        if below[0] == number + 1:
            candidates.append(_two_rows(number, cells, below[1], merges, names))
        for header in candidates:
            if (
                header
                and header.score >= LEAST_MATCHES
                and (best is None or header.score > best.score)
            ):
                best = header
    return best


def _last_searched(sheet: SheetContent) -> int:
    return max((number for number, _ in sheet.rows[:ROWS_SEARCHED]), default=0)


def _texts(cells: dict[int, CellValue]) -> Iterator[tuple[int, str]]:
    for column, value in sorted(cells.items()):
        if not isinstance(value, CellError):
            yield column, str(value)


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
    upper = _spread(number, dict(_texts(upper_cells)), set(lower_cells), merges)
    header = Header(number, number + 1)
    matched_below = helped = 0
    for column in sorted(set(upper_cells) | set(lower_cells)):
        above, below = upper.get(column, ""), str(lower_cells.get(column, ""))
        if below:
            key = names.key_under(above, below)
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
    number: int, upper: dict[int, str], below: set[int], merges: list[tuple[int, int, int, int]]
) -> dict[int, str]:
    """The upper text over each column: by the merged ranges, else the nearest to the left."""
    merged = [merge for merge in merges if merge[0] <= number <= merge[2]]
    spread = dict(upper)
    for _, left, _, right in merged:
        if left in upper:
            for column in below:
                if left < column <= right:
                    spread[column] = upper[left]
    if not merged:
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

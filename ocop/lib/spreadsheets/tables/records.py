"""Which rows under a header are records. Whatever holds a value that could be one, is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ocop.lib.spreadsheets.reading import CellError, CellValue, column_letters
from ocop.lib.spreadsheets.tables.headers import ColumnNames, Header
from ocop.lib.spreadsheets.tables.row_types import (
    are_column_numbers,
    is_enumerator,
    is_footnote,
    is_group,
    is_numeric,
    is_page_number,
    is_reference,
    is_signature,
    is_total,
)
from ocop.lib.spreadsheets.tables.titles import names_decision
from ocop.lib.text import folded

NO_LINKS: Mapping[Any, str] = MappingProxyType({})
MAX_GROUPS = 200
# After a signature, a row needs this many values to count as a record without a number.
CLEARLY_A_RECORD = 3


@dataclass(frozen=True, slots=True)
class Record:
    """`letters`: key → letters of its column, the same mapping for every record; `held`: the
    values in that order, None for a blank; `groups`: the group rows above it in order, the
    latest last; `part`: which of the records in its row, where one row holds several, from 0;
    `links`: key → the web address behind its cell.

    Names of cells are made when asked for: most rows have nothing to be said of them. So is the
    mapping of values, three times the size of the values in a row.
    """

    row_number: int
    held: tuple[CellValue | None, ...]
    groups: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    part: int = 0
    links: Mapping[str, str] = field(default_factory=lambda: NO_LINKS, repr=False, compare=False)

    @property
    def values(self) -> dict[str, CellValue]:
        """Key → value, blanks left out; another mapping each time."""
        pairs = zip(self.letters, self.held, strict=True)
        return {key: value for key, value in pairs if value is not None}

    def having(self, changed: Mapping[str, CellValue | None]) -> "Record":
        """The record with other values under some of its keys, None for none.

        A key that the sheet has no column for is added, without a cell.
        """
        added = [key for key in changed if key not in self.letters]
        held = [*self.held, *(None for _key in added)]
        letters = {**self.letters, **dict.fromkeys(added, "")} if added else self.letters
        pairs = zip(letters, held, strict=True)
        now = tuple(changed.get(key, value) for key, value in pairs)
        return replace(self, held=now, letters=letters)

    def cell(self, key: str) -> str:
        """The name of the column's cell ("G17"); empty where the sheet has no such column."""
        return f"{self.letters[key]}{self.row_number}" if self.letters.get(key) else ""

    @property
    def cells(self) -> dict[str, tuple[str, CellValue]]:
        """Key → (cell name, value), blanks left out."""
        return {key: (self.cell(key), value) for key, value in self.values.items()}


class RowSorter:
    """Takes the rows under a header one after the other."""

    def __init__(
        self,
        header: Header,
        names: ColumnNames,
        merged: list[tuple[int, int, int, int]],
        links: Mapping[tuple[int, int], str] = NO_LINKS,
    ) -> None:
        self.links = links
        self.header = header
        self.keys = list(header.columns.items())
        self.mapped = set(header.columns.values())
        self.letters = {key: column_letters(column) for key, column in self.keys}
        present = [spec.key for spec in names.columns if spec.needed]
        present = [key for key in present if key in header.columns]
        self.leading = [header.columns[key] for key in present[:2]]
        self.required = {header.columns[key] for key in present}
        self.wide = {
            (top, left): right
            for top, left, bottom, right in merged
            if top == bottom and right > left
        }
        self.records: list[Record] = []
        self.skipped: list[tuple[int, str]] = []
        self.groups: tuple[str, ...] = ()
        self.signed = False

    def skip(self, number: int, reason: str) -> None:
        self.skipped.append((number, reason))

    def take(self, number: int, cells: dict[int, CellValue]) -> None:
        reason = self._reason(number, cells)
        if reason:
            self.skip(number, reason)
            self._note_decision(cells)
            return
        found = tuple(cells.get(column) for _key, column in self.keys)
        behind: Mapping[str, str] = NO_LINKS
        if self.links:
            places = {key: (number, column) for key, column in self.keys}
            behind = {
                key: self.links[place] for key, place in places.items() if place in self.links
            }
        self.records.append(Record(number, found, self.groups, self.letters, links=behind))

    def _note_decision(self, cells: dict[int, CellValue]) -> None:
        """A row between the records that names a decision names that of the rows below it."""
        texts = [str(value) for _column, value in sorted(cells.items())]
        if names_decision(texts):
            text = " ".join(texts)
            if not self.groups or self.groups[-1] != text:
                self._open_group(text)

    def _reason(self, number: int, cells: dict[int, CellValue]) -> str:
        """Why this row is no record; empty for a record."""
        if self._is_repeated_header(cells):
            return "repeated_header"
        if not self.records and are_column_numbers(list(cells.values())):
            return "title"
        if self._is_plainly_a_record(cells):
            return ""
        texts = {
            column: value
            for column, value in sorted(cells.items())
            if isinstance(value, str) and not is_numeric(value)
        }
        if not texts:
            return "" if self.mapped & cells.keys() else "blank"
        if len(cells) == 1 and is_page_number(next(iter(texts.values()))):
            return "title"
        if reason := self._closing_reason(texts, cells):
            return reason
        if self._is_group_row(number, cells, texts):
            return "group"
        if not self.mapped & cells.keys():
            return "title"
        return ""

    def _is_plainly_a_record(self, cells: dict[int, CellValue]) -> bool:
        """The two leading required columns hold texts of their own, and more beside them."""
        if len(self.leading) < 2 or len(self.mapped & cells.keys()) < CLEARLY_A_RECORD:
            return False
        first, second = cells.get(self.leading[0]), cells.get(self.leading[1])
        return isinstance(first, str) and isinstance(second, str)

    def _is_repeated_header(self, cells: dict[int, CellValue]) -> bool:
        """Every text is what the header has in that column, and there are two of them."""
        matches = 0
        for column, value in cells.items():
            if isinstance(value, CellError):
                continue
            known = self.header.texts.get(column)
            if not known or not isinstance(value, str) or folded(value) not in known:
                return False
            matches += 1
        return matches >= 2

    def _closing_reason(self, texts: dict[int, str], cells: dict[int, CellValue]) -> str:
        """total or signature, for rows that hold no other text of their own."""
        first = next(iter(texts.values()))
        others = [column for column in texts if column != next(iter(texts))]
        if is_total(first) and not any(column in self.leading for column in others):
            return "total"
        if all(is_reference(text) for text in texts.values()):
            return "title"
        if all(is_signature(text) for text in texts.values()):
            # A footnote may stand in the middle; only a signature ends the table.
            self.signed = self.signed or not is_footnote(first)
            return "signature"
        if self.signed and not self._could_be_record(cells):
            return "signature"
        return ""

    def _could_be_record(self, cells: dict[int, CellValue]) -> bool:
        filled = self.mapped & cells.keys()
        # Names stand under the signatures, in any column; what is numbered is no such name.
        return len(filled) >= (2 if self._is_numbered(cells) else CLEARLY_A_RECORD)

    def _is_group_row(
        self, number: int, cells: dict[int, CellValue], texts: dict[int, str]
    ) -> bool:
        """One text and at most counts beside it, in a place or words no record would use."""
        enumerator = self._enumerator(texts)
        named = {column: text for column, text in texts.items() if column != enumerator}
        if len(named) > 1:
            return False
        if not named:
            self._open_group(texts[enumerator] if enumerator else "")
            return True
        column, text = next(iter(named.items()))
        if not self._beside_are_counts(cells, column, enumerator):
            return False
        if column in self.mapped and len(self.required & cells.keys()) >= CLEARLY_A_RECORD:
            # "Cầu Kè | 2024 | 5" lacks its first cell; those are no counts beside a group's name.
            return False
        right = self.wide.get((number, column), column)
        covered = [place for place in self.mapped if column <= place <= right]
        alone = column not in self.mapped and not self.mapped & cells.keys()
        if (
            enumerator
            or alone
            or len(covered) > 1
            or (not self._is_numbered(cells) and is_group(text))
            or (column not in self.mapped and is_group(text))
        ):
            self._open_group(text)
            return True
        return False

    def _enumerator(self, texts: dict[int, str]) -> int | None:
        """The index column where it holds "IV" or "B"."""
        column = next(iter(texts))
        unmapped = column not in self.mapped
        return column if unmapped and is_enumerator(texts[column]) else None

    def _is_numbered(self, cells: dict[int, CellValue]) -> bool:
        return any(is_numeric(cells.get(column)) for column in self.header.index_columns)

    def _beside_are_counts(
        self, cells: dict[int, CellValue], column: int, enumerator: int | None
    ) -> bool:
        return all(
            is_numeric(value) for place, value in cells.items() if place not in (column, enumerator)
        )

    def _open_group(self, text: str) -> None:
        if text:
            self.groups = (*self.groups, text)[-MAX_GROUPS:]

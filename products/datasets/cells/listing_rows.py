"""Rows of a list of floors or systems as records, one for each listing that a row holds.

A list has a column that names the place, or a column for each place with ticks, links, codes or
days in it, or both. What is not certain stays as it is written and is asked about.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from ocop.imports.datasets import ImportContext
from ocop.imports.findings import CellReference
from ocop.lib.dates import parse_day
from ocop.lib.errors import ReadingError
from ocop.lib.spreadsheets.reading import CellError
from ocop.lib.spreadsheets.tables import ColumnSpec, Record, means_same_as_above
from ocop.lib.text import folded
from products.datasets.cells.listing_cells import (
    PlaceNames,
    host_of,
    is_none,
    is_tick,
    links_in,
    paired,
)
from products.datasets.headers import OF_A_PLACE, TOO_GENERAL, UNDER_A_PLACE

SEPARATOR, NAMED_BY_HEADER = ":", "?"
DAY = "start"
MAX_NAMED_BY_HEADER = 30
"""Columns of a sheet that somebody may call places of their own."""


@dataclass(frozen=True)
class PlaceColumns:
    """The keys of columns for one place each, and how they are recognised.

    `place`: key of the dataset's column that names the place ("floor"); `value`: key of the one
    that a cell gives ("link", "code").
    """

    place: str
    value: str
    above: tuple[str, ...]

    def key(self, name: str, of: str = "") -> str:
        return SEPARATOR.join((self.place, *([of] if of else []), name))

    def is_key(self, key: str) -> bool:
        return key.startswith((self.place + SEPARATOR, self.place + NAMED_BY_HEADER))

    def specs(self, spellings: Mapping[str, Iterable[str]], one_of: str) -> list[ColumnSpec]:
        found = []
        for name, others in spellings.items():
            texts = [text for text in (name, *others) if folded(text) not in TOO_GENERAL]
            texts = [text for text in texts if len(folded(text)) > 2]
            upper = [form.format(text) for text in texts for form in ("{}", "Sàn {}")]
            keys = {"value": self.key(name), DAY: self.key(name, DAY)}
            for under, key in keys.items():
                qualified = [(text, low) for text in upper for low in UNDER_A_PLACE[under]]
                alone = [form.format(text) for text in texts for form in OF_A_PLACE]
                synonyms = tuple(alone) if under == "value" else ()
                of_one = one_of if under == "value" else ""
                found.append(
                    ColumnSpec(key, key, synonyms, one_of=of_one, qualified=tuple(qualified))
                )
        by_header = (f"{self.place}{NAMED_BY_HEADER}{n}" for n in range(MAX_NAMED_BY_HEADER))
        return [*found, *(ColumnSpec(key, key, one_of=one_of) for key in by_header)]

    def name_of(self, key: str, headers: Mapping[int, str], column: int) -> str:
        """The place that a column is of; of one named by its header the lower cell of that."""
        if key.startswith(self.place + NAMED_BY_HEADER):
            return headers.get(column, "").rpartition(" / ")[2].strip()
        return key.removeprefix(self.key("", DAY) if self.is_day(key) else self.key(""))

    def is_day(self, key: str) -> bool:
        return key.startswith(self.key("", DAY))

    def is_above(self, text: str) -> bool:
        """Whether an upper header cell says that the lower ones name places."""
        return folded(text) in {folded(one) for one in self.above}


def as_above(context: ImportContext, headers: Mapping[str, str]) -> None:
    """Put into cells of these columns (key → header) what they refer to in the row above: before
    a cell with several names is divided, so that all of them are meant."""
    records = context.table.records
    above: dict[str, Any] = {}
    for number, record in enumerate(records):
        for key, header in headers.items():
            meant = _meant(context, record, (key, header), above.get(key))
            if meant != record.values.get(key):
                record = records[number] = record.having({key: meant})
            above[key] = meant


def _meant(context: ImportContext, record: Record, column: tuple[str, str], above: Any) -> Any:
    """The cell of a column (key, header), or the value above that it refers to, which is said."""
    key, header = column
    cell = record.values.get(key)
    if above is None or not means_same_as_above(cell):
        return cell
    where = CellReference(header, record.cell(key), cell, record.row_number, key)
    context.report.warn("same_as_above", where, above=CellReference(value=above).shown)
    return above


# --- A column for each place ----------------------------------------------------------------------


def spread(columns: PlaceColumns, context: ImportContext) -> None:
    """Of rows with a column for each place one record for each listing; a row that holds none is
    skipped. Records without such columns stay as they are."""
    table = context.table
    keys = [key for key in table.columns if columns.is_key(key)]
    if not keys:
        return
    spreader = _Spreader(columns, context, keys)
    found = []
    for record in table.records:
        listings = list(spreader.listings(record))
        if listings:
            found += [replace(one, part=part) for part, one in enumerate(listings)]
        else:
            table.skipped.append((record.row_number, "none"))
    table.skipped.sort()
    table.records[:] = found


class _Spreader:
    def __init__(self, columns: PlaceColumns, context: ImportContext, keys: list[str]) -> None:
        self.columns, self.context = columns, context
        table = context.table
        self.days = [key for key in keys if columns.is_day(key)]
        self.keys = [key for key in keys if key not in self.days]
        self.names = {
            key: columns.name_of(key, table.header_texts, table.columns[key]) for key in keys
        }
        self.own = [key for key in table.columns if not columns.is_key(key)]
        self.above: dict[str, Any] = {}

    def listings(self, record: Record) -> Iterator[Record]:
        values, place, value = record.values, self.columns.place, self.columns.value
        own = {key: values.get(key) for key in self.own}
        if not is_none(own.get(place)) or (place not in own and not is_none(own.get(value))):
            letters = {key: record.letters[key] for key in self.own}
            links = {key: link for key, link in record.links.items() if key in letters}
            yield replace(record, held=tuple(own.values()), letters=letters, links=links)
        for key in self.keys:
            cell = self._meant(record, key)
            if not is_none(cell):
                yield self._of_a_place(record, own, key, cell)

    def _meant(self, record: Record, key: str) -> Any:
        meant = _meant(self.context, record, (key, self.names[key]), self.above.get(key))
        self.above[key] = meant
        return meant

    def _of_a_place(self, record: Record, own: dict[str, Any], key: str, cell: Any) -> Record:
        columns, letters = self.columns, record.letters
        now = dict(own)
        where = {name: letters[name] for name in own}
        now[columns.place], where[columns.place] = self.names[key], letters[key]
        now[columns.value], where[columns.value] = None, letters[key]
        own_day = columns.key(self.names[key], DAY)
        if own_day in self.days and (day := record.values.get(own_day)) is not None:
            now[DAY], where[DAY] = day, letters[own_day]
        if (address := record.links.get(key)) and not _is_link(cell):
            cell = address
        if _is_day(cell) and (isinstance(cell, str | date) or columns.value == "link"):
            now[DAY], where[DAY] = cell, letters[key]
        elif not is_tick(cell):
            now[columns.value] = cell
        if isinstance(cell, CellError):
            now[columns.value] = cell
        return replace(record, held=tuple(now.values()), letters=where, links={})


def _is_day(cell: Any) -> bool:
    """Whether a cell is a day, be it one that only a year or a month is said of."""
    try:
        return bool(parse_day(cell))
    except ReadingError as error:
        return error.code == "ambiguous_date"


def _is_link(cell: Any) -> bool:
    return isinstance(cell, str) and bool(links_in(cell))


# --- Several in one cell --------------------------------------------------------------------------


def divide(
    columns: PlaceColumns, names: PlaceNames, records: Iterable[Record], *, all_known: bool
) -> list[Record]:
    """Of records whose cell names several places, one for each, with the link that is its own;
    what is not certain stays one record, as it is written."""
    found: list[Record] = []
    for _row, of_row in groupby(records, key=lambda record: record.row_number):
        parts = [part for record in of_row for part in _divided(columns, names, record, all_known)]
        several = len(parts) > 1
        found += [replace(one, part=n) for n, one in enumerate(parts)] if several else parts
    return found


def _divided(
    columns: PlaceColumns, names: PlaceNames, record: Record, all_known: bool
) -> list[Record]:
    values, place, value = record.values, columns.place, columns.value
    text, cell = values.get(place), values.get(value)
    links = links_in(cell) if value == "link" and isinstance(cell, str) else []
    if text is not None and not isinstance(text, str):
        return [record]
    if not text or (value == "link" and is_tick(text)):
        return _by_links(columns, names, record, links)
    listed = names.parted(text, all_known=all_known)
    if len(listed) == 1 and len(links) < 2:
        return [record]
    if value != "link":
        return [record.having({place: name}) for name in listed]
    together = paired([names.of(one) or one for one in listed], links, names)
    if together is None:
        return [record]
    no_text = cell if not links and not is_none(cell) else None
    return [record.having({place: name, value: link or no_text}) for name, link in together]


def _by_links(
    columns: PlaceColumns, names: PlaceNames, record: Record, links: list[str]
) -> list[Record]:
    """Of a row that names no place, those its links belong to; a link that tells none keeps its
    row without."""
    if not links:
        return [record]
    return [
        record.having({columns.place: names.of_link(link) or None, columns.value: link})
        for link in links
    ]


def united(
    columns: PlaceColumns, names: PlaceNames, records: Iterable[Record]
) -> Iterator[tuple[Record, Record | None]]:
    """Each listing of a row once, the first with a link; with the record that was left out for it
    where that had another link or code, else None."""
    for _row, of_row in groupby(records, key=lambda record: record.row_number):
        first: dict[Any, Record] = {}
        lost: dict[Any, Record] = {}
        for number, record in enumerate(of_row):
            values = record.values
            text = str(values.get(columns.place, ""))
            key: Any = (
                names.of(text) or folded(text),
                str(values.get(DAY)),
                str(values.get("end")),
            )
            key = key if text else number
            if key not in first or columns.value not in first[key].values:
                first[key] = record
            elif values.get(columns.value) not in (None, first[key].values[columns.value]):
                lost.setdefault(key, record)
        for key, record in first.items():
            yield record, lost.get(key)


def put_addresses(records: list[Record], key: str) -> None:
    """In place of a text such as "Xem tại đây" the address behind it; a text that is an address
    itself stays, unless it is cut off."""
    for number, record in enumerate(records):
        address = record.links.get(key)
        if not address:
            continue
        text = record.values.get(key)
        if not (isinstance(text, str) and host_of(text)) or text.rstrip().endswith(("…", "...")):
            records[number] = record.having({key: address})

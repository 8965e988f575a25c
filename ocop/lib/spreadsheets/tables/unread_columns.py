"""Columns that nothing is read from, although they hold what figures depend on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.lib.spreadsheets.reading import SheetContent, cell_name
from ocop.lib.spreadsheets.tables.headers import Header
from ocop.lib.spreadsheets.tables.records import Record
from ocop.lib.text import nfc

DAYS, DECISIONS = "days", "decisions"
DECISION = re.compile(
    r"\d{1,6}[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?Q[ÐĐD]\s*[-–‑]"
    r"|(?<!\w)(?:quyết\s+định|Q[ÐĐD])\s*(?:số)?\s*:?\s*\d",
    re.I,
)
DAY = re.compile(
    r"(?<![\d./-])(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([/-])\d{1,2}\2\d{1,2})(?![\d./-])"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s*,?\s+năm\s+\d{4}",
    re.I,
)

WEB = re.compile(r"https?://\S|(?<!\S)www\.\S", re.I)


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """`cell`: of the header; `text` what it says, empty where the column has none. `holds`: DAYS
    or DECISIONS; `example` one of its values."""

    column: int
    cell: str
    text: str
    holds: str
    example: str


def unread_columns(
    sheet: SheetContent, header: Header, records: Sequence[Record], chosen: Mapping[int, str]
) -> tuple[UnreadColumn, ...]:
    """Of the columns beside those of `header`, the ones with days or numbers of decisions in
    the rows of `records`. `chosen`: columns somebody decided about."""
    found = []
    for column, held in _beside(sheet, header, records, chosen):
        holds, example = _what(held)
        if holds:
            name = cell_name(header.last_row, column)
            text = header.written.get(column, "")
            found.append(UnreadColumn(column, name, text, holds, example))
    return tuple(found)


def linked_columns(
    sheet: SheetContent, header: Header, records: Sequence[Record], chosen: Mapping[int, str]
) -> tuple[int, ...]:
    """Of the columns beside those of `header`, the ones that hold addresses of the web."""
    rows = {record.row_number for record in records}
    behind = {column for row, column in sheet.links if row in rows}
    return tuple(
        column
        for column, held in _beside(sheet, header, records, chosen)
        if column in behind or any(isinstance(one, str) and WEB.search(one) for one in held)
    )


def _beside(
    sheet: SheetContent, header: Header, records: Sequence[Record], chosen: Mapping[int, str]
) -> list[tuple[int, list[Any]]]:
    """The columns that nothing is read from and nobody decided about, with their values."""
    decided = {*header.columns.values(), *header.index_columns, *chosen}
    numbers = {record.row_number for record in records}
    values: dict[int, list[Any]] = {}
    for number, cells in sheet.rows:
        if number in numbers:
            for column in cells.keys() - decided:
                values.setdefault(column, []).append(cells[column])
    return sorted(values.items())


def _what(held: list[Any]) -> tuple[str, str]:
    """What the values hold, and the first of them that does; one is enough to ask."""
    for holds, pattern in ((DECISIONS, DECISION), (DAYS, DAY)):
        for value in held:
            if holds == DAYS and isinstance(value, date):
                return holds, value.strftime("%d/%m/%Y")
            if isinstance(value, str) and pattern.search(nfc(value)):
                return holds, value
    return "", ""

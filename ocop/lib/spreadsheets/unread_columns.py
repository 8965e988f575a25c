"""Columns that nothing is read from, although they hold what figures depend on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.lib.dates import parse_day
from ocop.lib.reading import ReadingError
from ocop.lib.spreadsheets.cells import SheetContent, cell_name
from ocop.lib.spreadsheets.headers import Header
from ocop.lib.spreadsheets.records import Record
from ocop.lib.text import nfc

DAYS, DECISIONS = "days", "decisions"
DECISION = re.compile(r"\d{1,6}[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?[QÐĐD]{1,2}\s*-?", re.I)
LEAST_SHARE = 2
"""One value in so many that are days, or numbers of decisions, makes it such a column."""


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
    """Of the columns beside those of `header`, the ones whose cells in the rows of `records` are
    days or numbers of decisions for the most part. `chosen`: columns somebody decided about."""
    decided = {*header.columns.values(), *header.index_columns, *chosen}
    numbers = {record.row_number for record in records}
    values: dict[int, list[Any]] = {}
    for number, cells in sheet.rows:
        if number in numbers:
            for column in cells.keys() - decided:
                values.setdefault(column, []).append(cells[column])
    found = []
    for column, held in sorted(values.items()):
        holds, example = _what(held)
        if holds:
            name = cell_name(header.last_row, column)
            text = header.written.get(column, "")
            found.append(UnreadColumn(column, name, text, holds, example))
    return tuple(found)


def _what(held: list[Any]) -> tuple[str, str]:
    for holds, fits in ((DECISIONS, _is_decision), (DAYS, _is_day)):
        fitting = [value for value in held if fits(value)]
        if fitting and len(fitting) * LEAST_SHARE >= len(held):
            first = fitting[0]
            return holds, first.strftime("%d/%m/%Y") if isinstance(first, date) else str(first)
    return "", ""


def _is_decision(value: Any) -> bool:
    return isinstance(value, str) and DECISION.search(nfc(value)) is not None


def _is_day(value: Any) -> bool:
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    try:
        parse_day(value)
    except ReadingError as error:
        # A two-digit year is a day all the same; a bare number or a word is none.
        return error.code == "ambiguous_date" and any(sign in value for sign in "/.-")
    return True

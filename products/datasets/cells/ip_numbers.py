"""Cells of rights that hold a number and its day: "4-2021-12345 ngày 05/6/2021"."""

import re
from dataclasses import replace
from typing import Any

from ocop.lib.spreadsheets.tables import Table
from ocop.lib.text import nfc
from products.datasets.cells.ip_cells import DAY, day_named

GIVES = {"filing_and_day": ("filing", "filed"), "certificate_and_day": ("certificate", "granted")}
BETWEEN = re.compile(r"[\s,;:()/]+")
FILLERS = {"ngày", "cấp", "nộp", "số", "đơn", "gcn", "văn", "bằng", "-", "–"}
"""Words around the number and the day that say nothing more."""


def divide_numbers(table: Table) -> None:
    """Give number and day of such a cell to the columns of their own, unless the row has those."""
    present = [key for key in GIVES if key in table.columns]
    if not present:
        return
    for place, record in enumerate(table.records):
        values = record.values
        changed: dict[str, tuple[Any, str]] = {}
        for key in present:
            if key in values:
                pairs = zip(GIVES[key], _number_and_day(values[key]), strict=True)
                where = record.letters[key]
                changed |= {own: (one, where) for own, one in pairs if own not in values}
        letters = {own: where for own, where in record.letters.items() if own not in GIVES}
        letters |= {own: where for own, (_one, where) in changed.items()}
        held = tuple(changed[own][0] if own in changed else values.get(own) for own in letters)
        table.records[place] = replace(record, held=held, letters=letters)
    for key in present:
        for own in GIVES[key]:
            table.columns.setdefault(own, table.columns[key])


def _number_and_day(value: Any) -> tuple[Any, Any]:
    """(number, day), None for none. A cell that says more is given as it stands for both, so that
    the day is asked for and not lost."""
    if not isinstance(value, str):
        return value, None
    day = day_named(value)
    rest = DAY.sub(" ", nfc(value)) if day else nfc(value)
    words = [word for word in BETWEEN.split(rest) if word and word.lower() not in FILLERS]
    numbers = [word for word in words if any(sign.isdigit() for sign in word)]
    if len(words) > 1 and (day or len(numbers) > 1):
        return value, value
    return (words[0] if len(words) == 1 else value) if numbers else None, day

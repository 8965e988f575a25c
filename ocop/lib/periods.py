"""Days of which people write only the year, the month, the quarter – or the century not.

Such a text is no day, but it says between which days one lies. Pure.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.lib.text import folded, nfc

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
CENTURY = 2000
"""What two digits of a year are taken to lie in, where somebody is asked."""
MAX_LENGTH = 300
YEAR = r"(?P<year>(?:19|20)\d{2})"
SHORT_YEAR = r"(?P<year>(?:19|20)\d{2}|\d{2})"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
QUARTER = r"(?:quy|q)\s?(?P<quarter>iv|i{1,3}|[1-4])"
# Read in the folded text, where every sign between two words is one space.
WHOLE = (
    re.compile(rf"(?:nam )?{YEAR}"),
    re.compile(rf"(?:thang |t ?)?(?P<month>0?[1-9]|1[0-2]) (?:nam )?{YEAR}"),
    re.compile(rf"(?:thang |t ?)(?P<month>0?[1-9]|1[0-2]) (?:nam )?{SHORT_YEAR}"),
    re.compile(r"(?P<month>0?[1-9]|1[0-2]) (?P<year>1[3-9]|[2-9]\d)"),
    re.compile(rf"{YEAR} (?P<month>0?[1-9]|1[0-2])"),
    re.compile(rf"{QUARTER} (?:nam )?{SHORT_YEAR}"),
    re.compile(rf"(?:sau|6) thang (?P<half>dau|cuoi) (?:nam )?{SHORT_YEAR}"),
    re.compile(
        r"(?:ngay )?(?P<day>0?[1-9]|[12]\d|3[01]) (?:thang )?(?P<month>0?[1-9]|1[0-2]) "
        r"(?:nam )?(?P<year>\d{2})"
    ),
)
VAGUE = re.compile(r"\A(?:(?:dau|giua|cuoi|khoang|trong|tu|den|ngay) )+")
"""Words before a period that narrow it down to nothing certain."""
# In a running title, the finest first.
NAMED = (
    re.compile(rf"\b{QUARTER} (?:nam )?{YEAR}\b"),
    re.compile(rf"\b(?:sau|6) thang (?P<half>dau|cuoi) nam {YEAR}\b"),
    re.compile(rf"\bthang (?P<month>0?[1-9]|1[0-2]) (?:nam )?{YEAR}\b"),
    re.compile(rf"\bnam {YEAR}\b"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; a single day where they are equal."""

    first: date
    last: date


def period_of(value: Any) -> Period | None:
    """The period that a whole cell names: "2023", 2023, "Tháng 5/2023", "quý II/2023", "5/6/22".

    Two digits are a year of this century. None for a whole day, and for whatever names none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value)) if value == value // 1 else ""
    if not isinstance(value, str) or len(value) > MAX_LENGTH:
        return None
    text = VAGUE.sub("", folded(nfc(value)))
    found = next((match for pattern in WHOLE if (match := pattern.fullmatch(text))), None)
    return _built(found) if found else None


def period_within(text: str) -> Period | None:
    """The period that a title names ("… quý I năm 2024"), the finest of them; None where it
    names none, or two of one sort."""
    words = folded(nfc(text[:MAX_LENGTH]))
    for pattern in NAMED:
        found = {period for match in pattern.finditer(words) if (period := _built(match))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _built(match: re.Match[str]) -> Period | None:
    parts = match.groupdict()
    year = int(parts["year"])
    year += CENTURY if year < 100 else 0
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if parts.get("day"):
        try:
            day = date(year, int(parts["month"]), int(parts["day"]))
        except ValueError:
            return None
        return Period(day, day)
    first, last = 1, 12
    if quarter := parts.get("quarter"):
        last = 3 * (ROMAN.get(quarter) or int(quarter))
        first = last - 2
    elif half := parts.get("half"):
        first, last = (1, 6) if half == "dau" else (7, 12)
    elif month := parts.get("month"):
        first = last = int(month)
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

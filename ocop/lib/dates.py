"""Days as people write them in Vietnamese documents, and calendar months."""

import calendar
import re
from datetime import date, datetime
from typing import Any

from ocop.lib.errors import ReadingError
from ocop.lib.periods import period_of
from ocop.lib.text import nfc

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
TIME_OF_DAY = re.compile(r"(?:T|\s)\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?$", re.I)
DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
IN_WORDS = re.compile(
    r"(?:ng[àa]y\s+)?(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s*,?\s+n[ăa]m\s+(\d{4})", re.I
)
ENGLISH_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
WITH_ENGLISH_MONTH = re.compile(
    rf"(\d{{1,2}})[\s/-]+({'|'.join(ENGLISH_MONTHS)})[a-z]*[\s/,-]+(\d{{4}})", re.I
)
"""As a spreadsheet writes a day out where its settings are English: "22-Aug-2022"."""
# What people do write and what has more than one meaning: a two-digit year, a month, a year.
INCOMPLETE = re.compile(
    r"\d{1,2}\s*([/.-])\s*\d{1,2}\s*\1\s*\d{2}"
    r"|\d{1,2}\s*[/.-]\s*\d{2}(?:\d{2})?|\d{1,2}\s*[/.-]\s*\d|\d{4}\s*[/.-]\s*\d{1,2}|\d{4}"
    r"|(?:ng[àa]y\s+)?\d{1,2}\s+th[áa]ng\s+\d{1,2}\s*,?(?:\s+n[ăa]m\s+\d{2})?"
    r"|(?:ng[àa]y\s+)?(?:[.…\s]*\s)?th[áa]ng\s+\d{1,2}\s*(?:/|,?\s+n[ăa]m)\s*\d{2}(?:\d{2})?"
    r"|th[áa]ng\s+\d{1,2}|n[ăa]m\s+\d{4}|qu[ýy]\s+\w+.*",
    re.I,
)


def add_months(day: date, months: int) -> date:
    """The same day of the month; a 31st falls back to the last day of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _built(year: str, month: str, day: str, value: Any) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise ReadingError("invalid_date", value=value) from None
    return _plausible(found, value)


def _plausible(day: date, value: Any) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ReadingError("invalid_date", value=value)
    return day


def parse_day(value: Any) -> date:
    """The day meant, day before month; a time of day is dropped.

    Raises ReadingError `ambiguous_date` for a two-digit year, a bare month or a bare year,
    `invalid_date` for anything else that is no day.
    """
    if isinstance(value, datetime):
        return _plausible(value.date(), value)
    if isinstance(value, date):
        return _plausible(value, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_year = value == int(value) and EARLIEST_YEAR <= value <= LATEST_YEAR
        raise ReadingError("ambiguous_date" if is_year else "invalid_date", value=value)
    if not isinstance(value, str) or len(value) > 100:
        raise ReadingError("invalid_date", value=value)
    text = TIME_OF_DAY.sub("", nfc(value)).strip().rstrip(".,;")
    bare = re.sub(r"^ng[àa]y\s+(?=\d+\s*[/.-])", "", text, flags=re.I)
    if match := DAY_FIRST.fullmatch(bare):
        return _built(match[4], match[3], match[1], value)
    if match := YEAR_FIRST.fullmatch(bare):
        return _built(match[1], match[3], match[4], value)
    if match := WITH_ENGLISH_MONTH.fullmatch(bare):
        return _built(match[3], str(ENGLISH_MONTHS.index(match[2].lower()) + 1), match[1], value)
    if match := IN_WORDS.fullmatch(text):
        return _built(match[3], match[2], match[1], value)
    incomplete = INCOMPLETE.fullmatch(bare) or period_of(text)
    raise ReadingError("ambiguous_date" if incomplete else "invalid_date", value=value)

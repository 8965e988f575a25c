"""Numbers, days and texts in the form of the active language, for every page, chart and paper."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language


def number(value: int | Decimal | Fraction | None, places: int = 0) -> str:
    """A number in the language's form; an empty string for None."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    # Django's formatting cuts decimals off; figures are rounded half to even as in the JSON.
    value = round(Decimal(value), places)
    return str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


def signed(value: int) -> str:
    """ "+3", "−2", "0"."""
    if not value:
        return "0"
    return f"{'+' if value > 0 else '−'}{number(abs(value))}"


def day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


def in_language(record: Any, field: str) -> str:
    """A record's text in the active language where it has one, else as recorded."""
    translated = getattr(record, f"{field}_{(get_language() or '')[:2]}", "")
    return translated or getattr(record, field)

"""Numbers as written in Vietnamese: 1.250,5."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ocop.lib.errors import ReadingError
from ocop.lib.text import nfc

PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
DOT_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)(?:,[0-9]+)?")
# What stands before three digits is a thousand or a whole number; with a zero or more digits in
# front of it the dot groups wrongly, and nobody can tell what was meant.
ONE_DOT_GROUP = re.compile(r"0*[1-9][0-9]{0,2}\.[0-9]{3}")
WRONG_GROUP = re.compile(r"(?:0+[1-9][0-9]*|[1-9][0-9]{3,})\.[0-9]{3}")
ONE_COMMA_GROUP = re.compile(r"0*[1-9][0-9]{0,2},[0-9]{3}")
# Nobody writes three decimals that are all nought: "1,000" is as likely a thousand in English.
FULL_THOUSANDS = re.compile(r"0*[1-9][0-9]{0,2},000")
TWO_WAYS = {True: (ONE_COMMA_GROUP, WRONG_GROUP), False: (ONE_DOT_GROUP, FULL_THOUSANDS)}
"""By whether dots group thousands in the column: what is refused as ambiguous."""
MAX_LENGTH = 40


def parse_number(value: Any, *, whole: bool = False, grouped: bool = False) -> Decimal:
    """The number meant.

    `grouped` is for columns of money or counts, where "1.250" is 1250; elsewhere it could as
    well be 1.25 and is refused, as are "1,250" and "1250.000" in a grouped column and "1,000" in
    any. Always ReadingError `invalid_number`, its `reason` one of: ambiguous, not_whole,
    not_a_number.
    """
    number = _from_cell(value)
    if number is None:
        number = _from_text(value, grouped=grouped)
    if whole:
        if number != number.to_integral_value():
            raise ReadingError("invalid_number", value=value, reason="not_whole")
        number = number.to_integral_value()
    return number


def _from_cell(value: Any) -> Decimal | None:
    """A number cell's number; None for text, which has to be parsed."""
    if isinstance(value, str):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ReadingError("invalid_number", value=value, reason="not_a_number")
    # 15 significant digits are what a spreadsheet keeps and shows: 69.9, not 69.900000000000006.
    number = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ReadingError("invalid_number", value=value, reason="not_a_number")
    return number


def _from_text(value: str, *, grouped: bool) -> Decimal:
    text = nfc(value)
    sign, digits = "", text
    if text[:1] in ("-", "+", "\u2212"):
        sign, digits = ("" if text[0] == "+" else "-"), text[1:].lstrip()
    if len(digits) > MAX_LENGTH:
        raise ReadingError("invalid_number", value=value, reason="not_a_number")
    if any(pattern.fullmatch(digits) for pattern in TWO_WAYS[grouped]):
        raise ReadingError("invalid_number", value=value, reason="ambiguous")
    if GROUPED.fullmatch(digits):
        plain = digits.replace(".", "").replace(" ", "").replace(",", ".")
    elif PLAIN.fullmatch(digits):
        plain = digits.replace(",", ".")
    elif DOT_DECIMAL.fullmatch(digits):
        plain = digits
    else:
        raise ReadingError("invalid_number", value=value, reason="not_a_number")
    return Decimal(sign + plain)


def vietnamese_number(value: Decimal | int | float, places: int = 0) -> str:
    """1234.5 with one place is "1.234,5"; rounded half up."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    exact = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))

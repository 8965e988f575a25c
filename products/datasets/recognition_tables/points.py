"""Points as councils write them, and points that two levels gave."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ocop.imports.columns import NumberWidget
from ocop.lib.errors import ReadingError
from ocop.lib.numbers import parse_number, vietnamese_number
from ocop.lib.text import nfc
from products.scoring import star_by_total

PLACES = 3
"""Decimals that a recognition's points are stored with."""
AFTER = re.compile(r"(?<=[\d\s])\s*(?:điểm|diem|đ|d)\.?$|\s*/\s*100$", re.I)
SPACED = re.compile(r"(\d{1,3})\s*,\s*(\d+)")
SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?E\+0([012])", re.I)
"""As Excel writes a number that it made short."""


class PointsWidget(NumberWidget):
    """0 to 100: "71,00 điểm", "71,5/100", "71, 5", "7,15E+01" are points too.

    More than three decimals are cut to them, but never across the limit of a rank.
    """

    def __init__(self) -> None:
        super().__init__(0, 100, places=PLACES)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | int | None:
        if value is None or value == "":
            return None
        number = points_in(value)
        if not self.least <= number <= self.most:
            raise ReadingError("out_of_range", least=self.least, most=self.most)
        kept = number.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP)
        if kept == number:
            return super().clean(number)
        if star_by_total(kept) != star_by_total(number):
            raise ReadingError("invalid_number", reason="rounds_across_limit", places=PLACES)
        return kept


def points_in(value: Any) -> Decimal:
    """The number of points meant, with all its decimals. Raises ReadingError."""
    if not isinstance(value, str):
        return parse_number(value)
    text = nfc(value)
    bare = AFTER.sub("", AFTER.sub("", text)).strip()
    if match := SCIENTIFIC.fullmatch(bare):
        return Decimal(f"{match[1]}.{match[2] or 0}E{match[3]}")
    return parse_number(SPACED.sub(r"\1,\2", bare) if SPACED.fullmatch(bare) else bare)


def remark_on(value: Any, kept: Any) -> str:
    """Why it has to be said how a cell's points were read: "rounded_points", "points_read_as";
    empty where they are what anybody reads there."""
    if value is None or kept is None:
        return ""
    if isinstance(value, str):
        text = nfc(value)
        if SCIENTIFIC.fullmatch(text) or re.fullmatch(r"\d+(?:\s+,\s*|,\s+)\d+\D*", text):
            return "points_read_as"
    elif not isinstance(value, float):
        return ""
    return "rounded_points" if points_in(value) != kept else ""


def shown(points: Any) -> str:
    """71.5 as "71,5"."""
    places = max(0, -int(Decimal(points).normalize().as_tuple().exponent))
    return vietnamese_number(Decimal(points), places)

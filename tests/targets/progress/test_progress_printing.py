"""What is printed never says the opposite of what was compared."""

from decimal import Decimal
from fractions import Fraction

import pytest

from targets.progress.progress import decimal_text, shown_percent
from tests.support.cases import every_case


@every_case(
    "numerator, denominator, operator, threshold, text",
    [
        (50, 100, ">", 50, "50.0"),
        (52, 104, ">", 50, "50.0"),
        (52, 103, ">", 50, "50.4"),
        (1751, 2500, ">", Fraction(1401, 20), "70.0"),  # 70.04 against 70.05
        (1751, 2500, ">", 70, "70.04"),
        (1251, 2500, ">", 50, "50.04"),
        (50001, 100000, ">", 50, "50.001"),
        (49999, 100000, ">", 50, "49.9"),
        (49999, 100000, ">=", 50, "49.9"),
        (1, 2, ">=", 50, "50.0"),
        (1, 3, ">=", Fraction(100, 3), "33.4"),
        (1, 3, ">", Fraction(100, 3), "33.3"),
        (0, 7, ">", 50, "0.0"),
        (7, 7, ">", 50, "100.0"),
        (2, 3, ">", None, "66.6"),
        (1401, 2000, ">=", Fraction(1401, 20), "70.05"),
    ],
)
def test_a_share_prints_on_its_own_side_of_the_limit(
    numerator, denominator, operator, threshold, text
):
    assert str(shown_percent(numerator, denominator, operator, threshold)) == text


def test_more_places_can_be_asked_for():
    assert shown_percent(1, 3, ">", Fraction(50), places=2) == Decimal("33.33")
    assert str(shown_percent(1, 3, ">", Fraction(50), places=0)) == "33"


def test_a_share_of_nothing_has_no_percentage():
    with pytest.raises(ValueError):
        shown_percent(0, 0, ">", Fraction(50))


@every_case(
    "value, places, text",
    [
        (None, None, None),
        (None, 1, None),
        (Fraction(50), None, "50"),
        (Fraction(0), None, "0"),
        (Fraction(100), None, "100"),
        (Fraction(25, 2), None, "12.5"),
        (Fraction(1401, 20), None, "70.05"),
        (Fraction(50 * 365, 1461), None, "12.491"),
        (82, None, "82"),
        (Fraction(12), 1, "12.0"),
        (Fraction(50 * 365, 1461), 1, "12.5"),
        (Fraction(5, 4), 1, "1.2"),
        (Fraction(27, 20), 1, "1.4"),
        (Fraction(1, 200), 1, "0.0"),
        (Fraction(7, 2), 0, "4"),
        (Fraction(5, 2), 0, "2"),
        (Fraction(-5, 4), 1, "-1.2"),
    ],
)
def test_decimal_text(value, places, text):
    assert decimal_text(value, places) == text

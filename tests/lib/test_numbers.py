"""Numbers by Vietnamese rules."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.errors import ReadingError
from ocop.lib.numbers import parse_number, vietnamese_number
from tests.support.cases import every_case


@every_case(
    "written, grouped, number",
    [
        ("1.250", True, "1250"),
        ("1.600", True, "1600"),
        ("1.250,5", True, "1250.5"),
        ("1.250.000", True, "1250000"),
        ("1 250", True, "1250"),
        ("1\u00a0250,5", True, "1250.5"),
        ("12,5", True, "12.5"),
        ("12.5", True, "12.5"),
        ("1250", True, "1250"),
        ("69,9", False, "69.9"),
        ("69.9", False, "69.9"),
        ("62,375", False, "62.375"),
        ("1 250", False, "1250"),
        ("1.250,5", False, "1250.5"),
        ("0.250", False, "0.250"),
        ("0,000", False, "0"),
        ("1,0000", False, "1"),
        ("1250,000", True, "1250"),
        ("0.250", True, "0.25"),
        ("-5", False, "-5"),
        ("\u22125", False, "-5"),
        (69.9, False, "69.9"),
        (69.900000000000006, False, "69.9"),
        (88, False, "88"),
        (88.0, False, "88"),
        (Decimal("1.5"), False, "1.5"),
    ],
)
def test_a_number_is_read(written: object, grouped: bool, number: str) -> None:
    assert parse_number(written, grouped=grouped) == Decimal(number)


@every_case(
    "written, grouped",
    [
        *[("1.250", False), ("82.250", False), ("01.250", False), ("1,000", False)],
        *[("65,000", False), ("100,000", False), ("-1,000", False), ("1,250", True)],
        *[("1,000", True), ("01.250", True), ("1250.000", True), ("-1250.000", True)],
    ],
)
def test_what_can_be_read_two_ways_is_refused(written: str, grouped: bool) -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_number(written, grouped=grouped)
    assert (refusal.value.code, refusal.value.params["reason"]) == ("invalid_number", "ambiguous")


@every_case(
    "written",
    [
        "",
        "abc",
        "1.2.3",
        "12 5",
        "1,2,3",
        "1.250.5",
        "1,250.5",
        "1e5",
        "NaN",
        "--5",
        "5%",
        True,
        None,
        float("nan"),
        float("inf"),
        "9" * 5000,
        "1.25 0",
        "٣",
    ],
)
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_number(written, grouped=True)
    assert refusal.value.code == "invalid_number"


def test_a_column_of_whole_numbers_takes_no_fractions() -> None:
    assert parse_number("5,0", whole=True) == 5
    assert parse_number(5.0, whole=True) == 5
    with pytest.raises(ReadingError) as refusal:
        parse_number("12,5", whole=True)
    assert refusal.value.params["reason"] == "not_whole"


@every_case(
    "number, places, written",
    [
        (Decimal("1234.5"), 1, "1.234,5"),
        (1234567, 0, "1.234.567"),
        (0.5, 2, "0,50"),
        (Decimal("2.345"), 2, "2,35"),
        (-1234.5, 1, "-1.234,5"),
    ],
)
def test_a_number_is_written_with_dots_and_a_comma(
    number: Decimal | float, places: int, written: str
) -> None:
    assert vietnamese_number(number, places) == written


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False))
def test_what_is_written_is_read_back(number: Decimal) -> None:
    assert parse_number(vietnamese_number(number, 2), grouped=True) == number


@given(st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.booleans(), st.none()))
def test_anything_else_raises_a_reading_error_only(value: object) -> None:
    try:
        assert parse_number(value).is_finite()
    except ReadingError as refusal:
        assert refusal.code == "invalid_number"

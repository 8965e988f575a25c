"""How long steps took in our own records."""

from datetime import date
from fractions import Fraction
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from targets.forecast.durations import DurationSummary, days_between, latest_start, summarise
from tests.support.cases import every_case

ASKED = date(2025, 6, 30)


def test_without_a_record_nothing_is_known():
    assert summarise([]) is None


@every_case(
    "days,shown_text",
    [
        ([40], DurationSummary(1, Fraction(40), 40, 40)),
        ([90, 10], DurationSummary(2, Fraction(50), 10, 90)),
        ([1, 4], DurationSummary(2, Fraction(5, 2), 1, 4)),
        ([9, 1, 5], DurationSummary(3, Fraction(5), 1, 9)),
    ],
)
def test_median_range_and_number_are_told_together(days, shown_text):
    assert summarise(days) == shown_text


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=30))
def test_the_median_is_exact_and_within_the_range(days):
    shown_text = summarise(days)
    assert shown_text.median == Fraction(median(map(Fraction, days)))
    assert shown_text.minimum <= shown_text.median <= shown_text.maximum
    assert shown_text.number == len(days)


@every_case(
    "first, last, days",
    [
        (date(2025, 1, 1), date(2025, 1, 31), 30),
        (date(2025, 1, 1), date(2025, 1, 1), 0),
        (date(2025, 6, 1), ASKED, 29),
        (date(2025, 6, 1), date(2025, 7, 1), None),
        (date(2025, 2, 1), date(2025, 1, 1), None),
        (None, date(2025, 1, 1), None),
        (date(2025, 1, 1), None, None),
    ],
)
def test_a_step_is_measured_only_between_days_that_are_known_and_in_order(first, last, days):
    assert days_between(first, last, ASKED) == days


def test_the_latest_day_to_begin_leaves_the_whole_of_the_last_half_day():
    assert latest_start(date(2025, 12, 31), Fraction(61, 2)) == date(2025, 11, 30)
    assert latest_start(date(2025, 12, 31), 31) == date(2025, 11, 30)
    assert latest_start(date(2025, 12, 31), 0) == date(2025, 12, 31)

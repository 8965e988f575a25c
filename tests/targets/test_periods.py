"""Windows of a plan, quarters, month ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.periods import (
    days_in,
    month_ends,
    quarter_end,
    quarter_of,
    quarter_start,
    windows,
)
from tests.support.cases import every_case

START, END = date(2022, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize("kind", ["plan", "level"])
def test_a_whole_plan_is_one_window(kind):
    assert windows(kind, START, END) == [("plan", START, END)]


def test_a_yearly_target_has_a_window_for_each_calendar_year():
    assert windows("year", START, END) == [
        (str(year), date(year, 1, 1), date(year, 12, 31)) for year in (2022, 2023, 2024, 2025)
    ]


def test_years_are_cut_to_the_plan():
    assert windows("year", date(2022, 4, 13), date(2023, 6, 30)) == [
        ("2022", date(2022, 4, 13), date(2022, 12, 31)),
        ("2023", date(2023, 1, 1), date(2023, 6, 30)),
    ]
    inside = windows("year", date(2022, 4, 13), date(2022, 6, 30))
    assert inside == [("2022", date(2022, 4, 13), date(2022, 6, 30))]


@pytest.mark.parametrize(
    ("kind", "start", "end"), [("month", START, END), ("", START, END), ("plan", END, START)]
)
def test_other_kinds_and_reversed_plans_are_refused(kind, start, end):
    with pytest.raises(ValueError):
        windows(kind, start, end)


def test_both_days_of_a_window_belong_to_it():
    assert days_in(START, END) == 1461
    assert days_in(START, START) == 1
    (span,) = windows("plan", START, END)
    assert span.days == 1461


@every_case(
    "day, number, first, last",
    [
        (date(2022, 1, 1), 1, date(2022, 1, 1), date(2022, 3, 31)),
        (date(2022, 3, 31), 1, date(2022, 1, 1), date(2022, 3, 31)),
        (date(2022, 4, 1), 2, date(2022, 4, 1), date(2022, 6, 30)),
        (date(2022, 9, 30), 3, date(2022, 7, 1), date(2022, 9, 30)),
        (date(2022, 10, 1), 4, date(2022, 10, 1), date(2022, 12, 31)),
        (date(2022, 12, 31), 4, date(2022, 10, 1), date(2022, 12, 31)),
    ],
)
def test_quarters(day, number, first, last):
    assert quarter_of(day) == (2022, number)
    assert (quarter_start(day), quarter_end(day)) == (first, last)


def test_month_ends_know_leap_years_and_keep_inside_the_span():
    assert month_ends(date(2024, 1, 15), date(2024, 3, 30)) == [
        date(2024, 1, 31),
        date(2024, 2, 29),
    ]
    assert month_ends(date(2024, 1, 31), date(2024, 1, 31)) == [date(2024, 1, 31)]
    assert month_ends(date(2024, 2, 1), date(2024, 1, 1)) == []
    assert month_ends(date(2023, 11, 30), date(2024, 1, 1)) == [
        date(2023, 11, 30),
        date(2023, 12, 31),
    ]
    assert len(month_ends(START, END)) == 48


days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(days, days)
def test_yearly_windows_cover_the_plan_without_gap_or_overlap(one, other):
    start, end = min(one, other), max(one, other)
    spans = windows("year", start, end)
    assert sum(span.days for span in spans) == days_in(start, end)
    assert (spans[0].start, spans[-1].end) == (start, end)

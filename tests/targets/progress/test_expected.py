"""The day a window is judged on, and what is expected by it: baselines, milestones, whole units."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from targets.progress import progress
from targets.progress.progress import (
    Actual,
    assess,
    baseline,
    counted_at,
    decimal_text,
    expected,
    lookahead_day,
)
from tests.support.cases import every_case
from tests.targets.progress.goals import DAY, DAYS, END, START, YEAR, make_count, make_share

# --- The day a window is judged on ----------------------------------------------------------------


@every_case(
    "day, judged_on",
    [
        (START - DAY, START - DAY),
        (START, START),
        (END - DAY, END - DAY),
        (END, END),
        (END + DAY, END),
        (date(2030, 1, 1), END),
    ],
)
def test_a_window_is_judged_on_the_day_asked_for_and_once_over_on_its_last(day, judged_on):
    assert counted_at(END, day) == judged_on
    for goal in (make_count(), make_share()):
        result = assess(goal, Actual(value=1, numerator=1, denominator=2), day)
        assert (result.counted_at, result.closed) == (judged_on, day > END)


@every_case(
    "goal, actual, state",
    [
        (make_count(25, aim=30), {"value": 24}, progress.MISSED),
        (make_count(25, aim=30), {"value": 25}, progress.MET),
        (make_count(25, aim=30), {"value": 31}, progress.EXCEEDED),
        (make_share(50), {"numerator": 50, "denominator": 100}, progress.MISSED),
        (make_share(50), {"numerator": 51, "denominator": 100}, progress.MET),
        (
            make_share(50),
            {"numerator": 51, "denominator": 100, "end_numerator": 0, "end_denominator": 9},
            progress.MET,
        ),
        (make_share(50), {"numerator": 0, "denominator": 0}, progress.NO_DATA),
        (make_count(None), {"value": 3}, progress.NO_TARGET),
    ],
)
def test_what_is_said_of_the_last_day_is_final(goal, actual, state):
    """Given what was counted on that day, which is what `assess` is given once it is over."""
    last = assess(goal, Actual(**actual), END)
    assert (last.state, last.closed) == (state, False)
    for day in (END + DAY, date(2026, 12, 31), date(2035, 1, 1)):
        assert assess(goal, Actual(**actual), day) == replace(last, closed=True)


@every_case(
    "day, ahead",
    [
        (date(2022, 1, 1), date(2023, 1, 1)),
        (date(2023, 8, 31), date(2024, 8, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 12, 30), date(2025, 12, 30)),
        (date(2024, 12, 31), END),
        (date(2025, 1, 1), END),
        (END - DAY, END),
        (END, END),
        (END + DAY, END),
    ],
)
def test_a_share_is_looked_ahead_twelve_months_and_not_past_the_window(day, ahead):
    assert lookahead_day(END, day) == ahead


# --- expected -------------------------------------------------------------------------------------


@every_case(
    "day, wanted",
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), 0),  # 25/365
        (date(2022, 1, 14), 0),  # 350/365
        (date(2022, 1, 15), 1),  # 375/365
        (date(2022, 8, 21), 15),  # 5825/365 = 15.96
        (date(2022, 8, 22), 16),
        (date(2022, 12, 30), 24),  # 9100/365
        (date(2022, 12, 31), 25),
        (date(2023, 1, 1), 25),
        (date(2030, 1, 1), 25),
    ],
)
def test_of_a_count_whole_units_are_expected_evenly_and_none_before_the_window(day, wanted):
    assert expected(make_count(25, **YEAR), day) == wanted


@every_case(
    "day, from_nothing, from_20",
    [
        (START - DAY, None, None),
        (START, 0, 20),
        (START + DAY, Fraction(50, DAYS - 1), 20 + Fraction(30, DAYS - 1)),
        (date(2022, 12, 31), Fraction(50 * 364, DAYS - 1), 20 + Fraction(30 * 364, DAYS - 1)),
        (date(2024, 1, 1), 25, 35),  # 730 of 1,460 days
        (END - DAY, Fraction(50 * (DAYS - 2), DAYS - 1), 50 - Fraction(30, DAYS - 1)),
        (END, 50, 50),
        (END + DAY, 50, 50),
        (date(2030, 1, 1), 50, 50),
    ],
)
def test_a_share_is_expected_to_go_evenly_from_its_baseline_to_the_limit(
    day, from_nothing, from_20
):
    assert expected(make_share(50), day) == from_nothing
    assert expected(make_share(50), day, Fraction(20)) == from_20
    assert expected(make_share(50), day, Fraction(50)) == (None if day < START else 50)


@every_case(
    "first, limit, wanted",
    [
        ((None, None), 50, 0),
        ((0, 0), 50, 0),
        ((0, 10), 50, 0),
        ((3, 10), 50, 30),
        ((1, 3), 50, Fraction(100, 3)),
        ((499, 1000), 50, Fraction(499, 10)),
        ((5, 10), 50, 50),
        ((501, 1000), 50, 50),
        ((10, 10), 50, 50),
        ((10, 10), 100, 100),
        ((1, 10), 0, 0),
        ((9, 10), None, 90),
    ],
)
def test_the_baseline_is_the_share_on_the_first_day_and_at_most_the_limit(first, limit, wanted):
    actual = Actual(first_numerator=first[0], first_denominator=first[1])
    for operator in (">", ">="):
        assert baseline(make_share(limit, operator), actual) == wanted
    assert baseline(make_count(limit), actual) == 0


def test_what_is_expected_of_a_share_rests_on_what_was_counted_on_the_first_day():
    half = date(2024, 1, 1)
    actual = Actual(numerator=3, denominator=10, first_numerator=2, first_denominator=10)
    assert assess(make_share(50), actual, half).expected == 35
    nothing = Actual(numerator=3, denominator=10, first_numerator=0, first_denominator=0)
    assert assess(make_share(50), nothing, half).expected == 25
    above = Actual(numerator=3, denominator=10, first_numerator=9, first_denominator=10)
    assert assess(make_share(50), above, half).expected == 50


def test_the_expectation_at_the_end_of_the_first_year_prints_as_12_5():
    assert decimal_text(expected(make_share(50), date(2022, 12, 31)), 1) == "12.5"


@every_case("make, kind", [(make_count, 7), (make_share, 7)])
def test_on_the_one_day_of_a_window_all_is_expected(make, kind):
    only = date(2022, 1, 1)
    goal = make(kind, start=only, end=only)
    assert [expected(goal, only + step * DAY) for step in (-1, 0, 1)] == [None, 7, 7]
    assert expected(goal, only, Fraction(3)) == 7


ROUNDS = ((date(2022, 12, 1), Fraction(20)), (date(2022, 6, 30), Fraction(5)))


@every_case(
    "day, wanted",
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), 0),
        (date(2022, 2, 5), 0),  # 35/36
        (date(2022, 2, 6), 1),  # 36/36
        (date(2022, 4, 1), 2),  # 5/2
        (date(2022, 6, 29), 4),
        (date(2022, 6, 30), 5),
        (date(2022, 7, 1), 5),  # 5 + 15/154
        (date(2022, 12, 1), 20),
        (date(2022, 12, 16), 22),  # 45/2
        (date(2022, 12, 30), 24),
        (date(2022, 12, 31), 25),
        (date(2023, 5, 1), 25),
    ],
)
def test_milestones_are_joined_by_lines_and_lead_to_the_limit_in_whole_units(day, wanted):
    assert expected(make_count(25, milestones=ROUNDS, **YEAR), day) == wanted


@every_case(
    "day, wanted",
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), 20),
        (date(2022, 4, 1), 25),  # half way to the milestone
        (date(2022, 6, 30), 30),
        (date(2022, 7, 1), 30 + Fraction(20, 184)),
        (date(2022, 9, 30), 40),  # half way to the limit
        (date(2022, 12, 31), 50),
        (date(2023, 1, 1), 50),
    ],
)
def test_milestones_of_a_share_lead_from_its_baseline_to_the_limit(day, wanted):
    goal = make_share(50, milestones=((date(2022, 6, 30), Fraction(30)),), **YEAR)
    assert expected(goal, day, Fraction(20)) == wanted


def test_a_share_above_its_first_milestone_is_not_expected_to_rise_to_it():
    goal = make_share(50, milestones=((date(2022, 6, 30), Fraction(30)),), **YEAR)
    assert expected(goal, date(2022, 1, 1), Fraction(40)) == 40
    assert expected(goal, date(2022, 4, 1), Fraction(40)) == 35
    assert expected(goal, date(2022, 6, 30), Fraction(40)) == 30


def test_a_milestone_on_the_first_day_stands_and_one_on_the_last_day_replaces_the_limit():
    marks = ((date(2022, 1, 1), Fraction(4)), (date(2022, 12, 31), Fraction(24)))
    goal = make_count(25, milestones=marks, **YEAR)
    assert expected(goal, date(2022, 1, 1)) == 4
    assert expected(goal, date(2022, 7, 2)) == 14
    assert expected(goal, date(2023, 1, 1)) == 24
    share = make_share(25, milestones=marks, **YEAR)
    assert expected(share, date(2022, 1, 1), Fraction(20)) == 4
    assert expected(share, date(2022, 12, 31), Fraction(20)) == 24


def test_milestones_before_the_window_are_left_aside():
    goal = make_count(25, milestones=((date(2021, 12, 31), Fraction(20)),), **YEAR)
    assert expected(goal, date(2022, 1, 1)) == 0
    assert assess(goal, Actual(value=1), date(2022, 1, 1)).expected_basis == "linear"


def test_a_single_milestone_on_a_window_of_one_day_is_read():
    only = date(2022, 1, 1)
    goal = make_count(25, milestones=((only, Fraction(9)),), start=only, end=only)
    assert expected(goal, only) == 9


# --- Whole products -------------------------------------------------------------------------------


@every_case(
    "denominator, needed",
    [(0, 0), (1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (99, 24), (100, 25), (None, None)],
)
def test_of_a_share_so_many_whole_products_are_needed_rounded_down(denominator, needed):
    half = date(2024, 1, 1)  # 25 % expected
    actual = Actual(numerator=0, denominator=denominator)
    assert assess(make_share(50), actual, half).needed == needed


def test_needed_goes_with_what_is_expected_and_is_none_of_a_count():
    actual = Actual(value=3, numerator=3, denominator=7)
    assert assess(make_count(25), actual, date(2024, 1, 1)).needed is None
    assert assess(make_share(None), actual, date(2024, 1, 1)).needed is None
    assert assess(make_share(50), actual, START - DAY).needed is None
    assert assess(make_share(50), actual, START).needed == 0
    assert assess(make_share(50), actual, END).needed == 3  # of 7 half is 3.5
    assert assess(make_share(50), actual, date(2030, 1, 1)).needed == 3


def test_the_result_names_what_the_expectation_rests_on():
    assert assess(make_count(), Actual(value=1), START).expected_basis == "linear"
    by_rounds = make_count(25, milestones=ROUNDS, **YEAR)
    assert assess(by_rounds, Actual(value=1), START).expected_basis == "milestones"
    assert assess(make_count(None), Actual(value=1), START).expected_basis is None
    assert expected(make_count(None), START) is None
    early = assess(by_rounds, Actual(value=1), date(2021, 12, 31))
    assert (early.expected, early.expected_basis) == (None, None)

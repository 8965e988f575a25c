"""Comparison, gap, expectation and state of a target, at every boundary and one step off it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from targets.progress import progress
from targets.progress.progress import Actual, Goal, assess, decimal_text, expected, gap, is_met
from tests.support.cases import every_case

START, END = date(2022, 1, 1), date(2025, 12, 31)
DAYS = 1461
DAY = timedelta(days=1)


def make_count(threshold=25, aim=None, operator=">=", start=START, end=END, **more) -> Goal:
    return Goal("count", operator, _number(threshold), _number(aim), start, end, **more)


def make_share(threshold=50, operator=">", start=START, end=END, **more) -> Goal:
    return Goal("share", operator, _number(threshold), None, start, end, **more)


def _number(value):
    return None if value is None else Fraction(value)


@every_case(
    "operator, threshold, value, met, missing",
    [
        (">=", 25, 24, False, 1),
        (">=", 25, 25, True, 0),
        (">=", 25, 26, True, 0),
        (">=", 25, 0, False, 25),
        (">", 25, 24, False, 2),
        (">", 25, 25, False, 1),
        (">", 25, 26, True, 0),
        (">=", Fraction(5, 2), 2, False, 1),
        (">=", Fraction(5, 2), 3, True, 0),
        (">", Fraction(5, 2), 2, False, 1),
        (">=", 0, 0, True, 0),
        (">", 0, 0, False, 1),
    ],
)
def test_a_count_meets_its_limit_or_misses_whole_units(operator, threshold, value, met, missing):
    goal = make_count(threshold, operator=operator)
    assert is_met(goal, Actual(value=value)) is met
    assert gap(goal, Actual(value=value)) == missing


@every_case(
    "operator, threshold, numerator, denominator, met, missing",
    [
        (">", 50, 52, 104, False, 1),
        (">", 50, 52, 103, True, 0),
        (">", 50, 53, 104, True, 0),
        (">", 50, 51, 104, False, 2),
        (">=", 50, 52, 104, True, 0),
        (">=", 50, 51, 104, False, 1),
        (">", 70, 70, 100, False, 1),
        (">", 70, 71, 100, True, 0),
        (">", 70, 7, 11, False, 1),
        (">", 0, 0, 10, False, 1),
        (">=", 100, 9, 10, False, 1),
        (">=", 100, 10, 10, True, 0),
        # Out of reach: the arithmetic answer all the same.
        (">", 100, 10, 10, False, 1),
        (">", 100, 0, 10, False, 11),
        (">", Fraction(1401, 20), 1751, 2500, False, 1),
    ],
)
def test_a_share_is_compared_without_rounding(
    operator, threshold, numerator, denominator, met, missing
):
    goal = make_share(threshold, operator)
    actual = Actual(numerator=numerator, denominator=denominator)
    assert is_met(goal, actual) is met
    assert gap(goal, actual) == missing


@every_case(
    "goal, actual",
    [
        (make_count(None), Actual(value=3)),
        (make_count(25), Actual()),
        (make_share(50), Actual(numerator=0, denominator=0)),
        (make_share(50), Actual()),
        (make_share(None), Actual(numerator=1, denominator=2)),
    ],
)
def test_without_a_limit_or_without_data_nothing_is_met_or_missing(goal, actual):
    assert is_met(goal, actual) is None
    assert gap(goal, actual) is None


# --- expected -------------------------------------------------------------------------------------


@every_case(
    "day, wanted",
    [
        (START - DAY, Fraction(0)),
        (START, Fraction(50, DAYS)),
        (date(2022, 12, 31), Fraction(50 * 365, DAYS)),
        (END - DAY, Fraction(50 * (DAYS - 1), DAYS)),
        (END, Fraction(50)),
        (END + DAY, Fraction(50)),
        (date(2030, 1, 1), Fraction(50)),
    ],
)
def test_without_milestones_the_expectation_grows_by_the_day(day, wanted):
    assert expected(make_share(50), day) == wanted


def test_the_expectation_at_the_end_of_the_first_year_prints_as_12_5():
    assert decimal_text(expected(make_share(50), date(2022, 12, 31)), 1) == "12.5"


YEAR = {"start": date(2022, 1, 1), "end": date(2022, 12, 31)}
ROUNDS = ((date(2022, 12, 1), Fraction(20)), (date(2022, 6, 30), Fraction(5)))


@every_case(
    "day, wanted",
    [
        (date(2021, 12, 31), Fraction(0)),
        (date(2022, 1, 1), Fraction(0)),
        (date(2022, 4, 1), Fraction(5 * 90, 180)),
        (date(2022, 6, 30), Fraction(5)),
        (date(2022, 7, 1), 5 + Fraction(15, 154)),
        (date(2022, 12, 1), Fraction(20)),
        (date(2022, 12, 16), Fraction(45, 2)),
        (date(2022, 12, 31), Fraction(25)),
        (date(2023, 5, 1), Fraction(25)),
    ],
)
def test_milestones_are_joined_by_lines_and_lead_to_the_limit(day, wanted):
    assert expected(make_count(25, milestones=ROUNDS, **YEAR), day) == wanted


def test_a_milestone_on_the_first_day_stands_and_one_on_the_last_day_replaces_the_limit():
    marks = ((date(2022, 1, 1), Fraction(4)), (date(2022, 12, 31), Fraction(24)))
    goal = make_count(25, milestones=marks, **YEAR)
    assert expected(goal, date(2022, 1, 1)) == 4
    assert expected(goal, date(2022, 7, 2)) == 14
    assert expected(goal, date(2023, 1, 1)) == 24


def test_a_single_milestone_on_a_window_of_one_day_is_read():
    only = date(2022, 1, 1)
    goal = make_count(25, milestones=((only, Fraction(9)),), start=only, end=only)
    assert expected(goal, only) == 9


def test_the_result_names_what_the_expectation_rests_on():
    assert assess(make_count(), Actual(value=1), START).expected_basis == "linear"
    by_rounds = make_count(25, milestones=ROUNDS, **YEAR)
    assert assess(by_rounds, Actual(value=1), START).expected_basis == "milestones"
    assert assess(make_count(None), Actual(value=1), START).expected_basis is None
    assert expected(make_count(None), START) is None


# --- states ---------------------------------------------------------------------------------------


def state(goal, day, **actual) -> str:
    return assess(goal, Actual(**actual), day).state


@every_case(
    "day, value, wanted",
    [
        (date(2021, 12, 31), 99, progress.NOT_DUE),
        (date(2022, 1, 1), 0, progress.BEHIND),
        (date(2022, 1, 1), 31, progress.EXCEEDED),
        (date(2022, 1, 1), 30, progress.MET),
        (date(2022, 1, 1), 25, progress.MET),
        (date(2022, 12, 30), 24, progress.ATTENTION),
        (date(2022, 12, 31), 24, progress.MISSED),
        (date(2022, 12, 31), 25, progress.MET),
        (date(2023, 6, 1), 24, progress.MISSED),
        (date(2023, 6, 1), 31, progress.EXCEEDED),
    ],
)
def test_states_of_a_yearly_count_with_an_aim(day, value, wanted):
    assert state(make_count(25, aim=30, **YEAR), day, value=value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(10, progress.MET), (11, progress.EXCEEDED), (9, progress.MISSED)],
)
def test_without_an_aim_a_count_exceeds_its_limit(value, wanted):
    assert state(make_count(10), END, value=value) == wanted


@every_case(
    "value, wanted",
    [
        (40, progress.ON_TRACK),
        (39, progress.ATTENTION),
        (30, progress.ATTENTION),
        (29, progress.BEHIND),
    ],
)
def test_on_track_at_the_expectation_and_attention_down_to_three_quarters_of_it(value, wanted):
    window = {"start": date(2022, 1, 1), "end": date(2022, 4, 10)}  # 100 days
    assert state(make_count(100, **window), date(2022, 2, 9), value=value) == wanted


def test_where_attention_ends_is_a_setting():
    window = {"start": date(2022, 1, 1), "end": date(2022, 4, 10), "attention_percent": 50}
    goal = make_count(100, **window)
    assert state(goal, date(2022, 2, 9), value=20) == progress.ATTENTION
    assert state(goal, date(2022, 2, 9), value=19) == progress.BEHIND


@every_case(
    "numerator, wanted",
    [
        (20, progress.ON_TRACK),
        (19, progress.ATTENTION),
        (15, progress.ATTENTION),
        (14, progress.BEHIND),
        (51, progress.MET),
        (100, progress.MET),
    ],
)
def test_a_share_is_held_against_the_expected_percentage(numerator, wanted):
    window = {"start": date(2022, 1, 1), "end": date(2022, 4, 10)}
    day = date(2022, 2, 9)  # 40 of 100 days: 20 % expected
    actual = {"numerator": numerator, "denominator": 100}
    assert state(make_share(50, **window), day, **actual) == wanted


@every_case(
    "day, end, wanted",
    [
        (date(2025, 6, 1), (50, 100), progress.SLIPPING),
        (date(2025, 6, 1), (51, 100), progress.MET),
        (date(2025, 6, 1), (0, 0), progress.SLIPPING),
        (date(2025, 6, 1), (None, None), progress.MET),
        (END - DAY, (50, 100), progress.SLIPPING),
        (END, (50, 100), progress.MET),
        (END + DAY, (50, 100), progress.MET),
    ],
)
def test_a_met_share_slips_when_known_ends_undo_it(day, end, wanted):
    actual = {"numerator": 60, "denominator": 100, "end_numerator": end[0]}
    assert state(make_share(50), day, end_denominator=end[1], **actual) == wanted


def test_an_unmet_share_does_not_slip():
    wanted = state(
        make_share(50), END - DAY, numerator=40, denominator=100, end_numerator=0, end_denominator=9
    )
    assert wanted == progress.ATTENTION


def test_a_share_of_nothing_has_no_data_even_after_the_end_but_is_first_not_due():
    nothing = {"numerator": 0, "denominator": 0}
    assert state(make_share(), START - DAY, **nothing) == progress.NOT_DUE
    assert state(make_share(), START, **nothing) == progress.NO_DATA
    assert state(make_share(), END, **nothing) == progress.NO_DATA
    assert state(make_count(), END) == progress.NO_DATA


def test_without_a_limit_there_is_no_target_once_the_window_has_begun():
    goal = make_count(None)
    assert state(goal, START - DAY, value=0) == progress.NOT_DUE
    assert state(goal, START, value=0) == progress.NO_TARGET
    result = assess(goal, Actual(value=4), END)
    assert (result.met, result.gap, result.expected, result.actual) == (None, None, None, 4)
    assert result.percent_of_target is None


def test_over_achievement_is_not_cut():
    result = assess(make_count(30), Actual(value=104), END)
    assert result.percent_of_target == Fraction(1040, 3)
    assert decimal_text(result.percent_of_target, 0) == "347"
    assert decimal_text(result.percent_of_target, 1) == "346.7"


def test_the_result_carries_the_numbers_it_was_made_of():
    result = assess(make_share(50), Actual(numerator=52, denominator=104), date(2022, 12, 31))
    assert (result.kind, result.operator, result.threshold, result.aim) == ("share", ">", 50, None)
    assert (result.numerator, result.denominator, result.actual) == (52, 104, Fraction(50))
    assert (result.met, result.gap, result.state) == (False, 1, progress.ON_TRACK)
    assert result.percent_of_target is None
    counted = assess(make_count(25, aim=30), Actual(value=82), END)
    assert (counted.actual, counted.numerator, counted.denominator) == (82, None, None)


@every_case(
    "wrong",
    [
        {"kind": "ratio"},
        {"operator": "<="},
        {"operator": "="},
        {"window_start": END, "window_end": START},
    ],
)
def test_a_goal_that_makes_no_sense_is_refused(wrong):
    parts = {
        "kind": "count",
        "operator": ">=",
        "threshold": Fraction(1),
        "aim": None,
        "window_start": START,
        "window_end": END,
    }
    with pytest.raises(ValueError):
        Goal(**(parts | wrong))

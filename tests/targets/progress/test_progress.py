"""Comparison and gap of a target at every boundary and one step off it, and what a result holds."""

from datetime import date
from fractions import Fraction

import pytest

from targets.progress import progress
from targets.progress.progress import Actual, Goal, assess, decimal_text, gap, is_met
from tests.support.cases import every_case
from tests.targets.progress.goals import END, START, make_count, make_share


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

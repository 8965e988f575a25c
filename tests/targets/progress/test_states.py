"""The state of a target at every boundary and one step off it."""

from datetime import date

import pytest

from targets.progress import progress
from targets.progress.progress import Actual, assess
from tests.support.cases import every_case
from tests.targets.progress.goals import DAY, END, START, YEAR, make_count, make_share


def state(goal, day, **actual) -> str:
    return assess(goal, Actual(**actual), day).state


@every_case(
    "day, value, wanted",
    [
        (date(2021, 12, 31), 99, progress.NOT_DUE),
        # Nobody is behind for none of 0.07.
        (date(2022, 1, 1), 0, progress.ON_TRACK),
        (date(2022, 1, 14), 0, progress.ON_TRACK),
        (date(2022, 1, 15), 0, progress.BEHIND),
        (date(2022, 1, 15), 1, progress.ON_TRACK),
        (date(2022, 1, 1), 31, progress.EXCEEDED),
        (date(2022, 1, 1), 30, progress.MET),
        (date(2022, 1, 1), 25, progress.MET),
        (date(2022, 12, 30), 24, progress.ON_TRACK),
        (date(2022, 12, 30), 23, progress.ATTENTION),
        (date(2022, 12, 30), 18, progress.ATTENTION),
        (date(2022, 12, 30), 17, progress.BEHIND),
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
    "value, wanted",
    [(3, progress.ON_TRACK), (2, progress.BEHIND), (1, progress.BEHIND)],
)
def test_three_quarters_are_of_whole_units(value, wanted):
    """Of 3.9 expected 3 are: 2 are less than three quarters of them."""
    window = {"start": date(2022, 1, 1), "end": date(2022, 4, 10)}  # 100 days
    assert state(make_count(10, **window), date(2022, 2, 8), value=value) == wanted


@every_case(
    "numerator, wanted",
    [
        (20, progress.ON_TRACK),
        (19, progress.ON_TRACK),
        (18, progress.ATTENTION),
        (15, progress.ATTENTION),
        (14, progress.BEHIND),
        (0, progress.BEHIND),
        (51, progress.MET),
        (100, progress.MET),
    ],
)
def test_a_share_is_held_against_the_whole_products_expected(numerator, wanted):
    window = {"start": date(2022, 1, 1), "end": date(2022, 4, 10)}
    day = date(2022, 2, 9)  # 39 of 99 days: 19.7 % expected, 19 products of 100
    actual = {"numerator": numerator, "denominator": 100}
    assert state(make_share(50, **window), day, **actual) == wanted


@every_case(
    "denominator, numerator, wanted",
    [
        # 25 % expected; the limit itself is out of reach.
        (3, 0, progress.ON_TRACK),  # 0 of 0.75
        (4, 0, progress.BEHIND),  # 0 of 1
        (4, 1, progress.ON_TRACK),
        (12, 2, progress.BEHIND),  # 3 needed, three quarters of them are 2.25
        (12, 3, progress.ON_TRACK),
        (15, 3, progress.ON_TRACK),  # 20 %, of 3.75 products 3
        (16, 3, progress.ATTENTION),  # 3 of 4
        (16, 2, progress.BEHIND),
        (19, 3, progress.ATTENTION),  # 3 of 4.75: 4
        (20, 3, progress.BEHIND),  # 3 of 5
        (20, 4, progress.ATTENTION),
        (20, 5, progress.ON_TRACK),
    ],
)
def test_three_quarters_are_of_whole_products(denominator, numerator, wanted):
    actual = {"numerator": numerator, "denominator": denominator}
    assert state(make_share(50), date(2024, 1, 1), **actual) == wanted


@every_case(
    "attention, numerator, wanted",
    [
        (100, 4, progress.BEHIND),
        (100, 5, progress.ON_TRACK),
        (50, 3, progress.ATTENTION),
        (50, 2, progress.BEHIND),
        (0, 0, progress.ATTENTION),
    ],
)
def test_where_attention_ends_is_a_setting_for_shares_too(attention, numerator, wanted):
    goal = make_share(50, attention_percent=attention)
    actual = {"numerator": numerator, "denominator": 20}  # 5 needed
    assert state(goal, date(2024, 1, 1), **actual) == wanted


@every_case(
    "first, numerator, wanted",
    [
        ((0, 0), 5, progress.ON_TRACK),  # 25 % of 20
        ((4, 20), 6, progress.ATTENTION),  # from 20 %: 35 % of 20 are 7
        ((4, 20), 7, progress.ON_TRACK),
        ((10, 20), 9, progress.ATTENTION),  # at the limit: it is to be kept
        ((10, 20), 10, progress.ON_TRACK),
        ((20, 20), 10, progress.ON_TRACK),  # above the limit: no more than the limit is
        ((20, 20), 7, progress.BEHIND),
    ],
)
def test_a_share_is_behind_by_where_it_began(first, numerator, wanted):
    actual = {"first_numerator": first[0], "first_denominator": first[1]}
    day = date(2024, 1, 1)
    assert state(make_share(50), day, numerator=numerator, denominator=20, **actual) == wanted


@every_case(
    "day, end, wanted",
    [
        (START, (50, 100), progress.SLIPPING),
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

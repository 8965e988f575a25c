"""Properties of progress that hold for any goal and any count."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from targets.progress import progress
from targets.progress.progress import (
    Actual,
    Goal,
    assess,
    baseline,
    expected,
    gap,
    is_met,
    lookahead_day,
    shown_percent,
)

operators = st.sampled_from([">=", ">"])
percents = st.integers(0, 100_000).map(lambda n: Fraction(n, 1000))
limits = st.integers(0, 200_000).map(lambda n: Fraction(n, 1000))
days = st.dates(date(2021, 1, 1), date(2026, 12, 31))


@st.composite
def shares(draw):
    denominator = draw(st.integers(1, 5000))
    return draw(st.integers(0, denominator)), denominator


@st.composite
def actual_shares(draw):
    """A share with what it was on the first day and, where known, what it will be."""
    first = draw(shares() | st.just((0, 0)) | st.just((None, None)))
    return Actual(None, *draw(shares()), *draw(shares() | st.just((None, None))), *first)


@st.composite
def near_shares(draw):
    """A share that lies on its limit or one unit beside it, where mistakes would show."""
    denominator = draw(st.integers(1, 100_000))
    numerator = draw(st.integers(0, denominator))
    step = draw(st.sampled_from([-1, 0, 1]))
    limit = Fraction(100 * numerator, denominator)
    return max(0, min(denominator, numerator + step)), denominator, limit


@st.composite
def goals(draw, kind):
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(0, 1500)))
    threshold = draw(limits if kind == "count" else percents)
    aim = draw(st.none() | st.just(threshold + 5)) if kind == "count" else None
    marks = draw(st.lists(st.tuples(days, limits), max_size=4))
    return Goal(kind, draw(operators), threshold, aim, start, end, 75, tuple(marks))


def make_share_goal(operator: str, threshold: Fraction) -> Goal:
    return Goal("share", operator, threshold, None, date(2022, 1, 1), date(2025, 12, 31))


def says_met(shown: Fraction, operator: str, limit: Fraction) -> bool:
    return shown > limit if operator == ">" else shown >= limit


@given(shares(), operators, percents, st.integers(0, 3))
def test_a_shown_percentage_never_contradicts_met(share, operator, limit, places):
    goal = make_share_goal(operator, limit)
    met = is_met(goal, Actual(numerator=share[0], denominator=share[1]))
    shown = shown_percent(*share, operator, limit, places)
    assert says_met(Fraction(shown), operator, limit) is met
    assert -shown.as_tuple().exponent >= places


@given(near_shares(), operators, st.integers(0, 3))
def test_nor_does_it_on_the_limit_and_one_unit_beside_it(share, operator, places):
    numerator, denominator, limit = share
    met = is_met(make_share_goal(operator, limit), Actual(None, numerator, denominator))
    shown = Fraction(shown_percent(numerator, denominator, operator, limit, places))
    assert says_met(shown, operator, limit) is met
    if not met:
        assert shown <= Fraction(100 * numerator, denominator)


@given(shares(), operators, percents)
def test_the_gap_of_a_share_is_the_least_number_that_meets(share, operator, limit):
    goal = make_share_goal(operator, limit)

    def met_with(more: int) -> bool | None:
        return is_met(goal, Actual(numerator=share[0] + more, denominator=share[1]))

    missing = gap(goal, Actual(numerator=share[0], denominator=share[1]))
    assert missing is not None and met_with(missing)
    assert missing == 0 or not met_with(missing - 1)


@given(st.integers(0, 300), operators, limits)
def test_the_gap_of_a_count_is_the_least_number_that_meets(value, operator, limit):
    goal = Goal("count", operator, limit, None, date(2022, 1, 1), date(2022, 12, 31))
    missing = gap(goal, Actual(value=value))
    assert missing is not None and is_met(goal, Actual(value=value + missing))
    assert missing == 0 or not is_met(goal, Actual(value=value + missing - 1))


RANKING = [
    progress.MISSED,
    progress.BEHIND,
    progress.ATTENTION,
    progress.ON_TRACK,
    progress.MET,
    progress.EXCEEDED,
]


@given(goals("count"), st.integers(0, 300), days)
def test_one_more_never_makes_a_count_worse(goal, value, day):
    before, after = (assess(goal, Actual(value=n), day) for n in (value, value + 1))
    assert after.gap <= before.gap
    assert after.met >= before.met
    if before.state != progress.NOT_DUE:
        assert RANKING.index(after.state) >= RANKING.index(before.state)


@given(goals("share"), actual_shares(), days)
def test_one_more_product_listed_never_makes_a_share_worse(goal, actual, day):
    """What lies ahead aside: that is not of the day."""
    today = replace(actual, end_numerator=None, end_denominator=None)
    one_more = replace(today, numerator=min(today.numerator + 1, today.denominator))
    before, after = (assess(goal, one, day) for one in (today, one_more))
    assert after.gap <= before.gap
    assert after.needed == before.needed
    if before.state != progress.NOT_DUE:
        assert RANKING.index(after.state) >= RANKING.index(before.state)


@given(goals("share") | goals("count"), actual_shares(), st.integers(0, 300), days)
def test_state_met_and_gap_agree(goal, share, value, day):
    result = assess(goal, replace(share, value=value), day)
    assert result.met is (result.gap == 0)
    if result.state in (progress.MET, progress.EXCEEDED, progress.SLIPPING):
        assert result.met
    elif result.state != progress.NOT_DUE:
        assert not result.met
    assert (result.state == progress.NOT_DUE) is (day < goal.window_start)
    assert (result.expected is None) is (day < goal.window_start)


@given(goals("share"), actual_shares(), days)
def test_a_share_is_on_track_with_the_whole_products_that_are_expected(goal, actual, day):
    result = assess(goal, actual, day)
    if result.needed is None:
        assert result.expected is None
        return
    assert result.needed == (result.expected * actual.denominator / 100).__floor__()
    if result.state in (progress.ON_TRACK, progress.ATTENTION, progress.BEHIND):
        assert (result.state == progress.ON_TRACK) is (actual.numerator >= result.needed)
        # Reaching the exact expectation is always enough.
        assert result.state == progress.ON_TRACK or result.actual < result.expected


@given(goals("share") | goals("count"), actual_shares(), st.integers(0, 300), st.integers(1, 4000))
def test_after_the_window_the_verdict_of_its_last_day_stays(goal, share, value, later):
    actual = replace(share, value=value)
    last = assess(goal, actual, goal.window_end)
    closed = assess(goal, actual, goal.window_end + timedelta(days=later))
    assert closed == replace(last, closed=True)
    assert last.state in (progress.MET, progress.EXCEEDED, progress.MISSED)


@given(goals("count"), days)
def test_the_expectation_stays_between_nothing_and_the_highest_it_is_told(goal, day):
    wanted = expected(goal, day)
    if day < goal.window_start:
        assert wanted is None
        return
    highest = max([goal.threshold, *(value for _day, value in goal.milestones)])
    assert wanted is not None and 0 <= wanted <= highest
    assert wanted.denominator == 1
    if not goal.milestones:
        later = expected(goal, day + timedelta(days=1))
        assert later is not None and wanted <= later <= goal.threshold


@given(goals("share"), actual_shares(), days)
def test_that_of_a_share_lies_between_its_baseline_and_the_limit(goal, actual, day):
    goal = replace(goal, milestones=())
    first = baseline(goal, actual)
    assert 0 <= first <= goal.threshold
    wanted, later = (expected(goal, one, first) for one in (day, day + timedelta(days=1)))
    if day < goal.window_start:
        assert wanted is None
    else:
        assert first <= wanted <= later <= goal.threshold
    assert expected(goal, goal.window_end, first) == goal.threshold


@given(days, st.integers(0, 1500))
def test_the_look_ahead_lies_within_twelve_months_and_the_window(day, length):
    end = day + timedelta(days=length)
    ahead = lookahead_day(end, day)
    assert day <= ahead <= end
    assert (ahead - day).days <= 366
    assert ahead == end or (ahead - day).days >= 365

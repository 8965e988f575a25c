"""Properties of progress that hold for any goal and any count."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from targets.progress import progress
from targets.progress.progress import Actual, Goal, assess, expected, gap, is_met, shown_percent

operators = st.sampled_from([">=", ">"])
percents = st.integers(0, 100_000).map(lambda n: Fraction(n, 1000))
limits = st.integers(0, 200_000).map(lambda n: Fraction(n, 1000))
days = st.dates(date(2021, 1, 1), date(2026, 12, 31))


@st.composite
def shares(draw):
    denominator = draw(st.integers(1, 5000))
    return draw(st.integers(0, denominator)), denominator


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


@given(goals("share") | goals("count"), shares(), st.integers(0, 300), days)
def test_state_met_and_gap_agree(goal, share, value, day):
    result = assess(goal, Actual(value, *share), day)
    assert result.met is (result.gap == 0)
    if result.state in (progress.MET, progress.EXCEEDED, progress.SLIPPING):
        assert result.met
    elif result.state != progress.NOT_DUE:
        assert not result.met
    assert (result.state == progress.NOT_DUE) is (day < goal.window_start)


@given(goals("count"), days)
def test_the_expectation_stays_between_nothing_and_the_highest_it_is_told(goal, day):
    wanted = expected(goal, day)
    highest = max([goal.threshold, *(value for _day, value in goal.milestones)])
    assert wanted is not None and 0 <= wanted <= highest
    if not goal.milestones:
        later = expected(goal, day + timedelta(days=1))
        assert later is not None and wanted <= later <= goal.threshold

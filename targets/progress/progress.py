"""Progress of one target: comparison, gap, expectation and state. Pure; the day is a parameter.

All arithmetic is in integers and `Fraction`; a number is rounded only when it is printed.
Thresholds and aims are units for counts and percent (0–100) for shares.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from ocop.lib.dates import add_months
from targets.periods import months_left

COUNT = "count"
SHARE = "share"

AT_LEAST = ">="
ABOVE = ">"

NOT_DUE = "not_due"
NO_DATA = "no_data"
SLIPPING = "slipping"
EXCEEDED = "exceeded"
MET = "met"
MISSED = "missed"
ON_TRACK = "on_track"
ATTENTION = "attention"
BEHIND = "behind"
NO_TARGET = "no_target"

LINEAR = "linear"
MILESTONES = "milestones"

LOOKAHEAD_MONTHS = 12
"""How far ahead of a day a share is looked at before it is called about to be lost."""
STORED_PLACES = 3
"""Decimals with which thresholds, aims and milestones are entered."""


@dataclass(frozen=True)
class Goal:
    """What was promised for one window (both days included); `threshold` None is no target.

    `aim` is what the promise strives for above its threshold. `milestones` are (day, value)
    pairs in any order; where there are none, what is expected grows evenly.
    """

    kind: str
    operator: str
    threshold: Fraction | None
    aim: Fraction | None
    window_start: date
    window_end: date
    attention_percent: int = 75
    milestones: tuple[tuple[date, Fraction], ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in (COUNT, SHARE):
            raise ValueError(f"unknown kind {self.kind!r}")
        if self.operator not in (AT_LEAST, ABOVE):
            raise ValueError(f"unknown operator {self.operator!r}")
        if self.window_end < self.window_start:
            raise ValueError("the window ends before it starts")


@dataclass(frozen=True)
class Actual:
    """What was counted: `value` of a count, `numerator` of `denominator` of a share.

    `end_numerator` and `end_denominator` are the same share on `lookahead_day` if nothing is
    renewed or added until then, `first_numerator` and `first_denominator` the share on the window's
    first day. None is "not known", never zero.
    """

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    end_numerator: int | None = None
    end_denominator: int | None = None
    first_numerator: int | None = None
    first_denominator: int | None = None


@dataclass(frozen=True)
class ProgressResult:
    """`actual`: units of a count, exact percent of a share; None where there is no data.

    `counted_at` is the day that everything is judged on. `expected` is whole units of a count,
    the exact percent of a share, of which `needed` is the number of whole products; both None
    before the window and without a threshold. `percent_of_target` is a count against its threshold
    in percent, never cut at 100; None for shares and without a threshold.
    """

    kind: str
    operator: str
    threshold: Fraction | None
    aim: Fraction | None
    actual: Fraction | None
    numerator: int | None
    denominator: int | None
    met: bool | None
    gap: int | None
    expected: Fraction | None
    expected_basis: str | None
    needed: int | None
    state: str
    percent_of_target: Fraction | None
    counted_at: date
    closed: bool


def counted_at(window_end: date, day: date) -> date:
    """The day a window is judged on as of `day`: its last day once it is over."""
    return min(window_end, day)


def lookahead_day(window_end: date, day: date) -> date:
    """To which day a share met on `day` is looked ahead: 12 months on, the window at the most.

    Certificates live for 36 months: looking to the end of a plan of four years would call every
    share of its first year about to be lost.
    """
    return min(window_end, add_months(day, LOOKAHEAD_MONTHS))


def assess(goal: Goal, actual: Actual, day: date) -> ProgressResult:
    """Everything that is said about `goal` on `day`, given what was counted on `counted_at`."""
    counting = goal.kind == COUNT
    value = _value(goal, actual)
    judged_on = counted_at(goal.window_end, day)
    expected_value = expected(goal, judged_on, baseline(goal, actual))
    of_target = None
    if counting and value is not None and goal.threshold:
        of_target = value / goal.threshold * 100
    return ProgressResult(
        kind=goal.kind,
        operator=goal.operator,
        threshold=goal.threshold,
        aim=goal.aim,
        actual=value,
        numerator=None if counting else actual.numerator,
        denominator=None if counting else actual.denominator,
        met=is_met(goal, actual),
        gap=gap(goal, actual),
        expected=expected_value,
        expected_basis=None if expected_value is None else _basis(goal),
        needed=_needed(goal, actual, expected_value),
        state=_state(goal, actual, day, expected_value),
        percent_of_target=of_target,
        counted_at=judged_on,
        closed=day > goal.window_end,
    )


def _value(goal: Goal, actual: Actual) -> Fraction | None:
    if goal.kind == COUNT:
        return None if actual.value is None else Fraction(actual.value)
    if not actual.denominator or actual.numerator is None:
        return None
    return Fraction(100 * actual.numerator, actual.denominator)


def _reaches(value: Fraction, operator: str, limit: Fraction) -> bool:
    return value > limit if operator == ABOVE else value >= limit


def is_met(goal: Goal, actual: Actual) -> bool | None:
    """None without a threshold or without data (a share of nothing)."""
    value = _value(goal, actual)
    if goal.threshold is None or value is None:
        return None
    return _reaches(value, goal.operator, goal.threshold)


def gap(goal: Goal, actual: Actual) -> int | None:
    """The least number of whole units that, added, meets the goal; 0 when met.

    For shares the units are added to the numerator and the denominator stays. That number may
    be larger than the units left ("> 100 %" is out of reach): it is then still the arithmetic
    least number. None without a threshold or without data.
    """
    value = _value(goal, actual)
    if goal.threshold is None or value is None:
        return None
    if goal.kind == COUNT:
        limit, have = Fraction(goal.threshold), int(value)
    else:
        limit = Fraction(goal.threshold) * Fraction(actual.denominator or 0) / 100
        have = actual.numerator or 0
    least = floor(limit) + 1 if goal.operator == ABOVE else ceil(limit)
    return max(0, least - have)


class Pace(NamedTuple):
    """`a_month` whole units in each of `months` calendar months close `gap`."""

    gap: int
    months: int
    a_month: int


def pace(missing: int | None, start: date, end: date, day: date) -> Pace | None:
    """What is still needed a month on `day` in the window start..end.

    Whole units missing divided by the whole months left, the current one included, rounded up: a
    window in its last month has one month left, one that has not begun all its months. None once
    the window is closed, and where nothing is missing or it is not known what.
    Every page and paper that says how much a month is needed says this (docs/cach-tinh.md,
    "Cần thêm mỗi tháng").
    """
    months = months_left(start, end, day)
    if not missing or not months:
        return None
    return Pace(missing, months, -(-missing // months))


# --- What is expected by a day --------------------------------------------------------------------


def _basis(goal: Goal) -> str | None:
    if goal.threshold is None:
        return None
    return MILESTONES if _milestones(goal) else LINEAR


def _milestones(goal: Goal) -> list[tuple[date, Fraction]]:
    return sorted(pair for pair in goal.milestones if pair[0] >= goal.window_start)


def baseline(goal: Goal, actual: Actual) -> Fraction:
    """Where the line of what is expected begins: 0 for a count.

    For a share it is the share on the window's first day, in percent: 0 where nothing was valid
    then, the limit where it was at it or above.
    """
    if goal.kind == COUNT or not actual.first_denominator or actual.first_numerator is None:
        return Fraction(0)
    share = Fraction(100 * actual.first_numerator, actual.first_denominator)
    return share if goal.threshold is None else min(share, goal.threshold)


def expected(goal: Goal, day: date, first: Fraction = Fraction(0)) -> Fraction | None:
    """What should be there by the end of `day`: whole units of a count, percent of a share.

    `first` is the share's `baseline`. With milestones a line is drawn from the beginning (0, or
    the baseline) on the window's first day through each of them, and from the last one, where it
    comes earlier, to the threshold on the window's last day; milestones before the window are left
    aside. After the window it is the last value, before it None, as it is without a threshold.
    """
    if goal.threshold is None or day < goal.window_start:
        return None
    value = _on_the_line(goal, min(day, goal.window_end), first)
    return Fraction(floor(value)) if goal.kind == COUNT else value


def _on_the_line(goal: Goal, day: date, first: Fraction) -> Fraction:
    limit = goal.threshold or Fraction(0)
    milestones = _milestones(goal)
    if milestones:
        points = {goal.window_start: first} | dict(milestones)
        if milestones[-1][0] < goal.window_end:
            points[goal.window_end] = limit
        return _interpolated(sorted(points.items()), day)
    elapsed, days = (day - goal.window_start).days, (goal.window_end - goal.window_start).days
    if goal.kind == COUNT:
        return limit * Fraction(elapsed + 1, days + 1)
    return first + (limit - first) * (Fraction(elapsed, days) if days else 1)


def _interpolated(points: Iterable[tuple[date, Fraction]], day: date) -> Fraction:
    """The value on `day` of the line through `points`, which are in order and enclose it."""
    first, *_rest = points = list(points)
    for (left, low), (right, high) in pairwise(points):
        if left <= day <= right:
            return low + (high - low) * Fraction((day - left).days, (right - left).days)
    return first[1]


def _needed(goal: Goal, actual: Actual, expected_value: Fraction | None) -> int | None:
    """What is expected of a share in whole products of those that are valid; None for a count."""
    if goal.kind == COUNT or expected_value is None or actual.denominator is None:
        return None
    return floor(expected_value * actual.denominator / 100)


# --- State ----------------------------------------------------------------------------------------


def _state(goal: Goal, actual: Actual, day: date, expected_value: Fraction | None) -> str:
    """The first rule that holds.

    A count of which nothing is known (`value` None) has no data, as has a share of nothing.
    """
    value = _value(goal, actual)
    if day < goal.window_start:
        return NOT_DUE
    if goal.threshold is None:
        return NO_TARGET
    if value is None:
        return NO_DATA
    if _reaches(value, goal.operator, goal.threshold):
        return _state_of_met(goal, actual, value, day)
    if day >= goal.window_end:
        return MISSED
    # Counts are compared in whole units, shares in whole products.
    wanted = expected_value if goal.kind == COUNT else _needed(goal, actual, expected_value)
    have = int(value) if goal.kind == COUNT else actual.numerator or 0
    if have >= (wanted or 0):
        return ON_TRACK
    return ATTENTION if 100 * have >= goal.attention_percent * (wanted or 0) else BEHIND


def _state_of_met(goal: Goal, actual: Actual, value: Fraction, day: date) -> str:
    if goal.kind == SHARE:
        return SLIPPING if _will_be_lost(goal, actual, day) else MET
    limit = goal.threshold if goal.aim is None else goal.aim
    return EXCEEDED if limit is not None and value > limit else MET


def _will_be_lost(goal: Goal, actual: Actual, day: date) -> bool:
    """A share met on `day` whose known ends undo it by `lookahead_day`.

    Nothing being valid any more on that day undoes it too.
    """
    if actual.end_numerator is None or actual.end_denominator is None:
        return False
    if day >= goal.window_end:
        return False
    at_end = Actual(numerator=actual.end_numerator, denominator=actual.end_denominator)
    return not is_met(goal, at_end)


# --- Printing -------------------------------------------------------------------------------------


def shown_percent(
    numerator: int,
    denominator: int,
    operator: str,
    threshold: Fraction | None,
    places: int = 1,
) -> Decimal:
    """The share in percent as it may be printed: never on the other side of its limit.

    Always cut, never rounded up, so that an unmet share cannot look met: 50/100 against "> 50"
    is 50.0. Where the cut would make a met share look unmet (50.04 against "> 50"), as many
    more decimals are kept as it takes to tell them apart. Raises ValueError for a denominator
    of 0.
    """
    if not denominator:
        raise ValueError("a share of nothing has no percentage")
    exact = Fraction(100 * numerator, denominator)
    shown = _truncated(exact, places)
    if threshold is None or not _reaches(exact, operator, threshold):
        return shown
    if exact == threshold and not _has_decimal_form(exact):
        return _decimal(ceil(exact * 10**places), places)
    while not _reaches(Fraction(shown), operator, threshold):
        places += 1
        shown = _truncated(exact, places)
    return shown


def _has_decimal_form(value: Fraction) -> bool:
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def _truncated(value: Fraction, places: int) -> Decimal:
    return _decimal(floor(value * 10**places), places)


def _decimal(units: int, places: int) -> Decimal:
    """`units` of 10^-places, exact whatever the context's precision."""
    sign, digits = (1, str(-units)) if units < 0 else (0, str(units))
    return Decimal((sign, tuple(map(int, digits)), -places))


def decimal_text(value: Fraction | int | None, places: int | None = None) -> str | None:
    """`value` with a decimal point for files and JSON, rounded half to even; None for None.

    With `places` always that many decimals ("12.0"); without, as few as it takes, at most the
    three that are stored ("50", "12.5").
    """
    if value is None:
        return None
    digits = STORED_PLACES if places is None else places
    text = format(_decimal(round(Fraction(value) * 10**digits), digits), "f")
    if places is None:
        text = text.rstrip("0").rstrip(".")
    return text

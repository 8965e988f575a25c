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
    """What is: `value` of a count, `numerator` of `denominator` of a share.

    `end_numerator` and `end_denominator` are the same share on the window's last day if nothing
    is renewed or added until then. None is "not known", never zero.
    """

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    end_numerator: int | None = None
    end_denominator: int | None = None


@dataclass(frozen=True)
class ProgressResult:
    """`actual`: units of a count, exact percent of a share; None where there is no data.

    `percent_of_target` is a count against its threshold in percent, never cut at 100; None for
    shares and without a threshold.
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
    state: str
    percent_of_target: Fraction | None


def assess(goal: Goal, actual: Actual, day: date) -> ProgressResult:
    """Everything that is said about `goal` on `day`, given what was counted on that day."""
    counting = goal.kind == COUNT
    value = _value(goal, actual)
    expected_value = expected(goal, day)
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
        expected_basis=_basis(goal),
        state=_state(goal, actual, day),
        percent_of_target=of_target,
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


def expected(goal: Goal, day: date) -> Fraction | None:
    """What should be there by the end of `day`: 0 before the window, the last value after it.

    With milestones a line is drawn from 0 on the window's first day through each of them, and
    from the last one, where it comes earlier, to the threshold on the window's last day.
    Milestones before the window are left aside. None without a threshold.
    """
    if goal.threshold is None:
        return None
    if day < goal.window_start:
        return Fraction(0)
    day = min(day, goal.window_end)
    milestones = _milestones(goal)
    if milestones:
        points = {goal.window_start: Fraction(0)} | dict(milestones)
        if milestones[-1][0] < goal.window_end:
            points[goal.window_end] = Fraction(goal.threshold)
        return _interpolated(sorted(points.items()), day)
    elapsed = (day - goal.window_start).days + 1
    return goal.threshold * Fraction(elapsed, (goal.window_end - goal.window_start).days + 1)


def _interpolated(points: Iterable[tuple[date, Fraction]], day: date) -> Fraction:
    """The value on `day` of the line through `points`, which are in order and enclose it."""
    first, *_rest = points = list(points)
    for (left, low), (right, high) in pairwise(points):
        if left <= day <= right:
            return low + (high - low) * Fraction((day - left).days, (right - left).days)
    return first[1]


# --- State ----------------------------------------------------------------------------------------


def _state(goal: Goal, actual: Actual, day: date) -> str:
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
    expected_value = expected(goal, day) or Fraction(0)
    if value >= expected_value:
        return ON_TRACK
    return ATTENTION if 100 * value >= goal.attention_percent * expected_value else BEHIND


def _state_of_met(goal: Goal, actual: Actual, value: Fraction, day: date) -> str:
    if goal.kind == SHARE:
        return SLIPPING if _will_be_lost(goal, actual, day) else MET
    limit = goal.threshold if goal.aim is None else goal.aim
    return EXCEEDED if limit is not None and value > limit else MET


def _will_be_lost(goal: Goal, actual: Actual, day: date) -> bool:
    """A share met on `day` whose known ends undo it by the window's last day.

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

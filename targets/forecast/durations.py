"""How long steps took in the records there are, and when the last moment to begin is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil


@dataclass(frozen=True, slots=True)
class DurationSummary:
    """Days that a step took: exact median, shortest, longest, over so many records.

    The number is part of what is said: a median of three records is weak ground.
    """

    number: int
    median: Fraction
    minimum: int
    maximum: int


def summarise(days: Iterable[int]) -> DurationSummary | None:
    """None without a single record: nothing is known, which is not zero days."""
    ordered = sorted(days)
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return DurationSummary(len(ordered), Fraction(low + high, 2), ordered[0], ordered[-1])


def days_between(first: date | None, last: date | None, known_by: date) -> int | None:
    """Whole days from one step to the next.

    None where either has no day, has not come by `known_by`, or the second comes first: such
    days measure nothing.
    """
    if first is None or last is None or last > known_by or last < first:
        return None
    return (last - first).days


def latest_start(end: date, days: Fraction | int) -> date:
    """The last day to begin what takes `days` and must be there on `end`; half days count whole."""
    return end - timedelta(days=ceil(days))

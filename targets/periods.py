"""Windows of a plan and the calendar they are cut by. Pure; every span includes both its days."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

PLAN = "plan"
YEAR = "year"
LEVEL = "level"
WRITTEN_PERIOD = re.compile(r"(20[0-9]{2})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Span(NamedTuple):
    """A window with the label it has in addresses and files: "plan" or a year."""

    label: str
    start: date
    end: date

    @property
    def days(self) -> int:
        return days_in(self.start, self.end)


class Quarter(NamedTuple):
    year: int
    number: int


def windows(period_kind: str, plan_start: date, plan_end: date) -> list[Span]:
    """One window for "plan" and "level"; for "year" one a calendar year, cut to the plan.

    Raises ValueError for another kind and for a plan that ends before it starts.
    """
    if plan_end < plan_start:
        raise ValueError("the plan ends before it starts")
    if period_kind in (PLAN, LEVEL):
        return [Span(PLAN, plan_start, plan_end)]
    if period_kind != YEAR:
        raise ValueError(f"unknown kind of period {period_kind!r}")
    return [
        Span(str(year), max(plan_start, date(year, 1, 1)), min(plan_end, date(year, 12, 31)))
        for year in range(plan_start.year, plan_end.year + 1)
    ]


def days_in(start: date, end: date) -> int:
    return (end - start).days + 1


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_start(day: date) -> date:
    return date(day.year, 3 * quarter_of(day).number - 2, 1)


def quarter_end(day: date) -> date:
    """The last day of the quarter that `day` lies in."""
    return _month_end(day.year, 3 * quarter_of(day).number)


def months_left(start: date, end: date, day: date) -> int:
    """Calendar months of the window start..end that are left on `day`, the current one included.

    Before the window all that it touches; on its last day one; after it none.
    """
    first = max(start, day)
    if first > end:
        return 0
    return (end.year - first.year) * 12 + end.month - first.month + 1


def month_ends(start: date, end: date) -> list[date]:
    """Every last day of a month from `start` through `end`, in order."""
    return [day for day in _all_month_ends(start, end) if start <= day <= end]


def month_points(first: date, last: date) -> list[date]:
    """Both days and every end of a month between them, each once and in order."""
    return sorted({first, *month_ends(first, last), last})


def _all_month_ends(start: date, end: date) -> Iterator[date]:
    for number in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        yield _month_end(number // 12, number % 12 + 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def period_days(text: str) -> tuple[date, date]:
    """The first and the last day of "2022", "2022-10" or "2022-10-31"; ValueError otherwise."""
    match = WRITTEN_PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"no period {text!r}")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    first = date(year, month or 1, 1)
    return first, _month_end(year, month or 12)

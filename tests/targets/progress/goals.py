"""Goals of counts and shares for tests: give what the test is about."""

from datetime import date, timedelta
from fractions import Fraction

from targets.progress.progress import Goal

START, END = date(2022, 1, 1), date(2025, 12, 31)
DAYS = 1461
DAY = timedelta(days=1)
YEAR = {"start": date(2022, 1, 1), "end": date(2022, 12, 31)}


def make_count(threshold=25, aim=None, operator=">=", start=START, end=END, **more) -> Goal:
    return Goal("count", operator, _number(threshold), _number(aim), start, end, **more)


def make_share(threshold=50, operator=">", start=START, end=END, **more) -> Goal:
    return Goal("share", operator, _number(threshold), None, start, end, **more)


def _number(value):
    return None if value is None else Fraction(value)

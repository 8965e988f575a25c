"""Stock and shares ahead if a chosen share of the certificates that end is renewed. Pure.

The supposition: of the products whose certificate ends on a day from the day asked for on, the
share `renewed` is renewed at the same rank for another 36 calendar months, beginning the day after.
So it is of those ending in a month, or in any other span. What had ended before stays ended.
Listings of a renewed product go on as they are recorded. Amounts are exact `Fraction`s of products;
they are rounded down only when they are shown.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, TypeVar

from products.certificates import certificate_end
from targets.progress.stock import ONE_DAY, ValidGroup, running_sums

ABOVE = ">"

Key = TypeVar("Key", bound=Hashable)


class FractionalShare(NamedTuple):
    """A share whose parts need not be whole products."""

    numerator: Fraction
    denominator: Fraction


def _terms(
    ends: date, by: date, last_day: date, renewed: Fraction
) -> Iterator[tuple[int, date, date]]:
    """(how often renewed, first day, day after the last) of the terms from `by` to `last_day`."""
    yield 0, by, ends + ONE_DAY
    number, first = 1, ends + ONE_DAY
    while renewed and first <= last_day:
        ends = certificate_end(ends)
        yield number, first, ends + ONE_DAY
        number, first = number + 1, ends + ONE_DAY


def _weighted(level: Counter[tuple[Key, int]], renewed: Fraction) -> dict[Key, Fraction]:
    """What was renewed n times is there to the share `renewed` to the n-th."""
    found: dict[Key, Fraction] = {}
    for (key, times), number in level.items():
        if number and (weight := number * renewed**times):
            found[key] = found.get(key, Fraction(0)) + weight
    return found


def renewed_stock(
    ahead: Iterable[ValidGroup], days: Sequence[date], by: date, renewed: Fraction
) -> list[dict[int, Fraction]]:
    """Valid products by rank on each of `days`, none before `by`, the day asked for.

    `ahead` is what is valid on it. A rank without a product is left out.
    """
    changes: Counter[tuple[date, tuple[int, int]]] = Counter()
    last_day = max(days, default=by)
    groups: Counter[tuple[date, int]] = Counter()
    for group in ahead:
        groups[group.ends, group.rank] += group.number
    for (ends, rank), number in groups.items():
        for times, first, until in _terms(ends, by, last_day, renewed):
            _count(changes, (rank, times), first, until, number)
    return running_sums(changes, days, lambda level: _weighted(level, renewed))


def renewed_shares(
    ahead: Iterable[ValidGroup], listing: str, days: Sequence[date], by: date, renewed: Fraction
) -> list[FractionalShare]:
    """(valid products listed, valid products) on each of `days`, as renewed_stock counts them.

    `listing` is stock.TRACED or stock.SOLD.
    """
    changes: Counter[tuple[date, tuple[str, int]]] = Counter()
    last_day = max(days, default=by)
    groups: Counter[tuple[date, date | None]] = Counter()
    for group in ahead:
        groups[group.ends, group.listed_until(listing)] += group.number
    for (ends, listed_until), number in groups.items():
        for times, first, until in _terms(ends, by, last_day, renewed):
            _count(changes, ("valid", times), first, until, number)
            if listed_until is not None and listed_until > first:
                last = min(until, listed_until)
                _count(changes, ("listed", times), first, last, number)

    def read(level: Counter[tuple[str, int]]) -> FractionalShare:
        parts = _weighted(level, renewed)
        return FractionalShare(parts.get("listed", Fraction(0)), parts.get("valid", Fraction(0)))

    return running_sums(changes, days, read)


def _count(
    changes: Counter[tuple[date, Key]], key: Key, first: date, until: date, number: int
) -> None:
    changes[first, key] += number
    changes[until, key] -= number


# --- When a share is lost -------------------------------------------------------------------------


def days_of_change(ahead: Iterable[ValidGroup], listing: str, after: date, to: date) -> list[date]:
    """`after`, and every later day through `to` on which a share can change, in order.

    Complete for 36 months: what is renewed after `after` ends later than that.
    """
    days: set[date] = set()
    for group in ahead:
        days.add(group.ends + ONE_DAY)
        if (until := group.listed_until(listing)) is not None:
            days.add(until)
    return [after, *sorted(day for day in days if after < day <= to)]


def meets_limit(share: FractionalShare, operator: str, threshold: Fraction) -> bool:
    """Whether the share keeps its limit of `threshold` percent; a share of nothing does not."""
    if not share.denominator:
        return False
    left, right = 100 * share.numerator, threshold * share.denominator
    return left > right if operator == ABOVE else left >= right


class LimitLoss(NamedTuple):
    """First day a share no longer keeps its limit, and the day it does again, if it does."""

    day: date
    again: date | None


def limit_loss(
    points: Sequence[tuple[date, FractionalShare]], operator: str, threshold: Fraction
) -> LimitLoss | None:
    """When the limit kept on the first of `points` is lost; None if it is kept throughout.

    None as well where it is not kept on the first: what is not there cannot be lost.
    """
    within_limit = [(day, meets_limit(share, operator, threshold)) for day, share in points]
    if not within_limit or not within_limit[0][1]:
        return None
    lost = next((place for place, (_day, met) in enumerate(within_limit) if not met), None)
    if lost is None:
        return None
    return LimitLoss(
        within_limit[lost][0], next((day for day, met in within_limit[lost:] if met), None)
    )


# --- What it takes --------------------------------------------------------------------------------


def shortfall(share: FractionalShare, operator: str, threshold: Fraction) -> int | None:
    """The least number of whole products that, added to the numerator, keeps the limit.

    None for a share of nothing.
    """
    if not share.denominator:
        return None
    lacking = threshold * share.denominator / 100 - share.numerator
    return max(0, floor(lacking) + 1 if operator == ABOVE else ceil(lacking))

"""Stock and shares ahead if a chosen share of the certificates that end is renewed. Pure.

The supposition: of the products whose last certificate ends by its term on a day from the day
asked for on, the share `renewed` is renewed at the same rank for another 36 calendar months,
beginning the day after. So it is of those ending in a month, or in any other span. A certificate
that is revoked before its term is not renewed, and what had ended before stays ended. Listings
of a renewed product go on as they are recorded. Amounts are exact `Fraction`s of products; they
are rounded down only when they are shown.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, TypeVar

from products.certificates import certificate_end
from targets.progress.stock import (
    ONE_DAY,
    CertificateRow,
    DateRange,
    EnrolmentRow,
    by_product,
    common_days,
    known_by_day,
    merged_spans,
    ranked,
    running_sums,
)

ABOVE = ">"

Key = TypeVar("Key", bound=Hashable)


class FractionalShare(NamedTuple):
    """A share whose parts need not be whole products."""

    numerator: Fraction
    denominator: Fraction


class CertificateEnd(NamedTuple):
    """The last valid day of a product and its rank on that day."""

    day: date
    rank: int


def last_certificate_end(certificates: Iterable[CertificateRow], by: date) -> CertificateEnd | None:
    """When one product's last certificate ends by its term, from `by` on.

    None where it ended before, was revoked before its term, or was never valid.
    """
    valid = [row for row in certificates if row.decided_on <= row.last_day]
    if not valid:
        return None
    last = max(valid, key=lambda row: (row.last_day, row.decided_on, row.rank))
    if last.last_day < by or last.last_day < last.valid_until:
        return None
    return CertificateEnd(last.last_day, last.rank)


def _renewals(last: CertificateEnd | None, until: date) -> Iterator[tuple[int, DateRange]]:
    """(how often renewed, stretch) of one product through `until`, one after the other."""
    if last is None:
        return
    number, day = 1, last.day
    while day < until:
        end = certificate_end(day)
        yield number, DateRange(day + ONE_DAY, end + ONE_DAY, last.rank)
        number, day = number + 1, end


def _weighted(level: Counter[tuple[Key, int]], renewed: Fraction) -> dict[Key, Fraction]:
    """What was renewed n times is there to the share `renewed` to the n-th."""
    found: dict[Key, Fraction] = {}
    for (key, times), number in level.items():
        if number and (weight := number * renewed**times):
            found[key] = found.get(key, Fraction(0)) + weight
    return found


def renewed_stock(
    rows: Iterable[CertificateRow], days: Sequence[date], by: date, renewed: Fraction
) -> list[dict[int, Fraction]]:
    """Valid products by rank on each of `days`, with what is renewed after `by`.

    Counts certificates decided by `by`. With `renewed` 0 it is forecast.stock_series. A rank
    without a product is left out.
    """
    changes: Counter[tuple[date, tuple[int, int]]] = Counter()
    last_day = max(days, default=by)
    for certificates in by_product(known_by_day(rows, by)).values():
        stretches = [(0, stretch) for stretch in ranked(certificates)]
        for times, stretch in [
            *stretches,
            *_renewals(last_certificate_end(certificates, by), last_day),
        ]:
            _count(changes, (stretch.rank, times), stretch)
    return running_sums(changes, days, lambda level: _weighted(level, renewed))


def renewed_shares(
    certificates: Iterable[CertificateRow],
    enrolments: Iterable[EnrolmentRow],
    days: Sequence[date],
    by: date,
    renewed: Fraction,
) -> list[FractionalShare]:
    """(valid products enrolled, valid products) on each of `days`, as renewed_stock counts them.

    Counts what was decided or started by `by`. With `renewed` 0 it is forecast.share_series.
    """
    listed = by_product(row for row in enrolments if row.started_on <= by)
    changes: Counter[tuple[date, tuple[str, int]]] = Counter()
    last_day = max(days, default=by)
    for product, rows in by_product(known_by_day(certificates, by)).items():
        places = listed.get(product, [])
        active = merged_spans((row.started_on, row.ended_on or date.max) for row in places)
        held = merged_spans((row.decided_on, row.last_day + ONE_DAY) for row in rows)
        valid = [(0, stretch) for stretch in held]
        for times, stretch in [*valid, *_renewals(last_certificate_end(rows, by), last_day)]:
            _count(changes, ("valid", times), stretch)
            for both in common_days([stretch], active):
                _count(changes, ("listed", times), both)

    def read(level: Counter[tuple[str, int]]) -> FractionalShare:
        parts = _weighted(level, renewed)
        return FractionalShare(parts.get("listed", Fraction(0)), parts.get("valid", Fraction(0)))

    return running_sums(changes, days, read)


def _count(changes: Counter[tuple[date, Key]], key: Key, stretch: DateRange) -> None:
    changes[stretch.first, key] += 1
    changes[stretch.until, key] -= 1


# --- When a share is lost -------------------------------------------------------------------------


def days_of_change(
    certificates: Iterable[CertificateRow],
    enrolments: Iterable[EnrolmentRow],
    after: date,
    to: date,
) -> list[date]:
    """`after`, and every later day through `to` on which a share can change, in order.

    Complete for spans of up to 36 months: what is renewed after `after` ends later than that.
    """
    days = {row.last_day + ONE_DAY for row in certificates}
    days |= {row.ended_on for row in enrolments if row.ended_on is not None}
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

"""Stock of valid products and shares on any day, past or ahead. Pure over plain rows.

A certificate is valid from `decided_on` through `valid_until`, and no longer from `revoked_on`
on. The future is what the given rows already say: nothing is supposed to be renewed or added
(targets.progress.renewals supposes a share of renewals over the same rows).
Each series is one sweep over the days on which something changes, so its cost is that of
sorting the rows, whatever the number of days asked for.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, TypeVar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CertificateRow:
    product_id: Hashable
    decided_on: date
    valid_until: date
    revoked_on: date | None
    rank: int

    @property
    def last_day(self) -> date:
        """The last valid day; before `decided_on` where revoked on the day of the decision."""
        if self.revoked_on is None:
            return self.valid_until
        return min(self.valid_until, self.revoked_on - ONE_DAY)


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A product in a traceability system or on a floor, until the day before `ended_on`."""

    product_id: Hashable
    started_on: date
    ended_on: date | None


RowT = TypeVar("RowT", CertificateRow, EnrolmentRow)
Key = TypeVar("Key", bound=Hashable)
SumT = TypeVar("SumT")


class Share(NamedTuple):
    numerator: int
    denominator: int


class DateRange(NamedTuple):
    """Days from `first` up to and without `until`; `rank` where it is a product's rank."""

    first: date
    until: date
    rank: int = 0


# --- Stock ----------------------------------------------------------------------------------------


def stock_at(rows: Iterable[CertificateRow], day: date) -> Counter[int]:
    """Valid products by rank on `day`.

    A product counts once, with the rank of its latest valid recognition (the higher rank where
    two share a day). Ranks without a product read as 0.
    """
    return stock_series(rows, [day])[0]


def stock_series(
    rows: Iterable[CertificateRow], days: Sequence[date], decided_by: date | None = None
) -> list[Counter[int]]:
    """`stock_at` for each of `days`, in their order.

    `decided_by` leaves out recognitions decided after that day: what was certain by then.
    """
    changes: Counter[tuple[date, int]] = Counter()
    for certificates in by_product(known_by_day(rows, decided_by)).values():
        for stretch in ranked(certificates):
            changes[stretch.first, stretch.rank] += 1
            changes[stretch.until, stretch.rank] -= 1
    return running_sums(changes, days, lambda level: +level)


def known_by_day(
    rows: Iterable[CertificateRow], decided_by: date | None
) -> Iterable[CertificateRow]:
    if decided_by is None:
        return rows
    return (row for row in rows if row.decided_on <= decided_by)


def by_product(rows: Iterable[RowT]) -> dict[Hashable, list[RowT]]:
    found: dict[Hashable, list[RowT]] = {}
    for row in rows:
        found.setdefault(row.product_id, []).append(row)
    return found


def ranked(certificates: list[CertificateRow]) -> Iterator[DateRange]:
    """The stretches of one product's life with a rank, in order and never overlapping."""
    valid = [row for row in certificates if row.decided_on <= row.last_day]
    if len(valid) == 1:
        yield DateRange(valid[0].decided_on, valid[0].last_day + ONE_DAY, valid[0].rank)
        return
    edges = {row.decided_on for row in valid} | {row.last_day + ONE_DAY for row in valid}
    ordered = sorted(edges)
    for first, until in pairwise(ordered):
        holding = [row for row in valid if row.decided_on <= first <= row.last_day]
        if holding:
            latest = max(holding, key=lambda row: (row.decided_on, row.rank))
            yield DateRange(first, until, latest.rank)


def running_sums(
    changes: dict[tuple[date, Key], int],
    days: Sequence[date],
    read: Callable[[Counter[Key]], SumT],
) -> list[SumT]:
    """The running sums of `changes` as `read` sees them on each of `days`."""
    ordered = sorted(changes.items(), key=lambda item: item[0][0], reverse=True)
    level: Counter[Key] = Counter()
    answers: dict[date, SumT] = {}
    for day in sorted(set(days)):
        while ordered and ordered[-1][0][0] <= day:
            (_when, key), step = ordered.pop()
            level[key] += step
        answers[day] = read(level)
    return [answers[day] for day in days]


def shared_end_dates(
    rows: Iterable[CertificateRow], after: date, least: int
) -> list[tuple[date, int]]:
    """Days from `after` on that are the last valid day of `least` products or more, in order.

    A product is counted on the day its last certificate ends, among those decided by `after`.
    """
    ends: Counter[date] = Counter()
    for certificates in by_product(known_by_day(rows, after)).values():
        last = max(row.last_day for row in certificates)
        if last >= after:
            ends[last] += 1
    return sorted((day, number) for day, number in ends.items() if number >= least)


# --- Shares ---------------------------------------------------------------------------------------


def share_series(
    certificates: Iterable[CertificateRow],
    enrolments: Iterable[EnrolmentRow],
    days: Sequence[date],
    known_by: date | None = None,
) -> list[Share]:
    """(valid products enrolled anywhere, valid products) on each of `days`, in their order.

    A product enrolled in several places counts once. `known_by` leaves out what was decided or
    started after that day.
    """
    listed = by_product(row for row in enrolments if known_by is None or row.started_on <= known_by)
    changes: Counter[tuple[date, str]] = Counter()
    for product, rows in by_product(known_by_day(certificates, known_by)).items():
        valid = merged_spans((row.decided_on, row.last_day + ONE_DAY) for row in rows)
        places = listed.get(product, [])
        active = merged_spans((row.started_on, row.ended_on or date.max) for row in places)
        for stretch in valid:
            _count(changes, "valid", stretch)
        for stretch in common_days(valid, active):
            _count(changes, "listed", stretch)
    return running_sums(changes, days, lambda level: Share(level["listed"], level["valid"]))


def _count(changes: Counter[tuple[date, str]], key: str, stretch: DateRange) -> None:
    changes[stretch.first, key] += 1
    changes[stretch.until, key] -= 1


def merged_spans(spans: Iterable[tuple[date, date]]) -> list[DateRange]:
    """Stretches covering the same days as `spans`, in order, apart from each other."""
    merged: list[DateRange] = []
    for first, until in sorted(spans):
        if until <= first:
            continue
        if merged and first <= merged[-1].until:
            merged[-1] = DateRange(merged[-1].first, max(until, merged[-1].until))
        else:
            merged.append(DateRange(first, until))
    return merged


def common_days(left: list[DateRange], right: list[DateRange]) -> Iterator[DateRange]:
    for one in left:
        for other in right:
            first, until = max(one.first, other.first), min(one.until, other.until)
            if first < until:
                yield DateRange(first, until)

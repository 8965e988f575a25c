"""When one product is valid, with which rank, traced and sold: spans of days. Pure.

A certificate is valid from its day of decision through its last day, and no longer from the day
of its revocation on. Within a span nothing changes, so that one row answers for all its days:
what is valid on a day, and what was known on that day of a later one (a revocation after a day
is not known on it; the recorded end of a listing is).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

NO_END = date.max
"""The end of what has none, so that ends can be compared."""
ONE_DAY = timedelta(days=1)
State = tuple[int, int, date, date | None, date | None]
"""What stays the same throughout a span: recognition, rank, certificate_ends, traced_until,
sold_until."""


class Certificate(NamedTuple):
    """A counted recognition; `recognition` is its id, `valid_until` the last valid day."""

    recognition: int
    rank: int
    decided_on: date
    valid_until: date
    revoked_on: date | None = None

    @property
    def until(self) -> date:
        """The first day on which it is not valid any more."""
        after_term = self.valid_until + ONE_DAY
        return after_term if self.revoked_on is None else min(after_term, self.revoked_on)


class Listing(NamedTuple):
    """A counted enrolment or listing, active from `started_on` until the day before `ended_on`."""

    started_on: date
    ended_on: date | None = None


class Span(NamedTuple):
    """Days from `starts_on` up to and without `until` on which nothing changes for a product.

    `recognition` and `rank` are those of the latest valid certificate. `certificate_ends` is the
    last valid day of the certificates valid in the span if none is revoked. `traced_until` and
    `sold_until` are the latest ends (exclusive, NO_END where there is none) of what had begun by
    the span's start; None where nothing had. `next_starts_on` is the first day of the product's
    next span. An empty span (`until` equal to `starts_on`) stands for a certificate revoked on
    the day of its decision.
    """

    recognition: int
    rank: int
    starts_on: date
    until: date
    certificate_ends: date
    traced_until: date | None
    sold_until: date | None
    next_starts_on: date | None


class First(NamedTuple):
    """A product's first recognition, as known from `counts_from` until the day before
    `counts_until` (None: for good)."""

    recognition: int
    decided_on: date
    counts_from: date
    counts_until: date | None


def spans_of(
    certificates: Sequence[Certificate], traced: Sequence[Listing], sold: Sequence[Listing]
) -> list[Span]:
    """The spans of one product in their order; days on which it is not valid are in none."""
    ordered = sorted(certificates, key=_order)
    traced, sold = _ever_active(traced), _ever_active(sold)
    found = _joined(_valid_stretches(ordered, traced, sold))
    if at_once := _revoked_at_once(ordered, traced, sold):
        found = sorted([*found, *at_once], key=lambda stretch: stretch[0])
    starts = [start for start, _until, _state in found]
    return [
        Span(recognition, rank, start, until, ends, traced_until, sold_until, next_start)
        for (start, until, (recognition, rank, ends, traced_until, sold_until)), next_start in zip(
            found, [*starts[1:], None], strict=False
        )
    ]


def firsts_of(certificates: Sequence[Certificate]) -> list[First]:
    """Which recognition was the product's first, as it was known over time; in order of days.

    A recognition revoked within the calendar year of its decision never made the product
    recognised: the next one is then the first. A revocation is known from its day on. One revoked
    before it would count is among them too, with a `counts_until` not after its `counts_from`. Of
    two that share a day the lower rank came first.
    """
    found: list[First] = []
    annulled_by = date.min
    for one in sorted(certificates, key=_order):
        counts_from = max(one.decided_on, annulled_by)
        counts_until = _revoked_within_its_year(one)
        found.append(First(one.recognition, one.decided_on, counts_from, counts_until))
        if counts_until is None:
            break
        annulled_by = max(annulled_by, counts_until)
    return found


def _order(one: Certificate) -> tuple[date, int, int]:
    """By day of decision; of those that share the day, by rank."""
    return one.decided_on, one.rank, one.recognition


def _revoked_within_its_year(one: Certificate) -> date | None:
    revoked = one.revoked_on
    return revoked if revoked is not None and revoked.year == one.decided_on.year else None


# --- Stretches ------------------------------------------------------------------------------------

Stretch = tuple[date, date, State]
"""First day, first day after, what holds between."""


def _valid_stretches(
    ordered: Sequence[Certificate], traced: Sequence[Listing], sold: Sequence[Listing]
) -> list[Stretch]:
    """The valid days, cut wherever something may change."""
    terms = [(one, one.decided_on, one.until) for one in ordered]
    days = {start for _one, start, _until in terms} | {until for _one, _start, until in terms}
    days.update([one.started_on for one in (*traced, *sold)])
    found = []
    for day, next_day in pairwise(sorted(days)):
        if valid := [one for one, start, until in terms if start <= day < until]:
            found.append((day, next_day, _state(valid, day, traced, sold)))
    return found


def _revoked_at_once(
    ordered: Sequence[Certificate], traced: Sequence[Listing], sold: Sequence[Listing]
) -> list[Stretch]:
    """Empty stretches of certificates that ended before their first day was over, where nothing
    else made the product valid on it."""
    by_day: dict[date, list[Certificate]] = {}
    for one in ordered:
        if one.until <= one.decided_on:
            by_day.setdefault(one.decided_on, []).append(one)
    return [
        (day, day, _state(revoked, day, traced, sold))
        for day, revoked in by_day.items()
        if not any(one.decided_on <= day < one.until for one in ordered)
    ]


def _state(
    ordered: Sequence[Certificate], day: date, traced: Sequence[Listing], sold: Sequence[Listing]
) -> State:
    """What holds on `day` while these certificates are valid: the last of them counts."""
    counting = ordered[-1]
    ends = max([one.valid_until for one in ordered])
    traced_until, sold_until = _latest_end(traced, day), _latest_end(sold, day)
    return counting.recognition, counting.rank, ends, traced_until, sold_until


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Adjacent stretches in which the same holds made one."""
    found: list[Stretch] = []
    for start, until, state in stretches:
        if found and found[-1][1:] == (start, state):
            start = found.pop()[0]
        found.append((start, until, state))
    return found


def _ever_active(listings: Sequence[Listing]) -> list[Listing]:
    """Without those that ended on the day they started."""
    return [one for one in listings if one.ended_on is None or one.ended_on > one.started_on]


def _latest_end(listings: Sequence[Listing], day: date) -> date | None:
    """The latest end among those begun by `day`; None where none had begun."""
    ends = [one.ended_on or NO_END for one in listings if one.started_on <= day]
    return max(ends, default=None)

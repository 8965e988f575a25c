"""What counts on a day (domain page, section 2). `day` is the day asked about.

Readings where the page leaves a choice are marked "Reading".
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.support.oracle.world import RANKS, Product, Recognition, Right, Target, Window, World

CERTIFICATE_MONTHS = 36


@dataclass(frozen=True)
class Basis:
    """Whose records count: of a unit (the province's or a district's code), with pending or not."""

    world: World
    unit: str
    pending: bool

    def counts(self, record: Any) -> bool:
        """Drafts and returned records never count; submitted ones only in the preview."""
        return record.status == "verified" or (self.pending and record.status == "submitted")

    def covers(self, district: str | None) -> bool:
        """The province has everything, also what belongs to no district."""
        return self.unit in (self.world.province, district)

    @property
    def products(self) -> list[Product]:
        return [one for one in self.world.products if self.covers(one.district)]


def plus_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def has_happened(event: date | None, day: date) -> bool:
    return event is not None and event <= day


# --- Products -------------------------------------------------------------------------------------


def valid_recognitions(
    basis: Basis, product: Product, day: date, known_on: date
) -> list[Recognition]:
    """Those whose certificate is valid on `day`, as far as decided and revoked by `known_on`.

    Reading: no prolongation of a certificate is in the data yet.
    """
    return [
        one
        for one in product.recognitions
        if basis.counts(one)
        and one.decided_on <= known_on
        and one.decided_on <= day <= plus_months(one.decided_on, CERTIFICATE_MONTHS)
        and not has_happened(one.revoked_on, min(day, known_on))
    ]


def rank_of(basis: Basis, product: Product, day: date) -> str | None:
    """That of the latest valid recognition, the higher of two of one day; None: not valid."""
    valid = valid_recognitions(basis, product, day, day)
    if not valid:
        return None
    latest = max(one.decided_on for one in valid)
    return max((one.rank for one in valid if one.decided_on == latest), key=RANKS.index)


def stock(basis: Basis, day: date) -> dict[str, int]:
    """Valid products on `day`, by rank, and the producers who make them."""
    ranked = [(rank_of(basis, one, day), one.producer) for one in basis.products]
    valid = [(rank, producer) for rank, producer in ranked if rank]
    by_rank = {name: sum(rank == name for rank, _ in valid) for name in RANKS}
    return {"total": len(valid), **by_rank, "producers": len({producer for _, producer in valid})}


def share(basis: Basis, target: Target, day: date, known_on: date | None = None) -> tuple[int, int]:
    """(numerator, denominator) on `day`.

    `known_on` an earlier day: what is left on `day` of what had been decided and started by then.
    A certificate then ends at its term only; a listing at its recorded end.
    """
    known_on = known_on or day
    valid = [one for one in basis.products if valid_recognitions(basis, one, day, known_on)]
    active = [
        one
        for one in valid
        if any(
            basis.counts(listing)
            and listing.counted
            and listing.started_on <= known_on
            and listing.started_on <= day
            and not has_happened(listing.ended_on, day)
            for listing in (one.enrolments if target.measure == "traced" else one.listings)
        )
    ]
    return len(active), len(valid)


def first_recognised_on(basis: Basis, product: Product, day: date) -> date | None:
    """The day of the first recognition that made the product recognised.

    Reading: a revocation within the year of the decision works from its own day on; before that
    the recognition is the first one.
    """
    made_it = [
        one.decided_on
        for one in product.recognitions
        if basis.counts(one)
        and one.decided_on <= day
        and not (
            one.revoked_on and one.revoked_on <= day and one.revoked_on.year == one.decided_on.year
        )
    ]
    return min(made_it, default=None)


# --- Counts ---------------------------------------------------------------------------------------


def counted_on(right: Right, event: str) -> date | None:
    return {
        "granted": right.granted_on,
        "filed": right.filed_on,
        "supported": right.supported_on,
    }[event]


def right_counts(target: Target, right: Right, window: Window, day: date) -> bool:
    """Reading: "cancelled" takes in withdrawn and refused, each from its day on; a right whose
    term has ended was granted all the same and counts."""
    on = counted_on(right, target.event)
    lost = (right.cancelled_on, right.withdrawn_on, right.refused_on)
    return (
        right.kind in target.kinds
        and on is not None
        and window.start <= on <= min(window.end, day)
        and not any(has_happened(end, day) for end in lost)
        and (right.supported or not target.supported_only)
    )


def count(basis: Basis, target: Target, window: Window, day: date) -> int:
    """Reading: a task is "not cancelled" until the day of its cancellation."""
    last = min(window.end, day)
    if target.measure == "rights":
        return sum(
            basis.counts(one)
            and basis.covers(one.district)
            and right_counts(target, one, window, day)
            for one in basis.world.rights
        )
    if target.measure == "tasks":
        return sum(
            basis.counts(one)
            and basis.covers(one.district)
            and window.start <= one.approved_on <= last
            and not has_happened(one.cancelled_on, day)
            for one in basis.world.tasks
        )
    firsts = [first_recognised_on(basis, one, day) for one in basis.products]
    return sum(first is not None and window.start <= first <= last for first in firsts)

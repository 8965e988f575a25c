"""When a figure rose or fell, and by which record. Pure over plain rows.

One list of steps stands behind the course of a target over time and behind what changed between
two days, so that the two cannot disagree: a figure on a day is the sum of the steps up to it.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from targets.progress.stock import ONE_DAY, CertificateRow, EnrolmentRow, Share

NEW = "new"
RENEWED = "renewed"
JOINED = "joined"
LAPSED = "lapsed"
REVOKED = "revoked"
LEFT = "left"
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to `record` on `day`, and by how much that moved the figure.

    `numerator` is the value of a count; `denominator` stays 0 there. Both are 0 where something
    happened that the figure does not follow, such as a recognition again.
    """

    day: date
    cause: str
    record: Hashable
    numerator: int
    denominator: int = 0


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A record that counts from a day on, until the day before `out_from` (None: for good)."""

    record: Hashable
    counts_from: date
    out_from: date | None


def count_steps(rows: Iterable[CountedRow]) -> list[Step]:
    """The steps of a count. A record that is out before it would count makes none."""
    steps = []
    for row in rows:
        if row.out_from is not None and row.out_from <= row.counts_from:
            continue
        steps.append(Step(row.counts_from, NEW, row.record, 1))
        if row.out_from is not None:
            steps.append(Step(row.out_from, REVOKED, row.record, -1))
    return steps


def share_steps(
    certificates: Iterable[CertificateRow], enrolments: Iterable[EnrolmentRow]
) -> list[Step]:
    """The steps of a share of valid products: those enrolled anywhere, of all.

    New is a product's first recognition; a later one is a renewal, which moves the figure only
    where the product was not valid the day before.
    """
    held: dict[Hashable, list[CertificateRow]] = {}
    for certificate in certificates:
        held.setdefault(certificate.product_id, []).append(certificate)
    places: dict[Hashable, list[EnrolmentRow]] = {}
    for enrolment in enrolments:
        places.setdefault(enrolment.product_id, []).append(enrolment)
    return [
        step
        for product, rows in held.items()
        for step in _steps_of_product(product, rows, places.get(product, []))
    ]


def _steps_of_product(
    product: Hashable, rows: list[CertificateRow], places: list[EnrolmentRow]
) -> list[Step]:
    held = [(row.decided_on, row.last_day + ONE_DAY) for row in rows]
    listings = [(place.started_on, place.ended_on or date.max) for place in places]
    edges = {day for span in (*held, *listings) for day in span}
    steps = []
    was_valid = was_listed = False
    for day in sorted(edges):
        valid = _covered(held, day)
        listed = valid and _covered(listings, day)
        cause = _cause(day, rows, (was_valid, valid), (was_listed, listed))
        if cause:
            steps.append(Step(day, cause, product, listed - was_listed, valid - was_valid))
        was_valid, was_listed = valid, listed
    return steps


def _covered(spans: list[tuple[date, date]], day: date) -> bool:
    """True where one of `spans` (each without its last day) holds `day`."""
    return any(first <= day < until for first, until in spans)


def _cause(
    day: date, rows: list[CertificateRow], valid: tuple[bool, bool], listed: tuple[bool, bool]
) -> str:
    """Why a product's standing (before, after) moved on `day`; "" where nothing is to be told."""
    if valid == (False, True):
        return RENEWED if any(row.decided_on < day for row in rows) else NEW
    if valid == (True, False):
        return REVOKED if any(row.revoked_on == day for row in rows) else LAPSED
    if valid == (True, True) and any(row.decided_on == day for row in rows):
        return RENEWED
    if listed == (False, True):
        return JOINED
    return LEFT if listed == (True, False) else ""


def levels(steps: Iterable[Step], days: Sequence[date]) -> list[Share]:
    """(numerator, denominator) on each of `days`, in their order; a count's value comes first."""
    ordered = sorted(steps, key=lambda step: step.day, reverse=True)
    numerator = denominator = 0
    found: dict[date, Share] = {}
    for day in sorted(set(days)):
        while ordered and ordered[-1].day <= day:
            step = ordered.pop()
            numerator += step.numerator
            denominator += step.denominator
        found[day] = Share(numerator, denominator)
    return [found[day] for day in days]


def between(steps: Iterable[Step], earlier: date, later: date) -> list[Step]:
    """The steps after `earlier` up to and including `later`, in the order of their days."""
    return sorted((s for s in steps if earlier < s.day <= later), key=lambda step: step.day)

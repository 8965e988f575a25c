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
class Event:
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
    """A record that counts from a day on, until the day before `counts_until` (None: for good)."""

    record: Hashable
    counts_from: date
    counts_until: date | None


def count_events(rows: Iterable[CountedRow]) -> list[Event]:
    """The steps of a count. A record that is out before it would count makes none."""
    events = []
    for row in rows:
        if row.counts_until is not None and row.counts_until <= row.counts_from:
            continue
        events.append(Event(row.counts_from, NEW, row.record, 1))
        if row.counts_until is not None:
            events.append(Event(row.counts_until, REVOKED, row.record, -1))
    return events


def share_events(
    certificates: Iterable[CertificateRow], enrolments: Iterable[EnrolmentRow]
) -> list[Event]:
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
        event
        for product, rows in held.items()
        for event in _product_events(product, rows, places.get(product, []))
    ]


def _product_events(
    product: Hashable, rows: list[CertificateRow], places: list[EnrolmentRow]
) -> list[Event]:
    held = [(row.decided_on, row.last_day + ONE_DAY) for row in rows]
    listings = [(place.started_on, place.ended_on or date.max) for place in places]
    edges = {day for span in (*held, *listings) for day in span}
    events = []
    was_valid = was_listed = False
    for day in sorted(edges):
        valid = _covered(held, day)
        listed = valid and _covered(listings, day)
        cause = _cause(day, rows, (was_valid, valid), (was_listed, listed))
        if cause:
            events.append(Event(day, cause, product, listed - was_listed, valid - was_valid))
        was_valid, was_listed = valid, listed
    return events


def _covered(spans: list[tuple[date, date]], day: date) -> bool:
    """True where one of `spans` (each without its last day) holds `day`."""
    return any(first <= day < until for first, until in spans)


def _cause(
    day: date, rows: list[CertificateRow], valid: tuple[bool, bool], listed: tuple[bool, bool]
) -> str:
    """Why a product's status (before, after) changed on `day`; "" where nothing is reported."""
    if valid == (False, True):
        return RENEWED if any(row.decided_on < day for row in rows) else NEW
    if valid == (True, False):
        return REVOKED if any(row.revoked_on == day for row in rows) else LAPSED
    if valid == (True, True) and any(row.decided_on == day for row in rows):
        return RENEWED
    if listed == (False, True):
        return JOINED
    return LEFT if listed == (True, False) else ""


def running_totals(events: Iterable[Event], days: Sequence[date]) -> list[Share]:
    """(numerator, denominator) on each of `days`, in their order; a count's value comes first."""
    ordered = sorted(events, key=lambda event: event.day, reverse=True)
    numerator = denominator = 0
    found: dict[date, Share] = {}
    for day in sorted(set(days)):
        while ordered and ordered[-1].day <= day:
            event = ordered.pop()
            numerator += event.numerator
            denominator += event.denominator
        found[day] = Share(numerator, denominator)
    return [found[day] for day in days]


def events_between(events: Iterable[Event], earlier: date, later: date) -> list[Event]:
    """The steps after `earlier` up to and including `later`, in the order of their days."""
    return sorted((s for s in events if earlier < s.day <= later), key=lambda event: event.day)

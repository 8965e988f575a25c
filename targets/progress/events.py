"""What happened to a record and how that moved a figure. Pure over plain rows.

The sum of the events between two days is the difference of the figure on them
(targets.progress.stock reads the same rows as sums by day).
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

NEW = "new"
RENEWED = "renewed"
UPGRADED = "upgraded"
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


def count_events(rows: Iterable[CountedRow], earlier: date, later: date) -> list[Event]:
    """The events of a count after `earlier` through `later`.

    A record that is out before it would count makes none.
    """
    events = []
    for row in rows:
        if row.counts_until is not None and row.counts_until <= row.counts_from:
            continue
        events.append(Event(row.counts_from, NEW, row.record, 1))
        if row.counts_until is not None:
            events.append(Event(row.counts_until, REVOKED, row.record, -1))
    return within_days(events, earlier, later)


def within_days(events: Iterable[Event], earlier: date, later: date) -> list[Event]:
    """The events after `earlier` up to and including `later`, in the order of their days."""
    return sorted((e for e in events if earlier < e.day <= later), key=lambda event: event.day)


@dataclass(frozen=True, slots=True)
class ValidDays:
    """Days from `starts_on` up to and without `until` on which a product is valid.

    Nothing changes in them but that a listing may end: `listed_until` is the first day without one
    (None: not listed). `certificate_ends` is the last day by the certificate's term.
    """

    product: Hashable
    recognition: int
    rank: int
    starts_on: date
    until: date
    certificate_ends: date
    listed_until: date | None

    def listed_on(self, day: date) -> bool:
        return self.listed_until is not None and self.listed_until > day


def share_events(spans: Iterable[ValidDays], earlier: date, later: date) -> list[Event]:
    """The events of a share after `earlier` through `later`: of the valid products those listed.

    `spans` are all of the products concerned, in the order of product and day. New is a product's
    first span; a later one is a renewal, which moves the figure only where the product was not
    valid the day before.
    """
    events: list[Event] = []
    for _product, group in groupby(spans, key=lambda span: span.product):
        own = [span for span in group if span.starts_on < span.until]
        for before, span, after in zip([None, *own], own, [*own[1:], None], strict=False):
            events += _span_events(before, span, after)
    return within_days(events, earlier, later)


def _span_events(
    before: ValidDays | None, span: ValidDays, after: ValidDays | None
) -> Iterator[Event]:
    """What happens at the beginning of a span, within it, and at its end where nothing follows."""
    start, until = span.starts_on, span.until
    listed = span.listed_on(start)
    if before is None or before.until < start:
        yield Event(start, NEW if before is None else RENEWED, span.product, int(listed), 1)
    else:
        was_listed = before.listed_until is not None and before.listed_until >= start
        if cause := _cause_of_continuing(before, span, listed - was_listed):
            yield Event(start, cause, span.product, listed - was_listed)
    if listed and span.listed_until is not None and span.listed_until < until:
        yield Event(span.listed_until, LEFT, span.product, -1)
    if after is None or after.starts_on > until:
        still_listed = span.listed_until is not None and span.listed_until >= until
        cause = REVOKED if until <= span.certificate_ends else LAPSED
        yield Event(until, cause, span.product, -int(still_listed and listed), -1)


def _cause_of_continuing(before: ValidDays, span: ValidDays, listed: int) -> str:
    """Why a span follows another without a gap; "" where nothing is to be told."""
    if span.certificate_ends > before.certificate_ends:
        return UPGRADED if span.rank > before.rank else RENEWED
    if listed:
        return JOINED if listed > 0 else LEFT
    return ""

"""Spans against the counting rules, applied day by day as docs/cach-tinh.md words them."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from products.validity import Certificate, Listing, Span, firsts_of, spans_of
from tests.products.validity.histories import DAYS, LISTINGS, histories

# --- The rules, as they are written ---------------------------------------------------------------


def known_on(certificates: Iterable[Certificate], day: date) -> list[Certificate]:
    """What is decided by then; a revocation after the day is not known."""
    return [
        Certificate(
            one.recognition,
            one.rank,
            one.decided_on,
            one.valid_until,
            one.revoked_on if one.revoked_on and one.revoked_on <= day else None,
        )
        for one in certificates
        if one.decided_on <= day
    ]


def counting_at(certificates: Iterable[Certificate], day: date) -> Certificate | None:
    valid = [
        one
        for one in certificates
        if one.decided_on <= day <= one.valid_until
        and not (one.revoked_on and one.revoked_on <= day)
    ]
    return max(valid, key=lambda one: (one.decided_on, one.rank), default=None)


def active_at(listings: Iterable[Listing], day: date) -> bool:
    return any(
        one.started_on <= day and not (one.ended_on and one.ended_on <= day) for one in listings
    )


def new_in_year(certificates: Iterable[Certificate], day: date) -> int | None:
    """The year in which the product was newly recognised, as known on `day`."""
    standing = [
        one
        for one in known_on(certificates, day)
        if not (one.revoked_on and one.revoked_on.year == one.decided_on.year)
    ]
    return min((one.decided_on.year for one in standing), default=None)


# --- What the spans say ---------------------------------------------------------------------------


def at(spans: list[Span], day: date) -> Span | None:
    found = [one for one in spans if one.starts_on <= day < one.until]
    assert len(found) <= 1
    return found[0] if found else None


@given(histories(), LISTINGS, LISTINGS, DAYS)
def test_a_span_says_of_each_of_its_days_what_the_rules_say(
    certificates: list[Certificate], traced: list[Listing], sold: list[Listing], day: date
) -> None:
    counting = counting_at(certificates, day)
    span = at(spans_of(certificates, traced, sold), day)
    assert (span is None) == (counting is None)
    if span is None or counting is None:
        return
    assert (span.recognition, span.rank) == (counting.recognition, counting.rank)
    assert bool(span.traced_until and span.traced_until > day) == active_at(traced, day)
    assert bool(span.sold_until and span.sold_until > day) == active_at(sold, day)


@given(histories(), LISTINGS, LISTINGS, DAYS, st.integers(0, 1500))
def test_a_span_says_of_later_days_what_was_known_on_its_own(
    certificates: list[Certificate], traced: list[Listing], sold: list[Listing], day: date, n: int
) -> None:
    end = day + timedelta(days=n)
    counting = counting_at(known_on(certificates, day), end)
    span = at(spans_of(certificates, traced, sold), day)
    ahead = span is not None and span.certificate_ends >= end
    assert ahead == (counting is not None)
    if span is None or counting is None:
        return
    assert span.rank == counting.rank
    begun = [one for one in traced if one.started_on <= day]
    assert bool(span.traced_until and span.traced_until > end) == active_at(begun, end)
    begun = [one for one in sold if one.started_on <= day]
    assert bool(span.sold_until and span.sold_until > end) == active_at(begun, end)


@given(histories(), DAYS)
def test_a_product_is_new_in_the_year_that_the_rules_say(
    certificates: list[Certificate], day: date
) -> None:
    known = [
        one
        for one in firsts_of(certificates)
        if one.counts_from <= day and (one.counts_until is None or day < one.counts_until)
    ]
    year = new_in_year(certificates, day)
    assert [one.decided_on.year for one in known] == ([year] if year else [])


@given(histories(), LISTINGS, LISTINGS, DAYS)
def test_spans_are_in_order_as_few_as_can_be_and_one_tells_of_a_lapse(
    certificates: list[Certificate], traced: list[Listing], sold: list[Listing], day: date
) -> None:
    spans = spans_of(certificates, traced, sold)
    starts = [one.starts_on for one in spans]
    assert starts == sorted(set(starts))
    for one, following in pairwise(spans):
        assert one.until <= following.starts_on == one.next_starts_on
        same = [
            (s.recognition, s.certificate_ends, s.traced_until, s.sold_until)
            for s in (one, following)
        ]
        assert one.until < following.starts_on or same[0] != same[1]
    lapsed = [
        one
        for one in spans
        if one.until <= day and (one.next_starts_on is None or one.next_starts_on > day)
    ]
    once = any(one.decided_on <= day for one in certificates)
    assert len(lapsed) == (once and counting_at(certificates, day) is None)

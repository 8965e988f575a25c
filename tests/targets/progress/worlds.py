"""What the pure layer takes, out of certificates and listings by way of the spans of products.

Summed as the database sums the same spans (targets.indicators.validity), so that a claim about
certificates stays one about certificates.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from products.certificates import certificate_end
from products.validity import Certificate, Listing, Span, spans_of
from targets.progress.events import ValidDays
from targets.progress.stock import (
    TRACED,
    Share,
    ValidGroup,
    share_changes,
    share_series,
    stock_series,
)
from tests.products.validity.histories import LISTINGS, histories

LONG_AFTER = date(2100, 1, 1)
"""A day on which everything that is told of a world is known."""


class Product(NamedTuple):
    certificates: Sequence[Certificate]
    traced: Sequence[Listing] = ()
    sold: Sequence[Listing] = ()


World = Sequence[Product]
worlds = st.lists(st.builds(Product, histories(), LISTINGS, LISTINGS), max_size=5)


@st.composite
def prolonged_worlds(draw: Any) -> World:
    """Some certificates end up to half a year after their 36 months."""
    more = st.just(0) | st.integers(0, 180)
    return [
        one._replace(
            certificates=[
                paper._replace(valid_until=paper.valid_until + timedelta(days=draw(more)))
                for paper in one.certificates
            ]
        )
        for one in draw(worlds)
    ]


def certificate(
    decided: date, until: date | None = None, revoked: date | None = None, rank: int = 30
) -> Certificate:
    """Through `until`, or for the 36 months of the law."""
    return Certificate(0, rank, decided, until or certificate_end(decided), revoked)


def product(
    *certificates: Certificate, traced: Sequence[Listing] = (), sold: Sequence[Listing] = ()
) -> Product:
    numbered = [one._replace(recognition=n) for n, one in enumerate(certificates, start=1)]
    return Product(numbered, traced, sold)


# --- As the database sums spans -------------------------------------------------------------------


def spans_in(world: World) -> Iterator[tuple[int, Span]]:
    """(the product's number, span), in the order of product and day."""
    for number, one in enumerate(world):
        for span in spans_of(one.certificates, one.traced, one.sold):
            yield number, span


def until_of(span: Span, listing: str) -> date | None:
    return span.traced_until if listing == TRACED else span.sold_until


def rank_changes(world: World, asked: date = LONG_AFTER) -> Counter[tuple[date, int]]:
    changes: Counter[tuple[date, int]] = Counter()
    for _number, span in spans_in(world):
        for edge, sign in ((span.starts_on, 1), (span.until, -1)):
            if edge <= asked:
                changes[edge, span.rank] += sign
    return changes


def listed_changes(world: World, listing: str, asked: date = LONG_AFTER) -> Counter[date]:
    changes: Counter[date] = Counter()
    for _number, span in spans_in(world):
        until = until_of(span, listing)
        if until is None or not span.starts_on < min(span.until, until):
            continue
        for edge, sign in ((span.starts_on, 1), (min(span.until, until), -1)):
            if edge <= asked:
                changes[edge] += sign
    return changes


def valid_groups(world: World, asked: date) -> list[ValidGroup]:
    """What is valid on the day asked for, by what is certain of its future."""

    def still(until: date | None) -> date | None:
        return until if until is not None and until > asked else None

    found = Counter(
        (span.certificate_ends, span.rank, still(span.traced_until), still(span.sold_until))
        for _number, span in spans_in(world)
        if span.starts_on <= asked < span.until
    )
    return [ValidGroup(*columns, number) for columns, number in found.items()]


def valid_days(world: World, listing: str = TRACED) -> list[ValidDays]:
    return [
        ValidDays(
            number,
            span.recognition,
            span.rank,
            span.starts_on,
            span.until,
            span.certificate_ends,
            until_of(span, listing),
        )
        for number, span in spans_in(world)
    ]


# --- Series ---------------------------------------------------------------------------------------


def stock_on(world: World, days: Sequence[date], asked: date = LONG_AFTER) -> list[Counter[int]]:
    """Valid products by rank on `days`, as they are known on the day `asked` for."""
    return stock_series(rank_changes(world, asked), valid_groups(world, asked), days)


def shares_on(
    world: World, days: Sequence[date], asked: date = LONG_AFTER, listing: str = TRACED
) -> list[Share]:
    """(listed, valid) products on `days`, as they are known on the day `asked` for."""
    changes = share_changes(
        rank_changes(world, asked),
        listed_changes(world, listing, asked),
        valid_groups(world, asked),
        listing,
    )
    return share_series(changes, days)

"""The records that a paper lists: valid products, and those new in a year, as of its day."""

from datetime import date
from typing import Any, NamedTuple

from ocop.web.page_query import PageQuery
from products.choices import RANK_KEYS, Rank
from products.models import FloorListing, Recognition, TraceabilityEnrolment
from targets.figures import wording


class ProductLine(NamedTuple):
    """A product with the recognition that counts for it on the day of the paper."""

    name: str
    producer: str
    place: str
    district: str
    group: str
    rank: str
    rank_label: str
    decision: str
    decided_on: date
    valid_until: date
    traced: bool
    sold: bool


def valid_products(asked: PageQuery, most: int) -> list[ProductLine]:
    """Products with a valid certificate, by district and name; at most `most` of them."""
    return _lines(Recognition.objects.latest_at(asked.as_of), asked, most)


def new_products(asked: PageQuery, year: int, most: int) -> list[ProductLine]:
    """Products first recognised in `year` by the day asked for and not revoked since."""
    first = (
        Recognition.objects.counted()
        .first_ever()
        .recognised_in(year)
        .filter(decided_on__lte=asked.as_of)
        .not_revoked_by(asked.as_of)
    )
    return _lines(first, asked, most)


def _lines(recognitions: Any, asked: PageQuery, most: int) -> list[ProductLine]:
    """In three queries however many records: the lines, then who is traced and who is sold."""
    found = recognitions
    if asked.district:
        found = found.filter(product__district=asked.district)
    found = found.select_related(
        "product__producer",
        "product__place__parent",
        "product__district",
        "product__product_set__group",
    ).order_by("product__district__code", "product__name_sort", "product_id")[:most]
    traced = _products_of(TraceabilityEnrolment.objects.all(), asked)
    sold = _products_of(FloorListing.objects.filter(floor__counted=True), asked)
    return [_line(one, one.product_id in traced, one.product_id in sold) for one in found]


def _products_of(listings: Any, asked: PageQuery) -> set[int]:
    return set(listings.counted().listed_at(asked.as_of).values_list("product_id", flat=True))


def _line(recognition: Recognition, traced: bool, sold: bool) -> ProductLine:
    product = recognition.product
    group = product.product_set.group if product.product_set else None
    return ProductLine(
        name=product.name,
        producer=product.producer.name,
        place=product.place.name,
        district=product.district.name,
        group=wording.in_language(group, "name") if group else "",
        rank=RANK_KEYS[Rank(recognition.rank)],
        rank_label=str(Rank(recognition.rank).label),
        decision=recognition.decision_number,
        decided_on=recognition.decided_on,
        valid_until=recognition.valid_until,
        traced=traced,
        sold=sold,
    )

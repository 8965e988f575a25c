"""The records that a paper lists: valid products, and those new in a year, as of its day."""

from datetime import date
from typing import Any, NamedTuple

from ocop.web.page_query import PageQuery
from products.choices import RANK_KEYS, Rank
from products.models import FirstRecognition, Recognition, ValiditySpan
from targets.figures import wording


class ProductRow(NamedTuple):
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


def valid_products(query: PageQuery, most: int) -> list[ProductRow]:
    """Products with a valid certificate, by district and name; at most `most` of them."""
    spans = ValiditySpan.objects.on_basis(pending=False).at(query.as_of)
    return _lines(spans.recognitions(), query, most)


def new_products(query: PageQuery, year: int, most: int) -> list[ProductRow]:
    """Products newly recognised in `year`, as known on the day asked for."""
    day = min(query.as_of, date(year, 12, 31))
    first = FirstRecognition.objects.on_basis(pending=False).known_at(day)
    ids = first.filter(decided_on__year=year).values("recognition_id")
    return _lines(Recognition.objects.filter(pk__in=ids), query, most)


def _lines(recognitions: Any, query: PageQuery, most: int) -> list[ProductRow]:
    """In three queries however many records: the lines, then who is traced and who is sold."""
    found = (
        recognitions.of_unit(query.unit)
        .select_related(
            "product__producer",
            "product__place__parent",
            "product__district",
            "product__product_set__group",
        )
        .order_by("product__district__code", "product__name_sort", "product_id")[:most]
    )
    traced = _products_of("traced", query)
    sold = _products_of("sold", query)
    return [_line(one, one.product_id in traced, one.product_id in sold) for one in found]


def _products_of(listing: str, query: PageQuery) -> set[int]:
    spans = ValiditySpan.objects.on_basis(pending=False).at(query.as_of)
    listed = spans.filter(**{f"{listing}_until__gt": query.as_of})
    return set(listed.values_list("product_id", flat=True))


def _line(recognition: Recognition, traced: bool, sold: bool) -> ProductRow:
    product = recognition.product
    group = product.product_set.group if product.product_set else None
    return ProductRow(
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

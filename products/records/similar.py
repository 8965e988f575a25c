"""Records that may be the one somebody is about to enter a second time.

The same rule as in imports (`ocop.lib.name_candidates`); products are compared within one producer
or those that are candidates for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ocop.lib.identity import identity_key
from ocop.lib.name_candidates import (
    ComparableName,
    candidates_among,
    comparable,
    comparable_producer,
)
from ocop.lib.producer_names import producer_name_key
from ocop.lib.text import folded
from ocop.organisation.scope import Scope
from products.kinds import KINDS
from products.models import Producer
from products.records import permissions

MAX_SIMILAR = 5


@dataclass(frozen=True)
class SimilarProduct:
    """A product that is there already. `same` where it looks like the very one being entered."""

    product: Any
    same: bool


def similar_products(
    name: str,
    producer: Producer | str,
    scope: Scope,
    district_id: int | None = None,
    apart: int = 0,
) -> list[SimilarProduct]:
    """Products the person may see that may be the one called `name`, the likeliest first.

    `producer`: one on record, or the name of a new one; of it and its candidates. Without any,
    products that have the name, however it is typed, whosever they are. Within `district_id`, if
    given; `apart` is the id of the product being edited.
    """
    products = permissions.visible(KINDS["product"], scope).exclude(pk=apart)
    if district_id:
        products = products.filter(district_id=district_id)
    if not folded(name):
        return []
    named_alike = products.filter(name_search=folded(name))
    if not producer:
        found = [pk for (pk,) in named_alike.order_by("pk").values_list("pk")[:MAX_SIMILAR]]
    else:
        of_owners = products.filter(producer_id__in=_owners(producer, scope, district_id))
        found = _alike(name, of_owners)[:MAX_SIMILAR]
    by_id = products.select_related("producer", "district").in_bulk(found)
    return [SimilarProduct(by_id[pk], same=bool(producer)) for pk in found]


def _owners(producer: Producer | str, scope: Scope, district_id: int | None) -> list[int]:
    """The producer and those of its district that are candidates for it."""
    if isinstance(producer, Producer):
        others = similar_producers(producer.name, scope, producer.district_id, producer.pk or 0)
        return [pk for pk in (producer.pk, *(other.pk for other in others)) if pk]
    producers = permissions.visible(KINDS["producer"], scope)
    if district_id:
        producers = producers.filter(district_id=district_id)
    own = producers.filter(name_key=producer_name_key(producer)).values_list("pk", flat=True)
    names = producers.order_by("pk").values_list("pk", "name")
    return [*own, *(pk for pk, _name in _candidates(producer, names, comparable_producer))]


def _alike(name: str, products: Any) -> list[int]:
    """Ids of the products of that name, and of its candidates after them."""
    key = identity_key(name)
    named = list(products.order_by("pk").values_list("pk", "name"))
    same = [pk for pk, other in named if identity_key(other) == key]
    return [*same, *(pk for pk, _name in _candidates(name, named, comparable))]


def similar_producers(name: str, scope: Scope, district_id: int | None, apart: int = 0) -> list:
    """Producers of the district that may be the one called `name`, the likeliest first."""
    if district_id is None:
        return []
    producers = permissions.visible(KINDS["producer"], scope).filter(district_id=district_id)
    named = producers.exclude(pk=apart).order_by("pk").values_list("pk", "name")
    best = [pk for pk, _name in _candidates(name, named, comparable_producer)[:MAX_SIMILAR]]
    by_id = producers.in_bulk(best)
    return [by_id[pk] for pk in best]


def near_name_among(records: Any, field: str, text: str) -> str:
    """The likeliest of the records' names in `field` that may be `text`; "" where there is none,
    or where one is `text` itself."""
    if not text:
        return ""
    names = list(records.order_by(f"{field}_sort").values_list(field, flat=True).distinct())
    if any(identity_key(name) == identity_key(text) for name in names):
        return ""
    return next(iter(candidates_among(text, names)), "")


def _candidates(
    name: str, named: Any, compare: Callable[[str], ComparableName]
) -> list[tuple[int, str]]:
    """(id, name) of the candidates among such pairs."""
    of_name: dict[str, list[int]] = {}
    for pk, other in named:
        of_name.setdefault(other, []).append(pk)
    near = candidates_among(name, of_name, compare)
    return [(pk, other) for other in near for pk in of_name[other]]

"""Records that may be the one somebody is about to enter a second time."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ocop.lib.identity import identity_key
from ocop.lib.text import folded
from ocop.organisation.scope import Scope
from products.kinds import KINDS
from products.records import permissions

ALIKE = 0.8
MAX_SIMILAR = 5


@dataclass(frozen=True)
class SimilarProduct:
    """A product that is there already. `same` where it looks like the very one being entered."""

    product: Any
    same: bool


def similar_products(
    name: str, producer_name: str, scope: Scope, district_id: int | None = None, apart: int = 0
) -> list[SimilarProduct]:
    """Products the person may see whose folded name is close to `name`, the closest first.

    Within `district_id`, if given; `apart` is the id of the product being edited. One looks the
    same where its producer's name is close too. Empty for names too short to tell (< 3 letters).
    """
    key, producer_key = folded(name), folded(producer_name)
    if len(key) < 3:
        return []
    products = permissions.visible(KINDS["product"], scope).exclude(pk=apart)
    if district_id:
        products = products.filter(district_id=district_id)
    close = []
    names = products.values_list("pk", "name_search", "producer__name_search")
    for pk, other, other_producer in names:
        if (likeness := _likeness(key, other)) >= ALIKE:
            same = bool(producer_key) and _likeness(producer_key, other_producer) >= ALIKE
            close.append((same, likeness, pk))
    best = sorted(close, reverse=True)[:MAX_SIMILAR]
    by_id = products.select_related("producer", "district").in_bulk([pk for *_rest, pk in best])
    return [SimilarProduct(by_id[pk], same) for same, _likeness_of_it, pk in best]


def similar_producers(name: str, scope: Scope, district_id: int | None, apart: int = 0) -> list:
    """Producers of the district whose folded name is close to `name`, the closest first."""
    key = folded(name)
    if len(key) < 3 or district_id is None:
        return []
    producers = permissions.visible(KINDS["producer"], scope).filter(district_id=district_id)
    close = [
        (likeness, pk)
        for pk, other in producers.exclude(pk=apart).values_list("pk", "name_search")
        if (likeness := _likeness(key, other)) >= ALIKE
    ]
    best = [pk for _likeness_of_it, pk in sorted(close, reverse=True)[:MAX_SIMILAR]]
    by_id = producers.in_bulk(best)
    return [by_id[pk] for pk in best]


def differing_in_marks(records: Any, field: str, text: str) -> str:
    """The name of the first of `records` that equals `text` without diacritics, but not with
    them; "" where there is none, or where one is `text` itself."""
    alike = records.filter(**{f"{field}_search": folded(text)}).order_by("pk") if text else ()
    names = dict.fromkeys(getattr(one, field) for one in alike)
    if not names or any(identity_key(name) == identity_key(text) for name in names):
        return ""
    return next(iter(names))


def _likeness(one: str, other: str) -> float:
    """0 to 1; the cheap upper bounds first, since most pairs are far apart."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()

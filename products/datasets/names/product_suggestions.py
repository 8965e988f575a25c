"""Products that a listing may mean, which names one that is not on record under its producer."""

from collections import defaultdict
from functools import cached_property

from ocop.lib.identity import identity_key
from ocop.lib.name_candidates import (
    NameIndex,
    comparable_producer,
    without_packaging,
)
from ocop.organisation.scope import Scope
from products.models import Product

SEPARATOR = " – "
MAX_SUGGESTED = 10


class ProductSuggestions:
    """Only what the person may see: a suggestion must not tell of another district's products.

    Everything is read once, and only where something is unknown.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._of_owner: dict[str, NameIndex] = {}

    def of(self, name: str, producer: str) -> list[tuple[str, str]]:
        """(product, producer) that may be meant, the likeliest first: of the producer or its
        candidates, the product or a candidate for it, or one that the name only adds a weight or
        stars to."""
        own = self._producers.same(producer)
        owners = [*([own] if own else []), *self._producers.candidates(producer)]
        found = [(one, owner) for owner in owners for one in self._named(name, owner)]
        bare = without_packaging(name)
        if not found and bare != name:
            found = [(one, owner) for owner in owners for one in self._named(bare, owner)]
        return found[:MAX_SUGGESTED]

    def of_name(self, name: str) -> list[tuple[str, str]]:
        """The one product of that name, with its producer; none where there are several."""
        for text in (name, without_packaging(name)):
            if named := self._by_name.get(identity_key(text)):
                return named if len(named) == 1 else []
        return []

    def _named(self, name: str, owner: str) -> list[str]:
        if owner not in self._of_owner:
            self._of_owner[owner] = NameIndex(self._products[owner])
        index = self._of_owner[owner]
        same = index.same(name)
        return [*([same] if same else []), *index.candidates(name)]

    @cached_property
    def _products(self) -> dict[str, list[str]]:
        """The names of the visible products, by their producers'."""
        found: dict[str, list[str]] = defaultdict(list)
        products = Product.objects.visible_in(self._scope).order_by("pk")
        for name, owner in products.values_list("name", "producer__name"):
            found[owner].append(name)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for owner, names in self._products.items():
            for name in names:
                found[identity_key(name)].append((name, owner))
        return found

    @cached_property
    def _producers(self) -> NameIndex:
        return NameIndex(self._products, comparable_producer)

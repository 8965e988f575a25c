"""Products as one cell names them: by name; with the producer, and the district, where a name is
not enough. What one function writes, the other reads back."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from ocop.lib.identity import identity_key
from ocop.lib.producer_names import spelt_out
from ocop.lib.text import folded

SEPARATOR = " – "
DASH = re.compile(r"\s[–—-]\s")


class ProductReadings:
    """What texts mean among `products`, which come with producer and district."""

    def __init__(self, products: Iterable[Any]) -> None:
        self.by_name: dict[str, list[Any]] = defaultdict(list)
        self.by_search: dict[str, list[Any]] = defaultdict(list)
        for product in products:
            self.by_name[product.name_key].append(product)
            self.by_search[product.name_search].append(product)

    def of(self, text: str) -> list[Any]:
        """The products a text can mean: by the whole name, or "name – producer (– district)"."""
        found = {product.pk: product for product in self.by_name.get(identity_key(text), ())}
        for name, owner in _splits(text):
            for product in self.by_name.get(identity_key(name), ()):
                if spelt_out(owner) in _owners(product):
                    found[product.pk] = product
        return list(found.values())

    def alike(self, text: str) -> list[Any]:
        """The products that a text names but for its diacritics, where it means none."""
        found = {product.pk: product for product in self.by_search.get(folded(text), ())}
        for name, owner in _splits(text):
            for product in self.by_search.get(folded(name), ()):
                if folded(spelt_out(owner)) in {folded(one) for one in _owners(product)}:
                    found[product.pk] = product
        return list(found.values())

    def shortest(self, product: Any) -> str:
        """The shortest text that means this product alone; the longest where none does."""
        with_owner = SEPARATOR.join((product.name, product.producer.name))
        texts = (product.name, with_owner, SEPARATOR.join((with_owner, str(product.district))))
        return next((text for text in texts if self.of(text) == [product]), texts[-1])


def names_in(text: str) -> set[str]:
    """Folded names that a text may begin with: what has to be looked for to read it."""
    return {folded(text), *(folded(name) for name, _owner in _splits(text))}


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for dash in DASH.finditer(text):
        yield text[: dash.start()], text[dash.end() :]


def _owners(product: Any) -> set[str]:
    owner = product.producer.name
    with_place = (f"{owner} {product.district}", f"{owner}{SEPARATOR}{product.district}")
    return {spelt_out(text) for text in (owner, *with_place)}


# --- Several in one cell --------------------------------------------------------------------------


def parted(text: str) -> list[str]:
    """The texts of a cell between semicolons; one that holds a semicolon stands in quotes."""
    try:
        parts = next(csv.reader([text], delimiter=";", strict=True, skipinitialspace=True), [])
    except csv.Error:
        # Quotes as part of names, not around them.
        parts = text.split(";")
    return [part.strip() for part in parts if part.strip()]


def joined(texts: Iterable[str]) -> str:
    return "; ".join(
        '"' + text.replace('"', '""') + '"' if ";" in text or text.startswith('"') else text
        for text in texts
    )

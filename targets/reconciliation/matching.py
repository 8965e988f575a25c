"""Which row of a list and which record are one: by the keys that an import finds records by.

The one place of the comparison that knows when two names are the same or nearly so.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from ocop.lib.identity import identity_key
from ocop.lib.name_candidates import NameIndex, comparable_producer, likeness
from products.models import Producer, Product


class Named(NamedTuple):
    """A product as a list or a record names it. `product_id`: the record that the import found for
    it, or None; `prefer`: of several that fit, one that agrees here comes first (rank and day)."""

    product: str
    producer: str
    district: int | None
    product_id: int | None = None
    prefer: Any = None


Pairs = dict[int, int]
"""Place of a row → place of its record."""


def same_and_near(rows: Sequence[Named], records: Sequence[Named]) -> tuple[Pairs, Pairs]:
    """Rows paired with records that are the same, and of the others those that may be.

    Each record is paired once. The same: the record that an import finds, else equal keys of
    product and producer, in the same district before another. Near: names that differ by a slip,
    or one product name of two producers in a district.
    """
    same: Pairs = {}
    for key_of in (_by_record, _by_keys_and_district, _by_keys):
        _pair(same, rows, records, key_of)
    return same, _near(rows, records, same)


def _by_record(one: Named) -> Any:
    return one.product_id


def _by_keys(one: Named) -> Any:
    """As the models keep them: a rule of theirs for a name is this page's rule."""
    product: Any = Product._meta.get_field("name_key")
    producer: Any = Producer._meta.get_field("name_key")
    return product.derived(one.product), producer.derived(one.producer)


def _by_keys_and_district(one: Named) -> Any:
    return None if one.district is None else (*_by_keys(one), one.district)


def _pair(found: Pairs, rows: Sequence[Named], records: Sequence[Named], key_of: Any) -> None:
    taken = set(found.values())
    by_key: dict[Any, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if place not in taken and (key := key_of(record)) is not None:
            by_key[key].append(place)
    for place, row in enumerate(rows):
        if place in found or not (fitting := by_key.get(key_of(row))):
            continue
        best = max(fitting, key=lambda at: records[at].prefer == row.prefer)
        fitting.remove(best)
        found[place] = best


def _near(rows: Sequence[Named], records: Sequence[Named], same: Pairs) -> Pairs:
    taken, found = set(same.values()), {}
    by_name: dict[str, list[int]] = defaultdict(list)
    equal: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if place not in taken:
            by_name[record.product].append(place)
            equal[identity_key(record.product)].append(place)
    index = NameIndex(by_name)
    for place, row in enumerate(rows):
        if place in same or not row.product:
            continue
        near = (at for name in index.candidates(row.product) for at in by_name[name])
        candidates = [*equal.get(identity_key(row.product), ()), *near]
        for at in candidates:
            if at not in taken and _may_be_one(row, records[at]):
                found[place] = at
                taken.add(at)
                break
    return found


def _may_be_one(row: Named, record: Named) -> bool:
    """Of two whose product names are near: by the producers, or by name and district alike."""
    one, other = comparable_producer(row.producer), comparable_producer(record.producer)
    if one.key == other.key or likeness(one, other) is not None:
        return True
    same_name = identity_key(row.product) == identity_key(record.product)
    return same_name and row.district in (None, record.district)

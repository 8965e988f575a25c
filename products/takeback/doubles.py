"""Pairs of records that are probably one thing entered twice.

Products of one producer, or of producers that are a pair themselves; producers of one district by
near names, of any by equal ones; rights of one kind, name and owner; tasks by near names. Which
names are near is asked of `near_pairs` alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from django.db import IntegrityError, transaction

from ocop.lib.name_candidates import (
    ComparableName,
    NameIndex,
    comparable,
    comparable_producer,
    likeness,
)
from ocop.organisation.scope import Scope
from products.kinds import KINDS, RecordKind
from products.models import NotDouble
from products.records import OPEN_STATUSES, permissions

Pair = tuple[int, int]
"""Ids of two records of one kind, the smaller first."""


def near_pairs(
    named: Mapping[int, str], compare: Callable[[str], ComparableName] = comparable
) -> set[Pair]:
    """The pairs of records ({id: name}) whose names are equal or candidates for each other."""
    index, by_key = NameIndex(compare=compare), defaultdict[str, list[int]](list)
    for pk, name in named.items():
        by_key[index.add(name)].append(pk)
    found = {pair for same in by_key.values() for pair in _each_two(same)}
    for key, other in index.pairs():
        found |= {_ordered(one, two) for one in by_key[key] for two in by_key[other]}
    return found


def _may_be_one(one: ComparableName, other: ComparableName) -> bool:
    return one.key == other.key or likeness(one, other) is not None


def _each_two(ids: Sequence[int]) -> Iterator[Pair]:
    return (_ordered(*two) for two in combinations(ids, 2))


def _ordered(one: int, two: int) -> Pair:
    return (one, two) if one < two else (two, one)


# --- By kind --------------------------------------------------------------------------------------


def pairs_of(kind: RecordKind, scope: Scope, record: Any = None) -> list[Pair]:
    """The probable doubles of a kind among what the person sees, without those said to be none.

    With `record` only those that it is one of.
    """
    found = FINDERS[kind.slug](scope)
    pairs = found - set(_said(kind))
    return sorted(pair for pair in pairs if record is None or record.pk in pair)


def _said(kind: RecordKind) -> Any:
    """The pairs that somebody said are not one thing."""
    return NotDouble.objects.filter(kind=kind.slug).values_list("first_id", "second_id")


def _rows(slug: str, scope: Scope, *columns: str) -> list[Any]:
    rows = permissions.visible(KINDS[slug], scope).filter(status__in=OPEN_STATUSES)
    return list(rows.order_by("pk").values_list("pk", *columns))


def _producers(scope: Scope) -> set[Pair]:
    by_district: dict[int, dict[int, str]] = defaultdict(dict)
    by_name: dict[str, list[int]] = defaultdict(list)
    for pk, name, key, district in _rows("producer", scope, "name", "name_key", "district_id"):
        by_district[district][pk] = name
        by_name[key].append(pk)
    near = {
        pair for names in by_district.values() for pair in near_pairs(names, comparable_producer)
    }
    return near | {pair for same in by_name.values() for pair in _each_two(same)}


def _products(scope: Scope) -> set[Pair]:
    of_producer: dict[int, dict[int, str]] = defaultdict(dict)
    for pk, name, producer in _rows("product", scope, "name", "producer_id"):
        of_producer[producer][pk] = name
    found = {pair for names in of_producer.values() for pair in near_pairs(names)}
    for one, two in _producers(scope):
        found |= near_pairs(of_producer.get(one, {}) | of_producer.get(two, {}))
    return found


def _rights(scope: Scope) -> set[Pair]:
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, *what in _rows("ip-right", scope, "kind", "name_search", "owner_search"):
        same[tuple(what)].append(pk)
    return {pair for ids in same.values() for pair in _each_two(ids)}


def _tasks(scope: Scope) -> set[Pair]:
    return near_pairs(dict(_rows("task", scope, "name")))


FINDERS: dict[str, Callable[[Scope], set[Pair]]] = {
    "producer": _producers,
    "product": _products,
    "task": _tasks,
    "ip-right": _rights,
}


# --- Of one record --------------------------------------------------------------------------------


def near_to(kind: RecordKind, record: Any, scope: Scope) -> list[tuple[int, str]]:
    """(id, name) of the probable doubles of one record that are near at hand: products of its
    producer, producers of its district, rights of its name and owner, tasks. Two queries at most.
    """
    if kind.slug not in NEAR_AT_HAND or record.status not in OPEN_STATUSES:
        return []
    same = {name: getattr(record, name) for name in NEAR_AT_HAND[kind.slug]}
    rows = permissions.visible(kind, scope).filter(status__in=OPEN_STATUSES, **same)
    listed = list(rows.order_by("pk").values_list("pk", "name"))
    compare = comparable_producer if kind.slug == "producer" else comparable
    own = compare(record.name)
    others = [(pk, compare(name)) for pk, name in listed if pk != record.pk]
    pairs = {_ordered(record.pk, pk) for pk, one in others if _may_be_one(own, one)}
    if pairs:
        pairs -= set(_said(kind))
    near = {pk for pair in pairs for pk in pair} - {record.pk}
    return [(pk, name) for pk, name in listed if pk in near]


NEAR_AT_HAND: dict[str, tuple[str, ...]] = {
    "producer": ("district_id",),
    "product": ("producer_id",),
    "task": (),
    "ip-right": ("kind", "name_search", "owner_search"),
}


# --- Not one thing --------------------------------------------------------------------------------


def say_not_double(kind: RecordKind, one: Any, two: Any, user: Any) -> None:
    """Remember that the two are not one thing; said before, it stays as it was."""
    first, second = _ordered(one.pk, two.pk)
    try:
        with transaction.atomic():
            NotDouble.objects.create(kind=kind.slug, first_id=first, second_id=second, said_by=user)
    except IntegrityError:
        pass


def forget_not_double(kind: RecordKind, one: Any, two: Any) -> None:
    """The pair is shown again."""
    first, second = _ordered(one.pk, two.pk)
    NotDouble.objects.filter(kind=kind.slug, first_id=first, second_id=second).delete()

"""Names that may be ones on record, or of the same file, written otherwise: for a person to decide.

`ocop.lib.name_candidates` says which; each is a question that is answered before anything is
written, and no answer is preset.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import SAME, Choice, new, same
from ocop.lib.name_candidates import ComparableName, NameIndex, comparable, comparable_producer
from ocop.lib.text import folded
from products.datasets.base import area_of_row, in_chunks
from products.datasets.products import producer_key
from products.models import Producer, Product

MAX_OFFERED = 10
Compare = Callable[[str], ComparableName]
NamesByGroup = Mapping[Any, Iterable[str]]
"""Within what names are compared (a district, a producer) → the names on record there."""
Named = tuple[Hashable, ImportRow, str]
"""Within what a row's name is compared, the row, the name."""


@dataclass(frozen=True)
class OfferedName:
    """`row`: where the file names it first, 0 of a record; `owner`: the producer it is of, where
    that is another than the row's."""

    name: str
    row: int = 0
    owner: str = ""


class _Group:
    """The names of one group, on record and of the rows so far."""

    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self.rows: dict[str, int] = {}
        self.offered: dict[str, Sequence[OfferedName]] = {}
        """By key of a name, what its first row was offered."""


class NearNames:
    """The names on record and those of the rows so far, group by group."""

    def __init__(
        self,
        known: NamesByGroup,
        compare: Compare,
        related: Mapping[Hashable, Sequence[tuple[Hashable, str]]],
    ) -> None:
        self.known, self.compare, self.related = known, compare, related
        self._groups: dict[Hashable, _Group] = {}

    def offered(self, group: Hashable, name: str, row: int) -> Sequence[OfferedName]:
        """What a name may be, the likeliest first; then it is one of its group's names itself.

        Every row of a name is offered what the first one was.
        """
        own, key = self._group(group), self.compare(name).key
        if key not in own.offered:
            near = own.index.candidates(name)
            found = [self._offer(own, one, "") for one in near]
            for other, owner in self.related.get(group, ()):
                theirs = self._group(other)
                similar = [theirs.index.same(name), *theirs.index.candidates(name)]
                found += [self._offer(theirs, one, owner) for one in similar if one]
            own.offered[key] = tuple(found[:MAX_OFFERED])
            if own.index.same(name) is None:
                own.index.add(name)
                own.rows[name] = row
        return own.offered[key]

    def forget(self, group: Hashable) -> None:
        """Give up the names of a group that is asked about no more."""
        del self._groups[group]

    def _group(self, group: Hashable) -> _Group:
        if group not in self._groups:
            self._groups[group] = _Group(NameIndex(self.known.get(group, ()), self.compare))
        return self._groups[group]

    def _offer(self, group: _Group, name: str, owner: str) -> OfferedName:
        return OfferedName(name, group.rows.get(name, 0), owner)


def ask_about_near_names(
    rows: Iterable[ImportRow],
    context: ImportContext,
    column: Column,
    known: NamesByGroup,
    group_of: Callable[[ImportRow], Hashable | None],
    about: Sequence[str],
    scope_of: Callable[[ImportRow], str] = lambda row: "",
    compare: Compare = comparable,
    related: Mapping[Hashable, Sequence[tuple[Hashable, str]]] | None = None,
) -> None:
    """Of rows whose name is not on record: whether it is one of its group, on record or first
    named further up in the file, that is a candidate for it.

    `about`: the columns that the answer is about. `scope_of`: within what the name is asked about,
    in words. `related`: other groups whose names are offered too, with the producer each is of.
    Rows without a name or a group (None) are passed over. At most MAX_OFFERED names are offered.
    """
    named = [(group_of(row), row, row[column.key]) for row in rows]
    named = [each for each in named if each[0] is not None and each[2]]
    related = related or {}
    linked = {*related, *(other for others in related.values() for other, _owner in others)}
    several = _groups_of_several((group, name) for group, _row, name in named)
    near = NearNames(known, compare, related)
    for group, of_group in groupby(_group_by_group(named, linked), key=itemgetter(0)):
        if group not in several and group not in known and group not in related:
            continue
        for _group, row, name in of_group:
            offered = near.offered(group, name, row.number)
            if offered and not context.is_settled(row, about):
                _ask(row, context, column, offered, about, scope_of(row))
        if group not in linked:
            near.forget(group)


def _group_by_group(named: list[Named], linked: Set[Hashable]) -> list[Named]:
    """Rows of one group together, so that its names are held no longer than it takes; those of
    groups that are offered each other's names (`linked`) in the order of the sheet."""
    first: dict[Hashable, int] = {}
    for place, (group, _row, _name) in enumerate(named, 1):
        first.setdefault(group, 0 if group in linked else place)
    return sorted(named, key=lambda each: first[each[0]])


def _groups_of_several(named: Iterable[tuple[Hashable, str]]) -> set[Hashable]:
    """Groups in which the rows write more than one name: the others need no comparison."""
    first: dict[Hashable, str] = {}
    return {group for group, name in named if first.setdefault(group, name) != name}


def _ask(
    row: ImportRow,
    context: ImportContext,
    column: Column,
    near: Sequence[OfferedName],
    about: Sequence[str],
    scope: str,
) -> None:
    choices: list[Choice] = [
        same(f"{one.name} – {one.owner}", {column.key: one.name, "producer": one.owner}, one.row)
        if one.owner
        else same(one.name, {column.key: one.name}, one.row)
        for one in near
    ]
    marks_only = folded(near[0].name) == folded(row[column.key])
    context.error(
        row,
        column,
        "answer_needed",
        because="marks_differ" if marks_only and not near[0].owner else "near_name",
        near_name=choices[0].id.removeprefix(SAME),
        asked=[*choices, new(column.key)],
        about=about,
        scope=scope,
    )


# --- Producers and products of a list of recognitions ---------------------------------------------


def ask_about_producers_and_products(
    rows: Iterable[ImportRow],
    context: ImportContext,
    columns: Mapping[str, Column],
    products: Mapping[tuple[str, int], Product],
) -> None:
    """Producers that may be others of their district, products that may be others of their producer
    or of a candidate for it. Of what a person may not see, no question tells.

    `products`: those of the rows' producers, as far as the person may see them.
    """
    sees = context.scope.sees
    seen = [row for row in rows if producer_key(row) and sees(area_of_row(row, context))]
    unknown = [row for row in seen if "product" not in row.resolved]
    if not unknown:
        return
    districts = {row.resolved["district"].pk for row in unknown}
    by_district = _producers_of(districts, context)
    ask_about_near_names(
        [row for row in unknown if "producer" not in row.resolved],
        context,
        columns["producer"],
        by_district,
        lambda row: row.resolved["district"].pk,
        ["producer"],
        lambda row: str(row.resolved["district"]),
        comparable_producer,
    )
    _ask_about_products(unknown, context, columns["product"], products, by_district)


def _ask_about_products(
    unknown: list[ImportRow],
    context: ImportContext,
    column: Column,
    products: Mapping[tuple[str, int], Product],
    by_district: Mapping[Hashable, Mapping[str, int]],
) -> None:
    related, written = _candidates_of_owners(unknown, by_district), dict[Any, str]()
    ask_about_near_names(
        unknown,
        context,
        column,
        _products_of(related, products, context),
        _owner_of,
        ["product"],
        # One question of one producer, however its name is written.
        lambda row: written.setdefault(_owner_of(row), row["producer"]),
        related=related,
    )


def _producers_of(
    districts: Iterable[int], context: ImportContext
) -> dict[Hashable, dict[str, int]]:
    """The ids of the districts' producers by their names, as far as the person may see them."""
    found: dict[Hashable, dict[str, int]] = defaultdict(dict)
    recorded = Producer.objects.visible_in(context.scope).filter(district_id__in=districts)
    for pk, district, name in recorded.order_by("pk").values_list("pk", "district_id", "name"):
        found[district][name] = pk
    return found


def _products_of(
    related: Mapping[Hashable, Sequence[tuple[Hashable, str]]],
    products: Mapping[tuple[str, int], Product],
    context: ImportContext,
) -> dict[Hashable, list[str]]:
    """The names of `products` by their producers, and those of the related producers."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for (_key, owner), product in products.items():
        found[owner].append(product.name)
    others = {pk for owners in related.values() for pk, _name in owners} - found.keys()
    for keys in in_chunks(others):
        visible = Product.objects.visible_in(context.scope).filter(producer_id__in=keys)
        for owner, name in visible.order_by("pk").values_list("producer_id", "name"):
            found[owner].append(name)
    return found


def _candidates_of_owners(
    rows: Iterable[ImportRow], by_district: Mapping[Hashable, Mapping[str, int]]
) -> dict[Hashable, list[tuple[Hashable, str]]]:
    """For producers on record: those of their district that may be the same, with their names."""
    owners = {row.resolved["producer"] for row in rows if "producer" in row.resolved}
    indexes: dict[Hashable, NameIndex] = {}
    related: dict[Hashable, list[tuple[Hashable, str]]] = {}
    for owner in owners:
        names = by_district.get(owner.district_id, {})
        if owner.district_id not in indexes:
            indexes[owner.district_id] = NameIndex(names, comparable_producer)
        if near := indexes[owner.district_id].candidates(owner.name):
            related[owner.pk] = [(names[name], name) for name in near]
    return related


def _owner_of(row: ImportRow) -> Any:
    """The producer whose product a row is about: its id, or the key of a new one."""
    producer = row.resolved.get("producer")
    return producer.pk if producer is not None else producer_key(row)


def ask_about_link(
    row: ImportRow, context: ImportContext, column: Column, column_asked: list[Choice], because: str
) -> None:
    """Whether what may be a record written otherwise is that one; else the link is left out."""
    if column_asked and not context.is_settled(row, [column.key]):
        near = column_asked[0].id.removeprefix(SAME)
        context.error(
            row,
            column,
            "answer_needed",
            because="marks_differ",
            near_name=near,
            asked=[*column_asked, new(column.key)],
            about=[column.key],
        )
    else:
        context.warn(row, column, "unknown_value", because=because)

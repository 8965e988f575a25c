"""Names that may be ones on record, or of the same file, written otherwise: for a person to decide.

`ocop.lib.name_candidates` says which; each is a question that is answered before anything is
written, and no answer is preset.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import SAME, Choice, new, same
from ocop.lib.name_candidates import ComparableName, NameIndex, comparable, comparable_producer
from ocop.lib.text import folded
from products.datasets.base import in_chunks
from products.datasets.products import producer_key
from products.models import Producer, Product

MAX_OFFERED = 10
Compare = Callable[[str], ComparableName]
NamesByGroup = Mapping[Any, Iterable[str]]
"""Within what names are compared (a district, a producer) → the names on record there."""


@dataclass(frozen=True)
class OfferedName:
    """`row`: where the file names it first, 0 of a record; `owner`: the producer it is of, where
    that is another than the row's."""

    name: str
    row: int = 0
    owner: str = ""


class NearNames:
    """The names on record and those of the rows so far, group by group."""

    def __init__(
        self,
        known: NamesByGroup,
        compare: Compare,
        related: Mapping[Hashable, Sequence[tuple[Hashable, str]]],
    ) -> None:
        self.known, self.compare, self.related = known, compare, related
        self._indexes: dict[Hashable, NameIndex] = {}
        self._rows: dict[tuple[Hashable, str], int] = {}
        self._offered: dict[tuple[Hashable, str], list[OfferedName]] = {}

    def offered(self, group: Hashable, name: str, row: int) -> list[OfferedName]:
        """What a name may be, the likeliest first; then it is one of its group's names itself.

        Every row of a name is offered what the first one was.
        """
        place = group, self.compare(name).key
        if place not in self._offered:
            near = self._index(group).candidates(name)
            found = [self._offer(group, one, "") for one in near]
            for other, owner in self.related.get(group, ()):
                index = self._index(other)
                theirs = [index.same(name), *index.candidates(name)]
                found += [self._offer(other, one, owner) for one in theirs if one]
            self._offered[place] = found[:MAX_OFFERED]
            if self._index(group).same(name) is None:
                self._index(group).add(name)
                self._rows[group, name] = row
        return self._offered[place]

    def _index(self, group: Hashable) -> NameIndex:
        if group not in self._indexes:
            self._indexes[group] = NameIndex(self.known.get(group, ()), self.compare)
        return self._indexes[group]

    def _offer(self, group: Hashable, name: str, owner: str) -> OfferedName:
        return OfferedName(name, self._rows.get((group, name), 0), owner)


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
    named = [(row, group_of(row), row[column.key]) for row in rows]
    named = [each for each in named if each[1] is not None and each[2]]
    related = related or {}
    several = _groups_of_several((group, name) for _row, group, name in named)
    near = NearNames(known, compare, related)
    for row, group, name in named:
        if group not in several and group not in known and group not in related:
            continue
        offered = near.offered(group, name, row.number)
        if offered and not context.is_settled(row, about):
            _ask(row, context, column, offered, about, scope_of(row))


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
    seen = [row for row in rows if producer_key(row) and sees(row.resolved["district"].pk)]
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

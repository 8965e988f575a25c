"""Names that may be ones on record, or of the same file, written otherwise: for a person to decide.

What is equal without diacritics only (kẹo dừa, kẹo dứa) has to be answered before anything is
written; what is a slip apart is said.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice, takewhile
from typing import Any

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import SAME, Choice, new, same
from ocop.lib.identity import identity_key
from ocop.lib.text import folded
from products.datasets.products import producer_key
from products.models import Producer, Product
from products.records import SimilarNames

MAX_OFFERED = 10
NamesByKey = Mapping[tuple[Hashable, str], Sequence[str]]
"""(group, name without diacritics) → the names on record that are equal to it so."""


def ask_where_marks_differ(
    rows: Iterable[ImportRow],
    context: ImportContext,
    column: Column,
    known: NamesByKey,
    group_of: Callable[[ImportRow], Hashable | None],
    about: Sequence[str],
    scope_of: Callable[[ImportRow], str] = lambda row: "",
) -> None:
    """Of rows whose name is not on record: whether it is one of its group that only diacritics
    tell apart, on record or first named further up in the file.

    `about`: the columns that the answer is about. `scope_of`: within what the name is asked about,
    in words. Rows without a name or a group (None) are passed over. At most MAX_OFFERED names are
    offered.
    """
    rows = list(rows)
    several = _written_in_several_ways(rows, column, group_of)
    seen: dict[tuple[Hashable, str], dict[str, tuple[str, int]]] = defaultdict(dict)
    for row in rows:
        group, name = group_of(row), row[column.key]
        if group is None or not name:
            continue
        place, own = (group, folded(name)), identity_key(name)
        if place not in several and place not in known:
            continue
        here = seen[place]
        here.setdefault(own, (name, row.number))
        earlier = takewhile(lambda key, own=own: key != own, here)  # type: ignore[misc]
        near = {identity_key(one): (one, 0) for one in known.get(place, ())}
        near |= {key: here[key] for key in islice(earlier, MAX_OFFERED) if key not in near}
        near.pop(own, None)
        if near and not context.is_settled(row, about):
            offered = list(near.values())[:MAX_OFFERED]
            _ask(row, context, column, offered, about, scope_of(row))


def _written_in_several_ways(
    rows: Iterable[ImportRow], column: Column, group_of: Callable[[ImportRow], Hashable | None]
) -> set[tuple[Hashable, str]]:
    """(group, folded name) of names that the rows write with different diacritics: hardly any."""
    first: dict[tuple[Hashable, str], str] = {}
    several = set()
    for row in rows:
        group, name = group_of(row), row[column.key]
        if group is not None and name:
            place, own = (group, folded(name)), identity_key(name)
            if first.setdefault(place, own) != own:
                several.add(place)
    return several


def _ask(
    row: ImportRow,
    context: ImportContext,
    column: Column,
    near: Sequence[tuple[str, int]],
    about: Sequence[str],
    scope: str,
) -> None:
    choices: list[Choice] = [same(name, {column.key: name}, at) for name, at in near]
    context.error(
        row,
        column,
        "answer_needed",
        because="marks_differ",
        near_name=near[0][0],
        asked=[*choices, new(column.key)],
        about=about,
        scope=scope,
    )


def ask_about_names(
    rows: Iterable[ImportRow],
    context: ImportContext,
    columns: Mapping[str, Column],
    producers: NamesByKey,
    products: Mapping[tuple[str, int], Product],
) -> None:
    """Producers and products of a list of recognitions that only diacritics tell from others.

    `producers`: names on record by district; `products`: those of the rows' producers, as far as
    the person may see them. Of what a person may not see, no question tells.
    """
    sees = context.scope.sees
    seen = [row for row in rows if producer_key(row) and sees(row.resolved["district"].pk)]
    ask_where_marks_differ(
        [row for row in seen if "producer" not in row.resolved],
        context,
        columns["producer"],
        producers,
        lambda row: row.resolved["district"].pk,
        ["producer"],
        lambda row: str(row.resolved["district"]),
    )
    of_owner: dict[tuple[Hashable, str], list[str]] = defaultdict(list)
    for (_key, owner), product in products.items():
        of_owner[owner, folded(product.name)].append(product.name)
    ask_where_marks_differ(
        [row for row in seen if "product" not in row.resolved],
        context,
        columns["product"],
        of_owner,
        _owner_of,
        ["product"],
        lambda row: row["producer"],
    )


def _owner_of(row: ImportRow) -> Any:
    """The producer whose product a row is about: its id, or the key of a new one."""
    producer = row.resolved.get("producer")
    return producer.pk if producer is not None else producer_key(row)


def ask_about_link(
    row: ImportRow, context: ImportContext, column: Column, column_asked: list[Choice], because: str
) -> None:
    """Whether what only diacritics tell from a record is that one; else the link is left out."""
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


# --- Slips ----------------------------------------------------------------------------------------


def warn_of_near_producers(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """Of rows whose producer is not on record in their district."""
    unknown = [row for row in rows if producer_key(row) and "producer" not in row.resolved]
    if not unknown:
        return
    known: dict[int, dict[str, str]] = defaultdict(dict)
    districts = {row.resolved["district"].pk for row in unknown}
    producers = Producer.objects.visible_in(context.scope).filter(district_id__in=districts)
    for district, key, name in producers.values_list("district_id", "name_search", "name"):
        known[district][key] = name
    if not known:
        return
    near = {district: SimilarNames(names) for district, names in known.items()}
    for row in unknown:
        district = row.resolved["district"].pk
        key = near[district].near(folded(row["producer"])) if district in near else None
        name = known[district][key] if key else ""
        if name and not context.is_settled(row, ["producer"]):
            context.warn(
                row,
                column,
                "unknown_value",
                because="near_producer",
                near_name=name,
                instead={"producer": name},
            )


def warn_of_near_products(
    rows: list[ImportRow],
    context: ImportContext,
    column: Column,
    products: dict[tuple[str, int], Product],
) -> None:
    """Of rows whose producer is on record, but not with this product."""
    of_producer: dict[int, dict[str, str]] = defaultdict(dict)
    for (_key, owner), product in products.items():
        of_producer[owner][folded(product.name)] = product.name
    near = {owner: SimilarNames(names) for owner, names in of_producer.items()}
    for row in rows:
        producer = row.resolved.get("producer")
        if producer is None or "product" in row.resolved or producer.pk not in near:
            continue
        found = near[producer.pk].near(folded(row["product"] or ""))
        if found and not context.is_settled(row, ["product", "producer"]):
            name = of_producer[producer.pk][found]
            context.warn(
                row,
                column,
                "unknown_value",
                because="near_product",
                near_name=name,
                instead={"product": name, "producer": producer.name},
            )

"""What blocks the undoing of a record: records that depend on it, and the user's scope.

Shared by everything that undoes. Records that the user may not see are never named.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from ocop.imports.models import ImportedChange
from ocop.imports.undo import DELETE, RECREATE, UndoStep, stored_reason
from ocop.organisation.scope import PROVINCE, Area, Scope
from products.choices import Action, Proposal, Status
from products.kinds import KINDS, area_of
from products.models import Amendment, EnteredRecord, Evidence

CHUNK = 500
Key = tuple[type[models.Model], int]
SLUGS = {kind.model: kind.slug for kind in KINDS.values()}


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    listed = list(values)
    return (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK))


# --- Scope ----------------------------------------------------------------------------------------


def visible_ids(model: Any, ids: Iterable[int], scope: Scope) -> set[int]:
    """Those of the records that the person may see; all, of models that have no district."""
    all_ids = set(ids)
    if scope.everything or not issubclass(model, EnteredRecord):
        return all_ids
    found: set[int] = set()
    for some in chunks(sorted(all_ids)):
        records = model._default_manager.visible_in(scope).filter(pk__in=some)
        found |= set(records.values_list("pk", flat=True))
    return found


def batches_within(batches: Any, scope: Scope) -> Any:
    """Of these imports those that touched something the person may see.

    An import that touched no record stays; what is gone is where its history says it was.
    """
    if scope.everything:
        return batches
    changes = ImportedChange.objects.filter(batch=OuterRef("pk")).order_by()
    seen, labels = Q(), []
    for model in (one for one in apps.get_models() if issubclass(one, EnteredRecord)):
        label = model._meta.label_lower
        there = model.objects.filter(pk=OuterRef("record_id"))
        mine = Q(record_id__in=model.objects.visible_in(scope).values("pk")) | (
            ~Exists(there) & Q(record_id__in=_once_within(model, scope))
        )
        seen |= Q(Exists(changes.filter(mine, model=label)))
        labels.append(label)
    return batches.filter(seen | ~Exists(changes.filter(model__in=labels)))


def _once_within(model: Any, scope: Scope) -> Any:
    """Ids of records that were in the scope by some history row; of a product's by its product."""
    rows = model.history.order_by()
    path = model.objects.all().district_path
    if not path.startswith("product__"):
        return rows.filter(scope.condition(path)).values("id")
    products = apps.get_model("products", "Product").history.order_by()  # type: ignore[attr-defined]
    return rows.filter(
        product_id__in=products.filter(scope.condition("district_id")).values("id")
    ).values("id")


def hide_out_of_scope(steps: list[UndoStep], scope: Scope) -> None:
    """Leave records of other districts as they are, without naming them."""
    if scope.everything:
        return
    by_model: dict[Any, list[UndoStep]] = defaultdict(list)
    for step in steps:
        by_model[type(step.record)].append(step)
    for model, its_steps in by_model.items():
        there = [step for step in its_steps if step.action != RECREATE]
        seen = visible_ids(model, (step.record.pk for step in there), scope)
        areas = areas_of([s.record for s in its_steps if s.action == RECREATE])
        for step in its_steps:
            if step.action == RECREATE:
                inside = scope.sees(areas[step.record.pk])
            else:
                inside = step.record.pk in seen
            if not inside:
                step.hidden = True
                step.blocking_reason = stored_reason("elsewhere")


def areas_of(records: list[Any]) -> dict[int, Area]:
    """{id: where it belongs} of records of one model that are to come back.

    Of a product's records that of the product, as history knows it: it may be gone as well.
    """
    own = {record.pk: area_of(record) for record in records if hasattr(record, "district_id")}
    products = {r.pk: getattr(r, "product_id", None) for r in records if r.pk not in own}
    history = apps.get_model("products", "Product").history  # type: ignore[attr-defined]
    last: dict[Any, Area] = {}
    for ids in chunks({pk for pk in products.values() if pk}):
        rows = history.filter(id__in=ids).order_by("history_id")
        places = rows.values_list("id", "district_id", "commune_id")
        last |= {pk: Area(*area) for pk, *area in places}
    return own | {pk: last.get(product, PROVINCE) for pk, product in products.items()}


# --- Dependents -----------------------------------------------------------------------------------


def block_dependents(steps: list[UndoStep], overwrite: Set[int], scope: Scope) -> None:
    """Keep created records on which others depend, and the records that those depend on."""
    going = {(type(s.record), s.record.pk): s for s in steps if s.action == DELETE}
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in going:
        by_model[model].append(pk)
    for model, ids in by_model.items():
        for pk, what in _dependents(model, ids, going, scope):
            step = going[model, pk]
            step.blocking_reason = step.blocking_reason or stored_reason("rested_on", what=what)
    remaining = [step for step in going.values() if step.is_left(overwrite)]
    while remaining:
        step = remaining.pop()
        for other in _dependencies(step.record, going):
            if not other.is_left(overwrite):
                other.blocked_by = stored_reason("rested_on", what=step.title)
                remaining.append(other)


def has_dependents(steps: list[UndoStep], scope: Scope) -> bool:
    """Whether any record outside `steps` now depends on a record that they delete."""
    going = {(type(s.record), s.record.pk): s for s in steps if s.action == DELETE}
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in going:
        by_model[model].append(pk)
    found = (_dependents(model, ids, going, scope) for model, ids in by_model.items())
    return any(True for some in found for _one in some)


def _dependencies(record: Any, going: dict[Key, UndoStep]) -> Iterable[UndoStep]:
    for column in record._meta.fields:
        held = getattr(record, column.attname) if column.is_relation else None
        other = going.get((column.related_model, held)) if held else None
        if other is not None:
            yield other


def _dependents(
    model: type[models.Model], ids: list[int], going: dict[Key, UndoStep], scope: Scope
) -> Iterable[tuple[int, str]]:
    """(id, name of the dependent) for records that something outside `going` refers to."""
    for some in chunks(ids):
        for relation in model._meta.related_objects:
            yield from names_of_visible(
                relation.related_model, _referring(relation, some, going), scope
            )
        if model in SLUGS:
            about = {"kind": SLUGS[model], "record_id__in": some}
            for pk in Amendment.objects.filter(**about).values_list("record_id", flat=True):
                yield pk, stored_reason("proposed_change")
            yield from names_of_visible(model, _merged_into(model, some), scope)
            shown = Evidence.objects.filter(**about, removed_at__isnull=True)
            for pk, name in shown.values_list("record_id", "name"):
                yield pk, name


def _merged_into(model: Any, ids: list[int]) -> dict[int, int]:
    """{id: id of a record that went into it by a merge, or is proposed to}: were it gone, what
    the other one said would be gone as well."""
    slug = SLUGS[model]
    went = model.history.filter(
        action=Action.MERGE, status=Status.CANCELLED, details__into__1__in=ids
    )
    gone = {other: details["into"][1] for other, details in went.values_list("id", "details")}
    lying = model._default_manager.filter(pk__in=gone, status=Status.CANCELLED)
    found = {gone[pk]: pk for pk in lying.values_list("pk", flat=True)}
    proposed = Amendment.objects.unsettled().filter(
        kind=slug, proposal=Proposal.MERGE, plan__into__in=ids
    )
    return found | {one.plan["into"]: one.record_id for one in proposed}


def _referring(relation: Any, ids: list[int], going: dict[Key, UndoStep]) -> dict[int, int]:
    """{id that is referred to: id of one that refers to it and does not go itself}."""
    model = relation.related_model
    found: dict[int, int] = {}
    if relation.many_to_many:
        own, theirs = relation.field.m2m_reverse_name(), relation.field.m2m_column_name()
        rows = relation.through._default_manager.filter(**{f"{own}__in": ids})
        for pk, own_id, their_id in rows.values_list("pk", own, theirs):
            if (relation.through, pk) not in going and (model, their_id) not in going:
                found.setdefault(own_id, their_id)
        return found
    rows = model._default_manager.filter(**{f"{relation.field.name}__in": ids}).order_by()
    for their_id, own_id in rows.values_list("pk", relation.field.attname):
        if (model, their_id) not in going:
            found.setdefault(own_id, their_id)
    return found


def names_of_visible(
    model: Any, found: Mapping[Any, int], scope: Scope
) -> Iterable[tuple[Any, str]]:
    """The names of records, {what they are asked for by: id}; without those out of `scope`."""
    if not found:
        return
    seen = visible_ids(model, found.values(), scope)
    records = model._default_manager.in_bulk(list(seen & set(found.values())))
    for pk, other in found.items():
        shown = records.get(other)
        yield pk, str(shown) if shown is not None else stored_reason("outside")

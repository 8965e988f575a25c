"""What stands in the way of taking a record back: what rests on it, its scope, what is gone.

Shared by everything that undoes. Names of records the person may not see are never told.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from ocop.imports.undoing import DELETE, RECREATE, Step
from ocop.organisation.scope import Scope
from products.kinds import KINDS
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
    wanted = set(ids)
    if scope.everything or not issubclass(model, EnteredRecord):
        return wanted
    found: set[int] = set()
    for some in chunks(sorted(wanted)):
        records = model.objects.visible_in(scope).filter(pk__in=some)
        found |= set(records.values_list("pk", flat=True))
    return found


def is_within(changes: Any, scope: Scope) -> bool:
    """False where records of these changes exist and the person may see none of them."""
    if scope.everything:
        return True
    there = False
    for label in set(changes.order_by().values_list("model", flat=True).distinct()):
        model: Any = apps.get_model(label)
        if not issubclass(model, EnteredRecord):
            continue
        ids = changes.filter(model=label).order_by().values("record_id")
        records = model.objects.filter(pk__in=ids)
        if records.visible_in(scope).exists():
            return True
        there = there or records.exists()
    return not there


def hide_what_is_elsewhere(steps: list[Step], scope: Scope) -> None:
    """Records of other districts are left, and not named."""
    if scope.everything:
        return
    by_model: dict[Any, list[Step]] = defaultdict(list)
    for step in steps:
        by_model[type(step.record)].append(step)
    for model, its_steps in by_model.items():
        there = [step for step in its_steps if step.action != RECREATE]
        seen = visible_ids(model, (step.record.pk for step in there), scope)
        for step in its_steps:
            if step.action == RECREATE:
                inside = scope.sees(_district_of(step.record))
            else:
                inside = step.record.pk in seen
            if not inside:
                step.hidden = True
                step.hindrance = _("it is not in your district")


def _district_of(record: Any) -> int | None:
    """The district of a record that is to come back; of a product's record that of the product."""
    if hasattr(record, "district_id"):
        return int(record.district_id) if record.district_id else None
    product = apps.get_model("products", "Product")
    names = product.history.filter(id=getattr(record, "product_id", None))
    return names.order_by("-history_id").values_list("district_id", flat=True).first()


# --- What others rest on --------------------------------------------------------------------------


def hinder_what_others_rest_on(steps: list[Step], overwrite: Set[int], scope: Scope) -> None:
    """Created records that stay because of what rests on them, and what they rest on themselves."""
    going = {(type(s.record), s.record.pk): s for s in steps if s.action == DELETE}
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in going:
        by_model[model].append(pk)
    for model, ids in by_model.items():
        for pk, what in _resting_on(model, ids, going, scope):
            step = going[model, pk]
            step.hindrance = step.hindrance or _("“%(what)s” rests on it") % {"what": what}
    kept = [step for step in going.values() if step.is_left(overwrite)]
    while kept:
        step = kept.pop()
        for other in _rested_on(step.record, going):
            if not other.is_left(overwrite):
                other.held = _("“%(what)s” rests on it") % {"what": step.title}
                kept.append(other)


def is_rested_on(steps: list[Step], scope: Scope) -> bool:
    """Whether anything outside `steps` rests on a record that they delete, as things stand now."""
    going = {(type(s.record), s.record.pk): s for s in steps if s.action == DELETE}
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in going:
        by_model[model].append(pk)
    found = (_resting_on(model, ids, going, scope) for model, ids in by_model.items())
    return any(True for some in found for _one in some)


def _rested_on(record: Any, going: dict[Key, Step]) -> Iterable[Step]:
    for column in record._meta.fields:
        held = getattr(record, column.attname) if column.is_relation else None
        other = going.get((column.related_model, held)) if held else None
        if other is not None:
            yield other


def _resting_on(
    model: type[models.Model], ids: list[int], going: dict[Key, Step], scope: Scope
) -> Iterable[tuple[int, str]]:
    """(id, name of what rests on it) for records that something outside `going` refers to."""
    for some in chunks(ids):
        for relation in model._meta.related_objects:
            yield from _named(relation.related_model, _referring(relation, some, going), scope)
        if model in SLUGS:
            about = {"kind": SLUGS[model], "record_id__in": some}
            for pk in Amendment.objects.filter(**about).values_list("record_id", flat=True):
                yield pk, _("a proposed change")
            shown = Evidence.objects.filter(**about, removed_at__isnull=True)
            for pk, name in shown.values_list("record_id", "name"):
                yield pk, name


def _referring(relation: Any, ids: list[int], going: dict[Key, Step]) -> dict[int, int]:
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


def _named(model: Any, found: dict[int, int], scope: Scope) -> Iterable[tuple[int, str]]:
    if not found:
        return
    seen = visible_ids(model, found.values(), scope)
    records = model._default_manager.in_bulk(list(seen & set(found.values())))
    for pk, other in found.items():
        shown = records.get(other)
        yield pk, str(shown) if shown is not None else _("a record outside your district")


# --- What is gone or taken ------------------------------------------------------------------------


def hinder_what_cannot_come_back(steps: list[Step]) -> None:
    """Deleted records whose parents are gone, or whose place another record has taken."""
    coming = [step for step in steps if step.action == RECREATE]
    back = {(type(step.record), step.record.pk): step for step in coming}
    by_model: dict[Any, list[Step]] = defaultdict(list)
    for step in coming:
        if not step.hindrance:
            by_model[type(step.record)].append(step)
    for model, its_steps in by_model.items():
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
                _hinder_taken(model, its_steps, constraint)
    there = _parents_there(coming, back)
    # Written latest first, so that what others rest on comes first the other way round.
    for step in sorted(coming, key=lambda one: one.change.pk, reverse=True):
        for model, pk in _parents(step.record):
            parent = back.get((model, pk))
            lost = (model, pk) not in there if parent is None else bool(parent.hindrance)
            if lost and not step.hindrance:
                step.hindrance = _("its %(what)s is gone") % {"what": model._meta.verbose_name}


def _parents(record: Any) -> Iterable[Key]:
    """The records that a record refers to."""
    for column in record._meta.fields:
        held = getattr(record, column.attname) if column.is_relation else None
        if held:
            yield column.related_model, held


def _parents_there(coming: list[Step], back: dict[Key, Step]) -> set[Key]:
    """Of what they refer to and what does not come back with them: what is there."""
    asked: dict[Any, set[int]] = defaultdict(set)
    for step in coming:
        for model, pk in _parents(step.record):
            if (model, pk) not in back:
                asked[model].add(pk)
    there: set[Key] = set()
    for model, ids in asked.items():
        for some in chunks(sorted(ids)):
            found = model._default_manager.filter(pk__in=some).values_list("pk", flat=True)
            there |= {(model, pk) for pk in found}
    return there


def _hinder_taken(model: Any, steps: list[Step], constraint: models.UniqueConstraint) -> None:
    columns = [model._meta.get_field(name).attname for name in constraint.fields]
    wanted = {tuple(getattr(step.record, name) for name in columns): step for step in steps}
    for some in chunks(wanted):
        rows = model._default_manager.filter(**{f"{columns[0]}__in": {key[0] for key in some}})
        if constraint.condition is not None:
            rows = rows.filter(constraint.condition)
        for key in rows.values_list(*columns):
            # An empty column makes no two records the same, for the database either.
            if key in wanted and None not in key:
                wanted[key].hindrance = _("another record has the same values by now")

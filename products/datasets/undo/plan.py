"""What undoing an import does to entered records: planned, then applied.

Created records are deleted, changed ones restored, deleted ones recreated under their old ids.
A record that somebody edited since is known by its version; one that others depend on (records,
evidence, proposed changes) stays, and with it everything it depends on itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.timezone import localtime

from ocop.imports.columns import DisplayValues, exact, label_of
from ocop.imports.datasets import ConcurrentChange, TouchedRecord, snapshot
from ocop.imports.findings import Importer
from ocop.imports.models import ImportedChange
from ocop.imports.undo import DELETE, RECREATE, RESTORE, UndoStep, stored_reason
from ocop.organisation.scope import SYSTEM, Scope
from products import validity
from products.choices import Action, Status
from products.datasets.undo.conflicts import block_conflicts, refused, runs
from products.datasets.undo.dependents import (
    CHUNK,
    SLUGS,
    areas_of,
    block_dependents,
    chunks,
    has_dependents,
    hide_out_of_scope,
    visible_ids,
)
from products.datasets.undo.labels import last_rows, names_of, with_names
from products.models import Amendment, Channel, EnteredRecord, Product
from products.records import delete_all, lock_unchanged, recreate_all, update_all, url_of

BOOKKEEPING = {"id", "version", "updated_at"}
"""Columns that are not set back: a version is never used twice, so that open forms find out."""
VERSIONED = (EnteredRecord, Channel)
"""Models whose rows have a version and a history."""


# --- Found out ------------------------------------------------------------------------------------


def plan_undo(
    changes: list[ImportedChange], importer: Importer, overwrite: Set[int]
) -> list[UndoStep]:
    """One step for each change that can still be spoken of; `changes` come latest first.

    Records that are gone, or back, already need no step. `overwrite`: ids of changes that are
    taken back although the record was edited since; what the others rest on is held.
    """
    by_model: dict[str, list[ImportedChange]] = defaultdict(list)
    for change in changes:
        by_model[change.model].append(change)
    steps = []
    for label, its_changes in by_model.items():
        steps += _steps_of(apps.get_model(label), its_changes)
    _restore_products(steps)
    for step in steps:
        _block_by_role(step, importer)
    hide_out_of_scope(steps, importer.scope)
    order = {change.pk: place for place, change in enumerate(changes)}
    steps.sort(key=lambda step: order[step.change.pk])
    block_dependents(steps, overwrite, importer.scope)
    write = _writer(importer.user, "")
    block_conflicts(steps, overwrite, importer.scope, write)
    _name_missing(steps)
    return steps


def _name_missing(steps: list[UndoStep]) -> None:
    by_model: dict[Any, list[UndoStep]] = defaultdict(list)
    for step in steps:
        if step.action == RECREATE and step.reason_left and not step.hidden:
            by_model[type(step.record)].append(step)
    for its_steps in by_model.values():
        names = names_of([step.record for step in its_steps])
        for step in its_steps:
            step.name = names[step.record.pk]


def _steps_of(model: Any, changes: list[ImportedChange]) -> list[UndoStep]:
    records: dict[int, Any] = {}
    for ids in chunks(change.record_id for change in changes):
        records |= with_names(model._default_manager.all()).in_bulk(ids)
    steps = []
    for change in changes:
        record = records.get(change.record_id)
        if change.deleted:
            if record is None and change.before is not None:
                steps.append(UndoStep(change, RECREATE, _record_from(model, change.before)))
        elif record is not None:
            action = DELETE if change.before is None else RESTORE
            steps.append(UndoStep(change, action, record, before=snapshot(record)))
    _note_later_edits(model, steps)
    _find_fields(model, [step for step in steps if step.action == RESTORE])
    return [step for step in steps if step.action != RESTORE or step.fields or step.later]


def _restore_products(steps: list[UndoStep]) -> None:
    """Records that come back with their product have their name from it."""
    coming = [step.record for step in steps if step.action == RECREATE]
    products = {record.pk: record for record in coming if isinstance(record, Product)}
    for record in coming:
        if getattr(record, "product_id", None) in products:
            record.product = products[record.product_id]


def _record_from(model: Any, before: dict[str, Any]) -> Any:
    columns = {column.attname: column for column in model._meta.fields}
    return model(
        **{name: exact(columns[name], value) for name, value in before.items() if name in columns}
    )


def _note_later_edits(model: Any, steps: list[UndoStep]) -> None:
    """Put into `edited` who changed a record since, by the history rows after the import's."""
    if not issubclass(model, VERSIONED):
        return
    since = {
        step.record.pk: step
        for step in steps
        if step.action != RECREATE and step.record.version != step.change.version
    }
    for ids in chunks(since):
        rows = model.history.filter(id__in=ids).select_related("history_user")
        for row in rows.order_by("history_id"):
            step = since[row.id]
            if row.version > (step.change.version or 0):
                step.edited = stored_reason(
                    "edited",
                    day=localtime(row.history_date).date(),
                    who=row.history_user or stored_reason("system"),
                    what=(row._meta.get_field("action"), row.action),
                )
    for step in since.values():
        step.edited = step.edited or stored_reason("changed")
    _note_amendments(model, steps)


def _note_amendments(model: Any, steps: list[UndoStep]) -> None:
    """A change proposed of the record was made from what it says now."""
    changed = {step.record.pk: step for step in steps if step.action == RESTORE}
    for ids in chunks(changed if model in SLUGS else ()):
        waiting = Amendment.objects.unsettled().filter(kind=SLUGS[model], record_id__in=ids)
        for pk in waiting.values_list("record_id", flat=True):
            changed[pk].edited = changed[pk].edited or stored_reason("change_proposed")


def _find_fields(model: Any, steps: list[UndoStep]) -> None:
    """The columns that the import changed, and what they are set back to.

    What the import left is in history; a column somebody else changed since stays theirs.
    """
    left: dict[int, Any] = {}
    versions = {step.record.pk: step.change.version for step in steps}
    for ids in chunks(versions):
        for row in model.history.filter(id__in=ids).order_by("-history_id"):
            if row.version == versions[row.id]:
                left[row.id] = row
    words = DisplayValues()
    for step in steps:
        for column, is_later in _set_back(step, left.get(step.record.pk)):
            (step.later if is_later else step.fields).append(column.name)
            if column.editable:
                now = words.of(column, getattr(step.record, column.attname))
                then = exact(column, (step.change.before or {})[column.attname])
                step.words.append((label_of(column), now, words.of(column, then)))


def _set_back(step: UndoStep, left: Any) -> Iterable[tuple[Any, bool]]:
    """(column, whether somebody changed it since) of what the import changed."""
    before = step.change.before or {}
    for column in step.record._meta.fields:
        name = column.attname
        if name in BOOKKEEPING or name not in before:
            continue
        then, now = exact(column, before[name]), getattr(step.record, name)
        imported = now if left is None else getattr(left, name, now)
        if then not in (now, imported):
            yield column, now != imported


def _block_by_role(step: UndoStep, importer: Importer) -> None:
    """Changes of verified records are undone by the system and administrators only."""
    verified = getattr(step.record, "status", "") == Status.VERIFIED
    if verified and importer.status != Status.VERIFIED:
        step.blocking_reason = stored_reason("verified")


def touched_records(changes: list[ImportedChange], scope: Scope) -> list[TouchedRecord]:
    """The records of the changes as they stand now, or as they stood when they were deleted.

    Those that `scope` does not see are neither named nor led to.
    """
    titles: dict[tuple[str, int], tuple[str, str, bool]] = {}
    for label in {change.model for change in changes}:
        ids = {change.record_id for change in changes if change.model == label}
        shown = _shown(apps.get_model(label), ids, scope)
        titles |= {(label, pk): records for pk, records in shown.items()}
    records = []
    for change in changes:
        what = "deleted" if change.deleted else "created" if change.before is None else "changed"
        name = str(apps.get_model(change.model)._meta.verbose_name)
        title, url, hidden = titles.get((change.model, change.record_id), ("", "", False))
        records.append(TouchedRecord(change.row_number, what, name, title, url, hidden))
    return records


def _shown(model: Any, ids: set[int], scope: Scope) -> dict[int, tuple[str, str, bool]]:
    """{id: (title, address, whether it is out of sight)} of what is there and of what is gone."""
    records = with_names(model._default_manager.all()).in_bulk(ids)
    seen = visible_ids(model, records, scope)
    hidden = str(stored_reason("outside")), "", True
    shown = dict.fromkeys(records.keys() - seen, hidden)
    for pk in seen:
        shown[pk] = str(records[pk]), url_of(records[pk]) if model in SLUGS else "", False
    gone = last_rows(model, ids - records.keys()) if issubclass(model, EnteredRecord) else []
    areas = areas_of(gone)
    for pk, name in names_of(gone).items():
        shown[pk] = (name, "", False) if scope.sees(areas[pk]) else hidden
    return shown


# --- Done -----------------------------------------------------------------------------------------


def apply_undo(steps: list[UndoStep], user: Any, reason: str) -> None:
    """Carry the steps out, each with its history row; inside the caller's transaction.

    Latest first: what was written last rests on what was written before it. Raises Overtaken
    where a record is no longer as it was when the steps were found out.
    """
    versions: dict[type[models.Model], dict[int, int]] = defaultdict(dict)
    for step in steps:
        if step.action != RECREATE and isinstance(step.record, VERSIONED):
            versions[type(step.record)][step.record.pk] = step.record.version
    lock_unchanged(versions)
    # Evidence and proposed changes depend on a record without the database knowing.
    if has_dependents(steps, SYSTEM):
        raise ConcurrentChange
    with validity.rebuilt_together():
        for run in runs(steps):
            if refused(run, _writer(user, reason)):
                raise ConcurrentChange


def _writer(user: Any, reason: str) -> Callable[[list[UndoStep]], None]:
    """What writes steps of one action and model together, each with its history row."""

    def write(steps: list[UndoStep]) -> None:
        model, action = type(steps[0].record), steps[0].action
        if action == RESTORE:
            _restore(steps, user, reason)
            return
        records = [step.record for step in steps]
        (_delete if action == DELETE else _recreate)(model, records, user, reason)

    return write


def _delete(model: Any, records: list[Any], user: Any, reason: str) -> None:
    if issubclass(model, VERSIONED):
        delete_all(records, user, reason, Action.UNDO)
        return
    for ids in chunks(record.pk for record in records):
        model._default_manager.filter(pk__in=ids).delete()


def _recreate(model: Any, records: list[Any], user: Any, reason: str) -> None:
    if issubclass(model, VERSIONED):
        recreate_all(records, user, reason, Action.UNDO)
    else:
        model._default_manager.bulk_create(records, batch_size=CHUNK)


def _restore(steps: list[UndoStep], user: Any, reason: str) -> None:
    by_fields: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for step in steps:
        assert step.change.before is not None
        # An edited record gets here only where the person said so: then all of it goes back.
        names = {*step.fields, *step.later}
        for column in step.record._meta.fields:
            if column.name in names:
                value = exact(column, step.change.before[column.attname])
                setattr(step.record, column.attname, value)
        by_fields[tuple(sorted(names))].append(step.record)
    for fields, records in by_fields.items():
        update_all(records, fields, user, reason, Action.UNDO)

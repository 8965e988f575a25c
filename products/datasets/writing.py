"""A plan's records written with their history, in an order that everybody keeps to."""

from collections import defaultdict
from datetime import datetime
from sys import intern
from typing import Any

from django.db import models
from django.utils import timezone

from ocop.imports.columns import NewRecord
from ocop.imports.datasets import NO_PROGRESS, ImportContext, RecordChange, RunProgress, WritePlan
from products import validity
from products.choices import Status
from products.records import TRANSITIONS, create_new, lock_unchanged, update_all

PORTION = 1000
"""Records written between two reports of how far it is."""


def write_plan(
    plan: WritePlan, context: ImportContext, reason: str, run: RunProgress = NO_PROGRESS
) -> None:
    """Write every step of `plan`; the plan itself keeps the order of the sheet's rows.

    Drafts and returned records that an import for the queue changes go into it with their
    change. Raises Overtaken where a record to be changed is no longer the one that was read.
    """
    _check_unchanged(plan)
    now = timezone.now() if context.status == Status.SUBMITTED else None
    total, done = sum(map(len, plan.steps)), 0
    order = OrderOfKeys()
    with validity.rebuilt_together():
        for step in plan.steps:
            ordered = order.of(step)
            for some in (ordered[i : i + PORTION] for i in range(0, len(ordered), PORTION)):
                _write(some, context.user, reason, now)
                done += len(some)
                run.report("write", done, total)


class OrderOfKeys:
    """Changed records first, as their rows are locked already; then new ones by their keys.

    Two who write the same new records in the order of their own sheets would each wait for what
    the other has written, for ever; in one order the second waits for the first.
    """

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        """By identity, the place of every new record among those of the steps before."""
        self._latest: list[RecordChange] = []
        self._columns: dict[type[models.Model], list[tuple[str, Any, Any]]] = {}

    def of(self, step: list[RecordChange]) -> list[RecordChange]:
        """One step of a plan in this order; steps are asked for in the plan's order."""
        for change in self._latest:
            self._places[id(change.record)] = len(self._places)
        changed = [change for change in step if change.before is not None]
        created = [change for change in step if change.before is None]
        created.sort(key=lambda change: self._key_of(change.record))
        self._latest = created
        return [*changed, *created]

    def _key_of(self, record: NewRecord) -> tuple[Any, ...]:
        """What tells the record from others of its model, made comparable (one shape a model)."""
        model, given = record.model, record.given()
        if model not in self._columns:
            self._columns[model] = _key_columns(model)
        keys = (self._comparable(given.get(name), *how) for name, *how in self._columns[model])
        return model._meta.label, *keys

    def _comparable(self, value: Any, relation: Any, derived: Any) -> Any:
        if derived is not None:
            return derived(value or "")
        if relation is None:
            # Days repeat: a text once for all keys.
            return intern(str(value if value is not None else ""))
        if not isinstance(value, NewRecord):
            return (0, value.pk if value is not None else 0)
        # Whether the related record has its id yet depends on what was written before: its place
        # among the new ones stands for its key, and sorts as that does.
        place = self._places.get(id(value))
        return (1, place) if place is not None else (2, self._key_of(value))


def _key_columns(model: type[models.Model]) -> list[tuple[str, Any, Any]]:
    """Of each column of the model's keys: the field that is given, the relation it is, what
    derives it."""
    columns: list[Any] = [
        model._meta.get_field(name)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        for name in constraint.fields
    ]
    sources = [getattr(column, "source", "") for column in columns]
    return [
        (
            source or column.name,
            column if column.is_relation else None,
            column.derived if source else None,
        )
        for column, source in zip(columns, sources, strict=True)
    ]


def _check_unchanged(plan: WritePlan) -> None:
    """Raise Overtaken unless every record to be changed is still the one that was read."""
    read: dict[type[models.Model], dict[int, int]] = defaultdict(dict)
    for change in plan.changes():
        if change.before is not None:
            read[change.model][change.record.pk] = change.before["version"]
    lock_unchanged(read)


def _write(step: list[RecordChange], user: Any, reason: str, now: datetime | None) -> None:
    """`now`: when what is changed is sent up; None where the import sends nothing up."""
    created: dict[tuple[type[models.Model], tuple[str, ...]], list[NewRecord]] = defaultdict(list)
    changed: dict[tuple[type[models.Model], tuple[str, ...]], list[Any]] = defaultdict(list)
    for change in step:
        record = change.record
        if change.before is None:
            created[record.model, record.names].append(record)
        else:
            sent_up = _sent_up(record, user, now) if now else ()
            fields = tuple(sorted({*change.fields, *sent_up}))
            changed[type(record), fields].append(record)
    for new in created.values():
        create_new(new, user, reason)
    for (_model, fields), records in changed.items():
        update_all(records, fields, user, reason)


def _sent_up(record: Any, user: Any, now: datetime) -> tuple[str, ...]:
    """Put a draft or a returned record among the submitted ones; the columns that change."""
    if record.status not in TRANSITIONS["submit"].sources:
        return ()
    record.status, record.status_reason, record.field_reasons = Status.SUBMITTED, "", {}
    record.submitted_by, record.submitted_at = user, now
    return "status", "status_reason", "field_reasons", "submitted_by", "submitted_at"

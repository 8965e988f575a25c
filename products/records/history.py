"""The one way entered records are written: with their history rows, in the same transaction.

One record is saved as ever, and django-simple-history writes its row. Many records of an import
or an undoing (`…_all`) are written in bulk, and their history rows copied inside the database
from the very rows just written: building them in memory takes over half of an import's time.
Plain saves elsewhere would leave a row without its reason; `.update()` and Django's bulk calls
leave none.

Whatever is written here keeps the spans of validity of the products it is about
(products.validity), in the same transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record
from simple_history.utils import get_history_manager_for_model

from ocop.db.bulk import copy_rows, derive_column, insert_new, insert_records, update_records
from ocop.db.fields import sources_of
from ocop.imports.columns import NewRecord
from ocop.imports.datasets import ConcurrentChange
from products import validity
from products.choices import Action, Status
from products.models import Product

BATCH = 500


# --- One record -----------------------------------------------------------------------------------


def create_record(record: Any, user: Any, reason: str, details: Any = None) -> None:
    """Insert `record` with one history row."""
    record.edited_by = user
    if record.status == Status.SUBMITTED:
        record.submitted_by, record.submitted_at = user, timezone.now()
    with _history_line(record, user, reason, Action.CREATE, details):
        record.save(force_insert=True)
        validity.rebuild_touched(validity.touched_by([record]))


def update_record(
    record: Any,
    fields: Sequence[str],
    user: Any,
    reason: str,
    action: str = Action.EDIT,
    details: Any = None,
) -> None:
    """Write `fields` of `record` with one history row; see `update_all` for what goes along."""
    record.version += 1
    if action == Action.EDIT:
        record.edited_by = user
    names = {*fields, *derived_from(type(record), fields), "version", "updated_at", "edited_by"}
    with _history_line(record, user, reason, action, details):
        touched = validity.touched_by([record], fields)
        record.save(update_fields=names)
        validity.rebuild_touched(touched)


def delete_record(record: Any, user: Any, reason: str) -> None:
    """Delete `record` with a last history row."""
    touched = validity.touched_by([record])
    with _history_line(record, user, reason or None, Action.DELETE, None):
        record.delete()
        validity.rebuild_touched(touched)


@contextmanager
def _history_line(
    record: Any, user: Any, reason: str | None, action: str, details: Any
) -> Iterator[None]:
    """Within, what is done to `record` gets this line in its history, or is not done at all.

    Without a `user` the line names whoever is signed in to the request under way.
    """
    details_told = {"_change_reason": reason, "_history_line": (action, details)}
    if user:
        details_told["_history_user"] = user
    record.__dict__.update(details_told)
    try:
        with transaction.atomic():
            yield
    finally:
        for name in details_told:
            del record.__dict__[name]


@receiver(pre_create_historical_record)
def _complete_line(instance: Any, history_instance: Any, **_signal: Any) -> None:
    """Put into a history row what django-simple-history does not know of."""
    if line := getattr(instance, "_history_line", None):
        history_instance.action, history_instance.details = line


# --- Many at once ---------------------------------------------------------------------------------


def create_all(
    records: Sequence[models.Model], user: Any, reason: str, details: Any = None
) -> None:
    """Insert `records` (all of one model), each with one history row."""
    if not records:
        return
    now = timezone.now()
    for record in records:
        record.edited_by = user  # type: ignore[attr-defined]
        if record.status == Status.SUBMITTED:  # type: ignore[attr-defined]
            record.submitted_by, record.submitted_at = user, now  # type: ignore[attr-defined]
    with transaction.atomic(savepoint=False):
        insert_records(records)
        _note("+", records, user, reason, Action.CREATE, details)
        validity.rebuild_touched(validity.touched_by(records))


def create_new(records: Sequence[NewRecord], user: Any, reason: str) -> None:
    """Insert `records` of one import (all of one model, given the same fields), each with one
    history row, and give each its id and version.

    Raises ValueError for a related record that has no id yet.
    """
    first, now = records[0], timezone.now()
    common = {**first.common, "edited_by": user}
    if common.get("status") == Status.SUBMITTED:
        common |= {"submitted_by": user, "submitted_at": now}
    columns = {name: [_stored(value)] * len(records) for name, value in common.items()}
    each = zip(*(record.values for record in records), strict=True)
    # A relation may be given by its id ("commune_id"): columns go by the fields' own names.
    names = [first.model._meta.get_field(name).name for name in first.names]
    columns |= {name: list(map(_stored, values)) for name, values in zip(names, each, strict=True)}
    with transaction.atomic(savepoint=False):
        ids = insert_new(first.model, columns, len(records))
        _note_stored("+", first.model, ids, user, reason, Action.CREATE, None)
        validity.rebuild_touched(validity.touched_by_new(first.model, columns))
    for record, number in zip(records, ids, strict=True):
        record.pk, record.version = number, 1


def _stored(value: Any) -> Any:
    """What a column holds of a field's value: of a related record its id."""
    if not isinstance(value, models.Model | NewRecord):
        return value
    if value.pk is None:
        raise ValueError(f"a related record that is not stored: {value}")
    return value.pk


def update_all(
    records: Sequence[models.Model],
    fields: Sequence[str],
    user: Any,
    reason: str,
    action: str = Action.EDIT,
    details: Any = None,
) -> None:
    """Write `fields` of `records` (all of one model), each with one history row.

    Versions grow by one, so that a form opened before finds out. Derived columns (folded keys,
    ends of certificates) are brought along.
    """
    if not records:
        return
    model = type(records[0])
    now = timezone.now()
    columns = {column.name: column for column in model._meta.fields}
    derived = derived_from(model, fields)
    for record in records:
        record.version += 1  # type: ignore[attr-defined]
        record.updated_at = now  # type: ignore[attr-defined]
        if action == Action.EDIT:
            record.edited_by = user  # type: ignore[attr-defined]
    for name in derived:
        derive_column(columns[name], records)
    names = [*fields, *derived, "version", "updated_at", "edited_by"]
    with transaction.atomic():
        touched = validity.touched_by(records, fields)
        update_records(records, names)
        _note("~", records, user, reason, action, details)
        validity.rebuild_touched(touched)


def derived_from(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    """Columns of `model` that follow from `fields` on every write."""
    return [
        column.name
        for column in model._meta.fields
        if not column.editable and set(sources_of(column)) & set(fields)
    ]


def _note(kind: str, records: Sequence[models.Model], *what: Any) -> None:
    """As `_note_stored`, of records at hand."""
    _note_stored(kind, type(records[0]), [record.pk for record in records], *what)


def _note_stored(
    kind: str,
    model: type[models.Model],
    ids: Sequence[int],
    user: Any,
    reason: str,
    action: str,
    details: Any,
) -> None:
    """`kind` as django-simple-history has it: "+" created, "~" changed, "-" about to be deleted.

    Without a `user` the row names whoever is signed in to the request under way.
    """
    history = get_history_manager_for_model(model).model
    who = user or history.get_default_history_user(None)
    copy_rows(
        model,
        history,
        [field.attname for field in history.tracked_fields],
        {
            "history_date": timezone.now(),
            "history_user": who.pk if who else None,
            "history_change_reason": reason,
            "history_type": kind,
            "action": action,
            "details": details,
        },
        ids,
    )


def lock_unchanged(read: Mapping[type[models.Model], Mapping[int, int]]) -> None:
    """Raise Overtaken unless every record ({model: {id: version read}}) still has that version.

    Inside the writing transaction: PostgreSQL keeps the rows locked until its end, SQLite lets
    nobody else write meanwhile.
    """
    for model, versions in read.items():
        stored: dict[int, int] = {}
        ids = sorted(versions)
        for some in (ids[i : i + BATCH] for i in range(0, len(ids), BATCH)):
            locked = model._default_manager.select_for_update().order_by("pk").filter(pk__in=some)
            stored |= dict(locked.values_list("pk", "version"))
        if stored != versions:
            raise ConcurrentChange


def delete_all(records: Sequence[Any], user: Any, reason: str, action: str) -> None:
    """Delete `records` (all of one model), each with a last history row of `action`.

    Raises IntegrityError where one of them is gone. That nothing rests on them is the caller's
    to make sure; the database refuses otherwise.
    """
    model = type(records[0])
    _note("-", records, user, reason, action, None)
    touched = validity.touched_by(records)
    ids = [record.pk for record in records]
    for some in (ids[i : i + BATCH] for i in range(0, len(ids), BATCH)):
        for field in model._meta.many_to_many:
            links = field.remote_field.through._default_manager
            links.filter(**{f"{field.m2m_field_name()}__in": some}).delete()
        if model is Product:
            validity.forget(some)
        model._default_manager.filter(pk__in=some)._raw_delete("default")
    validity.rebuild_touched(touched)


def recreate_all(records: Sequence[Any], user: Any, reason: str, action: str) -> None:
    """Insert records that were deleted, under their old ids, each with a history row.

    Their versions go on from the last one, so that no version names two contents.
    """
    created_at = {record.pk: record.created_at for record in records}
    for record in records:
        record.version += 1
    insert_records(records)
    for record in records:
        record.created_at = created_at[record.pk]
    update_records(records, ["created_at"])
    _note("~", records, user, reason, action, None)
    validity.rebuild_touched(validity.touched_by(records))

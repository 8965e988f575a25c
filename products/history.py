"""The one way entered records are written: with their history rows, in the same transaction.

Plain saves, bulk calls and .update() would leave no history or a second row; nothing outside
this module and the workflow uses them on entered records.

History rows are copied inside the database from the very rows just written, so that they cannot
differ from their records. The bulk helpers of django-simple-history are not used: they build a
history row in memory for every record (over half of an import's time and memory), out of what
the record in memory holds rather than of what was stored.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from ocop.bulk import copy_rows, insert_records, update_records
from ocop.imports.resource import Overtaken
from products.choices import Action, Status

BATCH = 500


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
            columns[name].pre_save(record, add=False)
    names = [*fields, *derived, "version", "updated_at", "edited_by"]
    with transaction.atomic():
        update_records(records, names)
        note_changes(records, user, reason, action, details)


def derived_from(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    """Columns of `model` that follow from `fields` on every write."""
    return [
        column.name
        for column in model._meta.fields
        if not column.editable and getattr(column, "derive_from", None) in fields
    ]


def note_changes(
    records: Sequence[models.Model],
    user: Any,
    reason: str,
    action: str = Action.EDIT,
    details: Any = None,
) -> None:
    """One history row for each of `records` as they are stored now (all of one model).

    Raises IntegrityError where one of them is not stored.
    """
    if records:
        _note("~", records, user, reason, action, details)


def _note(
    kind: str,
    records: Sequence[models.Model],
    user: Any,
    reason: str,
    action: str,
    details: Any,
) -> None:
    """`kind` as django-simple-history has it: "+" created, "~" changed, "-" about to be deleted.

    Without a `user` the row names whoever is signed in to the request under way, as it does
    after a plain save.
    """
    model = type(records[0])
    history = get_history_manager_for_model(model).model
    who = user or history.get_default_history_user(records[0])
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
        [record.pk for record in records],
    )


def note_deletion(record: models.Model, user: Any, reason: str = "") -> None:
    """The last history row of a record that was discarded."""
    manager = get_history_manager_for_model(type(record))
    tracked = manager.model.tracked_fields
    manager.model.objects.create(
        history_date=timezone.now(),
        history_user=user,
        history_type="-",
        history_change_reason=reason or None,
        action=Action.DELETE,
        **{field.attname: getattr(record, field.attname) for field in tracked},
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
            raise Overtaken


def delete_all(records: Sequence[Any], user: Any, reason: str, action: str) -> None:
    """Delete `records` (all of one model), each with a last history row of `action`.

    Raises IntegrityError where one of them is gone. That nothing rests on them is the caller's
    to make sure; the database refuses otherwise.
    """
    model = type(records[0])
    _note("-", records, user, reason, action, None)
    ids = [record.pk for record in records]
    for some in (ids[i : i + BATCH] for i in range(0, len(ids), BATCH)):
        for field in model._meta.many_to_many:
            links = field.remote_field.through._default_manager
            links.filter(**{f"{field.m2m_field_name()}__in": some}).delete()
        model._default_manager.filter(pk__in=some)._raw_delete("default")


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
    note_changes(records, user, reason, action)

"""The one way entered records are written: with their history rows, in the same transaction.

Plain saves, bulk calls and .update() would leave no history or a second row; nothing outside
this module and the workflow uses them on entered records.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, get_history_manager_for_model

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
    bulk_create_with_history(
        list(records),
        type(records[0]),
        batch_size=BATCH,
        default_user=user,
        default_change_reason=reason,
        custom_historical_attrs={"action": Action.CREATE, "details": details},
    )


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
        model._default_manager.bulk_update(records, names, batch_size=BATCH)
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
    """One history row for each of `records` as they are now (all of one model)."""
    get_history_manager_for_model(type(records[0])).bulk_history_create(
        records,
        batch_size=BATCH,
        update=True,
        default_user=user,
        default_change_reason=reason,
        custom_historical_attrs={"action": action, "details": details},
    )


def note_deletion(record: models.Model, user: Any) -> None:
    """The last history row of a record that was discarded."""
    manager = get_history_manager_for_model(type(record))
    tracked = manager.model.tracked_fields
    manager.model.objects.create(
        history_date=timezone.now(),
        history_user=user,
        history_type="-",
        action=Action.DELETE,
        **{field.attname: getattr(record, field.attname) for field in tracked},
    )

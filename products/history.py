"""The one way records are written in bulk: with their history rows, in the same transaction.

Plain bulk calls and .update() leave no history; nothing outside this module and the workflow
uses them on entered records.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, get_history_manager_for_model

BATCH = 500


def create_all(records: Sequence[models.Model], user: Any, reason: str) -> None:
    """Insert `records` (all of one model), each with one history row."""
    if records:
        bulk_create_with_history(
            list(records),
            type(records[0]),
            batch_size=BATCH,
            default_user=user,
            default_change_reason=reason,
        )


def update_all(
    records: Sequence[models.Model], fields: Sequence[str], user: Any, reason: str
) -> None:
    """Write `fields` of `records` (all of one model), each with one history row.

    Versions grow by one, so that a form opened before finds out. Derived columns (folded keys,
    ends of certificates) are brought along.
    """
    if not records:
        return
    model = type(records[0])
    derived = [
        column.name
        for column in model._meta.fields
        if not column.editable and hasattr(column, "derive_from") and column.derive_from in fields
    ]
    now = timezone.now()
    columns = {column.name: column for column in model._meta.fields}
    for record in records:
        record.version += 1  # type: ignore[attr-defined]
        record.updated_at = now  # type: ignore[attr-defined]
        for name in derived:
            columns[name].pre_save(record, add=False)
    names = [*fields, *derived, "version", "updated_at"]
    model._default_manager.bulk_update(records, names, batch_size=BATCH)
    note_changes(records, user, reason)


def note_changes(records: Sequence[models.Model], user: Any, reason: str) -> None:
    """One history row for each of `records` as they are now (all of one model)."""
    get_history_manager_for_model(type(records[0])).bulk_history_create(
        records,
        batch_size=BATCH,
        update=True,
        default_user=user,
        default_change_reason=reason,
    )

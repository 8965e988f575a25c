"""What each row of a checked table would do, in words for the preview and as a digest.

The digest of a row differs as soon as it would do something else: a confirmation carries what
the person was shown, and stops where the record has moved on since.
"""

import hashlib
from collections.abc import Set
from typing import Any

from django.db import models

from ocop.imports.columns import DisplayValues, exact, label_of
from ocop.imports.datasets import RecordChange, plain
from ocop.imports.pipeline import CheckedTable

MAX_LINES = 300
"""Rows of one kind kept for the preview; the others are counted."""
NEW, CHANGED = "new", "changed"


CreatedKeys = Set[tuple[type[models.Model], int]]
"""Records (model, id) that earlier sheets of the same run created: the preview's were taken back,
so that their ids are others when it is imported."""


def digests(checked: CheckedTable, made: CreatedKeys = frozenset()) -> dict[int, str]:
    """Row number → digest of all that the row does; rows that do nothing are left out.

    Before anything of it is saved: what the file itself creates has no id in it.
    """
    parts: dict[int, list[Any]] = {}
    if checked.plan is not None:
        for change in checked.plan.changes():
            parts.setdefault(change.row or 0, []).append(_of_change(change, made))
    return {row: hashlib.sha1(repr(done).encode()).hexdigest()[:12] for row, done in parts.items()}


def made_by(checked: CheckedTable) -> CreatedKeys:
    """What a sheet that has been saved created."""
    changes = checked.plan.changes() if checked.plan is not None else ()
    return {(change.model, change.record.pk) for change in changes if change.before is None}


def _of_change(change: RecordChange, made: CreatedKeys) -> Any:
    record = change.instance()
    if change.before is None:
        columns = record._meta.fields
        values = [
            (column.name, _stable(record, column, made))
            for column in columns
            if column.editable and column.name != "id"
        ]
        return record._meta.label_lower, values
    given = [
        (name, _stable(record, record._meta.get_field(name), made))
        for name in sorted(change.fields)
    ]
    known = None if (type(record), record.pk) in made else record.pk
    return record._meta.label_lower, known, change.before.get("version"), given


def _stable(record: models.Model, column: Any, made: CreatedKeys) -> Any:
    """A column's value; of a relation the id, but for records that the same file creates."""
    value = getattr(record, column.attname)
    if column.is_relation and (column.related_model, value) in made:
        return None
    return plain(value)


def lines(checked: CheckedTable) -> list[dict[str, Any]]:
    """New and changed rows: {"row", "what", "title", "detail", "kind", "fields"}.

    `detail`: what tells the record from others of its title; `fields`: (label, old, new).

    At most MAX_LINES of each; before anything is saved.
    """
    if checked.plan is None:
        return []
    kinds = checked.resource.kinds_of_rows(checked.plan)
    words, changes, counted = DisplayValues(), [], {NEW: 0, CHANGED: 0}
    own = {id(change) for change in checked.plan.own}
    for change in checked.plan.changes():
        is_own = id(change) in own
        if not is_own and change.before is None:
            continue
        what = NEW if change.before is None else CHANGED
        counted[what] += 1
        if counted[what] <= MAX_LINES:
            kind = kinds.get(change.row or 0, "") if is_own else ""
            record = change.instance()
            line = _line(change, record, what, kind, words)
            changes.append({**line, "detail": checked.resource.detail_of(record)})
    return sorted(changes, key=lambda line: line["row"])


def _line(
    change: RecordChange, record: Any, what: str, kind: str, words: DisplayValues
) -> dict[str, Any]:
    fields = []
    for name in change.fields if change.before is not None else ():
        column: Any = record._meta.get_field(name)
        old = exact(column, (change.before or {}).get(column.attname))
        new = getattr(record, column.attname)
        fields.append((label_of(column), words.of(column, old), words.of(column, new)))
    return {
        "row": change.row or 0,
        "what": what,
        "title": str(record),
        "kind": kind,
        "model": str(record._meta.verbose_name),
        "fields": fields,
    }

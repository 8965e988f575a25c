"""What each row of a checked table would do, in words for the preview and as a digest.

The digest of a row differs as soon as it would do something else: a confirmation carries what
the person was shown, and stops where the record has moved on since.
"""

import hashlib
from typing import Any

from ocop.imports.checking import Checked
from ocop.imports.resource import Change, plain
from ocop.imports.words import Words, exact, label_of

MOST_LINES = 300
"""Rows of one kind kept for the preview; the others are counted."""
NEW, CHANGED = "new", "changed"


def digests(checked: Checked) -> dict[int, str]:
    """Row number → digest of all that the row does; rows that do nothing are left out."""
    parts: dict[int, list[Any]] = {}
    if checked.plan is not None:
        for change in checked.plan.changes():
            parts.setdefault(change.row or 0, []).append(_of_change(change))
    return {row: hashlib.sha1(repr(done).encode()).hexdigest()[:12] for row, done in parts.items()}


def _of_change(change: Change) -> Any:
    record = change.record
    if change.before is None:
        # Ids of related records are no part of it: some are created by the same file.
        values = [
            (column.name, plain(getattr(record, column.attname)))
            for column in record._meta.fields
            if not column.is_relation and column.editable and column.name != "id"
        ]
        return record._meta.label_lower, values
    given = [
        (name, plain(getattr(record, record._meta.get_field(name).attname)))  # type: ignore[union-attr]
        for name in sorted(change.fields)
    ]
    return record._meta.label_lower, record.pk, change.before.get("version"), given


def lines(checked: Checked) -> list[dict[str, Any]]:
    """New and changed rows: {"row", "what", "title", "kind", "fields": [(label, old, new)]}.

    At most MOST_LINES of each; before anything is saved.
    """
    if checked.plan is None:
        return []
    kinds = checked.resource.kinds_of_rows(checked.plan)
    words, told, counted = Words(), [], {NEW: 0, CHANGED: 0}
    own = {id(change) for change in checked.plan.own}
    for change in checked.plan.changes():
        is_own = id(change) in own
        if not is_own and change.before is None:
            continue
        what = NEW if change.before is None else CHANGED
        counted[what] += 1
        if counted[what] <= MOST_LINES:
            told.append(
                _line(change, what, kinds.get(change.row or 0, "") if is_own else "", words)
            )
    return sorted(told, key=lambda line: line["row"])


def _line(change: Change, what: str, kind: str, words: Words) -> dict[str, Any]:
    record = change.record
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

"""Changes of records out of their history rows: who, when, why, and from what to what.

One query reads the rows of several kinds, each with the columns asked for. Everything that tells
what became of records since a moment reads here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import models
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _

from products.choices import Action
from products.kinds import KINDS
from products.records.content import Difference, as_plain, differences

HistoryRows = Mapping[str, tuple[Any, Iterable[str]]]
"""By kind a queryset of its history rows, and the columns to read of them."""
GONE = "-"
"""history_type of a row written when its record was deleted."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One history row: `values` are the columns asked for, `who` is "" where nobody is named.

    `title` is the name of the record, or of the product it is about as that is called now.
    """

    kind: str
    record_id: int
    history_id: int
    when: datetime
    type: str
    action: str
    status: str
    who: str
    reason: str
    title: str
    values: dict[str, Any]

    @property
    def gone(self) -> bool:
        return self.type == GONE


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One history row and the one before it of the same record; None where there is none."""

    before: HistoryRow | None
    after: HistoryRow

    @property
    def changed(self) -> list[tuple[str, Any, Any]]:
        """(column, before, after) of what differs; none where it was created or deleted."""
        if self.before is None or self.before.gone or self.after.gone:
            return []
        old, new = self.before.values, self.after.values
        return [(name, old[name], new[name]) for name in new if old[name] != new[name]]


# --- Read -----------------------------------------------------------------------------------------


def history_of(slug: str) -> Any:
    """The history rows of a kind, to be filtered."""
    return KINDS[slug].model.history.model.objects.order_by()  # type: ignore[attr-defined]


def read_rows(rows: HistoryRows, latest: int | None = None) -> list[HistoryRow]:
    """The rows of all kinds in one query, each record's own in order.

    With `latest` so many at the most, the latest first.
    """
    if not rows:
        return []
    first, *others = (_columns(slug, *given) for slug, given in rows.items())
    union: Any = first.union(*others, all=True) if others else first
    if latest is not None:
        union = union.order_by("-history_date")[:latest]
    exact = {slug: _exact(slug, names) for slug, (_rows, names) in rows.items()}
    found = []
    for one in union:
        row = HistoryRow(*one)
        for name, to_python in exact[row.kind]:
            row.values[name] = to_python(row.values[name])
        found.append(row)
    if latest is None:
        found.sort(key=lambda row: (row.kind, row.record_id, row.history_id))
    return found


def _columns(slug: str, rows: Any, names: Iterable[str]) -> Any:
    who = Coalesce(NullIf("history_user__display_name", Value("")), "history_user__username")
    # Anew by their ids: a filter on product_id leaves an inner join behind, which would drop the
    # rows whose product is deleted.
    clean = history_of(slug).filter(history_id__in=rows.order_by().values("history_id"))
    return clean.values_list(
        Cast(Value(slug), CharField(max_length=20)),
        *("id", "history_id", "history_date", "history_type", "action", "status"),
        Cast(Coalesce(who, Value("")), CharField(max_length=150)),
        Cast(Coalesce("history_change_reason", Value("")), TextField()),
        Cast(Coalesce(KINDS[slug].title_path, Value("")), CharField(max_length=300)),
        JSONObject(**{name: F(name) for name in names}),
    )


def _exact(slug: str, names: Iterable[str]) -> list[tuple[str, Any]]:
    """The columns that JSON gives in another form than the database, with what restores them."""
    restored = (models.DateField, models.BooleanField, models.DecimalField)
    fields = {field.attname: field for field in history_of(slug).model._meta.fields}
    return [
        (name, fields[name].to_python) for name in names if isinstance(fields.get(name), restored)
    ]


def changes_in(rows: Sequence[HistoryRow]) -> list[RecordChange]:
    """Each row with the one before it; `rows` are in the order in which `read_rows` gives them."""
    return [
        RecordChange(
            before if before and _record_of(before) == _record_of(after) else None,
            after,
        )
        for before, after in pairwise([None, *rows])
        if after is not None
    ]


def _record_of(row: HistoryRow) -> tuple[str, int]:
    return row.kind, row.record_id


def content_columns(slug: str) -> list[str]:
    """The columns of what people give of a kind: history rows have no many-to-many fields."""
    kind = KINDS[slug]
    return [name for name in kind.content if not kind.model._meta.get_field(name).many_to_many]


# --- Told -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChangeEntry:
    """A change as people read it; `url` is "" where the record is deleted."""

    kind: str
    title: str
    url: str
    when: datetime
    who: str
    action: str
    reason: str
    changes: list[Difference]


def entries_of(changes: Iterable[RecordChange]) -> list[ChangeEntry]:
    """Each change in words, in the same order: of what it changed that which people give.

    One query a model that changed values refer to.
    """
    listed = list(changes)
    words = differences_of(listed, content=True)
    return [_entry(one.after, its) for one, its in zip(listed, words, strict=True)]


def _entry(row: HistoryRow, changes: list[Difference]) -> ChangeEntry:
    return ChangeEntry(
        kind=str(KINDS[row.kind].label),
        title=row.title or "–",
        url="" if row.gone else reverse("record", args=[row.kind, row.record_id]),
        when=row.when,
        who=row.who or _("the system"),
        action=_("Deleted") if row.gone else str(Action(row.action).label),
        reason=row.reason,
        changes=changes,
    )


def differences_of(
    changes: Sequence[RecordChange], content: bool = False
) -> list[list[Difference]]:
    """What each of the changes changed, in words; with `content` only what people give."""
    changed = [_changed_fields(one, content) for one in changes]
    ids: dict[Any, set[int]] = {}
    for field, *values in (one for its in changed for one in its if one[0].is_relation):
        ids.setdefault(field.related_model, set()).update(pk for pk in values if pk)
    related = {
        (model, record.pk): str(record)
        for model, its in ids.items()
        for record in model._default_manager.filter(pk__in=its)
    }
    found = []
    for one, its in zip(changes, changed, strict=True):
        before, after = ({row[0].name: as_plain(row[n]) for row in its} for n in (1, 2))
        found.append(differences(KINDS[one.after.kind], before, after, list(after), related))
    return found


def _changed_fields(change: RecordChange, content: bool) -> list[tuple[Any, Any, Any]]:
    kind = KINDS[change.after.kind]
    return [
        (kind.model._meta.get_field(name.removesuffix("_id")), *values)
        for name, *values in change.changed
        if not content or name in kind.content
    ]

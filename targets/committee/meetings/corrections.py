"""What was corrected after a meeting: figures that read differently now, and the records behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _

from products.choices import Action, Status
from products.kinds import KINDS
from targets.choices import Measure
from targets.figures import wording

MAX_CHANGES_SHOWN = 50
"""Changed records that a page lists."""
COUNTED = {
    Measure.NEW_PRODUCTS: ("recognition",),
    Measure.TRACEABILITY_SHARE: ("recognition", "traceability"),
    Measure.ECOMMERCE_SHARE: ("recognition", "listing"),
    Measure.IP_RIGHTS: ("ip-right",),
    Measure.SCIENCE_TASKS: ("task",),
}
"""The kinds of record that a measure counts."""
DAYS = {
    "recognition": ("decided_on",),
    "traceability": ("started_on",),
    "listing": ("started_on",),
    "ip-right": ("filed_on", "supported_on", "granted_on"),
    "task": ("approved_on",),
}
NAMES = {"ip-right": "name", "task": "name"}


@dataclass(frozen=True)
class CorrectedRow:
    """One row that reads differently now than it did in the meeting."""

    period_label: str
    state: str
    was: str
    now: str


def corrected_rows(
    frozen: Iterable[dict[str, Any]], now: dict[str, list[dict[str, Any]]]
) -> dict[str, list[CorrectedRow]]:
    """By code of target: rows whose figure, limit or state is no longer the frozen one."""
    found: dict[str, list[CorrectedRow]] = {}
    for line in frozen:
        current = {row["period"]: row for row in now.get(line["code"], [])}
        for row in line["periods"]:
            other = current.get(row["period"])
            if other is not None and _read(other) != _read(row):
                label = row["period_label"] if line["yearly"] else ""
                corrected = CorrectedRow(label, other["state"], _words(row), _words(other))
                found.setdefault(line["code"], []).append(corrected)
    return found


def _read(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["actual_text"], row["threshold_text"], row["state"], row["gap_text"]


def _words(row: dict[str, Any]) -> str:
    limit = wording.limit_after(row["actual_text"], row["threshold_text"])
    return f"{row['actual_text']}{limit} · {row['state_label']}"


# --- The records behind -------------------------------------------------------------------------


@dataclass(frozen=True)
class HistoryEntryRow:
    """One history row: a counted record was changed, or came to be counted."""

    kind: str
    title: str
    url: str
    when: datetime
    who: str
    action: str
    reason: str


def changes_since(moment: datetime, as_of: date, measures: Iterable[str]) -> list[HistoryEntryRow]:
    """History rows after `moment` of records that these measures count at `as_of`.

    One query; the latest first, one more than MOST at the most. A row belongs here if the
    record stood verified, with its day by `as_of`, in that row or in one before it.
    """
    kinds = sorted({kind for measure in measures for kind in COUNTED[Measure(measure)]})
    if not kinds:
        return []
    first, *others = [_rows(kind, moment, as_of) for kind in kinds]
    union = first.union(*others, all=True) if others else first
    return [_change(*row) for row in union.order_by("-history_date")[: MAX_CHANGES_SHOWN + 1]]


def _rows(kind: str, moment: datetime, as_of: date) -> Any:
    history = KINDS[kind].model.history.model  # type: ignore[attr-defined]
    by_then = Q()
    for day in DAYS[kind]:
        by_then |= Q(**{f"{day}__lte": as_of})
    counted = history.objects.filter(
        by_then,
        id=OuterRef("id"),
        history_id__lte=OuterRef("history_id"),
        status=Status.VERIFIED,
    )
    who = Coalesce(NullIf("history_user__display_name", Value("")), "history_user__username")
    return (
        history.objects.filter(Exists(counted), history_date__gt=moment)
        .order_by()
        .values_list(
            Cast(Value(kind), CharField(max_length=20)),
            "id",
            Cast(F(NAMES.get(kind, "product__name")), CharField(max_length=300)),
            "history_date",
            Cast(Coalesce(who, Value("")), CharField(max_length=150)),
            "action",
            "history_type",
            Cast(Coalesce("history_change_reason", Value("")), TextField()),
        )
    )


def _change(
    kind: str,
    pk: int,
    title: str | None,
    when: datetime,
    who: str,
    action: str,
    history_type: str,
    reason: str,
) -> HistoryEntryRow:
    gone = history_type == "-"
    return HistoryEntryRow(
        kind=str(KINDS[kind].label),
        title=title or "–",
        url="" if gone else reverse("record", args=[kind, pk]),
        when=when,
        who=who or _("the system"),
        action=str(Action(action).label),
        reason=reason,
    )

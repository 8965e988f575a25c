"""Changes of a district's quarter after its confirmation, read from the records' history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from products.choices import Action
from products.confirmed_periods import ConfirmedPeriod, HistoryChange, later_changes
from products.kinds import KINDS, RecordKind
from products.records import Difference, content_of, differences
from targets.confirmations import services
from targets.confirmations.record_counts import end_of_day
from targets.models import Confirmation
from targets.periods import Quarter

MAX_CHANGES_SHOWN = 200
"""Changes listed on a page; how many there are in all is said beside it."""


@dataclass(frozen=True)
class LaterChange:
    """One step after the confirmation: who, when, why, old → new."""

    when: datetime
    who: str
    kind: str
    title: str
    url: str
    action: str
    reason: str
    changes: list[Difference]


def page_url(unit_code: str, quarter: Quarter) -> str:
    return reverse("quarter-confirmation", args=[unit_code, quarter.year, quarter.number])


def confirmed_periods() -> list[ConfirmedPeriod]:
    """Every confirmed quarter of every district. One query."""
    rows = Confirmation.objects.values_list(
        "unit_id", "unit__code", "year", "quarter", "confirmed_at"
    )
    return [_period(unit, code, Quarter(year, number), at) for unit, code, year, number, at in rows]


def period_of(confirmation: Confirmation) -> ConfirmedPeriod:
    """The confirmed quarter as those see it who change records."""
    quarter = Quarter(confirmation.year, confirmation.quarter)
    unit = confirmation.unit
    return _period(unit.pk, unit.code, quarter, confirmation.confirmed_at)


def _period(unit: int, code: str, quarter: Quarter, at: datetime) -> ConfirmedPeriod:
    first, last = services.first_day(quarter), services.last_day(quarter)
    return ConfirmedPeriod(unit, first, last, services.label(quarter), at, page_url(code, quarter))


def history_changes_after(
    periods: Iterable[ConfirmedPeriod], day: date
) -> dict[ConfirmedPeriod, list[HistoryChange]]:
    """{period: the steps after its confirmation, by the end of `day`, that touch it}, in order.

    One query for all of them; none for no period.
    """
    listed = list(periods)
    if not listed:
        return {}
    districts = {one.district for one in listed}
    changes = later_changes.history_changes_since(districts, min(one.at for one in listed))
    known = [change for change in changes if change.when < end_of_day(day)]
    return {one: [change for change in known if change.is_after(one)] for one in listed}


def changes_after(confirmation: Confirmation, day: date) -> list[LaterChange]:
    """The latest MOST of the changes after `confirmation`, by the end of `day`, that touch it.

    The latest first. Two queries a kind that changed, and one a related value named.
    """
    return describe_changes(history_changes_of(confirmation, day)[:MAX_CHANGES_SHOWN])


def history_changes_of(confirmation: Confirmation, day: date) -> list[HistoryChange]:
    """The steps after `confirmation`, by the end of `day`, that touch it; the latest first."""
    period = period_of(confirmation)
    return history_changes_after([period], day)[period][::-1]


def describe_changes(changes: Iterable[HistoryChange]) -> list[LaterChange]:
    """The steps with who, why and from what to what, in the same order."""
    listed = list(changes)
    rows: dict[tuple[str, int], Any] = {}
    for slug in {change.kind for change in listed}:
        ids = {
            pk
            for change in listed
            if change.kind == slug
            for pk in (change.history_id, change.before_id)
            if pk is not None
        }
        rows |= {(slug, pk): row for pk, row in _rows(KINDS[slug], ids).items()}
    return [
        _describe(
            KINDS[change.kind],
            rows.get((change.kind, change.before_id or 0)),
            rows[change.kind, change.history_id],
        )
        for change in listed
    ]


def _rows(kind: RecordKind, ids: set[int]) -> dict[int, Any]:
    """History rows by their ids, with what their words need."""
    history: Any = kind.model.history  # type: ignore[attr-defined]
    names = {field.name for field in history.model._meta.fields if field.is_relation}
    related = names & {"product", "history_user"}
    rows = history.filter(history_id__in=ids).select_related(*sorted(related))
    return {row.history_id: row for row in rows}


def _describe(kind: RecordKind, before: Any, row: Any) -> LaterChange:
    changes = []
    gone = row.history_type == "-"
    if before is not None and before.history_type != "-" and not gone:
        changes = differences(kind, content_of(before, kind.content), content_of(row, kind.content))
    return LaterChange(
        when=row.history_date,
        who=str(row.history_user) if row.history_user else _("the system"),
        kind=str(kind.label),
        title=str(getattr(row, "product", "") or getattr(row, "name", "")),
        url="" if gone else reverse("record", args=[kind.slug, row.id]),
        action=_("Deleted") if gone else str(Action(row.action).label),
        reason=row.history_change_reason or "",
        changes=changes,
    )

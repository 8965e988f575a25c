"""What changed in a district's quarter after it was confirmed, told from the records' history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from products.choices import Action
from products.confirmed_periods import later_changes
from products.confirmed_periods.later_changes import Step
from products.confirmed_periods.lookup import Confirmed
from products.kinds import KINDS, Kind
from products.records.content import Difference, content_of, differences
from targets.confirmations import services
from targets.confirmations.record_counts import after
from targets.models import Confirmation
from targets.periods import Quarter

MOST = 200
"""Changes listed on a page; how many there are in all is said beside it."""


@dataclass(frozen=True)
class LateChange:
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


def confirmed_periods() -> list[Confirmed]:
    """Every confirmed quarter of every district. One query."""
    rows = Confirmation.objects.values_list(
        "unit_id", "unit__code", "year", "quarter", "confirmed_at"
    )
    return [_period(unit, code, Quarter(year, number), at) for unit, code, year, number, at in rows]


def period_of(confirmation: Confirmation) -> Confirmed:
    """The confirmed quarter as those see it who change records."""
    quarter = Quarter(confirmation.year, confirmation.quarter)
    unit = confirmation.unit
    return _period(unit.pk, unit.code, quarter, confirmation.confirmed_at)


def _period(unit: int, code: str, quarter: Quarter, at: datetime) -> Confirmed:
    first, last = services.first_day(quarter), services.last_day(quarter)
    return Confirmed(unit, first, last, services.label(quarter), at, page_url(code, quarter))


def steps_after(periods: Iterable[Confirmed], day: date) -> dict[Confirmed, list[Step]]:
    """{period: the steps after its confirmation, by the end of `day`, that touch it}, in order.

    One query for all of them; none for no period.
    """
    listed = list(periods)
    if not listed:
        return {}
    districts = {one.district for one in listed}
    steps = later_changes.steps_since(districts, min(one.at for one in listed))
    known = [step for step in steps if step.when < after(day)]
    return {one: [step for step in known if step.is_after(one)] for one in listed}


def changes_after(confirmation: Confirmation, day: date) -> list[LateChange]:
    """The latest MOST of the changes after `confirmation`, by the end of `day`, that touch it.

    The latest first. Two queries a kind that changed, and one a related value named.
    """
    return told(steps_of(confirmation, day)[:MOST])


def steps_of(confirmation: Confirmation, day: date) -> list[Step]:
    """The steps after `confirmation`, by the end of `day`, that touch it; the latest first."""
    period = period_of(confirmation)
    return steps_after([period], day)[period][::-1]


def told(steps: Iterable[Step]) -> list[LateChange]:
    """The steps with who, why and from what to what, in the same order."""
    listed = list(steps)
    rows: dict[tuple[str, int], Any] = {}
    for slug in {step.kind for step in listed}:
        ids = {
            pk
            for step in listed
            if step.kind == slug
            for pk in (step.history_id, step.before_id)
            if pk is not None
        }
        rows |= {(slug, pk): row for pk, row in _rows(KINDS[slug], ids).items()}
    return [
        _told(
            KINDS[step.kind],
            rows.get((step.kind, step.before_id or 0)),
            rows[step.kind, step.history_id],
        )
        for step in listed
    ]


def _rows(kind: Kind, ids: set[int]) -> dict[int, Any]:
    """History rows by their ids, with what their words need."""
    history: Any = kind.model.history  # type: ignore[attr-defined]
    names = {field.name for field in history.model._meta.fields if field.is_relation}
    related = names & {"product", "history_user"}
    rows = history.filter(history_id__in=ids).select_related(*sorted(related))
    return {row.history_id: row for row in rows}


def _told(kind: Kind, before: Any, row: Any) -> LateChange:
    changes = []
    gone = row.history_type == "-"
    if before is not None and before.history_type != "-" and not gone:
        changes = differences(kind, content_of(before, kind.content), content_of(row, kind.content))
    return LateChange(
        when=row.history_date,
        who=str(row.history_user) if row.history_user else _("the system"),
        kind=str(kind.label),
        title=str(getattr(row, "product", "") or getattr(row, "name", "")),
        url="" if gone else reverse("record", args=[kind.slug, row.id]),
        action=_("Deleted") if gone else str(Action(row.action).label),
        reason=row.history_change_reason or "",
        changes=changes,
    )

"""Milestones of a target: what is expected by which day, entered with a document.

What was changed is kept as entries that are never altered; the expected line follows at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from targets.choices import Period, TargetType
from targets.figures import PlanData, wording
from targets.indicators import Window
from targets.models import Document, Milestone, MilestoneChange, Target


class MilestonesRefused(Exception):
    """Milestones that the rules do not allow: `code` for programs, the message for people.

    Codes: outside, twice, falling, not_whole, above_limit, nothing_changed,
    meanwhile.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class MilestonePoint:
    day: date
    value: Decimal
    value_text: str


@dataclass(frozen=True)
class MilestoneDocument:
    """The document that authorises a change; `above_reason` where a milestone exceeds the limit."""

    document: str
    document_date: date
    reason: str
    above_reason: str = ""


def milestones_of(
    plan_data: PlanData, target: Target, window: Window, day: date | None = None
) -> list[MilestonePoint]:
    """The milestones of the target in that window as they stood on `day` (None: as they are
    now), in order of their days. No query."""
    found = plan_data.milestones_at(target, window, day)
    return [MilestonePoint(due, value, value_text(target, value)) for due, value in found]


def value_text(target: Target, value: Decimal) -> str:
    """As people read it: percent for a share."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return wording.number(value, places) + ("%" if target.kind == TargetType.SHARE else "")


def limit_of(plan_data: PlanData, target: Target, window: Window, day: date) -> Fraction | None:
    return plan_data.goal(target, window, day, None).threshold


def check_milestones(
    target: Target,
    window: Window,
    limit: Fraction | None,
    points: Sequence[tuple[date, Decimal]],
    above_reason: str = "",
) -> None:
    """Raise MilestonesRefused unless the points can be the milestones of that window.

    Days lie in the window, each once; values do not fall from one day to the next, are whole for
    counts and lie at the limit at most, unless `above_reason` says why.
    """
    ordered = sorted(points)
    for day, value in ordered:
        _check_point(target, window, day, value)
    for (earlier, low), (later, high) in pairwise(ordered):
        if earlier == later:
            raise MilestonesRefused(
                "twice", _("%(day)s is there twice.") % {"day": wording.day(earlier)}
            )
        if high < low:
            words = {"high": value_text(target, high), "low": value_text(target, low)}
            raise MilestonesRefused(
                "falling",
                _("Milestones do not fall: %(high)s by %(later)s is less than %(low)s before.")
                % {**words, "later": wording.day(later)},
            )
    _check_above(target, limit, ordered, above_reason)


def _check_point(target: Target, window: Window, day: date, value: Decimal) -> None:
    if not window.first <= day <= window.last:
        days = {"day": day, "first": window.first, "last": window.last}
        raise MilestonesRefused(
            "outside",
            _("%(day)s does not lie between %(first)s and %(last)s.")
            % {name: wording.day(on) for name, on in days.items()},
        )
    if target.kind == TargetType.COUNT and value != value.to_integral_value():
        raise MilestonesRefused(
            "not_whole",
            _("%(value)s: what is counted comes in whole numbers.")
            % {"value": value_text(target, value)},
        )


def _check_above(
    target: Target,
    limit: Fraction | None,
    ordered: Sequence[tuple[date, Decimal]],
    above_reason: str,
) -> None:
    top = max((value for _day, value in ordered), default=Decimal(0))
    most = Fraction(100) if target.kind == TargetType.SHARE else None
    if most is not None and top > most:
        raise MilestonesRefused("above_limit", _("A share lies at 100 percent at most."))
    if limit is not None and Fraction(top) > limit and not above_reason.strip():
        raise MilestonesRefused(
            "above_limit",
            _("%(value)s lies above the limit of %(limit)s: say why.")
            % {"value": value_text(target, top), "limit": wording.number(limit)},
        )


def change_milestones(
    target: Target,
    window: Window,
    limit: Fraction | None,
    points: Sequence[tuple[date, Decimal]],
    document: MilestoneDocument,
    user: Any,
    seen: str | None = None,
) -> list[MilestoneChange]:
    """Make `points` the milestones of that window; returns the entries of what changed.

    Days left out are taken out: so `seen` is what `as_seen` gave of the milestones that the
    person looked at, and others by now are a refusal (None: not asked). Access is the caller's
    to check. Raises MilestonesRefused; nothing is then written.
    """
    check_milestones(target, window, limit, points, document.above_reason)
    year = window.first.year if target.period == Period.YEAR else None
    new_values = dict(points)
    with transaction.atomic():
        Target.objects.select_for_update().get(pk=target.pk)
        stored = {one.due_on: one for one in Milestone.objects.filter(target=target, year=year)}
        if seen is not None:
            _check_unchanged(target, seen, [(one.due_on, one.value) for one in stored.values()])
        changes = [
            _changed(stored.get(day), new_values.get(day), target, year, day, document, user)
            for day in sorted({*stored, *new_values})
            if day not in stored or day not in new_values or stored[day].value != new_values[day]
        ]
        if not changes:
            raise MilestonesRefused("nothing_changed", _("Nothing differs from what is there."))
    return changes


def as_seen(points: Iterable[tuple[date, Decimal]]) -> str:
    """Milestones as one text, to find out whether they are still those."""
    return ";".join(f"{day.isoformat()}={value.normalize():f}" for day, value in sorted(points))


def _check_unchanged(target: Target, seen: str, now: list[tuple[date, Decimal]]) -> None:
    if seen == as_seen(now):
        return
    words = [f"{wording.day(day)}: {value_text(target, value)}" for day, value in sorted(now)]
    raise MilestonesRefused(
        "meanwhile",
        _(
            "Somebody else changed these milestones since this page was opened. They are now: "
            "%(now)s. Look at yours again, then save."
        )
        % {"now": "; ".join(words) or "–"},
    )


def _changed(
    stored: Milestone | None,
    value: Decimal | None,
    target: Target,
    year: int | None,
    day: date,
    document: MilestoneDocument,
    user: Any,
) -> MilestoneChange:
    before = stored.value if stored else None
    if value is None and stored is not None:
        stored.delete()
    elif value is not None:
        milestone = stored or Milestone(target=target, year=year, due_on=day)
        milestone.value, milestone.document = value, document.document
        milestone.save()
    above = document.above_reason.strip()
    return MilestoneChange.objects.create(
        target=target,
        year=year,
        due_on=day,
        before=before,
        after=value,
        document=document.document,
        document_date=document.document_date,
        cites=Document.objects.named_in(document.document, document.document_date),
        reason=f"{document.reason} · {above}" if above else document.reason,
        entered_by=user,
    )


@dataclass(frozen=True)
class MilestoneChangeRow:
    change: MilestoneChange
    before: str
    after: str


def changes_of(target: Target, window: Window) -> list[MilestoneChangeRow]:
    """What was entered, changed and taken out in that window, the latest first. One query."""
    year = window.first.year if target.period == Period.YEAR else None
    rows = MilestoneChange.objects.filter(target=target, year=year).select_related("entered_by")

    def text(value: Decimal | None) -> str:
        return "–" if value is None else value_text(target, value)

    return [MilestoneChangeRow(row, text(row.before), text(row.after)) for row in rows]

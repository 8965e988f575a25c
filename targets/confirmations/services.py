"""Districts confirm their data quarter by quarter: what, by when, and how timely they are.

A quarter can be confirmed from the day after its last one; in time is who does so within the
plan's `confirmation_days`, or by the later day that a provincial officer granted. Everything is
told as of a day: a confirmation or an exception of a later day is not known yet.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.choices import Role
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from targets.choices import ConfirmationState
from targets.confirmations import record_counts
from targets.figures import Overview, as_json, overview, plan_at, wording
from targets.models import Confirmation, DeadlineGrant, Plan
from targets.periods import Quarter, quarter_end, quarter_of

MAX_DAYS = 366
"""No later last day is granted than so long after the quarter's end."""


class NotConfirmed(Exception):
    """Nothing was entered: `code` for programs, the message for people.

    Codes: not_ended, already, moved, outside, too_late, no_reason, confirmed.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


# --- Quarters -------------------------------------------------------------------------------------


def first_day(quarter: Quarter) -> date:
    return date(quarter.year, 3 * quarter.number - 2, 1)


def last_day(quarter: Quarter) -> date:
    return quarter_end(first_day(quarter))


def quarters_begun(plan: Plan, day: date) -> list[Quarter]:
    """The plan's quarters that have begun by `day`, in order."""
    first = max(plan.starts_on, plan.confirming_from or plan.starts_on)
    found, start = [], first_day(quarter_of(first))
    while start <= min(day, plan.ends_on):
        found.append(quarter_of(start))
        start = last_day(quarter_of(start)) + timedelta(days=1)
    return found


def takes_part(plan: Plan, unit: Unit, quarter: Quarter) -> bool:
    """False of a quarter that was over before there was the unit, and of a unit that had ended
    before the plan began. A district that ended within it goes on: what was entered there is still
    to be finished."""
    ended = unit.valid_to is not None and unit.valid_to < plan.starts_on
    return unit.valid_from <= last_day(quarter) and not ended


def label(quarter: Quarter) -> str:
    """ "Quarter 2/2024" in the active language."""
    return _("Quarter %(number)d/%(year)d") % {"number": quarter.number, "year": quarter.year}


# --- Where a quarter stands -----------------------------------------------------------------------


@dataclass(frozen=True)
class QuarterStatus:
    """One district's quarter as of a day. `grant` is the latest exception known by then."""

    unit: Unit
    quarter: Quarter
    state: str
    due_on: date
    ended: bool
    confirmation: Confirmation | None
    grant: DeadlineGrant | None

    @property
    def state_label(self) -> str:
        return str(ConfirmationState(self.state).label)

    @property
    def waits(self) -> bool:
        """It can be confirmed and is not."""
        return self.ended and self.confirmation is None and self.state != "excused"


def state_of(
    ended_on: date, due_on: date, excused: bool, confirmed_on: date | None, day: date
) -> str:
    """The first that holds: confirmed by the last day; excused; confirmed after it; missing once
    the last day is over; else not due."""
    if confirmed_on is not None and confirmed_on <= due_on:
        return ConfirmationState.ON_TIME
    if excused and day > ended_on:
        return ConfirmationState.EXCUSED
    if confirmed_on is not None:
        return ConfirmationState.LATE
    return ConfirmationState.MISSING if day > due_on else ConfirmationState.NOT_DUE


def quarter_statuses(
    plan: Plan,
    units: Iterable[Unit],
    day: date,
    quarters: Iterable[Quarter] | None = None,
) -> list[QuarterStatus]:
    """Every quarter of every unit that takes part in it, units in the order given. Two queries; the
    figures of a confirmation are read where they are asked for."""
    listed = list(units)
    wanted_quarters = list(quarters_begun(plan, day) if quarters is None else quarters)
    confirmed = {
        (one.unit_id, one.year, one.quarter): one
        for one in Confirmation.objects.filter(unit__in=listed, confirmed_on__lte=day)
        .defer("figures")
        .select_related("confirmed_by")
    }
    grants = {
        (one.unit_id, one.year, one.quarter): one
        for one in DeadlineGrant.objects.filter(unit__in=listed, granted_on__lte=day)
        .select_related("granted_by")
        .order_by("granted_at", "pk")
    }
    found = []
    for unit in listed:
        for quarter in wanted_quarters:
            if not takes_part(plan, unit, quarter):
                continue
            key = (unit.pk, *quarter)
            found.append(
                _quarter_status(plan, unit, quarter, day, confirmed.get(key), grants.get(key))
            )
    return found


def _quarter_status(
    plan: Plan,
    unit: Unit,
    quarter: Quarter,
    day: date,
    confirmation: Confirmation | None,
    grant: DeadlineGrant | None,
) -> QuarterStatus:
    end = last_day(quarter)
    due_on = end + timedelta(days=plan.confirmation_days)
    if grant is not None and grant.until is not None:
        due_on = grant.until
    excused = grant is not None and grant.until is None
    confirmed_on = confirmation.confirmed_on if confirmation else None
    state = state_of(end, due_on, excused, confirmed_on, day)
    return QuarterStatus(unit, quarter, state, due_on, day > end, confirmation, grant)


# --- Confirming -----------------------------------------------------------------------------------


def may_confirm(scope: Scope, unit: Unit) -> bool:
    return Role.LOCAL in scope.roles and unit.pk in scope.unit_ids


def may_grant(scope: Scope) -> bool:
    return Role.PROVINCE in scope.roles


def figures_of(
    plan: Plan, unit: Unit, quarter: Quarter, province: Overview | None = None
) -> dict[str, Any]:
    """What a district confirms: its figures at the quarter's end, and its records of the quarter.

    Plain values in no language, so that the same figures have the same digest everywhere.
    `province` is an overview of the quarter's last day that is built already.
    """
    of_unit = (
        overview.build(plan, unit, last_day(quarter)) if province is None else province.of(unit)
    )
    built = as_json(of_unit)
    for target in built["targets"]:
        target.pop("explanation")
    records = record_counts.counts(unit, first_day(quarter), last_day(quarter))
    return {**built, "records": records}


def digest_of(figures: dict[str, Any]) -> str:
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def confirm(
    plan: Plan, unit: Unit, quarter: Quarter, user: Any, note: str, digest: str
) -> Confirmation:
    """Enter the confirmation of the figures that `digest` names, as the person saw them.

    Access is the caller's to check. Raises NotConfirmed where the quarter has not ended, was
    confirmed already, lies outside the plan, or the figures moved since they were shown.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    if quarter not in quarters_begun(plan, today):
        raise NotConfirmed("outside", _("This quarter does not lie in the plan."))
    if today <= last_day(quarter):
        raise NotConfirmed("not_ended", _("A quarter is confirmed once it is over."))
    figures = figures_of(plan, unit, quarter)
    if digest_of(figures) != digest:
        raise NotConfirmed(
            "moved",
            _("The figures changed while this page was open. Look at them again, then confirm."),
        )
    try:
        with transaction.atomic():
            return Confirmation.objects.create(
                plan=plan,
                unit=unit,
                year=quarter.year,
                quarter=quarter.number,
                confirmed_by=user,
                confirmed_at=now,
                confirmed_on=today,
                note=note.strip(),
                figures=figures,
                digest=digest,
            )
    except IntegrityError:
        raise NotConfirmed("already", _("This quarter has been confirmed already.")) from None


def grant(
    plan: Plan, unit: Unit, quarter: Quarter, user: Any, reason: str, until: date | None
) -> DeadlineGrant:
    """A later last day, or with `until` None an excuse, with its reason.

    Raises NotConfirmed where the quarter is confirmed in time already, the day is none after the
    usual one or lies more than a year after the quarter, or there is no reason.
    """
    now = timezone.now()
    usual = last_day(quarter) + timedelta(days=plan.confirmation_days)
    latest = last_day(quarter) + timedelta(days=MAX_DAYS)
    if not reason.strip():
        raise NotConfirmed("no_reason", _("Say why."))
    if until is not None and not usual < until <= latest:
        raise NotConfirmed(
            "too_late",
            _("The later day lies after %(usual)s and by %(latest)s.")
            % {"usual": wording.day(usual), "latest": wording.day(latest)},
        )
    (quarter_status,) = quarter_statuses(plan, [unit], timezone.localdate(now), [quarter])
    if quarter_status.state == ConfirmationState.ON_TIME:
        raise NotConfirmed("confirmed", _("This quarter was confirmed in time already."))
    return DeadlineGrant.objects.create(
        plan=plan,
        unit=unit,
        year=quarter.year,
        quarter=quarter.number,
        until=until,
        reason=reason.strip(),
        granted_by=user,
        granted_at=now,
        granted_on=timezone.localdate(now),
    )


# --- How faithfully -------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReportingTimeliness:
    """A district's timeliness, in counts: `on_time` of `due` quarters (without excused ones)."""

    on_time: int
    due: int
    late: int
    missing: int
    excused: int
    returned: int
    with_evidence: int
    records: int


def reporting_timeliness(
    units: Iterable[Unit],
    day: date,
    plan: Plan | None = None,
    known: Iterable[QuarterStatus] | None = None,
) -> dict[int, ReportingTimeliness]:
    """{unit's id: its Discipline} by `day`, in `plan` (that of the day). At most five queries;
    two where the standings of all quarters begun are `known`.

    `due` are quarters on time, late or missing. `returned` are records ever returned to the
    district, `with_evidence` of `records` those with a file standing on that day.
    """
    listed = list(units)
    states: dict[int, list[str]] = {unit.pk: [] for unit in listed}
    if known is None:
        plan = plan or plan_at(day)
        known = quarter_statuses(plan, listed, day) if plan else []
    for one in known:
        states[one.unit.pk].append(one.state)
    returned = record_counts.returned(day)
    evidence = record_counts.with_evidence(day)
    return {
        pk: ReportingTimeliness(
            on_time=found.count(ConfirmationState.ON_TIME),
            due=sum(found.count(one) for one in ("on_time", "late", "missing")),
            late=found.count(ConfirmationState.LATE),
            missing=found.count(ConfirmationState.MISSING),
            excused=found.count(ConfirmationState.EXCUSED),
            returned=returned.get(pk, 0),
            with_evidence=evidence.get(pk, (0, 0))[0],
            records=evidence.get(pk, (0, 0))[1],
        )
        for pk, found in states.items()
    }

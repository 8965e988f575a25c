"""Quotas of districts, moved in balanced entries.

A first allocation comes in by the dataset `allocations`. From then on a quota changes by a
movement: a document takes from one and gives to another, from a day on. Entries are never
altered; a mistaken one is taken back by another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ocop.organisation.choices import Role
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from products.choices import Status
from products.records import create_record, update_record
from targets.choices import TargetType
from targets.figures import wording
from targets.models import Allocation, QuotaMove, QuotaMoveLine, Target


class MoveRefused(Exception):
    """A movement that the rules do not allow: `code` for programs, the message for people.

    Codes: nothing_moved, unbalanced, below_zero, share, out_of_window, not_verified, meanwhile,
    corrected.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class MoveDocument:
    """The document that authorises a movement, in force from `effective_from` on."""

    document: str
    document_date: date
    effective_from: date
    reason: str


def may_move(scope: Scope) -> bool:
    """Administrators and provincial officers of every field move quotas and enter milestones."""
    return bool(scope.roles & {Role.ADMINISTRATOR, Role.PROVINCE})


# --- Moving ---------------------------------------------------------------------------------------


def move_quota(
    target: Target, year: int, changes: Mapping[Unit | None, int], document: MoveDocument, user: Any
) -> QuotaMove:
    """Enter one movement of the quotas of `year`: change by district (None: the reserve).

    Changes of 0 are left out; the others add up to 0. Every district stays at 0 or more on every
    day from `document.effective_from` on; the reserve may go below (more is then given than the
    plan asks). Access is the caller's to check. Raises MoveRefused; nothing is then written.
    """
    return _enter(target, year, changes, document, user, None)


def reverse_move(mistaken: QuotaMove, document: MoveDocument, user: Any) -> QuotaMove:
    """Take a movement back by its opposite. Raises MoveRefused, also where it was taken back or
    the opposite would hold before the movement does."""
    if document.effective_from < mistaken.effective_from:
        raise MoveRefused(
            "out_of_window",
            _("The entry holds from %(day)s: it is taken back from that day on, not before.")
            % {"day": wording.day(mistaken.effective_from)},
        )
    lines = mistaken.lines.select_related("allocation__unit")
    changes = {one.allocation.unit if one.allocation else None: -one.change for one in lines}
    return _enter(mistaken.target, mistaken.year, changes, document, user, mistaken)


def _enter(
    target: Target,
    year: int,
    changes: Mapping[Unit | None, int],
    document: MoveDocument,
    user: Any,
    corrects: QuotaMove | None,
) -> QuotaMove:
    changes = {unit: change for unit, change in changes.items() if change}
    _check_move(target, year, changes, document)
    try:
        with transaction.atomic():
            # Whoever moves quotas of the same target at the same moment waits here.
            Target.objects.select_for_update().get(pk=target.pk)
            if corrects and QuotaMove.objects.filter(corrects=corrects).exists():
                raise MoveRefused("corrected", _("This entry has been taken back already."))
            entry = QuotaMove.objects.create(
                target=target,
                year=year,
                document=document.document,
                document_date=document.document_date,
                effective_from=document.effective_from,
                reason=document.reason,
                entered_by=user,
                corrects=corrects,
            )
            held = _held(target, year)
            for unit, change in changes.items():
                allocation = None if unit is None else _changed(entry, unit, change, held, user)
                QuotaMoveLine.objects.create(move=entry, allocation=allocation, change=change)
    except IntegrityError:
        raise MoveRefused(
            "meanwhile", _("Somebody else changed these quotas at the same moment. Try again.")
        ) from None
    return entry


def _check_move(
    target: Target, year: int, changes: Mapping[Unit | None, int], document: MoveDocument
) -> None:
    """The checks that need no quotas of districts."""
    if target.kind != TargetType.COUNT:
        raise MoveRefused("share", _("A share is not divided among districts."))
    if not changes:
        raise MoveRefused("nothing_moved", _("Nothing is moved: give at least two changes."))
    if total := sum(changes.values()):
        raise MoveRefused(
            "unbalanced",
            _("What is given and what is taken must be equal; here %(total)s remain.")
            % {"total": f"{total:+d}"},
        )
    first, last = target.plan.starts_on, date(year, 12, 31)
    if not first <= document.effective_from <= last:
        raise MoveRefused(
            "out_of_window",
            _("A movement of %(year)s holds from a day between %(first)s and %(last)s.")
            % {"year": year, "first": wording.day(first), "last": wording.day(last)},
        )


def _held(target: Target, year: int) -> dict[int, Allocation]:
    """The quotas of one target and year by district, locked until the transaction ends."""
    rows = Allocation.objects.select_for_update().filter(target=target, year=year)
    return {allocation.unit_id: allocation for allocation in rows}


def _changed(
    entry: QuotaMove, unit: Unit, change: int, held: dict[int, Allocation], user: Any
) -> Allocation:
    """The district's quota with the change written, and its history row."""
    allocation = held.get(unit.pk)
    why = _("%(document)s of %(day)s: %(reason)s") % {
        "document": entry.document,
        "day": wording.day(entry.document_date),
        "reason": entry.reason,
    }
    details = {"quota_move": entry.pk}
    if allocation is None:
        _check_not_negative(unit, change, entry.effective_from)
        allocation = Allocation(
            target=entry.target,
            unit=unit,
            year=entry.year,
            value=change,
            document=entry.document,
            given_from=entry.effective_from,
            status=Status.VERIFIED,
            created_by=user,
        )
        create_record(allocation, user, why, details)
        return allocation
    if allocation.status != Status.VERIFIED:
        raise MoveRefused(
            "not_verified",
            _("The quota of %(unit)s is not verified yet; nothing is moved from or to it.")
            % {"unit": unit},
        )
    _check_later_days(allocation, unit, change, entry.effective_from)
    allocation.value += change
    fields = ["value"]
    if allocation.given_from and entry.effective_from < allocation.given_from:
        allocation.given_from = entry.effective_from
        fields.append("given_from")
    update_record(allocation, fields, user, why, details=details)
    return allocation


def _check_later_days(
    allocation: Allocation, unit: Unit, change: int, effective_from: date
) -> None:
    lines = QuotaMoveLine.objects.filter(allocation=allocation)
    moved = list(lines.values_list("move__effective_from", "change"))
    days = {effective_from, *(day for day, _change in moved if day > effective_from)}
    for day in sorted(days):
        later = sum(other for other_day, other in moved if other_day > day)
        _check_not_negative(unit, allocation.value + change - later, day)


def _check_not_negative(unit: Unit, value: int, day: date) -> None:
    if value < 0:
        raise MoveRefused(
            "below_zero",
            _("%(unit)s would have %(value)d on %(day)s: no quota goes below 0.")
            % {"unit": unit, "value": value, "day": wording.day(day)},
        )

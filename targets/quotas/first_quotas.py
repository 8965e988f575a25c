"""First quotas of districts: the rules that the import and the page share, and entering them.

What is entered on the page awaits verification by a second person, as what a provincial officer
imports does. Once a quota was moved between districts it changes by movements only.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ocop.organisation.models import Unit
from products.choices import Status
from products.records import create_record, update_record, workflow
from targets.choices import TargetType
from targets.models import Allocation, QuotaMoveLine, Target
from targets.quotas.services import MoveRefused

MAX_QUOTA = 100_000
SHARE, OUTSIDE_PLAN, MOVED = "share", "outside_plan", "quota_moved"


def target_fault(target: Target, year: int) -> str:
    """Why districts are given nothing of the target for that year: SHARE, OUTSIDE_PLAN, or ""."""
    if target.kind == TargetType.SHARE:
        return SHARE
    runs = target.plan.starts_on.year <= year <= target.plan.ends_on.year
    return "" if runs else OUTSIDE_PLAN


def change_fault(recorded: Allocation, value: int, moved: Iterable[int]) -> str:
    """MOVED where the quota on record does not become `value` for having been moved, else "".

    The number would stand for every earlier day as well. `moved`: ids that movements changed.
    """
    return MOVED if recorded.value != value and recorded.pk in moved else ""


def moved_among(allocations: Any) -> set[int]:
    """The ids of those allocations (a queryset) that movements changed."""
    lines = QuotaMoveLine.objects.filter(allocation__in=allocations)
    return set(lines.values_list("allocation_id", flat=True))


def on_record(target: Target, year: int) -> dict[int, Allocation]:
    """The quotas of one target and year by district, verified or not."""
    found = Allocation.objects.filter(target=target, year=year).select_related("unit", "target")
    return {allocation.unit_id: allocation for allocation in found}


def as_seen(recorded: Mapping[int, Allocation]) -> str:
    """What a page showed of them, as its form sends it back."""
    return " ".join(f"{one.pk}:{one.version}" for _unit, one in sorted(recorded.items()))


def give(
    target: Target, year: int, values: Mapping[Unit, int], document: str, user: Any, seen: str
) -> list[Allocation]:
    """Enter the first quotas of districts, or put right those that are not verified yet.

    All of them or none. `seen` is what the form was typed over (`as_seen`). Access is the caller's
    to check. Raises MoveRefused: share, outside_plan, meanwhile, quota_moved, not_verified,
    nothing_given.
    """
    if fault := target_fault(target, year):
        raise MoveRefused(fault, _("Districts are given nothing of this target for that year."))
    try:
        with transaction.atomic():
            # Whoever enters quotas of the same target at the same moment waits here.
            Target.objects.select_for_update().get(pk=target.pk)
            recorded = on_record(target, year)
            if as_seen(recorded) != seen:
                raise _meanwhile()
            moved = moved_among(Allocation.objects.filter(target=target, year=year))
            given = [
                _given(target, year, unit, value, document, user, recorded.get(unit.pk), moved)
                for unit, value in values.items()
            ]
    except IntegrityError:
        raise _meanwhile() from None
    changed = [one for one in given if one is not None]
    if not changed:
        raise MoveRefused("nothing_given", _("Nothing is new here: write a district's number."))
    return changed


def _meanwhile() -> MoveRefused:
    return MoveRefused(
        "meanwhile",
        _(
            "Somebody else entered quotas of this target and year since this page was opened. What "
            "is on record now is shown below; what you typed is still here. Look again and send it."
        ),
    )


def _given(
    target: Target,
    year: int,
    unit: Unit,
    value: int,
    document: str,
    user: Any,
    recorded: Allocation | None,
    moved: set[int],
) -> Allocation | None:
    """The district's quota written with its history; None where it is on record so already."""
    why = _("given by %(document)s") % {"document": document}
    if recorded is None:
        new = Allocation(
            target=target, unit=unit, year=year, value=value, document=document,
            status=Status.SUBMITTED, created_by=user,
        )  # fmt: skip
        create_record(new, user, why)
        return new
    same = (recorded.value, recorded.document) == (value, document)
    if same and recorded.status == Status.SUBMITTED:
        return None
    words = {"unit": unit, "value": recorded.value}
    if change_fault(recorded, value, moved):
        raise MoveRefused(
            MOVED,
            _("The quota of %(unit)s is %(value)s since quotas were moved: move it again.") % words,
        )
    if recorded.status == Status.VERIFIED:
        raise MoveRefused(
            "verified",
            _("The quota of %(unit)s, %(value)s, has been verified: it changes by a movement.")
            % words,
        )
    if not same:
        recorded.value, recorded.document = value, document
        update_record(recorded, ["value", "document"], user, why)
    if recorded.status in workflow.TRANSITIONS["submit"].sources:
        workflow.advance(recorded, "submit", user)
    return recorded

"""A plan entered as a draft, copied from another, changed, started or discarded.

Access is the caller's to check. Every step is made over the version of the draft that was seen.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from targets.models import Document, Plan, PlanLogEntry, Target, TargetValue
from targets.quotas.plans.checks import Limit, problems

FIELDS = (
    *("code", "name", "name_en", "document", "document_date", "unit", "sub_unit_level"),
    *("starts_on", "ends_on", "attention_percent"),
)
TARGET_FIELDS = (
    *("code", "section", "name", "name_en", "short_name", "short_name_en", "quote", "measure"),
    *("kind", "operator", "period", "unit_label", "lead_agency", "stands_in"),
    *("ip_kinds", "supported_only", "counting_event", "document", "document_date"),
)


class PlanConflict(Exception):
    """Somebody else changed the draft since it was looked at."""


class PlanRefused(ValueError):
    """The step cannot be taken; the message says why."""


def create(values: dict[str, Any], documents: Iterable[Document], like: Plan | None) -> Plan:
    """A new draft; with `like` the targets of that plan come along, their years moved on."""
    with transaction.atomic():
        plan = Plan.everything.create(**values, draft=True)
        plan.documents.set(documents)
        if like is not None:
            _copy_targets(like, plan)
    return plan


def _copy_targets(source: Plan, plan: Plan) -> None:
    """The targets of `source` with the values last in force; what lies past the end is left out."""
    moved = plan.starts_on.year - source.starts_on.year
    for target in Target.everything.filter(plan=source).prefetch_related("values"):
        values = {name: getattr(target, name) for name in TARGET_FIELDS}
        values |= {"document": plan.document, "document_date": plan.document_date}
        values |= {"position": target.position, "stands_in": None}
        copy = Target.everything.create(plan=plan, **values)
        last = {value.year: value for value in target.values.order_by("effective_from")}
        limits = [
            Limit(
                None if year is None else year + moved,
                value.threshold,
                value.aim,
                plan.document,
                plan.document_date,
            )
            for year, value in last.items()
            if year is None or year + moved <= plan.ends_on.year
        ]
        _write_limits(copy, limits)


def change(plan: Plan, values: dict[str, Any], documents: Any, version: int) -> None:
    """Write the plan's own facts; PlanConflict where the draft is not the one seen."""
    with transaction.atomic():
        _seen(plan, version)
        Plan.everything.filter(pk=plan.pk).update(**values)
        plan.documents.set(documents)


def save_target(
    plan: Plan,
    target: Target | None,
    values: dict[str, Any],
    carries_out: Any,
    limits: Sequence[Limit],
    version: int,
) -> Target:
    """Enter or change a target of the draft with all its values."""
    with transaction.atomic():
        _seen(plan, version)
        if target is None:
            last = Target.everything.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
            target = Target.everything.create(plan=plan, position=last + 1, **values)
        else:
            Target.everything.filter(pk=target.pk).update(**values)
        target.carries_out.set(carries_out)
        _write_limits(target, limits)
    return target


def _write_limits(target: Target, limits: Iterable[Limit]) -> None:
    target.values.all().delete()
    TargetValue.objects.bulk_create(
        TargetValue(
            target=target,
            year=limit.year,
            threshold=limit.threshold,
            aim=limit.aim,
            document=limit.document,
            effective_from=limit.effective_from,
            cites=Document.objects.named_in(limit.document, limit.effective_from),
        )
        for limit in limits
    )


def remove_target(plan: Plan, target: Target, version: int) -> None:
    with transaction.atomic():
        _seen(plan, version)
        target.delete()


def discard(plan: Plan, version: int) -> None:
    """Delete a draft: nothing rests on it."""
    with transaction.atomic():
        _seen(plan, version)
        plan.delete()


def start(plan: Plan, version: int, user: Any) -> None:
    """From here on the draft is a plan like any other. PlanRefused while something is wrong."""
    with transaction.atomic():
        _seen(plan, version)
        if problems(plan):
            raise PlanRefused(_("The plan cannot be started yet: mend what is listed below."))
        # Quarters that ended before anybody could confirm them are not asked for.
        from_day = plan.confirming_from or max(plan.starts_on, timezone.localdate())
        Plan.everything.filter(pk=plan.pk).update(draft=False, confirming_from=from_day)
        PlanLogEntry.objects.create(
            plan=plan, who=user, at=timezone.now(), before="draft", after="started"
        )


def _seen(plan: Plan, version: int) -> None:
    """One version further; PlanConflict unless it is still the draft of that version."""
    found = Plan.everything.filter(pk=plan.pk, version=version, draft=True)
    if not found.update(version=F("version") + 1):
        raise PlanConflict


def first_day_after(plans: Iterable[Plan]) -> date | None:
    """The day after the last plan ends: where the next one would begin."""
    ends = [plan.ends_on for plan in plans]
    return date(max(ends).year + 1, 1, 1) if ends else None

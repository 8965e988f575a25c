"""What keeps a draft from being started, and what a target's values may not be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from targets.choices import Operator, Period, TargetType
from targets.indicators import INDICATORS
from targets.models import Plan, Target

PERIODS = {
    TargetType.SHARE: (Period.LEVEL,),
    TargetType.COUNT: (Period.PLAN, Period.YEAR),
}
WITH_KINDS = "ip_rights"
"""The measure of rights, which says of which kinds."""


@dataclass(frozen=True)
class Limit:
    """One value of a target as it is typed: of a year, or (None) of the whole plan."""

    year: int | None
    threshold: Decimal
    aim: Decimal | None
    document: str
    effective_from: date


@dataclass(frozen=True)
class Problem:
    """What is wrong and how to mend it; `target` None where it is the plan's own."""

    text: str
    target: Target | None = None


def kind_of(measure: str) -> str:
    """Whether a measure is counted or a share."""
    return TargetType.SHARE if INDICATORS[measure].listing else TargetType.COUNT


def years_of(plan: Plan) -> range:
    return range(plan.starts_on.year, plan.ends_on.year + 1)


def target_faults(
    measure: str, period: str, operator: str, ip_kinds: Sequence[str]
) -> dict[str, str]:
    """By field, what does not fit the measure."""
    kind, faults = kind_of(measure), {}
    if period not in PERIODS[TargetType(kind)]:
        faults["period"] = (
            _("A share is a level reached by the plan's end: choose that.")
            if kind == TargetType.SHARE
            else _("A count is reached over the whole plan or each year: choose one of these.")
        )
    if kind == TargetType.COUNT and operator != Operator.AT_LEAST:
        faults["operator"] = _("A count is compared with “at least”; add one to the number.")
    if measure == WITH_KINDS and not ip_kinds:
        faults["ip_kinds"] = _("Say which kinds of right count: choose at least one.")
    if measure != WITH_KINDS and ip_kinds:
        faults["ip_kinds"] = _("Kinds belong to intellectual property rights: take them off.")
    return faults


def limit_fault(limit: Limit, kind: str, period: str, operator: str, plan: Plan) -> str:
    """What is wrong with one value, or ""."""
    yearly = period == Period.YEAR
    if yearly and limit.year is None:
        return _("A yearly target has a value for each year: choose the year.")
    if not yearly and limit.year is not None:
        return _("This target has one value for the whole plan: choose no year.")
    if limit.year is not None and limit.year not in years_of(plan):
        words = {"first": plan.starts_on.year, "last": plan.ends_on.year}
        return _("The plan runs from %(first)d to %(last)d: choose one of these years.") % words
    if kind == TargetType.SHARE:
        return _share_fault(limit, operator)
    if limit.threshold % 1 or (limit.aim or 0) % 1:
        return _("A count is a whole number.")
    if limit.aim is not None and limit.aim < limit.threshold:
        return _("The aim cannot lie below the limit.")
    return ""


def _share_fault(limit: Limit, operator: str) -> str:
    if not 0 <= limit.threshold <= 100:
        return _("A share lies between 0 and 100 percent.")
    if operator == Operator.ABOVE and limit.threshold == 100:
        return _("Nothing lies above 100 percent: choose “at least” or a lower limit.")
    return (
        _("A share has no aim beside its limit: leave it blank.") if limit.aim is not None else ""
    )


def repeated(limits: Iterable[Limit]) -> set[tuple[int | None, date]]:
    """(year, day) that more than one value is in force from."""
    found = Counter((limit.year, limit.effective_from) for limit in limits)
    return {key for key, number in found.items() if number > 1}


# --- Before a plan is started ---------------------------------------------------------------------


def problems(plan: Plan) -> list[Problem]:
    """Everything that keeps `plan` from being started; its targets with their values are read."""
    targets = list(plan.targets.prefetch_related("values").select_related("plan"))
    found = [Problem(text) for text in _plan_faults(plan)]
    if not targets:
        found.append(Problem(_("The plan has no target yet: enter its targets.")))
    for target in targets:
        found += [Problem(text, target) for text in _faults_of(target, plan)]
    return found


def _plan_faults(plan: Plan) -> list[str]:
    found = []
    unit = plan.unit
    if unit.valid_from > plan.starts_on or (unit.valid_to and unit.valid_to < plan.starts_on):
        found.append(
            _("%(unit)s does not exist on the plan's first day: choose the unit of that day.")
            % {"unit": unit}
        )
    if not unit.children.filter(level=plan.sub_unit_level, valid_from__lte=plan.ends_on).filter(
        Q(valid_to=None) | Q(valid_to__gte=plan.starts_on)
    ):
        found.append(
            _(
                "%(unit)s has no units of the level “%(level)s” while the plan runs: choose the "
                "other."
            )
            % {"unit": unit, "level": plan.get_sub_unit_level_display()}
        )
    others = Plan.objects.filter(unit=unit, starts_on__lte=plan.ends_on)
    for other in others.filter(ends_on__gte=plan.starts_on).exclude(pk=plan.pk):
        words = {"plan": other.code, "first": f"{other.starts_on:%d/%m/%Y}"}
        words["last"] = f"{other.ends_on:%d/%m/%Y}"
        found.append(
            _(
                "The plan %(plan)s of the same unit runs from %(first)s to %(last)s: change the "
                "days so that the two do not overlap."
            )
            % words
        )
    return found


def _faults_of(target: Target, plan: Plan) -> list[str]:
    faults = target_faults(target.measure, target.period, target.operator, target.ip_kinds)
    found = list(faults.values())
    limits = [
        Limit(one.year, one.threshold, one.aim, one.document, one.effective_from)
        for one in target.values.all()
    ]
    for limit in limits:
        fault = limit_fault(limit, target.kind, target.period, target.operator, plan)
        found += [fault] if fault else []
    wanted = list(years_of(plan)) if target.period == Period.YEAR else [None]
    missing = [year for year in wanted if year not in {limit.year for limit in limits}]
    if missing == [None]:
        found.append(_("There is no value yet: enter the limit."))
    elif missing:
        years = ", ".join(str(year) for year in missing)
        found.append(_("There is no value for %(years)s: enter it.") % {"years": years})
    if repeated(limits):
        found.append(_("Two values are in force from the same day: take one of them out."))
    return list(dict.fromkeys(found))

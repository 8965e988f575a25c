"""Rules over what people owe: confirmations, assignments, quotas that add up."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.organisation.models import Unit
from targets.attention import counting
from targets.attention.rules import RuleContext, Sentence
from targets.choices import ConfirmationState, State
from targets.confirmations import services
from targets.figures import TargetPeriods, plan_sum, wording
from targets.periods import Quarter
from targets.quotas import board


def last_due(rule_context: RuleContext) -> Quarter | None:
    """The latest quarter of the plan that should have been confirmed by the day."""
    plan, day = rule_context.overview.plan, rule_context.overview.as_of
    within = timedelta(days=plan.confirmation_days)
    begun = services.quarters_begun(plan, day)
    due = [one for one in begun if services.last_day(one) + within < day]
    return due[-1] if due else None


def not_confirmed(rule_context: RuleContext) -> list[Sentence]:
    """The districts that owe the latest quarter due, in one sentence."""
    quarter = last_due(rule_context)
    if quarter is None:
        return []
    plan, day = rule_context.overview.plan, rule_context.overview.as_of
    found = services.quarter_statuses(plan, rule_context.units, day, [quarter])
    owing = [one.unit for one in found if one.state == ConfirmationState.MISSING]
    if not owing:
        return []
    text = _owing_text(services.label(quarter), owing, len(found))
    query = rule_context.query.query(
        year=quarter.year, state=ConfirmationState.MISSING.value, pending=None
    )
    return [
        Sentence(
            State.BEHIND,
            text,
            reverse("confirmation-board", query=query),
            "not_confirmed",
            f"{quarter.year}-{quarter.number}",
            ",".join(unit.code for unit in owing),
            rule_context.urgency(None),
        )
    ]


def _owing_text(quarter: str, owing: list[Unit], all_units: int) -> str:
    """The districts by name, unless they are all of those asked."""
    words = {
        "quarter": quarter,
        "n": len(owing),
        "names": ", ".join(unit.name for unit in owing),
    }
    if len(owing) == all_units > 1:
        return _("%(quarter)s: none of the %(n)d units has confirmed its data.") % words
    text = ngettext(
        "%(quarter)s: %(n)d unit has not confirmed its data: %(names)s.",
        "%(quarter)s: %(n)d units have not confirmed their data: %(names)s.",
        len(owing),
    )
    return text % words


def why_not_confirmed(rule_context: RuleContext) -> str:
    return _(
        "Of the latest quarter whose last day for confirming is over (%(days)d days after its "
        "end), the districts that have neither confirmed nor been given a later day or an excuse."
    ) % {"days": rule_context.overview.plan.confirmation_days}


# --- Assignments ----------------------------------------------------------------------------------


def overdue(rule_context: RuleContext) -> list[Sentence]:
    """All overdue assignments of the unit in one sentence."""
    found = rule_context.counted(counting.OVERDUE)
    if not found:
        return []
    number = sum(one.number for one in found)
    oldest = min(one.day for one in found if one.day)
    text = ngettext(
        "%(n)s assignment is past its deadline of %(day)s.",
        "%(n)s assignments are past their deadlines, the oldest of %(day)s.",
        number,
    )
    return [
        Sentence(
            State.BEHIND,
            text % {"n": wording.number(number), "day": wording.day(oldest)},
            reverse(
                "assignment-list", query=rule_context.query.query(state="overdue", pending=None)
            ),
            "overdue_assignment",
            "all",
            counting.mark(found),
            rule_context.urgency(None),
        )
    ]


def why_overdue(rule_context: RuleContext) -> str:
    return _(
        "Assignments given and not settled by this day whose deadline lies before it. For a "
        "district those of its own agencies."
    )


# --- Quotas and the plan's own sums ---------------------------------------------------------------


def over_allocated(rule_context: RuleContext) -> list[Sentence]:
    """Windows in which districts were given more than the plan asks, and the plan's own sum."""
    if not rule_context.province:
        return []
    return [*_plan_sums(rule_context), *_over(rule_context)]


def _plan_sums(rule_context: RuleContext) -> list[Sentence]:
    sections: dict[str, list[TargetPeriods]] = {}
    for line in rule_context.overview.lines:
        sections.setdefault(line.section, []).append(line)
    checks = [check for lines in sections.values() if (check := plan_sum(lines))]
    return [
        Sentence(
            State.ATTENTION,
            check.note,
            check.tasks.page_url,
            "over_allocated",
            f"plan/{check.tasks.code}",
            ";".join(str(row.result.threshold) for row in [check.tasks, *check.rights]),
            rule_context.urgency(None),
        )
        for check in checks
        if not check.adds_up
    ]


def _over(rule_context: RuleContext) -> list[Sentence]:
    found = [
        one for one in board.allocation_sums(rule_context.overview, rule_context.units) if one.over
    ]
    return [
        Sentence(
            State.ATTENTION,
            _("%(name)s, %(period)s: %(sum)s")
            % {"name": one.name, "period": one.period_label, "sum": one.sentence},
            reverse(
                "allocation-board", query=rule_context.query.query(**_of_board(one), pending=None)
            ),
            "over_allocated",
            f"{one.code}/{one.period}",
            f"{one.given};{one.limit}",
            rule_context.urgency(None),
        )
        for one in found
    ]


def _of_board(one: board.AllocationSum) -> dict[str, str]:
    """Which board shows the sum; that of a whole plan shows it in any year."""
    year = {"year": one.period} if one.period.isdigit() else {}
    return {"target": one.code, **year}


def why_over_allocated(rule_context: RuleContext) -> str:
    return _(
        "The quotas of all districts add up to more than the plan's own number of that window; or "
        "the plan's numbers of tasks and of rights out of them do not add up."
    )

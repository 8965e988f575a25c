"""Rules over the rows of the overview: shares about to be lost, targets missed or behind."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from targets.attention.rules import RuleContext, Sentence
from targets.choices import Measure, State
from targets.figures import SHARE_SOURCES, FigureRow, Overview, series, wording
from targets.progress import renewals


def in_state(state: State) -> Callable[[RuleContext], list[Sentence]]:
    """The rule that tells every target whose current window is in `state`."""

    def find(rule_context: RuleContext) -> list[Sentence]:
        rows = [line.current for line in rule_context.overview.lines]
        return [_about(rule_context.overview, row) for row in rows if row.state == state]

    return find


def _about(overview: Overview, row: FigureRow) -> Sentence:
    words = {
        "name": row.short_name,
        "actual": row.actual_text,
        "limit": row.threshold_text,
        "missing": row.status_text,
    }
    subject = f"{row.code}/{row.period}"
    day = lost_on(overview, row) if row.state == State.SLIPPING else None
    if day is not None:
        text = _("%(name)s: %(actual)s against %(limit)s, lost on %(day)s if nothing is renewed.")
        words["day"] = wording.day(day)
        subject = f"{subject}/{day.isoformat()}"
    elif row.state == State.SLIPPING:
        text = _("%(name)s: %(actual)s against %(limit)s, %(missing)s.")
    else:
        text = _("%(name)s: %(actual)s of %(limit)s, %(missing)s.")
    return Sentence(row.state, text % words, row.url, row.state, subject, _figures(row))


def _figures(row: FigureRow) -> str:
    """What the sentence says, exactly: counted, of how many, and the limit."""
    result = row.result
    if result.denominator is not None:
        counted = f"{result.numerator}/{result.denominator}"
    else:
        counted = str(result.actual)
    return f"{counted};{result.threshold}"


def lost_on(overview: Overview, row: FigureRow) -> date | None:
    """The first day, through the plan's end, on which a share no longer keeps its limit.

    Supposes that nothing is renewed or added after the overview's day (targets.progress.renewals).
    """
    source = SHARE_SOURCES.get(Measure(row.measure))
    if source is None or row.result.threshold is None:
        return None
    certificates = series.certificate_rows(overview)
    listed = series.enrolment_rows(overview)[source]
    by, end = overview.as_of, overview.plan.ends_on
    days = renewals.days_of_change(certificates, listed, by, end)
    shares = renewals.renewed_shares(certificates, listed, days, by, Fraction(0))
    points = list(zip(days, shares, strict=True))
    found = renewals.limit_loss(points, row.result.operator, row.result.threshold)
    return found.day if found else None


def why_slipping(rule_context: RuleContext) -> str:
    end = wording.day(rule_context.overview.plan.ends_on)
    return _(
        "A share that keeps its limit today and will not on %(day)s, the plan's last day, if no "
        "certificate is renewed and nothing is added."
    ) % {"day": end}


def why_missed(rule_context: RuleContext) -> str:
    return _("The target's window is over, and what was counted does not reach the limit.")


def why_behind(rule_context: RuleContext) -> str:
    return _(
        "Counted is less than %(percent)s percent of what is expected by this day, in a straight "
        "line or by milestones."
    ) % {"percent": rule_context.overview.plan.attention_percent}


def why_attention(rule_context: RuleContext) -> str:
    return _(
        "Counted is less than what is expected by this day, and not less than the part of it "
        "below which a target is behind (%(percent)s percent)."
    ) % {"percent": rule_context.overview.plan.attention_percent}

"""Rules over the rows of the overview: shares about to be lost, targets that are not met.

A target is told once, under the first of the rules that fits (`rule_of`); its one sentence holds
everything that the rules have to say about it.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from targets.attention.rules import RuleContext, Sentence
from targets.choices import State, TargetType
from targets.figures import FigureRow, Overview, series, wording
from targets.progress import lookahead_day, renewals

FALLING, SHORT_PIPELINE, UNMET = "falling", "short_pipeline", "unmet"
"""Rules over targets that are in time and not met yet; the others bear the names of states."""
OWN_RULES = (State.SLIPPING, State.MISSED, State.BEHIND, State.ATTENTION)


def rule_of(row: FigureRow) -> str | None:
    """The rule that tells a target; None where nothing about it needs attention."""
    if row.state in OWN_RULES:
        return row.state
    if row.state != State.ON_TRACK:
        return None
    if falls(row):
        return FALLING
    return SHORT_PIPELINE if lacks_pipeline(row) else UNMET


def under(rule: str) -> Callable[[RuleContext], list[Sentence]]:
    """What a rule says: of every target whose current window it tells."""

    def find(rule_context: RuleContext) -> list[Sentence]:
        rows = [line.current for line in rule_context.overview.lines]
        return [_about(rule_context, row, rule) for row in rows if rule_of(row) == rule]

    return find


def falls(row: FigureRow) -> bool:
    """Whether an unmet share will be lower by a whole product or more if nothing is renewed.

    On the day looked ahead to, at least one product fewer is listed than today's share would make
    of the products that are then still valid; or a product is listed now and none is valid then.
    """
    reading = row.reading
    if row.result.met is not False or row.result.closed or not reading.numerator:
        return False
    if reading.end_numerator is None or reading.end_denominator is None:
        return False
    if not reading.end_denominator:
        return True
    now = Fraction(reading.numerator, reading.denominator or 1)
    return now * reading.end_denominator - reading.end_numerator >= 1


def lacks_pipeline(row: FigureRow) -> bool:
    """Whether what is on its way cannot make up what is missing, where the indicator knows it."""
    if row.result.closed or row.pipeline is None:
        return False
    return bool(row.result.gap) and row.pipeline < (row.result.gap or 0)


# --- The sentence ---------------------------------------------------------------------------------


def _about(rule_context: RuleContext, row: FigureRow, rule: str) -> Sentence:
    overview = rule_context.overview
    lost = lost_on(overview, row) if row.state == State.SLIPPING else None
    subject = f"{row.code}/{row.period}"
    return Sentence(
        row.state,
        "; ".join([_standing(row, lost), *_facts(row)]) + ".",
        row.url,
        rule,
        f"{subject}/{lost.isoformat()}" if lost else subject,
        _figures(row),
        rule_context.urgency(lost or _day(row), _concerned(row)),
    )


def _standing(row: FigureRow, lost: date | None) -> str:
    """What was reached of what, and what is missing or when it is lost."""
    name = row.short_name
    if row.period.isdigit():
        name = _("%(name)s in %(year)s") % {"name": name, "year": row.period_label}
    words = {
        "name": name,
        "actual": wording.share_with_parts(row.result) if _is_share(row) else row.actual_text,
        "limit": row.threshold_text,
        "missing": row.status_text,
    }
    if lost is not None:
        words["day"] = wording.day(lost)
        text = _("%(name)s: %(actual)s against %(limit)s, lost on %(day)s if nothing is renewed")
    elif _is_share(row):
        text = _("%(name)s: %(actual)s against %(limit)s, %(missing)s")
    else:
        text = _("%(name)s: %(actual)s of %(limit)s, %(missing)s")
    return text % words


def _facts(row: FigureRow) -> list[str]:
    """What else is known: of which day the result is, where a share falls to, what is on its way,
    how much a month is needed."""
    facts = [row.closed_note]
    if row.state == State.SLIPPING or falls(row):
        facts.append(_end_text(row))
    if _runs(row):
        facts.append(_pipeline_text(row))
    if row.pace is not None and _runs(row):
        facts.append(_("%(n)s a month needed") % {"n": wording.number(row.pace.a_month)})
    return [fact for fact in facts if fact]


def _end_text(row: FigureRow) -> str:
    reading, result = row.reading, row.result
    words = {"day": wording.day(lookahead_day(row.window.last, result.counted_at))}
    if not reading.end_denominator:
        return _("if nothing is renewed, no product is valid on %(day)s") % words
    words["share"] = wording.parts_behind_share(
        reading.end_numerator or 0, reading.end_denominator, result.operator, result.threshold
    )
    return _("if nothing is renewed, %(share)s on %(day)s") % words


def _pipeline_text(row: FigureRow) -> str:
    if row.pipeline is None:
        return ""
    if not row.pipeline:
        return _("nothing is on its way")
    words = {"n": wording.number(row.pipeline)}
    if lacks_pipeline(row):
        return _("only %(n)s on their way") % words
    return _("%(n)s on their way") % words


def _runs(row: FigureRow) -> bool:
    """Whether something can still be done about an unmet target; not on its last day any more."""
    return row.state not in (State.MISSED, State.SLIPPING)


def _is_share(row: FigureRow) -> bool:
    return bool(row.result.kind == TargetType.SHARE)


def _figures(row: FigureRow) -> str:
    """What the sentence says, exactly: counted, of how many, the limit, what is on its way."""
    result = row.result
    counted = str(result.actual)
    if result.denominator is not None:
        counted = f"{result.numerator}/{result.denominator}"
    figures = f"{counted};{result.threshold}"
    if _runs(row) and row.pipeline is not None:
        figures = f"{figures};{row.pipeline}"
    if falls(row):
        figures = f"{figures};{row.reading.end_numerator}/{row.reading.end_denominator}"
    return figures


def _day(row: FigureRow) -> date:
    """By when the target is to be met; of a share that falls the day it is looked ahead to."""
    if row.state == State.SLIPPING or falls(row):
        return lookahead_day(row.window.last, row.result.counted_at)
    return row.window.last


def _concerned(row: FigureRow) -> int:
    """How many products, rights or tasks are missing; of a share about to be lost, will be."""
    if row.state != State.SLIPPING:
        return row.result.gap or 0
    result, reading = row.result, row.reading
    end = renewals.FractionalShare(
        Fraction(reading.end_numerator or 0), Fraction(reading.end_denominator or 0)
    )
    lacking = renewals.shortfall(end, result.operator, result.threshold or Fraction(0))
    return (result.numerator or 0) if lacking is None else lacking


def lost_on(overview: Overview, row: FigureRow) -> date | None:
    """The first day, through that looked ahead to, on which a share no longer keeps its limit.

    Supposes that nothing is renewed or added after the overview's day (targets.progress.renewals).
    """
    ahead, by, listing = series.products_ahead(overview), overview.as_of, row.indicator.listing
    if not listing or row.result.threshold is None:
        return None
    days = renewals.days_of_change(ahead, listing, by, lookahead_day(row.window.last, by))
    shares = renewals.renewed_shares(ahead, listing, days, by, Fraction(0))
    points = list(zip(days, shares, strict=True))
    found = renewals.limit_loss(points, row.result.operator, row.result.threshold)
    return found.day if found else None


# --- Why ------------------------------------------------------------------------------------------


def why_slipping(rule_context: RuleContext) -> str:
    return _(
        "A share that keeps its limit on this day and will not on %(day)s (12 months on, the "
        "plan's last day at the latest), if no certificate is renewed and nothing is added."
    ) % {"day": _looked_ahead_to(rule_context)}


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


def why_falling(rule_context: RuleContext) -> str:
    return _(
        "A share in time and not met yet that will be lower on %(day)s (12 months on, the plan's "
        "last day at the latest) if no certificate is renewed and nothing is added: at least one "
        "whole product fewer counts than today's share would make of the products then valid. "
        "Of a share that is behind, its sentence there says so."
    ) % {"day": _looked_ahead_to(rule_context)}


def why_short_pipeline(rule_context: RuleContext) -> str:
    return _(
        "A target in time and not met yet whose period runs, and of which fewer records are on "
        "their way (filed and not yet granted) than are missing. Of a target that is behind, its "
        "sentence there says so."
    )


def why_unmet(rule_context: RuleContext) -> str:
    return _(
        "A target in time and not met yet whose period runs, of which no other rule tells: what "
        "is missing, what is on its way, and how much a month is needed to the end."
    )


def _looked_ahead_to(rule_context: RuleContext) -> str:
    """The day in words; of a plan that is over that no share is looked ahead any more."""
    overview = rule_context.overview
    if overview.ended:
        return _("a later day (none any more, as the plan is over)")
    return wording.day(lookahead_day(overview.plan.ends_on, overview.as_of))

"""The rules by name. A new rule is one more entry."""

from collections.abc import Iterable
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from targets.attention import duty_rules, ending_rules, record_rules, target_rules
from targets.attention.rules import (
    LEAST_URGENT,
    MAX_SENTENCES,
    Rule,
    RuleContext,
    Sentence,
    Urgency,
)
from targets.choices import State

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "past_notice",
            _("Certificates past their day of notice"),
            ending_rules.why_past_notice,
            ending_rules.past_notice,
        ),
        Rule(
            "cliff", _("Certificates ending together"), ending_rules.why_cliff, ending_rules.cliffs
        ),
        Rule(
            "ending",
            _("Certificates ending within a year"),
            ending_rules.why_within_the_year,
            ending_rules.within_the_year,
        ),
        Rule(
            State.SLIPPING.value,
            _("Shares about to be lost"),
            target_rules.why_slipping,
            target_rules.under(State.SLIPPING),
        ),
        Rule(
            State.MISSED.value,
            _("Targets missed"),
            target_rules.why_missed,
            target_rules.under(State.MISSED),
        ),
        Rule(
            State.BEHIND.value,
            _("Targets behind"),
            target_rules.why_behind,
            target_rules.under(State.BEHIND),
        ),
        Rule(
            "overdue_assignment",
            _("Assignments overdue"),
            duty_rules.why_overdue,
            duty_rules.overdue,
        ),
        Rule(
            "not_confirmed",
            _("Quarters not confirmed"),
            duty_rules.why_not_confirmed,
            duty_rules.not_confirmed,
        ),
        Rule(
            "contradiction",
            _("Records that contradict one another"),
            record_rules.why_contradicted,
            record_rules.contradicted,
        ),
        Rule(
            "slow",
            _("Verification that waits"),
            record_rules.why_waiting,
            record_rules.waiting,
        ),
        Rule(
            "over_allocated",
            _("Numbers that do not add up"),
            duty_rules.why_over_allocated,
            duty_rules.over_allocated,
        ),
        Rule(
            State.ATTENTION.value,
            _("Targets somewhat behind"),
            target_rules.why_attention,
            target_rules.under(State.ATTENTION),
        ),
        Rule(
            target_rules.FALLING,
            _("Shares that will fall"),
            target_rules.why_falling,
            target_rules.under(target_rules.FALLING),
        ),
        Rule(
            target_rules.SHORT_PIPELINE,
            _("Too little on the way"),
            target_rules.why_short_pipeline,
            target_rules.under(target_rules.SHORT_PIPELINE),
        ),
        Rule(
            target_rules.UNMET,
            _("Targets still to be met"),
            target_rules.why_unmet,
            target_rules.under(target_rules.UNMET),
        ),
    )
}


def evaluate(rule_context: RuleContext) -> list[tuple[Rule, list[Sentence]]]:
    """Every rule with what it says: the rule with the most urgent sentence first, its sentences in
    their order; silent rules last, in the order of RULES.

    One query for all records, two for confirmations, and one where a share slips (certificates,
    kept with the overview for its charts).
    """
    found = [(rule, sorted(rule.find(rule_context), key=_urgency)) for rule in RULES.values()]
    return sorted(found, key=lambda one: _urgency(one[1][0]) if one[1] else _SILENT)


def _urgency(sentence: Sentence) -> Urgency:
    return sentence.urgency


_SILENT = Urgency(LEAST_URGENT.horizon + 1, 0, 0)


def first_of_each(by_rule: Iterable[list[Sentence]], most: int = MAX_SENTENCES) -> list[Sentence]:
    """At most so many sentences, the most urgent first.

    The most urgent one of every rule comes before the second of any, so that one rule does not
    hide the others.
    """
    ordered = [sorted(sentences, key=_urgency) for sentences in by_rule]
    rounds = zip_longest(*ordered)
    by_round = (sorted((one for one in each if one), key=_urgency) for each in rounds)
    chosen = [one for each in by_round for one in each][:most]
    return sorted(chosen, key=_urgency)

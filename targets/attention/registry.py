"""The rules by name, in the order of their urgency. A new rule is one more entry."""

from collections.abc import Iterable
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from targets.attention import duty_rules, record_rules, target_rules
from targets.attention.rules import MAX_SENTENCES, Rule, RuleContext, Sentence
from targets.choices import State

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "cliff", _("Certificates ending together"), record_rules.why_cliff, record_rules.cliffs
        ),
        Rule(
            State.SLIPPING.value,
            _("Shares about to be lost"),
            target_rules.why_slipping,
            target_rules.in_state(State.SLIPPING),
        ),
        Rule(
            State.MISSED.value,
            _("Targets missed"),
            target_rules.why_missed,
            target_rules.in_state(State.MISSED),
        ),
        Rule(
            State.BEHIND.value,
            _("Targets behind"),
            target_rules.why_behind,
            target_rules.in_state(State.BEHIND),
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
            target_rules.in_state(State.ATTENTION),
        ),
    )
}


def evaluate(rule_context: RuleContext) -> list[tuple[Rule, list[Sentence]]]:
    """Every rule with what it says, silent rules included, in the order of RULES.

    One query for all records, two for confirmations, and three where a share slips (certificates
    and listings, kept with the overview for its charts).
    """
    return [(rule, rule.find(rule_context)) for rule in RULES.values()]


def first_of_each(by_rule: Iterable[list[Sentence]], most: int = MAX_SENTENCES) -> list[Sentence]:
    """At most so many sentences: the first of every rule, then the second of each, and so on; in
    the order of the rules, so that one rule does not hide the others."""
    rounds = zip_longest(*by_rule)
    chosen = [one for sentences in rounds for one in sentences if one is not None][:most]
    places = {code: place for place, code in enumerate(RULES)}
    return sorted(chosen, key=lambda one: places[one.rule])

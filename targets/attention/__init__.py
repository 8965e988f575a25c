"""What needs attention: rules with names, each telling sentences with the way to their records."""

from targets.attention.ending_rules import ending_text
from targets.attention.registry import RULES, evaluate, first_of_each
from targets.attention.rules import (
    MAX_SENTENCES,
    MIN_SHARED_END,
    WAITING_DAYS,
    Rule,
    RuleContext,
    Sentence,
)

__all__ = [
    "MAX_SENTENCES",
    "MIN_SHARED_END",
    "RULES",
    "WAITING_DAYS",
    "Rule",
    "RuleContext",
    "Sentence",
    "ending_text",
    "evaluate",
    "first_of_each",
]

from targets.attention import dismissals

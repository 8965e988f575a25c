"""What needs attention: rules with names, each telling sentences with the way to their records."""

from targets.attention.record_rules import ending_text
from targets.attention.registry import RULES, first_few, told
from targets.attention.rules import CLIFF, MOST, NOTICE_DAYS, WAITING_DAYS, Rule, Seen, Sentence

__all__ = [
    "CLIFF",
    "MOST",
    "NOTICE_DAYS",
    "RULES",
    "WAITING_DAYS",
    "Rule",
    "Seen",
    "Sentence",
    "ending_text",
    "first_few",
    "told",
]

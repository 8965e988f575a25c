"""What a rule is, what it sees and what it says; the limits that rules fire at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from ocop.web.page_query import PageQuery
from products import legal_terms
from targets.attention import counting
from targets.figures import Overview, district_of
from targets.quotas import districts_of

MAX_SENTENCES = 6
"""So many sentences stand on the overview; the others on the page of all."""
MIN_SHARED_END = 20
"""From how many certificates ending on one day the day is worth a sentence."""
NOTICE_DAYS = legal_terms.NOTICE_DAYS
"""Producers are told no later than this many days before a certificate ends."""
WAITING_DAYS = 30
"""A record that waits longer than this for its verification is worth a sentence."""


@dataclass(frozen=True)
class Sentence:
    """One thing that needs attention, with the way to its records.

    `subject` names what it is about and stays; `figures` is what was found, so that a sentence
    put aside comes back when they change. Both are plain values in no language.
    """

    state: str
    text: str
    url: str
    rule: str = ""
    subject: str = ""
    figures: str = ""

    @property
    def key(self) -> str:
        return f"{self.rule}:{self.subject}:{self.figures}"


@dataclass(frozen=True)
class RuleContext:
    """What rules look at: the rows of an overview, and its records counted in one query."""

    overview: Overview
    query: PageQuery
    scope: Scope

    @property
    def district(self) -> int | None:
        return district_of(self.overview.unit)

    @property
    def districts(self) -> list[Unit]:
        """The district asked for, or all those of the province."""
        return districts_of(self.query.units, self.overview.unit)

    @property
    def province(self) -> bool:
        return bool(self.overview.unit.level == UnitLevel.PROVINCE)

    @cached_property
    def counts(self) -> list[counting.RuleCount]:
        return counting.count_records(self.overview, MIN_SHARED_END, WAITING_DAYS)

    def counted(self, rule: str) -> list[counting.RuleCount]:
        return [one for one in self.counts if one.rule == rule]


@dataclass(frozen=True)
class Rule:
    """`why` says in plain words when it fires, with its limits; `find` tells the sentences, the
    most urgent first."""

    code: str
    title: Any
    why: Callable[[RuleContext], str]
    find: Callable[[RuleContext], list[Sentence]]

"""What a rule is, what it sees and what it says; the limits that rules fire at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from ocop.web.page_query import PageQuery
from products.certificates import RenewalTerms
from targets.attention import counting
from targets.figures import Overview, part_of, sub_units_shown
from targets.progress import LOOKAHEAD_MONTHS

MAX_SENTENCES = 6
"""So many sentences stand on the overview; the others on the page of all."""
MIN_SHARED_END = 20
"""From how many certificates ending on one day the day is worth a sentence."""
ENDING_MONTHS = LOOKAHEAD_MONTHS
"""Certificates ending within so many months are told in one sentence."""
WAITING_DAYS = 30
"""A record that waits longer than this for its verification is worth a sentence."""


HORIZONS = (30, 90, 180, 365)
"""Sentences about days equally near, within one of these numbers of days, are ordered by how many
products they concern."""


class Urgency(NamedTuple):
    """Orders sentences of all rules: the smaller, the sooner it is told.

    `horizon`: the place in HORIZONS of how far off the day is; `fewer`: the products concerned, as
    a negative number; `days`: how far off the day is.
    """

    horizon: int
    fewer: int
    days: int


LEAST_URGENT = Urgency(len(HORIZONS), 0, 0)


def urgency(day: date | None, as_of: date, products: int) -> Urgency:
    """Of what happens, is due or was missed on `day` and concerns so many products (rights,
    tasks, records), seen on `as_of`. None stands for what holds now."""
    days = 0 if day is None else abs((day - as_of).days)
    horizon = sum(days > limit for limit in HORIZONS)
    return Urgency(horizon, -products, days)


@dataclass(frozen=True)
class Sentence:
    """One thing that needs attention, with the way to its records.

    `subject` names what it is about and stays; `figures` is what was found, so that a sentence
    put aside comes back when they change. Both are plain values in no language. `urgency` is its
    place among all sentences.
    """

    state: str
    text: str
    url: str
    rule: str = ""
    subject: str = ""
    figures: str = ""
    urgency: Urgency = LEAST_URGENT

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
    def units(self) -> list[Unit]:
        """The district or commune asked for, or all that take a part in the province's plan."""
        return sub_units_shown(self.overview.plan, self.query.units, self.overview.unit)

    @property
    def province(self) -> bool:
        return part_of(self.overview.unit) is None

    @cached_property
    def terms(self) -> RenewalTerms:
        return self.overview.renewal_terms

    @cached_property
    def counts(self) -> list[counting.RuleCount]:
        eve = self.overview.as_of - timedelta(days=1)
        closed = tuple(self.terms.ends_closing(date.min, eve))
        ending = counting.EndingLimits(MIN_SHARED_END, ENDING_MONTHS, closed)
        return counting.count_records(self.overview, ending, WAITING_DAYS)

    def urgency(self, day: date | None, products: int = 0) -> Urgency:
        return urgency(day, self.overview.as_of, products)

    def counted(self, rule: str) -> list[counting.RuleCount]:
        return [one for one in self.counts if one.rule == rule]


@dataclass(frozen=True)
class Rule:
    """`why` says in plain words when it fires, with its limits; `find` tells the
    sentences."""

    code: str
    title: Any
    why: Callable[[RuleContext], str]
    find: Callable[[RuleContext], list[Sentence]]

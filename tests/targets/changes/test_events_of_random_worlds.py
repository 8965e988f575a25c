"""Of every indicator, unit and basis the events between any two days explain its figures."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from ocop.organisation.models import Unit
from targets.changes import changes_between
from targets.figures import overview, series
from targets.figures.overview import Overview
from targets.models import Plan
from tests.support import oracle
from tests.support.cases import taken_back
from tests.support.worlds import days_to_ask, worlds, write
from tests.targets.changes.levels import judged, level_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
UNITS = ("84", "844", "848")
EXAMPLES = hypothesis.settings().max_examples // 6
"""A world costs a second or two: it is written, and counted on four days and both bases."""


@hypothesis.settings(
    max_examples=EXAMPLES,
    # Shrinking a world takes minutes; what differs is named by days, unit and target.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds(), rng=st.randoms(use_true_random=False))
def test_events_between_two_days_are_the_difference_of_the_figures(
    world: oracle.World, rng: random.Random
) -> None:
    with taken_back():
        write(world)
        plan = Plan.objects.get()
        units = list(Unit.objects.filter(code__in=UNITS, level__in=["province", "district"]))
        days = days_to_ask(rng.choice, world, 4)
        assert len(units) == len(UNITS)
        wrong = [
            one for pending in (False, True) for one in all_unexplained(plan, units, days, pending)
        ]
    assert not wrong, "\n".join(map(str, wrong[:20]))


def all_unexplained(
    plan: Plan, units: list[Unit], days: list[date], pending: bool
) -> Iterator[Any]:
    province = next(unit for unit in units if unit.code == plan.unit.code)
    built = [overview.build(plan, province, day, pending) for day in days]
    for unit in units:
        on_days = [one.of(unit) for one in built]
        yield from unexplained(on_days)
        yield from off_course(on_days)


def unexplained(on_days: list[Overview]) -> Iterator[Any]:
    """Lines whose figure moved otherwise between two days than its events say."""
    for before, after in combinations(on_days, 2):
        if before.as_of == after.as_of:
            continue
        for place, (target, window) in enumerate(after.plan_data.lines()):
            found = changes_between(
                target, window, before.as_of, after.as_of, after.unit, after.pending
            )
            levels = [judged(one.rows[place]) for one in (before, after)]
            difference = tuple(b - a for a, b in zip(*levels, strict=True))
            told = (found.numerator, found.denominator)
            if told != difference:
                yield named(target, window, after), before.as_of, "moved", difference, "told", told
            for group in found.groups:
                assert target.indicator.change_label(group.cause, target)
                days = [event.day for event in group.events]
                assert days == sorted(days)
                assert before.as_of < days[0] <= days[-1] <= after.as_of


def off_course(on_days: list[Overview]) -> Iterator[Any]:
    """Lines whose course, as the last day tells it, is not what is counted on each day."""
    last = on_days[-1]
    days = [one.as_of for one in on_days]
    for place, (target, window) in enumerate(last.plan_data.lines()):
        course = [tuple(one) for one in series.values_on(last, target, window, days)]
        counted = [level_of(one.rows[place]) for one in on_days]
        if course != counted:
            yield named(target, window, last), days, "counted", counted, "course", course


def named(target: Any, window: Any, one: Overview) -> str:
    basis = " pending" if one.pending else ""
    return f"{target.code} {window.label} {one.unit.code}{basis} {one.as_of}"

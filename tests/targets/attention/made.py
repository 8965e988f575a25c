"""What the tests of attention share: what is seen on a day, and what a rule then says."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from ocop.organisation.models import Unit
from ocop.organisation.scope import SYSTEM, Scope
from ocop.web.page_query import PageQuery, figures_units
from targets.attention import RULES, RuleContext, Sentence
from targets.figures import overview
from targets.models import Plan

TODAY = date(2026, 1, 15)


def seen_on(
    day: date, code: str = "84", pending: bool = False, scope: Scope = SYSTEM
) -> RuleContext:
    units = [one for one in figures_units() if scope.sees_unit(one)]
    unit = next(one for one in units if one.code == code)
    built = overview.build(Plan.objects.get(), unit, day, pending)
    return RuleContext(built, PageQuery(day, TODAY, unit, units, pending), scope)


def says(rule: str, day: date, code: str = "84", **more: Any) -> list[Sentence]:
    return RULES[rule].find(seen_on(day, code, **more))


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def place(code: str) -> Unit:
    return Unit.objects.get(code=code, level="district")

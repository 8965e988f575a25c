"""Districts' quarters in the demonstration: most in time, some late, one excused, one missing."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ocop.organisation.models import Unit, User
from targets.confirmations import services
from targets.figures import overview
from targets.models import Confirmation, DeadlineGrant, Plan
from targets.periods import Quarter

FROM = date(2025, 1, 1)
"""Quarters are confirmed from this day on: the story's districts began to in its last year."""
QUARTERS = (Quarter(2025, 1), Quarter(2025, 2), Quarter(2025, 3))
LATE = {("847", 1): 12, ("850", 2): 5, ("845", 3): 20}
"""(district, quarter) → days after the last day allowed."""
EXCUSED, MISSING = ("849", 2), (("851", 1), ("850", 3))
OFFICER = "tinh"


def confirm_everything() -> int:
    """Confirm the quarters of the story; how many districts' quarters were entered anew."""
    Plan.objects.filter(confirming_from=None).update(confirming_from=FROM)
    plan = Plan.objects.select_related("unit").order_by("starts_on")[0]
    if Confirmation.objects.exists():
        return 0
    units = list(Unit.objects.filter(parent=plan.unit, level="district"))
    people = {user.username: user for user in User.objects.all()}
    entered = 0
    for quarter in QUARTERS:
        province = overview.build(plan, plan.unit, services.last_day(quarter))
        for place, unit in enumerate(units):
            key = (unit.code, quarter.number)
            if key in MISSING:
                continue
            if key == EXCUSED:
                _excuse(plan, unit, quarter, people[OFFICER])
                continue
            days = LATE.get(key, -3 - place) + plan.confirmation_days
            day = services.last_day(quarter) + timedelta(days=days)
            _confirm(plan, unit, quarter, people[f"huyen{unit.code}"], day, province)
            entered += 1
    return entered


def _confirm(
    plan: Plan, unit: Unit, quarter: Quarter, user: User, day: date, province: overview.Overview
) -> None:
    figures = services.figures_of(plan, unit, quarter, province)
    Confirmation.objects.create(
        plan=plan,
        unit=unit,
        year=quarter.year,
        quarter=quarter.number,
        confirmed_by=user,
        # The records of the story are entered on the day it is loaded, not in their own year: a
        # moment before that would make every one of them a change after the confirmation.
        confirmed_at=timezone.now(),
        confirmed_on=day,
        note="Dữ liệu minh họa.",
        figures=figures,
        digest=services.digest_of(figures),
    )


def _excuse(plan: Plan, unit: Unit, quarter: Quarter, user: User) -> None:
    day = services.last_day(quarter) + timedelta(days=8)
    DeadlineGrant.objects.create(
        plan=plan,
        unit=unit,
        year=quarter.year,
        quarter=quarter.number,
        until=None,
        reason="Huyện đang bàn giao hồ sơ khi sắp xếp đơn vị hành chính (minh họa).",
        granted_by=user,
        granted_at=timezone.make_aware(datetime.combine(day, time(14, 0))),
        granted_on=day,
    )

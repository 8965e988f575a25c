"""What the tests of confirmations share."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from ocop.organisation.models import User
from targets.confirmations import services
from targets.models import Confirmation, DeadlineGrant, Plan
from targets.periods import Quarter
from tests.support.factories import district

Q2 = Quarter(2024, 2)
END, DUE = date(2024, 6, 30), date(2024, 7, 15)


def plan() -> Plan:
    return Plan.objects.get()


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def confirmed(day: date = DUE, code: str = "844", quarter: Quarter = Q2) -> Confirmation:
    """A confirmation entered on that day."""
    figures = services.figures_of(plan(), district(code), quarter)
    return Confirmation.objects.create(
        plan=plan(),
        unit=district(code),
        year=quarter.year,
        quarter=quarter.number,
        confirmed_by=User.objects.get(username=f"huyen{code}"),
        confirmed_at=at(day),
        confirmed_on=day,
        figures=figures,
        digest=services.digest_of(figures),
    )


def granted(on: date, until: date | None, code: str = "844") -> DeadlineGrant:
    return DeadlineGrant.objects.create(
        plan=plan(),
        unit=district(code),
        year=Q2.year,
        quarter=Q2.number,
        until=until,
        reason="bão",
        granted_by=User.objects.get(username="tinh"),
        granted_at=at(on),
        granted_on=on,
    )


def state(day: date, code: str = "844") -> str:
    (found,) = services.quarter_statuses(plan(), [district(code)], day, [Q2])
    return str(found.state)


def set_today(monkeypatch: Any, day: date) -> None:
    """What confirming takes for now."""
    monkeypatch.setattr(services.timezone, "now", lambda: at(day))

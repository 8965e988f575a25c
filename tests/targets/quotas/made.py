"""What the tests of quotas share: first allocations, papers and movements."""

from datetime import date
from typing import Any

from ocop.organisation.models import User
from products.choices import Status
from targets.figures.commitments import read_plan_data
from targets.models import Allocation, Plan, QuotaMove, Target
from targets.quotas import services
from tests.support.factories import district

YEAR = 2024
FIRST_DAY, DAY, LAST_DAY = date(2024, 1, 1), date(2024, 7, 1), date(2024, 12, 31)


def target(code: str = "OCOP-NEW") -> Target:
    return Target.objects.select_related("plan").get(code=code)


def officer() -> User:
    return User.objects.get(username="tinh")


def make_allocation(code: str, value: int, year: int = YEAR, of: str = "OCOP-NEW") -> Allocation:
    """A first allocation, as the import of the dataset makes it."""
    return Allocation.objects.create(
        target=target(of), unit=district(code), year=year, value=value, status=Status.VERIFIED
    )


def move_document(day: date = DAY, **fields: Any) -> services.MoveDocument:
    given: dict[str, Any] = {
        "document": "12/QĐ-UBND",
        "document_date": date(2024, 6, 20),
        "effective_from": day,
        "reason": "Càng Long không kịp hội đồng",
    }
    return services.MoveDocument(**given | fields)


def move(changes: dict[str, int], day: date = DAY, year: int = YEAR) -> QuotaMove:
    """Changes by district's code; "84" is the reserve."""
    by_unit = {None if code == "84" else district(code): n for code, n in changes.items()}
    return services.move_quota(target(), year, by_unit, move_document(day), officer())


def quota_on(day: date, code: str, year: int = YEAR) -> int | None:
    plan_data = read_plan_data(Plan.objects.get())
    return plan_data.quota(target(), district(code).pk, year, day)

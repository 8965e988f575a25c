"""Short forms for worlds of one target, written out by hand in the oracle's own tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.support import oracle
from tests.support.oracle import Allocation, Listing, Milestone, Product, Recognition, Target, Value

DOCUMENT = date(2022, 4, 13)
YEARS = (2022, 2023, 2024, 2025)


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def value(threshold: Any, aim: Any = None, since: Any = DOCUMENT, year: int | None = None) -> Value:
    since = date.fromisoformat(since) if isinstance(since, str) else since
    return Value(Decimal(threshold), since, None if aim is None else Decimal(aim), year)


def milestone(due_on: str, height: Any, year: int | None = None) -> Milestone:
    return Milestone(date.fromisoformat(due_on), Decimal(height), year)


def allocation(number: int, year: int = 2022, district: str = "844", **others: Any) -> Allocation:
    if "given_from" in others:
        others["given_from"] = day_of(others["given_from"])
    return Allocation(district, year, number, **others)


def new(threshold: Any = 25, aim: Any = None, **others: Any) -> Target:
    """OCOP-NEW, with the same limit in each year."""
    values = tuple(value(threshold, aim, year=year) for year in YEARS)
    return Target(
        **{"code": "OCOP-NEW", "measure": "new", "yearly": True, "values": values} | others
    )


def tasks(threshold: Any = 15, aim: Any = None, **others: Any) -> Target:
    given = {"code": "ST-TASKS", "measure": "tasks", "values": (value(threshold, aim),)}
    return Target(**given | others)


def rights(threshold: Any = 50, **others: Any) -> Target:
    given = {
        "code": "IP-TRADEMARK",
        "measure": "rights",
        "values": (value(threshold),),
        "kinds": ("trademark",),
        "supported_only": True,
    }
    return Target(**given | others)


def traced(threshold: Any = 50, **others: Any) -> Target:
    return share("TRACE-SHARE", "traced", threshold, others)


def sold(threshold: Any = 70, **others: Any) -> Target:
    return share("ECOM-SHARE", "sold", threshold, others)


def share(code: str, measure: str, threshold: Any, others: dict[str, Any]) -> Target:
    given = {"code": code, "measure": measure, "values": (value(threshold),), "operator": ">"}
    return Target(**given | others)


def world(target: Target, **records: Any) -> oracle.World:
    return oracle.World((target,), **records)


def product(decided_on: str, traced: str = "", sold: str = "", **others: Any) -> Product:
    """A product of one recognition, traced and sold from those days on."""
    return Product(
        recognitions=(Recognition(date.fromisoformat(decided_on)),),
        enrolments=(Listing(date.fromisoformat(traced)),) if traced else (),
        listings=(Listing(date.fromisoformat(sold)),) if sold else (),
        **others,
    )


def some(numerator: int, denominator: int, decided_on: str, traced: str) -> tuple[Product, ...]:
    """So many products, so many of them traced."""
    return (
        *(product(decided_on, traced) for _ in range(numerator)),
        *(product(decided_on) for _ in range(denominator - numerator)),
    )


def row(
    made: oracle.World, day: str, unit: str = "84", period: str = "", pending: bool = False
) -> dict[str, Any]:
    """The row of the world's one target; of a yearly one that of `period`, else the first."""
    rows = oracle.progress(made, date.fromisoformat(day), unit, pending)["targets"]
    found: dict[str, Any] = next(one for one in rows if period in ("", one["period"]))
    return found


def count_of(made: oracle.World, day: str, unit: str) -> int:
    return int(row(made, day, unit)["actual"])


def found_in(given: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What the row says to the wanted fields."""
    return {name: given.get(name, "absent") for name in wanted}

"""A small world: a plan, and the records that are counted towards it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

RANKS = ("rank_3", "rank_4", "potential_5", "rank_5")
"""In their order; the names are those of the JSON."""


@dataclass(frozen=True)
class Recognition:
    decided_on: date
    rank: str = "rank_3"
    revoked_on: date | None = None
    status: str = "verified"


@dataclass(frozen=True)
class Listing:
    """A listing on a floor, or an enrolment in a traceability system; `counted`: the flag of the
    floor or system."""

    started_on: date
    ended_on: date | None = None
    where: str = "voso"
    counted: bool = True
    status: str = "verified"


@dataclass(frozen=True)
class Product:
    district: str = "844"
    producer: str = "A"
    recognitions: tuple[Recognition, ...] = ()
    enrolments: tuple[Listing, ...] = ()
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class Right:
    """An IP right; `district` None: the province's own."""

    kind: str
    district: str | None = "844"
    filed_on: date | None = None
    granted_on: date | None = None
    supported: bool = True
    supported_on: date | None = None
    withdrawn_on: date | None = None
    refused_on: date | None = None
    cancelled_on: date | None = None
    ended_on: date | None = None
    status: str = "verified"


@dataclass(frozen=True)
class Task:
    approved_on: date
    cancelled_on: date | None = None
    district: str | None = "844"
    status: str = "verified"


@dataclass(frozen=True)
class Value:
    """The limit of the window of `year` (None: of the plan), as set from a day on."""

    threshold: Decimal
    effective_from: date
    aim: Decimal | None = None
    year: int | None = None


@dataclass(frozen=True)
class Milestone:
    due_on: date
    value: Decimal
    year: int | None = None


@dataclass(frozen=True)
class Allocation:
    """A district's quota of one year; `given_from` None: it always had it."""

    district: str
    year: int
    value: int
    given_from: date | None = None
    status: str = "verified"


@dataclass(frozen=True)
class Target:
    """`measure`: "rights", "tasks", "new", "traced" or "sold"; the last two are shares.

    `event` is the day on which a right counts: "granted", "filed" or "supported".
    """

    code: str
    measure: str
    values: tuple[Value, ...]
    operator: str = ">="
    yearly: bool = False
    kinds: tuple[str, ...] = ()
    supported_only: bool = False
    event: str = "granted"
    milestones: tuple[Milestone, ...] = ()
    allocations: tuple[Allocation, ...] = ()

    @property
    def is_share(self) -> bool:
        return self.measure in ("traced", "sold")


@dataclass(frozen=True)
class World:
    targets: tuple[Target, ...]
    products: tuple[Product, ...] = ()
    rights: tuple[Right, ...] = ()
    tasks: tuple[Task, ...] = ()
    plan: str = "20-CT/TU"
    province: str = "84"
    starts_on: date = date(2022, 1, 1)
    ends_on: date = date(2025, 12, 31)
    attention_percent: int = 75


class Window(NamedTuple):
    label: str
    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def year(self) -> int | None:
        return None if self.label == "plan" else int(self.label)


def windows(world: World, target: Target) -> list[Window]:
    """The plan's one window, or one for each calendar year, cut to the plan."""
    if not target.yearly:
        return [Window("plan", world.starts_on, world.ends_on)]
    return [
        Window(
            str(year),
            max(world.starts_on, date(year, 1, 1)),
            min(world.ends_on, date(year, 12, 31)),
        )
        for year in range(world.starts_on.year, world.ends_on.year + 1)
    ]

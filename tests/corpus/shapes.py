"""One workbook of the corpus: how it is made, and what has to come of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from products.models import (
    FloorListing,
    IPRight,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
)
from targets.models import Allocation
from tests.imports.workbooks import DECIDED

ACCEPTED, REJECTED, UNUSABLE = "accepted", "rejected", "unusable"
RECORDS: dict[str, tuple[Any, str]] = {
    "recognitions": (Recognition, "product__name"),
    "ip_rights": (IPRight, "name"),
    "science_tasks": (ScienceTask, "name"),
    "traceability": (TraceabilityEnrolment, "product__name"),
    "ecommerce": (FloorListing, "product__name"),
    "allocations": (Allocation, "unit__code"),
}
"""Dataset → model, and the field by which `facts` name a record."""


@dataclass(frozen=True)
class Shape:
    """`rows` … `skipped`, `warnings` (code → how many) and `facts` (name → fields) of an accepted
    file; `refused`: the (cell, code) pairs of a refused one.

    `before`: files of the same dataset imported first, each of which is accepted.
    """

    name: str
    make: Callable[[], bytes]
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    warnings: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    refused: Sequence[tuple[str | None, str]] = ()
    verdict: str = ACCEPTED
    dataset: str = "recognitions"
    file: str = "phu luc.xlsx"
    sheet: str = ""
    before: Sequence[Callable[[], bytes]] = ()


def accepted(name: str, make: Callable[[], bytes], rows: int, **expected: Any) -> Shape:
    """All rows are new unless `created` says otherwise."""
    expected.setdefault("created", rows)
    return Shape(name, make, rows, **expected)


def rejected(
    name: str, make: Callable[[], bytes], *refused: tuple[str | None, str], **expected: Any
) -> Shape:
    return Shape(name, make, refused=refused, verdict=REJECTED, **expected)


def unusable(name: str, make: Callable[[], bytes], code: str, **expected: Any) -> Shape:
    return Shape(name, make, refused=[(None, code)], verdict=UNUSABLE, **expected)


def fact(rank: int, district: str = "844", day: date = DECIDED, **more: Any) -> dict[str, Any]:
    """Of a recognition: rank (30, 40, 45, 50), code of the district, day of the decision."""
    return {"rank": rank, "product__district__code": district, "decided_on": day, **more}

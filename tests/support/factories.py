"""Plain makers of records for tests: give what the test is about, the rest is filled in."""

from datetime import date
from itertools import count
from typing import Any

from ocop.organisation.models import Unit
from ocop.organisation.succession import commune_of_today, communes_of_today
from products.channels import KnownChannels, free_code
from products.choices import IPKind, Rank, Status
from products.models import (
    EcommerceFloor,
    FloorListing,
    IPRight,
    Producer,
    Product,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
    TraceabilitySystem,
)
from products.validity import rebuild

_numbers = count(1)


def with_spans(record: Any) -> Any:
    """`record` (a product, or what is about one) after the spans of its product were rebuilt.

    For what tests write directly; what the program writes keeps them itself.
    """
    rebuild([record.pk if isinstance(record, Product) else record.product_id])
    return record


def district(code: str = "844") -> Unit:
    return Unit.objects.get(code=code, level="district")


def commune(code: str = "29242") -> Unit:
    """The commune of today with that code."""
    return Unit.objects.get(code=code, level="commune", valid_to=None)


def former_commune(code: str) -> Unit:
    """The commune of before the reform with that code."""
    return Unit.objects.get(code=code, level="commune", valid_to__isnull=False)


def in_commune(place: Unit) -> dict[str, Unit]:
    """The fields of what lies in a former commune: its district, itself, the commune of today."""
    today = Unit.objects.get(pk=communes_of_today()[place.pk])
    return {"district": place.parent, "place": place, "commune": today}


def make_producer(name: str = "", unit: Unit | None = None, **fields: Any) -> Producer:
    unit = unit or district()
    fields.setdefault("place", unit)
    fields.setdefault("kind", "household")
    fields.setdefault("status", Status.VERIFIED)
    name = name or f"Hộ kinh doanh thử {next(_numbers)}"
    return Producer.objects.create(name=name, district=unit, **fields)


def make_product(name: str = "", producer: Producer | None = None, **fields: Any) -> Product:
    where = {name: fields[name] for name in ("place", "commune") if name in fields}
    producer = producer or make_producer(unit=fields.get("district"), **where)
    fields.setdefault("district", producer.district)
    fields.setdefault("place", fields["district"])
    if "commune" not in fields:
        fields["commune_id"] = commune_of_today(fields["place"])
    fields.setdefault("status", Status.VERIFIED)
    return Product.objects.create(
        name=name or f"Sản phẩm thử {next(_numbers)}", producer=producer, **fields
    )


def make_recognition(
    product: Product | None = None,
    decided_on: date = date(2022, 8, 22),
    rank: int = Rank.THREE,
    **fields: Any,
) -> Recognition:
    fields.setdefault("status", Status.VERIFIED)
    if "revoked_on" in fields:
        fields.setdefault("revocation_reason", "thử")
    product = product or make_product(district=fields.pop("district", None) or district())
    made = {"product": product, "decided_on": decided_on, "rank": rank, **fields}
    return with_spans(Recognition.objects.create(**made))


def system(name: str = "Cổng thử", **fields: Any) -> TraceabilitySystem:
    """The traceability system that the name, or a spelling of one, is; else a confirmed one."""
    known: TraceabilitySystem | None = KnownChannels.read(TraceabilitySystem).find(name)
    code = free_code(TraceabilitySystem, name)
    return known or TraceabilitySystem.objects.create(code=code, name=name, **fields)


def make_enrolment(product: Product, started_on: date, **fields: Any) -> TraceabilityEnrolment:
    fields.setdefault("status", Status.VERIFIED)
    if isinstance(fields.setdefault("system", "Cổng thử"), str):
        fields["system"] = system(fields["system"])
    made = {"product": product, "started_on": started_on, **fields}
    return with_spans(TraceabilityEnrolment.objects.create(**made))


def make_listing(
    product: Product, started_on: date, floor: str = "voso", **fields: Any
) -> FloorListing:
    fields.setdefault("status", Status.VERIFIED)
    on = EcommerceFloor.objects.get(code=floor)
    made = {"product": product, "floor": on, "started_on": started_on, **fields}
    return with_spans(FloorListing.objects.create(**made))


def make_ip_right(kind: str = IPKind.TRADEMARK, **fields: Any) -> IPRight:
    fields.setdefault("status", Status.VERIFIED)
    fields.setdefault("name", f"Nhãn thử {next(_numbers)}")
    fields.setdefault("owner", "Chủ thử")
    return IPRight.objects.create(kind=kind, **fields)


def make_task(approved_on: date, **fields: Any) -> ScienceTask:
    fields.setdefault("status", Status.VERIFIED)
    fields.setdefault("name", f"Nhiệm vụ thử {next(_numbers)}")
    fields.setdefault("lead", "Sở thử")
    return ScienceTask.objects.create(approved_on=approved_on, **fields)

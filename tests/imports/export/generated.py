"""Records of every dataset, with texts that spreadsheets, separators and readers trip over."""

import io
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product as pairs
from typing import Any

from openpyxl import load_workbook

from ocop.db import statistics
from ocop.imports.export.exporter import export_file
from ocop.lib.text import folded
from ocop.organisation.models import Unit
from ocop.organisation.scope import SYSTEM
from products.certificates import certificate_end
from products.choices import IPKind, Rank, Status
from products.models import (
    EcommerceFloor,
    FloorListing,
    IPRight,
    Producer,
    Product,
    ProductSet,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
)
from products.validity import rebuild
from targets.models import Allocation, Target
from tests.support.factories import system

DATASETS = (
    "recognitions",
    "science_tasks",
    "ip_rights",
    "traceability",
    "ecommerce",
    "allocations",
)
NAMES = [
    "007", "12/05/2022", "A", "45", "1,5", "1.250", "3 sao", "Mật ong; loại 1", "Rượu “Xuân Thạnh”",
    '"Hạt ngọc"', '"Hạt" trời', "'Nháy đầu", "''=1", "Trà – HTX Một", "+84 đặc sản", "=1+1 x",
    "@nhà", "-5 độ", "Tổng cộng", "Cộng", "Ghi chú", "II. HUYỆN CÀNG LONG", "Tên sản phẩm",
    "Người lập biểu", "2022-05-12", "Mật, ong", "a|b\\c", "ថ្នាំ", "TRUE", "1e5",
    "=cmd|' /C calc'!A0",
]  # fmt: skip
OWNERS = ["HTX Một", "Hộ ông Năm; bà Sáu", "Công ty “Ánh Dương”", "=HTX", "B", "99", "Cơ sở – Hai"]
TEXTS = [
    "",
    "",
    "nt",
    "-",
    "–",
    "007",
    "=1+1",
    "+84",
    "'x",
    "a\nb; “c”",
    "a\r\nb",
    "12/05/2022",
    "x,y",
]
KINDS = ["", "cooperative", "company", "household"]
FIRST = date(2022, 1, 1)


def generate(size: int, seed: int = 1) -> None:
    """About `size` verified records of each dataset (allocations: as many as there can be)."""
    chance = random.Random(seed)
    units = list(Unit.objects.districts_of_plans())
    products = _products(chance, units, size)
    _recognitions(chance, products, size)
    tasks = _tasks(chance, size)
    _rights(chance, units, products, tasks, size)
    _listings(chance, products, size)
    _allocations(chance, units, size)


def _day(chance: random.Random) -> date:
    return FIRST + timedelta(days=chance.randrange(1400))


def _happened(day: date | None) -> date | None:
    """The day, and no later one than the records' last: it has come, whenever tests run."""
    return min(day, FIRST + timedelta(days=1400)) if day else None


def _end(chance: random.Random, start: date) -> date | None:
    return start + timedelta(days=chance.randrange(900)) if chance.random() < 0.4 else None


def _name(chance: random.Random, pool: list[str], number: int) -> str:
    return chance.choice(pool) if chance.random() < 0.5 else f"Tên số {number}"


def _products(chance: random.Random, units: list[Unit], size: int) -> list[Product]:
    communes: dict[int, list[Unit]] = {unit.pk: [unit] for unit in units}
    for commune in Unit.objects.filter(parent__in=units):
        communes[commune.parent_id or 0].append(commune)
    producers, products = {}, {}
    for number in range(size):
        unit = chance.choice(units)
        owner = _name(chance, OWNERS, number // 3)
        key = (folded(owner), unit.pk)
        if key not in producers:
            # A kind that the name itself says is what an import would have recorded.
            kind = {"h": "cooperative", "c": "company"}.get(key[0][:1], "")
            kind = {"ho ong nam ba sau": "household", "co so hai": "household"}.get(key[0], kind)
            place = chance.choice(communes[unit.pk])
            producers[key] = Producer(
                name=owner, kind=kind, place=place, district=unit, status=Status.VERIFIED
            )
        name = _name(chance, NAMES, number)
        place = chance.choice(communes[unit.pk])
        products.setdefault(
            (folded(name), *key),
            Product(
                name=name,
                producer=producers[key],
                place=place,
                district=unit,
                product_set=None,
                status=Status.VERIFIED,
            ),
        )
    Producer.objects.bulk_create(producers.values())
    sets = list(ProductSet.objects.all())
    for each in products.values():
        each.producer_id = each.producer.pk
        each.product_set = chance.choice([None, *sets])
    return Product.objects.bulk_create(products.values())


def _prolonged(chance: random.Random, day: date) -> dict[str, Any]:
    if chance.random() < 0.9:
        return {}
    days = timedelta(days=chance.randint(1, 180))
    paper = {"prolongation_number": chance.choice(["9/UBND", "=1+1"]), "prolonged_on": day}
    return paper | {"prolonged_until": certificate_end(day) + days}


def _recognitions(chance: random.Random, products: list[Product], size: int) -> None:
    made: dict[Any, Recognition] = {}
    for number in range(max(size, len(products))):
        product, day = products[number % len(products)], _day(chance)
        revoked = chance.random() < 0.1
        made[product.pk, day] = Recognition(
            product=product,
            decided_on=day,
            rank=chance.choice(Rank.values),
            score=chance.choice([None, 50, Decimal("69.95"), Decimal("61.125"), Decimal("70.5")]),
            decision_number=chance.choice([*TEXTS[:9], "1693/QĐ-BNN"]),
            note=chance.choice(TEXTS),
            **_prolonged(chance, day),
            revoked_on=day + timedelta(days=30) if revoked else None,
            revocation_reason=chance.choice(["thử", "=1\nb", "-", "a\r\nb"]) if revoked else "",
            certificate_number=chance.choice([*TEXTS[:9], f"GCN-{number:05}"]),
            status=Status.VERIFIED,
        )
    Recognition.objects.bulk_create(made.values())


def _tasks(chance: random.Random, size: int) -> list[ScienceTask]:
    made = {}
    for number in range(size):
        name, start = _name(chance, NAMES, number), _day(chance)
        made[folded(name)] = ScienceTask(
            name=name,
            lead=chance.choice(OWNERS),
            approved_on=_day(chance),
            started_on=chance.choice([None, start]),
            ended_on=_end(chance, start),
            budget=chance.choice(
                [None, 0, 850, Decimal("1.125"), Decimal("12.5"), Decimal("1250.25"), 125000]
            ),
            cancelled_on=_happened(chance.choice([None, start])),
            status=Status.VERIFIED,
        )
    return ScienceTask.objects.bulk_create(made.values())


def _rights(
    chance: random.Random,
    units: list[Unit],
    products: list[Product],
    tasks: list[ScienceTask],
    size: int,
) -> None:
    made: dict[Any, IPRight] = {}
    for number in range(size):
        kind, name = chance.choice(IPKind.values), _name(chance, NAMES, number)
        owner, filed = chance.choice(OWNERS), chance.choice([None, _day(chance)])
        filing = "" if chance.random() < 0.3 else f"4-2022-{number:05}"
        granted = chance.choice([None, (filed or FIRST) + timedelta(days=chance.randrange(300))])
        key = filing or (kind, folded(name), folded(owner))
        made[key] = IPRight(
            kind=kind,
            name=name,
            owner=owner,
            district=chance.choice([None, *units]),
            filing_number=filing,
            filed_on=filed,
            certificate_number=chance.choice(["", "007", "-", "nt", "=1"]),
            granted_on=granted,
            supported=chance.random() < 0.5,
            science_task=chance.choice([None, *tasks]),
            **_life(chance, filed or FIRST, granted),
            status=Status.VERIFIED,
        )
    rights = IPRight.objects.bulk_create(made.values())
    through = IPRight.products.through
    through.objects.bulk_create(
        through(ipright_id=right.pk, product_id=product.pk)
        for right in rights
        for product in chance.sample(products, min(len(products), chance.randrange(4)))
    )


def _life(chance: random.Random, filed: date, granted: date | None) -> dict[str, date | None]:
    """Further days of a right's life, each of them or none, in their order."""
    accepted = filed + timedelta(days=chance.randrange(5))
    published = min(granted or accepted, accepted + timedelta(days=30))
    steps = {"accepted_on": accepted, "published_on": published}
    if published < accepted:
        steps = {}
    ends = ("ended_on", "withdrawn_on", "refused_on", "cancelled_on", "supported_on")
    later = {name: _happened(filed + timedelta(days=chance.randrange(900))) for name in ends}
    later["renewed_until"] = filed + timedelta(days=chance.randrange(3000))
    return {name: chance.choice([None, day]) for name, day in (steps | later).items()}


def _listings(chance: random.Random, products: list[Product], size: int) -> None:
    floors = list(EcommerceFloor.objects.all())
    # "TRUE" says yes, which names no system.
    systems = {name: system(name.replace("TRUE", "T")) for name in NAMES}
    enrolments, listings = {}, {}
    for _number in range(size):
        product, start = chance.choice(products), _day(chance)
        common = {"product": product, "started_on": start, "status": Status.VERIFIED}
        common["ended_on"] = _end(chance, start)
        name, floor = chance.choice(NAMES), chance.choice(floors)
        code = chance.choice(TEXTS).replace("\r", "").replace("\n", " ")
        enrolments[product.pk, systems[name].pk, start] = TraceabilityEnrolment(
            system=systems[name], code=code, **common
        )
        url = chance.choice(["", "https://voso.vn/a?b=1&c=2", "voso.vn/x", "voso.vn/=1+1"])
        listings[product.pk, floor.pk, start] = FloorListing(floor=floor, url=url, **common)
    TraceabilityEnrolment.objects.bulk_create(enrolments.values())
    FloorListing.objects.bulk_create(listings.values())
    rebuild(product.pk for product in products)


def _allocations(chance: random.Random, units: list[Unit], size: int) -> None:
    targets = list(Target.objects.filter(kind="count"))
    keys = list(pairs(targets, units, range(2022, 2026)))
    Allocation.objects.bulk_create(
        Allocation(
            target=target,
            unit=unit,
            year=year,
            value=chance.choice([0, 1, 5, 1250]),
            document=chance.choice(TEXTS[:9]),
            status=Status.VERIFIED,
        )
        for target, unit, year in chance.sample(keys, min(size, len(keys)))
    )


def exports(fmt: str = "xlsx", **wanted: Any) -> dict[str, bytes]:
    """Every dataset's export, in the order in which they can be imported again.

    On PostgreSQL the statistics are those of the records now there: of what tests write and undo
    the server's own are always out of date, and an export then takes a minute.
    """
    statistics.bring_up_to_date()
    wanted.setdefault("scope", SYSTEM)
    return {name: export_file(name, fmt=fmt, **wanted)[1] for name in DATASETS}


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    """The rows of an exported workbook, its header first."""
    page = load_workbook(io.BytesIO(data), read_only=True).active
    rows = list(page.iter_rows(values_only=True))
    return [(*row, *[None] * (len(rows[0]) - len(row))) for row in rows]


def cells_of(data: bytes) -> Iterator[dict[str, Any]]:
    header, *rows = rows_of(data)
    for row in rows:
        yield dict(zip(header, row, strict=True))

"""Random worlds for the oracle: one maker for Hypothesis and for seeded campaigns, and `write`.

The plan's targets are those of the domain page, not of the fixtures that the program loads; limits
are small, so that a dozen products see every state.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from products import validity
from products.choices import ChannelStatus, Rank
from products.models import EcommerceFloor, Producer
from targets.models import Allocation, Milestone, Plan, Target, TargetValue
from tests.support import oracle
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_producer,
    make_product,
    make_recognition,
    make_task,
    system,
)

Pick = Callable[[Sequence[Any]], Any]
"""Gives one of several; the first ones are the plain ones, to which Hypothesis shrinks."""

FIRST, LAST = date(2019, 1, 1), date(2027, 12, 31)
DISTRICTS = ("844", "848", "842")
STATUSES = ("verified",) * 6 + ("submitted", "submitted", "returned", "draft", "cancelled")
RANKS = ("rank_3", "rank_3", "rank_3", "rank_4", "potential_5", "rank_5")
FLOORS = ("voso", "postmart", "shopee", "facebook")
SYSTEMS = ("Cổng thử", "Hệ thống thử", "Cổng chờ xác nhận", "Cổng không tính")
PROPOSED = ("Cổng chờ xác nhận",)
UNCOUNTED = ("facebook", "Cổng không tính", *PROPOSED)
EDGES = (
    *(date(year, 1, 1) for year in (2022, 2023, 2024, 2025, 2026)),
    *(date(year, 12, 31) for year in (2021, 2022, 2023, 2024, 2025)),
    *(date(2020, 2, 29), date(2024, 2, 29), date(2023, 2, 28)),
    *(date(2021, 1, 31), date(2022, 8, 31), date(2024, 3, 31)),
    *(date(year, 12, 30) for year in (2022, 2024, 2025)),
)
KINDS = {
    "IP-COLLECTIVE": ("collective_mark",),
    "IP-TRADEMARK": ("trademark",),
    "IP-DESIGN": ("industrial_design",),
    "IP-PATENT": ("invention", "utility_solution"),
    "IP-MADRID": ("international_mark",),
    "IP-CERTIFICATION": ("certification_mark",),
    "IP-GI": ("geographical_indication",),
}
OTHERS = ("IP-CERTIFICATION", "IP-GI")
"""Which count rights whether supported or not."""
CODES = (
    *("IP-COLLECTIVE", "IP-TRADEMARK", "IP-DESIGN", "IP-PATENT", "IP-MADRID", "ST-TASKS"),
    *("IP-CERTIFICATION", "IP-GI", "OCOP-NEW", "TRACE-SHARE", "ECOM-SHARE"),
)
YEARS = (2022, 2023, 2024, 2025)


@st.composite
def worlds(draw: Any) -> oracle.World:
    """Worlds for Hypothesis."""
    return make_world(lambda options: draw(st.sampled_from(options)))


def random_world(seed: int) -> oracle.World:
    return make_world(Random(seed).choice)


def make_world(pick: Pick) -> oracle.World:
    """Up to a dozen products, their papers, rights, tasks, and a plan with small limits."""
    return oracle.World(
        targets=tuple(a_target(pick, code) for code in CODES),
        products=several(pick, a_product, 12),
        rights=several(pick, a_right, 16),
        tasks=several(pick, a_task, 5),
        attention_percent=pick((75, 75, 50, 100)),
    )


def several(pick: Pick, make: Callable[[Pick], Any], most: int) -> tuple[Any, ...]:
    return tuple(make(pick) for _ in range(pick(range(most + 1))))


def once(records: Iterable[Any], key: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The first record of each key: what the database takes only once."""
    return tuple({key(one): one for one in reversed([*records])}.values())[::-1]


# --- Days -----------------------------------------------------------------------------------------


def a_day(pick: Pick, first: date = FIRST, last: date = LAST) -> date:
    """Half of them at or next to a boundary."""
    if pick((True, False)):
        day = pick(EDGES) + timedelta(days=pick((0, 0, 1, -1)))
        if first <= day <= last:
            return day
    return first + timedelta(days=pick(range((last - first).days + 1)))


def a_later_day(pick: Pick, start: date) -> date:
    """The same day, soon, at the year's end, a year or a certificate's term later, or any day."""
    year_end = date(start.year, 12, 31)
    day: date = pick(
        (
            start,
            start + timedelta(days=1),
            start + timedelta(days=pick(range(400))),
            year_end,
            year_end + timedelta(days=1),
            oracle.plus_months(start, 12),
            oracle.plus_months(start, 36),
            oracle.plus_months(start, 36) + timedelta(days=1),
            start + timedelta(days=pick(range(1500))),
        )
    )
    return day


def maybe(pick: Pick, times: int, make: Callable[[], Any]) -> Any:
    """Something once in so many times."""
    return make() if pick(range(times)) == times - 1 else None


# --- Records --------------------------------------------------------------------------------------


def a_product(pick: Pick) -> oracle.Product:
    return oracle.Product(
        district=pick(DISTRICTS),
        producer=pick("ABC"),
        recognitions=once(recognitions(pick), lambda one: (one.decided_on, one.rank)),
        enrolments=once([a_listing(pick, SYSTEMS) for _ in range(pick((0, 1, 1, 2)))], listing_key),
        listings=once([a_listing(pick, FLOORS) for _ in range(pick((0, 1, 1, 2, 3)))], listing_key),
    )


def recognitions(pick: Pick) -> list[oracle.Recognition]:
    """One after another: renewed, upgraded, some revoked the same day, in the year, later."""
    made: list[oracle.Recognition] = []
    for _ in range(pick((1, 1, 2, 2, 3, 0))):
        if made and pick((True, False)):
            decided_on = min(LAST, a_later_day(pick, made[-1].decided_on))
        else:
            decided_on = a_day(pick)
        revoked_on = maybe(pick, 4, lambda on=decided_on: a_later_day(pick, on))  # type: ignore[misc]
        made.append(oracle.Recognition(decided_on, pick(RANKS), revoked_on, pick(STATUSES)))
    return made


def a_listing(pick: Pick, places: Sequence[str]) -> oracle.Listing:
    started_on, where = a_day(pick), pick(places)
    return oracle.Listing(
        started_on,
        ended_on=maybe(pick, 3, lambda: a_later_day(pick, started_on)),
        where=where,
        counted=where not in UNCOUNTED,
        status=pick(STATUSES),
    )


def listing_key(one: oracle.Listing) -> tuple[str, date]:
    return one.where, one.started_on


def a_right(pick: Pick) -> oracle.Right:
    filed_on = a_day(pick)
    return oracle.Right(
        kind=pick([kind for kinds in KINDS.values() for kind in kinds]),
        district=pick((*DISTRICTS, None)),
        filed_on=filed_on,
        granted_on=pick((a_later_day(pick, filed_on), a_later_day(pick, filed_on), None)),
        supported=pick((True, True, False)),
        supported_on=maybe(pick, 2, lambda: a_day(pick)),
        withdrawn_on=maybe(pick, 9, lambda: a_later_day(pick, filed_on)),
        refused_on=maybe(pick, 9, lambda: a_later_day(pick, filed_on)),
        cancelled_on=maybe(pick, 5, lambda: a_later_day(pick, filed_on)),
        ended_on=maybe(pick, 9, lambda: a_later_day(pick, filed_on)),
        status=pick(STATUSES),
    )


def a_task(pick: Pick) -> oracle.Task:
    approved_on = a_day(pick)
    return oracle.Task(
        approved_on,
        cancelled_on=maybe(pick, 3, lambda: a_later_day(pick, approved_on)),
        district=pick((*DISTRICTS, None)),
        status=pick(STATUSES),
    )


# --- The plan -------------------------------------------------------------------------------------


def a_target(pick: Pick, code: str) -> oracle.Target:
    """One of the domain page's eleven, with limits of its own."""
    measures = {
        "ST-TASKS": "tasks",
        "OCOP-NEW": "new",
        "TRACE-SHARE": "traced",
        "ECOM-SHARE": "sold",
    }
    measure = measures.get(code, "rights")
    is_share, yearly = code.endswith("-SHARE"), code == "OCOP-NEW"
    years = YEARS if yearly else (None,)
    values = [one for year in years for one in some_values(pick, is_share, year)]
    return oracle.Target(
        code=code,
        measure=measure,
        values=tuple(values),
        operator=">" if is_share else ">=",
        yearly=yearly,
        kinds=KINDS.get(code, ()),
        supported_only=code in KINDS and code not in OTHERS,
        event=pick(("granted", "granted", "filed", "supported")) if code in KINDS else "granted",
        milestones=tuple(one for year in years for one in some_milestones(pick, is_share, year)),
        allocations=() if is_share else some_allocations(pick),
    )


def some_values(pick: Pick, is_share: bool, year: int | None) -> list[oracle.Value]:
    """One, or one and others that supersede it from later days on."""
    limits = (
        ("50", "70", "33.333", "66.667", "100", "0") if is_share else ("1", "2", "4", "8", "25")
    )
    made = []
    for since in sorted({date(2022, 4, 13), *several(pick, a_day, 2)}):
        threshold = Decimal(pick(limits))
        aim = None if is_share else maybe(pick, 2, lambda least=threshold: least + pick((0, 1, 5)))
        made.append(oracle.Value(threshold, since, aim, year))
    return made


def some_milestones(pick: Pick, is_share: bool, year: int | None) -> list[oracle.Milestone]:
    """Mostly none; else up to three within the window that do not fall."""
    first = date(year or 2022, 1, 2)
    last = date(year or 2025, 12, 31)
    days = sorted({a_day(pick, first, last) for _ in range(pick((0, 0, 0, 1, 2, 3)))})
    top = 70 if is_share else 5
    heights = sorted(pick(range(4 * top + 1)) for _ in days)
    return [
        oracle.Milestone(day, Decimal(height) / 4, year)
        for day, height in zip(days, heights, strict=True)
    ]


def some_allocations(pick: Pick) -> tuple[oracle.Allocation, ...]:
    made = [
        oracle.Allocation(
            pick(DISTRICTS),
            pick(YEARS),
            value=pick((0, 1, 1, 2, 3)),
            given_from=maybe(pick, 3, lambda: a_day(pick)),
            status=pick(STATUSES),
        )
        for _ in range(pick((0, 1, 2, 3, 5)))
    ]
    return once(made, lambda one: (one.district, one.year))


def days_to_ask(pick: Pick, world: oracle.World, number: int) -> list[date]:
    """Days on and next to the windows' boundaries and the world's own decisions, and any day."""
    own = [
        day
        for product in world.products
        for one in product.recognitions
        for day in (one.decided_on, one.revoked_on, oracle.plus_months(one.decided_on, 36))
        if day
    ]
    around = [oracle.plus_months(day, -12 * pick((0, 0, 1))) for day in own] or list(EDGES)
    found = {
        pick((a_day(pick), min(LAST, pick(around) + timedelta(days=pick((0, 1, -1))))))
        for _ in range(number)
    }
    return sorted(found)


# --- Writing --------------------------------------------------------------------------------------


def write(world: oracle.World) -> None:
    """Enters the world into the database, which holds the reference data and no records."""
    for number, product in enumerate(world.products):
        write_product(product, f"Sản phẩm {number}")
    for number, right in enumerate(world.rights):
        write_right(right, f"Quyền {number}")
    for number, task in enumerate(world.tasks):
        make_task(
            task.approved_on,
            name=f"Nhiệm vụ {number}",
            cancelled_on=task.cancelled_on,
            district=task.district and district(task.district),
            **stands(task.status),
        )
    Plan.objects.filter(code=world.plan).update(attention_percent=world.attention_percent)
    for target in world.targets:
        write_target(target, Target.objects.get(plan__code=world.plan, code=target.code))
    validity.rebuild_all()


def stands(status: str) -> dict[str, str]:
    """The columns of a status; a record is returned with a reason."""
    return {"status": status, "status_reason": "thử" if status == "returned" else ""}


def write_product(product: oracle.Product, name: str) -> None:
    found = Producer.objects.filter(name=f"Hộ {product.producer}").first()
    unit = district(product.district)
    producer = found or make_producer(f"Hộ {product.producer}", unit)
    made = make_product(name, producer, district=unit)
    for one in product.recognitions:
        revoked = {"revoked_on": one.revoked_on} if one.revoked_on else {}
        make_recognition(made, one.decided_on, RANK[one.rank], **revoked, **stands(one.status))
    for one in product.enrolments:
        make_enrolment(
            made,
            one.started_on,
            ended_on=one.ended_on,
            system=system(one.where, **channel_of(one.where)),
            **stands(one.status),
        )
    for one in product.listings:
        assert EcommerceFloor.objects.get(code=one.where).counted == one.counted
        make_listing(made, one.started_on, one.where, ended_on=one.ended_on, **stands(one.status))


def channel_of(name: str) -> dict[str, Any]:
    """Whether a system of that name is proposed only, and whether it counts."""
    status = ChannelStatus.PROPOSED if name in PROPOSED else ChannelStatus.CONFIRMED
    return {"counted": name not in UNCOUNTED or name in PROPOSED, "status": status}


RANK = {
    "rank_3": Rank.THREE,
    "rank_4": Rank.FOUR,
    "potential_5": Rank.POTENTIAL_FIVE,
    "rank_5": Rank.FIVE,
}
RIGHT_DAYS = (
    *("filed_on", "granted_on", "supported_on", "withdrawn_on", "refused_on"),
    *("cancelled_on", "ended_on"),
)


def write_right(right: oracle.Right, name: str) -> None:
    make_ip_right(
        right.kind,
        name=name,
        supported=right.supported,
        district=right.district and district(right.district),
        **{field: getattr(right, field) for field in RIGHT_DAYS},
        **stands(right.status),
    )


def write_target(target: oracle.Target, row: Target) -> None:
    """Its limits, milestones and quotas instead of the loaded ones."""
    Target.objects.filter(pk=row.pk).update(counting_event=target.event)
    row.values.all().delete()
    TargetValue.objects.bulk_create(
        TargetValue(
            target=row,
            year=one.year,
            effective_from=one.effective_from,
            threshold=one.threshold,
            aim=one.aim,
            document="thử",
        )
        for one in target.values
    )
    Milestone.objects.bulk_create(
        Milestone(target=row, year=one.year, due_on=one.due_on, value=one.value)
        for one in target.milestones
    )
    for one in target.allocations:
        Allocation.objects.create(
            target=row,
            unit=district(one.district),
            year=one.year,
            value=one.value,
            given_from=one.given_from,
            **stands(one.status),
        )

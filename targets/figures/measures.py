"""What is: counted records as exact numbers, for every district at once.

`collect_facts` asks the database once for each kind of record, all of them at one moment; the
functions registered in MEASURES read one target's numbers for one unit out of the answers. Nothing
here compares or rounds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from ocop.db.consistent_read import consistent_read
from products.choices import RANK_KEYS, Status
from products.models import (
    FloorListing,
    IPRight,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
)
from products.models.entered import counted_statuses
from targets.choices import CountingEvent, Measure

ByDistrict = dict[int | None, dict[str, int]]
"""District id (None: records of the province itself) → column → number."""
ByRight = dict[tuple[int | None, str, bool], dict[str, int]]
"""District id, kind of right, whether it was supported → column → number."""


class Window(NamedTuple):
    label: str
    first: date
    last: date


@dataclass(frozen=True)
class Facts:
    """Everything the measures read, counted at `day`; `pending` counts submitted records too."""

    day: date
    pending: bool
    windows: tuple[Window, ...]
    valid: ByDistrict
    valid_at_end: ByDistrict
    recognised: ByDistrict
    tasks: ByDistrict
    ip_rights: ByRight

    @property
    def producers(self) -> int:
        """Holding a valid certificate, in the whole province: not the sum of the districts',
        since a producer may have products in several."""
        return next((row["all_producers"] for row in self.valid.values()), 0)

    @property
    def has_records(self) -> bool:
        """False where no record of any kind is known by the day, whatever its status."""
        return bool(self.valid or self.recognised or self.tasks or self.ip_rights)

    def index(self, window: Window) -> int:
        return self.windows.index(window)


@dataclass(frozen=True)
class Measurement:
    """One measure for one unit: the value, or numerator and denominator, and its working.

    `left_out` names records found and not counted, by reason; `pipeline` those on their way
    (None where the measure knows none).
    """

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    end_numerator: int | None = None
    end_denominator: int | None = None
    pipeline: int | None = None
    left_out: dict[str, int] = field(default_factory=dict)


def collect_facts(
    lines: Iterable[tuple[Any, Window]], day: date, plan_end: date, pending: bool = False
) -> Facts:
    """Count at `day` for all districts what `lines` (target, window) read.

    `plan_end` is the day shares are looked ahead to. Only the windows (and events of rights)
    that some target asks for become columns: each one costs the database a pass over the group.
    """
    windows, by_measure, events = _windows_of(list(lines))
    of_recognitions = by_measure.get(Measure.NEW_PRODUCTS, {})
    of_tasks = by_measure.get(Measure.SCIENCE_TASKS, {})
    with consistent_read():
        valid, standing_at_end = _standing_twice(day, plan_end, pending)
        return Facts(
            day=day,
            pending=pending,
            windows=windows,
            valid=valid,
            valid_at_end=standing_at_end,
            recognised=_recognised(of_recognitions, day, pending),
            tasks=_tasks(of_tasks, day, pending),
            ip_rights=_ip_rights(events, day, pending),
        )


ByMeasure = dict[str, dict[int, Window]]
Events = dict[tuple[str, int], Window]


def _windows_of(lines: list[tuple[Any, Window]]) -> tuple[tuple[Window, ...], ByMeasure, Events]:
    """The windows of `lines`, which of them each measure asks for, and each event of rights."""
    windows = tuple(dict.fromkeys(window for _target, window in lines))
    by_measure: ByMeasure = {}
    events: Events = {}
    for target, window in lines:
        number = windows.index(window)
        by_measure.setdefault(target.measure, {})[number] = window
        if target.measure == Measure.IP_RIGHTS:
            events[target.counting_event, number] = window
    return windows, by_measure, events


# --- Each kind of record --------------------------------------------------------------------------


def _by_district(records: QuerySet, path: str, columns: dict[str, Any]) -> ByDistrict:
    """`records` counted in `columns` for each district, whose id stands at `path`."""
    groups = records.order_by().values(path).annotate(**columns)
    return {group.pop(path): group for group in groups}


def _standing_twice(day: date, end: date, pending: bool) -> tuple[ByDistrict, ByDistrict]:
    """What is valid at `day` and what of it, with what is known by then, at `end`."""
    found: tuple[ByDistrict, ByDistrict] = ({}, {})
    groups = _valid_products(day, pending, day, 0).union(
        _valid_products(end, pending, day, 1), all=True
    )
    for group in groups:
        found[group.pop("at_end")][group.pop("product__district_id")] = group
    return found


def _valid_products(day: date, pending: bool, decided_by: date, at_end: int) -> QuerySet:
    """By district: valid products at `day` by rank, how many of them are traced and sold on line.

    Only what is known by `decided_by`: later decisions and listings are not supposed.
    """
    of_product = {"product_id": OuterRef("product_id"), "started_on__lte": decided_by}
    traced = TraceabilityEnrolment.objects.counted(pending).listed_at(day).filter(**of_product)
    sold = (
        FloorListing.objects.counted(pending)
        .listed_at(day)
        .filter(floor__counted=True, **of_product)
    )
    columns: dict[str, Any] = {
        "total": Count("pk"),
        "traced": Count("pk", filter=Exists(traced)),
        "sold": Count("pk", filter=Exists(sold)),
        "producers": PRODUCERS,
        "all_producers": Subquery(_all_producers(day, pending)),
    }
    for rank, key in RANK_KEYS.items():
        columns[key] = Count("pk", filter=Q(rank=rank))
    latest = Recognition.objects.latest_at(day, pending, decided_by)
    groups = latest.order_by().values("product__district_id", at_end=Value(at_end))
    return groups.annotate(**columns)


PRODUCERS = Count("product__producer", distinct=True)


def _all_producers(day: date, pending: bool) -> QuerySet:
    """How many producers hold a valid certificate at `day`, whatever their district; one row."""
    valid = Recognition.objects.counted(pending).valid_at(day).order_by()
    return valid.values(everywhere=Value(1)).annotate(number=PRODUCERS).values("number")


def _recognised(windows: dict[int, Window], day: date, pending: bool) -> ByDistrict:
    """Recognitions in each window: first ever, again, revoked, awaiting verification.

    `known`: products ever recognised by `day`; `revoked`: those of them without a valid
    certificate because it was revoked. Grouped by being the first, so that the database looks for
    an earlier one once a row and not once a column; then both groups of a district as one: first
    ones count fully, the others as "again".
    """
    counted = Q(status__in=counted_statuses(pending))
    earlier = Recognition.objects.counted(pending).before_outer()
    rows = Recognition.objects.counted(pending=True).filter(decided_on__lte=day).order_by()
    columns = _recognition_columns(windows, day, pending, counted)
    district = "product__district_id"
    found: ByDistrict = {}
    for group in rows.values(district, first=~Exists(earlier)).annotate(**columns):
        totals, first = found.setdefault(group.pop(district), {}), group.pop("first")
        for column, number in group.items():
            name = column.removeprefix("first_")
            if first or name == column:
                totals[name] = totals.get(name, 0) + number
        for place in windows:
            again = 0 if first else group[f"decided_{place}"]
            totals[f"again_{place}"] = totals.get(f"again_{place}", 0) + again
    return found


def _recognition_columns(
    windows: dict[int, Window], day: date, pending: bool, counted: Q
) -> dict[str, Any]:
    """Columns of `_recognised`; those that begin with "first_" hold for first ones only."""
    active = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
    of_product = Recognition.objects.counted(pending).filter(product_id=OuterRef("product_id"))
    revoked = Q(revoked_on__lte=day, valid_until__gte=day)
    another = of_product.filter(revoked, pk__gt=OuterRef("pk"))
    columns: dict[str, Any] = {
        "first_known": Count("pk", filter=counted),
        "revoked": Count(
            "pk",
            filter=counted & revoked & ~Exists(of_product.valid_at(day)) & ~Exists(another),
        ),
        "waiting": Count("pk", filter=Q(status=Status.SUBMITTED)),
    }
    for number, window in windows.items():
        inside = Q(decided_on__gte=window.first, decided_on__lte=window.last)
        columns[f"decided_{number}"] = Count("pk", filter=counted & inside)
        columns[f"first_new_{number}"] = Count("pk", filter=counted & inside & active)
        columns[f"first_revoked_{number}"] = Count("pk", filter=counted & inside & ~active)
        columns[f"waiting_{number}"] = Count("pk", filter=inside & Q(status=Status.SUBMITTED))
    return columns


def _tasks(windows: dict[int, Window], day: date, pending: bool) -> ByDistrict:
    """Tasks approved in each window and by `day`, not cancelled by then."""
    counted = Q(status__in=counted_statuses(pending))
    active = Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day)
    columns: dict[str, Any] = {}
    for number, window in windows.items():
        inside = Q(approved_on__gte=window.first, approved_on__lte=min(window.last, day))
        columns[f"approved_{number}"] = Count("pk", filter=counted & inside & active)
        columns[f"cancelled_{number}"] = Count("pk", filter=counted & inside & ~active)
        columns[f"waiting_{number}"] = Count("pk", filter=inside & Q(status=Status.SUBMITTED))
    return _by_district(ScienceTask.objects.counted(pending=True), "district_id", columns)


def _ip_rights(events: Events, day: date, pending: bool) -> ByRight:
    """Rights by district, kind and support: per counting event and window, and the pipeline.

    `events`: (counting event, number of the window) → window.
    """
    counted = Q(status__in=counted_statuses(pending))
    active = Q(pk__in=IPRight.objects.active_at(day).values("pk"))
    not_granted = Q(granted_on__isnull=True) | Q(granted_on__gt=day)
    columns: dict[str, Any] = {
        "pipeline": Count("pk", filter=counted & active & not_granted & Q(filed_on__lte=day)),
    }
    for (event, number), window in events.items():
        path = EVENT_DATES[CountingEvent(event)]
        inside = Q(**{f"{path}__gte": window.first, f"{path}__lte": min(window.last, day)})
        columns[f"{event}_{number}"] = Count("pk", filter=counted & inside & active)
        columns[f"{event}_out_{number}"] = Count("pk", filter=counted & inside & ~active)
        columns[f"{event}_waiting_{number}"] = Count(
            "pk", filter=inside & Q(status=Status.SUBMITTED)
        )
    rows = IPRight.objects.counted(pending=True).order_by()
    groups = rows.values("district_id", "kind", "supported").annotate(**columns)
    return {
        (group.pop("district_id"), group.pop("kind"), group.pop("supported")): group
        for group in groups
    }


EVENT_DATES = {
    CountingEvent.GRANTED: "granted_on",
    CountingEvent.FILED: "filed_on",
    CountingEvent.SUPPORTED: "supported_on",
}


# --- One target's numbers for one unit ----------------------------------------------------------


def _total(rows: ByDistrict, column: str, district: int | None) -> int:
    """A column's number in one district; over the whole province for None."""
    if district is not None:
        return rows.get(district, {}).get(column, 0)
    return sum(row.get(column, 0) for row in rows.values())


def _left_out(**reasons: int) -> dict[str, int]:
    return {reason: number for reason, number in reasons.items() if number}


def new_products(facts: Facts, target: Any, window: Window, district: int | None) -> Measurement:
    """Products first recognised at 3 stars or higher in the window and not revoked since."""
    number = facts.index(window)

    def total(name: str) -> int:
        return _total(facts.recognised, f"{name}_{number}", district)

    waiting = 0 if facts.pending else total("waiting")
    return Measurement(
        value=total("new"),
        left_out=_left_out(again=total("again"), revoked=total("revoked"), waiting=waiting),
    )


def science_tasks(facts: Facts, target: Any, window: Window, district: int | None) -> Measurement:
    """Tasks approved in the window and not cancelled by the day asked for."""
    number = facts.index(window)

    def total(name: str) -> int:
        return _total(facts.tasks, f"{name}_{number}", district)

    waiting = 0 if facts.pending else total("waiting")
    return Measurement(
        value=total("approved"),
        left_out=_left_out(cancelled=total("cancelled"), waiting=waiting),
    )


def ip_rights(facts: Facts, target: Any, window: Window, district: int | None) -> Measurement:
    """Rights of the target's kinds whose counting event lies in the window, standing today."""
    number, event = facts.index(window), target.counting_event
    counted = {f"{event}_{number}": 0, f"{event}_out_{number}": 0, f"{event}_waiting_{number}": 0}
    pipeline = unsupported = 0
    for (place, kind, supported), row in facts.ip_rights.items():
        if kind not in target.ip_kinds or (district is not None and place != district):
            continue
        if target.supported_only and not supported:
            unsupported += row[f"{event}_{number}"]
            continue
        pipeline += row["pipeline"]
        for column in counted:
            counted[column] += row[column]
    value, out, waiting = counted.values()
    return Measurement(
        value=value,
        pipeline=pipeline,
        left_out=_left_out(
            unsupported=unsupported, cancelled=out, waiting=0 if facts.pending else waiting
        ),
    )


def _share(column: str) -> Callable[[Facts, Any, Window, int | None], Measurement]:
    def read(facts: Facts, target: Any, window: Window, district: int | None) -> Measurement:
        known = _total(facts.recognised, "known", district)
        total = _total(facts.valid, "total", district)
        revoked = _total(facts.recognised, "revoked", district)
        waiting = 0 if facts.pending else _total(facts.recognised, "waiting", district)
        return Measurement(
            numerator=_total(facts.valid, column, district),
            denominator=total,
            end_numerator=_total(facts.valid_at_end, column, district),
            end_denominator=_total(facts.valid_at_end, "total", district),
            left_out=_left_out(expired=known - total - revoked, revoked=revoked, waiting=waiting),
        )

    return read


MEASURES: dict[str, Callable[[Facts, Any, Window, int | None], Measurement]] = {
    Measure.IP_RIGHTS: ip_rights,
    Measure.SCIENCE_TASKS: science_tasks,
    Measure.NEW_PRODUCTS: new_products,
    Measure.TRACEABILITY_SHARE: _share("traced"),
    Measure.ECOMMERCE_SHARE: _share("sold"),
}
"""One function per measure; a new measure is a function here and a choice in choices.Measure."""


def stock(facts: Facts, district: int | None) -> dict[str, int]:
    """Valid products at the facts' day: `total`, one number per rank, and their `producers`."""
    numbers = {key: _total(facts.valid, key, district) for key in ("total", *RANK_KEYS.values())}
    of_district = _total(facts.valid, "producers", district)
    return {**numbers, "producers": facts.producers if district is None else of_district}

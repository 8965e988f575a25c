"""The records of one target as steps: what counts from when until when, in one query."""

from datetime import date
from typing import Any

from django.db.models import Exists

from ocop.organisation.models import Unit
from products.models import IPRight, Recognition, ScienceTask
from targets.choices import Measure
from targets.figures import history_rows
from targets.figures.measures import EVENT_DATES, Window
from targets.figures.overview import district_of
from targets.progress import ENDED, RENEWED, CountedRow, Event, count_events, share_events


def events_of(
    target: Any, window: Window, known_by: date, unit: Unit, pending: bool = False
) -> list[Event]:
    """Every step of `target` in `window` for `unit`, out of what was decided by `known_by`.

    Steps may lie after `known_by` where their day is already certain (the end of a certificate).
    Their sum up to a day is what `overview.build` counts on that day. `record` is the id of a
    product, a right or a task, after the target's measure. The scope is the caller's to check.
    """
    district = district_of(unit)
    if target.measure == Measure.IP_RIGHTS:
        return _of_rights(target, window, known_by, district, pending)
    if target.measure == Measure.SCIENCE_TASKS:
        return _of_tasks(window, known_by, district, pending)
    if target.measure == Measure.NEW_PRODUCTS:
        return _of_new_products(window, known_by, district, pending)
    return _of_share(target.measure, known_by, district, pending)


def within(records: Any, district: int | None) -> Any:
    """`records` of one district; all of them for None (the whole province)."""
    if district is None:
        return records
    return records.filter(**{records.district_path: district})


def _of_rights(
    target: Any, window: Window, known_by: date, district: int | None, pending: bool
) -> list[Event]:
    event = EVENT_DATES[target.counting_event]
    span = {f"{event}__gte": window.first, f"{event}__lte": min(window.last, known_by)}
    rights = IPRight.objects.counted(pending).filter(kind__in=target.ip_kinds, **span)
    if target.supported_only:
        rights = rights.filter(supported=True)
    columns = ("pk", event, "withdrawn_on", "refused_on", "cancelled_on", "ended_on")
    rows, ended = [], []
    for pk, counts_from, *end_dates, ended_on in within(rights, district).values_list(*columns):
        counts_until = min((day for day in end_dates if day), default=None)
        rows.append(CountedRow(pk, counts_from, counts_until))
        if ended_on and ended_on >= counts_from and not (counts_until and counts_until <= ended_on):
            ended.append(Event(ended_on, ENDED, pk, 0))
    return [*count_events(rows), *ended]


def _of_tasks(window: Window, known_by: date, district: int | None, pending: bool) -> list[Event]:
    tasks = ScienceTask.objects.counted(pending)
    tasks = tasks.approved_between(window.first, min(window.last, known_by))
    columns = ("pk", "approved_on", "cancelled_on")
    return count_events(CountedRow(*row) for row in within(tasks, district).values_list(*columns))


def _of_new_products(
    window: Window, known_by: date, district: int | None, pending: bool
) -> list[Event]:
    """First recognitions count; further recognitions in the same window are reported beside
    them."""
    earlier = Recognition.objects.counted(pending).before_outer()
    decided = (
        Recognition.objects.counted(pending)
        .filter(decided_on__gte=window.first, decided_on__lte=min(window.last, known_by))
        .annotate(again=Exists(earlier))
        .order_by("decided_on", "pk")
    )
    columns = ("product_id", "decided_on", "revoked_on", "again")
    rows = list(within(decided, district).values_list(*columns))
    first = [CountedRow(*row) for *row, again in rows if not again]
    return [
        *count_events(first),
        *(Event(day, RENEWED, product, 0) for product, day, _revoked, again in rows if again),
    ]


def _of_share(measure: str, known_by: date, district: int | None, pending: bool) -> list[Event]:
    source = history_rows.SHARE_SOURCES[Measure(measure)]
    known = history_rows.read_history_rows(known_by, district, pending, [source])
    return share_events(known.certificates, known.enrolments[source])

"""Records whose counted values were changed between two days, out of their history rows.

A correction changes figures of days that were already reported. The ordinary life of a record (a
right is granted, a certificate is revoked from a later day on) is none: it counts on its own day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from ocop.organisation.models import Unit, User
from products.choices import Action, Status
from products.models import (
    EnteredRecord,
    FloorListing,
    IPRight,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
)
from targets.choices import Measure
from targets.figures import EVENT_DATES, Window, district_of, within
from targets.progress import ONE_DAY

CHANGING = (Action.EDIT, Action.AMEND, Action.UNDO)
RECOGNITION = (Recognition, ("product_id", "decided_on", "revoked_on"))
SPAN = ("product_id", "started_on", "ended_on")
COUNTED: dict[str, tuple[tuple[type[EnteredRecord], tuple[str, ...]], ...]] = {
    Measure.NEW_PRODUCTS: (RECOGNITION,),
    Measure.TRACEABILITY_SHARE: (RECOGNITION, (TraceabilityEnrolment, SPAN)),
    Measure.ECOMMERCE_SHARE: (RECOGNITION, (FloorListing, (*SPAN, "floor_id"))),
    Measure.SCIENCE_TASKS: ((ScienceTask, ("approved_on", "cancelled_on", "district_id")),),
}
"""The columns whose values decide whether a record counts, by measure."""


ColumnValues = dict[str, Any]
"""One history row's values by column."""


@dataclass(frozen=True)
class Correction:
    """One change of a verified record; `changed` holds (column, before, after)."""

    model: type[EnteredRecord]
    record_id: int
    at: datetime
    who: str
    why: str
    changed: list[tuple[str, Any, Any]]


def corrections_between(
    target: Any, window: Window, earlier: date, later: date, unit: Unit, pending: bool = False
) -> list[Correction]:
    """Changes made after `earlier` through `later` of what `target` counts in `window`, in order.

    Of records of `unit`; those that concern the target neither before nor after are left aside.

    Days are those of the clock in the program's time zone. With `pending` changes of records
    that await verification are among them. The scope is the caller's to check. Two queries at
    most a kind of record, and one for the people.
    """
    statuses = {Status.VERIFIED, *([Status.SUBMITTED] if pending else [])}
    found = []
    for model, columns in _counted_columns(target):
        rows = _rows(model, columns, earlier, later, unit)
        for _pk, versions in groupby(rows, key=lambda row: row["id"]):
            found += [
                (after, model, changed)
                for before, after, changed in _of_record(columns, list(versions), earlier, statuses)
                if _concerns(target, window, before) or _concerns(target, window, after)
            ]
    found = [one for one in found if _on_day(one[0]["history_date"]) <= later]
    people = User.objects.in_bulk({row["history_user_id"] for row, _m, _c in found} - {None})
    corrections = [
        Correction(
            model=model,
            record_id=row["id"],
            at=row["history_date"],
            who=str(people.get(row["history_user_id"], "")),
            why=row["history_change_reason"] or "",
            changed=changed,
        )
        for row, model, changed in found
    ]
    return sorted(corrections, key=lambda one: one.at)


def _counted_columns(target: Any) -> Iterable[tuple[type[EnteredRecord], tuple[str, ...]]]:
    if target.measure != Measure.IP_RIGHTS:
        return COUNTED[target.measure]
    event = EVENT_DATES[target.counting_event]
    end_fields = ("withdrawn_on", "refused_on", "cancelled_on")
    return ((IPRight, ("kind", "supported", event, *end_fields, "district_id")),)


def _rows(
    model: type[EnteredRecord], columns: tuple[str, ...], earlier: date, later: date, unit: Unit
) -> Iterable[ColumnValues]:
    """History rows up to `later` of the unit's records that were changed in between."""
    history = get_history_manager_for_model(model).model.objects
    changed = history.filter(
        history_type="~",
        action__in=CHANGING,
        history_date__gte=_begin(earlier + ONE_DAY),
        history_date__lt=_begin(later + ONE_DAY),
    )
    records = within(model._default_manager.all(), district_of(unit))
    return (
        history.filter(id__in=changed.values("id"))
        .filter(id__in=records.values("pk"))
        .order_by("id", "history_id")
        .values(
            *("id", "status", "action", "history_type", "history_date", "history_user_id"),
            *("history_change_reason", *columns),
        )
    )


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _on_day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _of_record(
    columns: tuple[str, ...], versions: list[ColumnValues], earlier: date, statuses: set[Status]
) -> Iterable[tuple[ColumnValues, ColumnValues, list[tuple[str, Any, Any]]]]:
    """Those of one record's versions that corrected the one before: both, and what differs."""
    for before, after in pairwise(versions):
        corrections = _on_day(after["history_date"]) > earlier and after["action"] in CHANGING
        if not corrections or before["status"] not in statuses or after["status"] not in statuses:
            continue
        changed = [
            (name, before[name], after[name]) for name in columns if before[name] != after[name]
        ]
        if any(_corrects(old, new, earlier) for _name, old, new in changed):
            yield before, after, changed


def _concerns(target: Any, window: Window, version: ColumnValues) -> bool:
    """True where a record with these values counts for `target` in `window`, or could."""
    if target.measure == Measure.IP_RIGHTS:
        if version["kind"] not in target.ip_kinds:
            return False
        if target.supported_only and not version["supported"]:
            return False
    column = {
        Measure.IP_RIGHTS: EVENT_DATES.get(target.counting_event, ""),
        Measure.NEW_PRODUCTS: "decided_on",
        Measure.SCIENCE_TASKS: "approved_on",
    }.get(target.measure)
    if column is None:
        return True
    day = version[column]
    return day is not None and window.first <= day <= window.last


def _corrects(old: Any, new: Any, earlier: date) -> bool:
    """True where an existing value was changed, or a date was set on a day already reported."""
    return old is not None or not isinstance(new, date) or new <= earlier

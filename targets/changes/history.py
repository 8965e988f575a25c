"""What was written after a moment about records that targets count, out of their history rows.

It changes figures of days that were already reported: a value was corrected, or a record came late.
The ordinary life of a record (a right is granted, a certificate is revoked from a later day on) is
neither: it counts on its own day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ocop.organisation.models import Unit
from products.choices import Action, Status
from products.kinds import KINDS
from products.records import HistoryRow, RecordChange, changes
from targets.indicators import INDICATORS, Window
from targets.progress import ONE_DAY

CHANGING = (Action.EDIT, Action.AMEND, Action.UNDO, Action.MERGE, Action.SEPARATE)
TAKING_BACK = (Action.CANCEL, Action.RESTORE, Action.MERGE, Action.SEPARATE)
"""Steps by which a counted record leaves all days, or is back on all of them."""


@dataclass(frozen=True)
class Revisions:
    """What changed days already reported, each in the order of time: deciding values of counted
    records that were `corrected`, records that came to be counted `late`, and counted ones that
    were `cancelled` or brought back."""

    corrected: list[RecordChange]
    late: list[RecordChange]
    cancelled: list[RecordChange] = field(default_factory=list)


def counting_date(target: Any, slug: str) -> str:
    """The column of the day on which records of a kind that decides it count for `target`."""
    columns = target.indicator.deciding_fields(target)[slug]
    return next(name for name in columns if name in KINDS[slug].counting_dates)


def revisions(
    target: Any, window: Window, earlier: date, later: date, unit: Unit, pending: bool = False
) -> Revisions:
    """What was written after `earlier` through `later` about what `target` counts in `window`.

    Of records of `unit`; those that concern the target neither before nor after are left aside.
    Late is a record first counted in between whose day does not lie after `earlier`; none is where
    nothing of its kind was on file by then. Days are those of the clock in the program's time zone.
    With `pending` records that await verification are counted. The scope is the caller's to check.
    One query.
    """
    statuses = {Status.VERIFIED, *([Status.SUBMITTED] if pending else [])}
    begin, end = (_begin(day + ONE_DAY) for day in (earlier, later))

    reading = _Reading(target, window, earlier, statuses)
    for one in changes.changes_in(_rows(target, begin, end, unit, statuses)):
        if one.after.when < end:
            reading.take(one, told=one.after.when >= begin)
    found = reading.found
    for listed in (found.corrected, found.late, found.cancelled):
        listed.sort(key=lambda one: one.after.when)
    return found


class _Reading:
    """Sorts the changes of a target's records, given in the order of each record's history."""

    def __init__(self, target: Any, window: Window, earlier: date, statuses: set[Status]) -> None:
        self.target, self.window, self.earlier = target, window, earlier
        self.statuses = statuses
        self._decides = target.indicator.decides
        self.found = Revisions([], [])
        self._counted_before: set[tuple[str, int]] = set()

    def take(self, one: RecordChange, told: bool) -> None:
        """`told`: it was written in between; else only whether the record counted is noted."""
        record = one.after.kind, one.after.record_id
        was, counts = (_counted(row, self.statuses) for row in (one.before, one.after))
        if not told:
            self._counted_before.discard(record)
            self._counted_before.update([record] if counts else [])
        elif was != counts and one.after.action in TAKING_BACK:
            if self._concerns(one.before) and self._concerns(one.after):
                self.found.cancelled.append(one)
        elif counts and was:
            concerned = self._concerns(one.before) or self._concerns(one.after)
            if concerned and _corrects(one, self.earlier):
                self.found.corrected.append(one)
        elif counts and record not in self._counted_before and self._comes_late(one.after):
            self._counted_before.add(record)
            self.found.late.append(one)

    def _concerns(self, row: HistoryRow | None) -> bool:
        return row is not None and bool(self._decides(self.target, self.window, row.values))

    def _comes_late(self, row: HistoryRow) -> bool:
        day = row.values[counting_date(self.target, row.kind)]
        return self._concerns(row) and bool(day <= self.earlier)


def _rows(
    target: Any, begin: datetime, end: datetime, unit: Unit, statuses: set[Status]
) -> list[HistoryRow]:
    """All rows of the unit's records that something like that was written about in between."""
    rows = {}
    for slug, columns in target.indicator.deciding_fields(target).items():
        history = changes.history_of(slug)
        late = Q(
            status__in=statuses, **{f"{counting_date(target, slug)}__lt": timezone.localdate(begin)}
        )
        late &= Q(Exists(history.filter(history_date__lt=begin)))
        edited = Q(history_type="~", action__in={*CHANGING, *TAKING_BACK})
        written = history.filter(edited | late, history_date__gte=begin, history_date__lt=end)
        records: Any = KINDS[slug].model._default_manager.of_unit(unit)  # type: ignore[attr-defined]
        known = history.filter(id__in=written.values("id"))
        rows[slug] = (known.filter(id__in=records.values("pk")), columns)
    return changes.read_rows(rows)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _counted(row: HistoryRow | None, statuses: set[Status]) -> bool:
    return row is not None and not row.gone and row.status in statuses


def _corrects(change: RecordChange, earlier: date) -> bool:
    """True where an existing value was changed, or a date was set on a day already reported."""
    return change.after.action in CHANGING and any(
        old is not None or not isinstance(new, date) or new <= earlier
        for _name, old, new in change.changed
    )


def written_after(
    moment: datetime, as_of: date, measures: Iterable[str], most: int
) -> list[RecordChange]:
    """History rows after `moment` of records that these measures count at `as_of`.

    One query; the latest first, `most` of them at the most, without what they changed. A row
    belongs here if the record stood verified, with its day by `as_of`, in that row or in one
    before it.
    """
    rows = {}
    for slug in sorted({slug for measure in measures for slug in INDICATORS[measure].kinds}):
        history = changes.history_of(slug)
        by_then = Q()
        for day in KINDS[slug].counting_dates:
            by_then |= Q(**{f"{day}__lte": as_of})
        counted = history.filter(
            by_then,
            id=OuterRef("id"),
            history_id__lte=OuterRef("history_id"),
            status=Status.VERIFIED,
        )
        rows[slug] = (history.filter(Exists(counted), history_date__gt=moment), ())
    return [RecordChange(None, row) for row in changes.read_rows(rows, latest=most)]

"""Science and technology tasks that develop intellectual property."""

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.organisation.models import Unit
from ocop.web.formats import number
from products.choices import Status
from products.models import ScienceTask
from products.models.entered import counted_statuses
from targets.indicators.base import DailyChanges, Indicator, RecordsList
from targets.indicators.facts import (
    ByUnit,
    FactsReader,
    Line,
    Measurement,
    Window,
    by_unit,
    nonzero,
    total,
)
from targets.indicators.scope import Scope
from targets.indicators.validity import History
from targets.progress import Event, counted_at, events


def collect_tasks(lines: list[Line], reader: FactsReader) -> ByUnit:
    """Tasks approved in each window, not cancelled by the day it is judged on. One query."""
    counted = Q(status__in=counted_statuses(reader.pending))
    columns: dict[str, Any] = {}
    for window in dict.fromkeys(window for _target, window in lines):
        last, name = counted_at(window.last, reader.day), window.label
        inside = Q(approved_on__gte=window.first, approved_on__lte=last)
        active = Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=last)
        columns[f"approved_{name}"] = Count("pk", filter=counted & inside & active)
        columns[f"cancelled_{name}"] = Count("pk", filter=counted & inside & ~active)
        if not reader.pending:
            waiting = inside & Q(status=Status.SUBMITTED)
            columns[f"waiting_{name}"] = Count("pk", filter=waiting)
    return by_unit(ScienceTask.objects.counted(pending=True), "district_id", columns)


class ScienceTasks(Indicator):
    measure = "science_tasks"
    label = gettext_lazy("science and technology tasks")
    record_kind = "task"
    kinds = ("task",)
    list_name = "task-list"
    formula = gettext_lazy("Tasks approved within the plan and not cancelled")
    collect = staticmethod(collect_tasks)

    def read(self, found: ByUnit, target: Any, window: Window, unit: Unit | None) -> Measurement:
        approved, cancelled, waiting = (
            total(found, f"{name}_{window.label}", unit)
            for name in ("approved", "cancelled", "waiting")
        )
        return Measurement(value=approved, left_out=nonzero(cancelled=cancelled, waiting=waiting))

    def _rows(self, window: Window, scope: Scope) -> list[events.CountedRow]:
        last = counted_at(window.last, scope.day)
        tasks = ScienceTask.objects.counted(scope.pending).approved_between(window.first, last)
        columns = ("pk", "approved_on", "cancelled_on")
        return [
            events.CountedRow(pk, approved_on, until if until and until <= last else None)
            for pk, approved_on, until in tasks.of_unit(scope.unit).values_list(*columns)
        ]

    def daily_changes(self, target: Any, window: Window, history: History) -> DailyChanges:
        changes: DailyChanges = Counter()
        for event in events.count_events(self._rows(window, history.scope), date.min, date.max):
            changes[event.day, "numerator"] += event.numerator
        return changes

    def events(self, target: Any, window: Window, scope: Scope, since: date) -> list[Event]:
        last = counted_at(window.last, scope.day)
        return events.count_events(self._rows(window, scope), since, last)

    def deciding_fields(self, target: Any) -> dict[str, tuple[str, ...]]:
        return {"task": ("approved_on", "cancelled_on", "district_id", "commune_id")}

    def decides(self, target: Any, window: Window, values: dict[str, Any]) -> bool:
        return window.first <= values["approved_on"] <= window.last

    def counted(self, target: Any, window: Window) -> RecordsList:
        span = f"{window.first.isoformat()}..{window.last.isoformat()}"
        return RecordsList(self.list_name, {"approved": span})

    def definition(self, target: Any) -> str:
        return _(
            "Science and technology tasks that develop intellectual property, approved within "
            "the plan's period and not cancelled."
        )

    def change_label(self, cause: str, target: Any) -> str:
        return {"new": _("Newly approved"), "revoked": _("Cancelled")}[cause]

    def amount(self, n: int | Fraction | None) -> str:
        whole = int(n or 0)
        return ngettext("%(n)s task", "%(n)s tasks", whole) % {"n": number(whole)}

    def missing(self, gap: int) -> str:
        text = ngettext("%(n)s more task needed", "%(n)s more tasks needed", gap)
        return text % {"n": number(gap)}

    def without_first_step(self) -> str:
        return _("only the day of approval is on record")

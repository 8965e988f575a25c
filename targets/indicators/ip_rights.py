"""Intellectual property rights of some kinds, by the event that a target counts."""

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Case, CharField, Count, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.organisation.models import Unit
from ocop.organisation.scope import Area
from ocop.web.formats import number
from products.choices import IPStage, Status
from products.models import IPRight
from products.models.entered import counted_statuses
from products.models.intellectual_property import END_FIELDS, STAGE_BY_FIELD
from targets.choices import CountingEvent
from targets.indicators.base import (
    DailyChanges,
    Indicator,
    PipelineStage,
    RecordsList,
)
from targets.indicators.facts import (
    ByUnit,
    FactsReader,
    Line,
    Measurement,
    Window,
    add,
    nonzero,
    numbers_of,
    total,
)
from targets.indicators.scope import Scope
from targets.indicators.validity import History
from targets.progress import Event, counted_at, events

ByKind = dict[tuple[str, bool], ByUnit]
"""Kind of right, whether it was supported → unit → column → number."""
EVENT_FIELDS = {
    CountingEvent.GRANTED: "granted_on",
    CountingEvent.FILED: "filed_on",
    CountingEvent.SUPPORTED: "supported_on",
}
ON_THE_WAY = (IPStage.FILED, IPStage.ACCEPTED, IPStage.PUBLISHED, IPStage.ENDED)


def _active_at(day: date) -> Q:
    """Rights neither withdrawn nor refused nor cancelled by `day`."""
    active = Q()
    for field in END_FIELDS:
        active &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": day})
    return active


def _ungranted_at(day: date) -> Q:
    """Filed and active, not granted by `day`."""
    waiting = Q(granted_on__isnull=True) | Q(granted_on__gt=day)
    return _active_at(day) & waiting & Q(filed_on__lte=day)


def collect_rights(lines: list[Line], reader: FactsReader) -> ByKind:
    """Per counting event and window what counts, what does not, and the pipeline. One query."""
    day = reader.day
    counted = Q(status__in=counted_statuses(reader.pending))
    columns: dict[str, Any] = {}
    for event, window in dict.fromkeys((target.counting_event, one) for target, one in lines):
        name, last = f"{event}_{window.label}", counted_at(window.last, day)
        path = EVENT_FIELDS[CountingEvent(event)]
        inside = Q(**{f"{path}__gte": window.first, f"{path}__lte": last})
        active = _active_at(last)
        columns[name] = Count("pk", filter=counted & inside & active)
        columns[f"{name}_out"] = Count("pk", filter=counted & inside & ~active)
        if not reader.pending:
            waiting = inside & Q(status=Status.SUBMITTED)
            columns[f"{name}_waiting"] = Count("pk", filter=waiting)
        if last == day:  # Of a window that is over nothing is on its way any more.
            columns[f"{name}_pipeline"] = Count("pk", filter=counted & _ungranted_at(day))
    rows = IPRight.objects.counted(pending=True).order_by()
    places = ("district_id", "commune_id")
    found: ByKind = {}
    for group in rows.values(*places, "kind", "supported").annotate(**columns):
        area = Area(*(group.pop(name) for name in places))
        of_kind = found.setdefault((group.pop("kind"), group.pop("supported")), {})
        add(of_kind, area, group)
    return found


class IPRights(Indicator):
    measure = "ip_rights"
    label = gettext_lazy("intellectual property rights")
    record_kind = "ip-right"
    kinds = ("ip-right",)
    list_name = "ip-list"
    chart = "ip"
    formula = gettext_lazy("Rights granted within the plan and standing")
    interpretation = gettext_lazy("Reading: a right counts once it is granted within the plan.")
    collect = staticmethod(collect_rights)

    def read(self, found: ByKind, target: Any, window: Window, unit: Unit | None) -> Measurement:
        """Rights of the target's kinds whose counting event lies in the window, still active."""
        name = f"{target.counting_event}_{window.label}"
        counted: Counter[str] = Counter()
        unsupported = 0
        for (kind, supported), rows in found.items():
            if kind not in target.ip_kinds:
                continue
            if target.supported_only and not supported:
                unsupported += total(rows, name, unit)
                continue
            counted.update(numbers_of(rows, unit))
        return Measurement(
            value=counted[name],
            pipeline=counted[f"{name}_pipeline"],
            left_out=nonzero(
                unsupported=unsupported,
                cancelled=counted[f"{name}_out"],
                waiting=counted[f"{name}_waiting"],
            ),
        )

    def _rights(self, target: Any, scope: Scope) -> Any:
        rights = IPRight.objects.counted(scope.pending).filter(kind__in=target.ip_kinds)
        if target.supported_only:
            rights = rights.filter(supported=True)
        return rights.of_unit(scope.unit)

    def _rows(
        self, target: Any, window: Window, scope: Scope
    ) -> list[tuple[events.CountedRow, Any]]:
        """Each right of the window as it is known on its last counted day, with its term's end."""
        event = EVENT_FIELDS[target.counting_event]
        last = counted_at(window.last, scope.day)
        span = {f"{event}__gte": window.first, f"{event}__lte": last}
        columns = ("pk", event, *END_FIELDS, "ended_on")
        rows = []
        for pk, start, *ends, ended_on in (
            self._rights(target, scope).filter(**span).values_list(*columns)
        ):
            until = min((day for day in ends if day and day <= last), default=None)
            rows.append((events.CountedRow(pk, start, until), ended_on))
        return rows

    def daily_changes(self, target: Any, window: Window, history: History) -> DailyChanges:
        changes: DailyChanges = Counter()
        rows = [row for row, _ended_on in self._rows(target, window, history.scope)]
        for event in events.count_events(rows, date.min, date.max):
            changes[event.day, "numerator"] += event.numerator
        return changes

    def events(self, target: Any, window: Window, scope: Scope, since: date) -> list[Event]:
        """What began and ceased to count; the end of a term is reported beside it."""
        last = counted_at(window.last, scope.day)
        rows = self._rows(target, window, scope)
        ended = [
            Event(ended_on, events.ENDED, row.record, 0)
            for row, ended_on in rows
            if ended_on
            and ended_on >= row.counts_from
            and not (row.counts_until and row.counts_until <= ended_on)
        ]
        counted = events.count_events((row for row, _ended_on in rows), since, last)
        return events.within_days([*counted, *ended], since, last)

    # --- Records ----------------------------------------------------------------------------------

    def deciding_fields(self, target: Any) -> dict[str, tuple[str, ...]]:
        event = EVENT_FIELDS[target.counting_event]
        return {"ip-right": ("kind", "supported", event, *END_FIELDS, "district_id", "commune_id")}

    def decides(self, target: Any, window: Window, values: dict[str, Any]) -> bool:
        if values["kind"] not in target.ip_kinds:
            return False
        if target.supported_only and not values["supported"]:
            return False
        day = values[EVENT_FIELDS[target.counting_event]]
        return day is not None and window.first <= day <= window.last

    def counted(self, target: Any, window: Window) -> RecordsList:
        span = f"{window.first.isoformat()}..{window.last.isoformat()}"
        query: dict[str, Any] = {"kind": list(target.ip_kinds), f"{target.counting_event}_in": span}
        if target.supported_only:
            query["supported"] = "1"
        return RecordsList(self.list_name, query)

    def left_out(self, target: Any, window: Window, reason: str) -> RecordsList:
        if reason == "unsupported":
            query = dict(self.counted(target, window).query) | {"supported": "0"}
            return RecordsList(self.list_name, query)
        return super().left_out(target, window, reason)

    def first_step(self, target: Any) -> str:
        return "filing" if target.counting_event == CountingEvent.GRANTED else ""

    def stages(
        self, target: Any, window: Window, scope: Scope, reading: Measurement
    ) -> list[PipelineStage]:
        """Filed and active, not granted by the day: by the latest step taken."""
        if scope.day > window.last:
            return []
        reached = [
            When(**{f"{field}__lte": scope.day}, then=Value(stage.value))
            for field, stage in STAGE_BY_FIELD
            if stage in ON_THE_WAY
        ]
        found = (
            self._rights(target, scope)
            .filter(_ungranted_at(scope.day))
            .order_by()
            .annotate(reached=Case(*reached, output_field=CharField()))
            .values_list("reached")
            .annotate(n=Count("pk"))
        )
        numbers = dict(found)
        stages = [
            PipelineStage(
                stage.value,
                str(stage.label),
                numbers.get(stage.value, 0),
                RecordsList(self.list_name, self._stage_query(target, stage)),
            )
            for stage in ON_THE_WAY
            if stage != IPStage.ENDED or stage.value in numbers
        ]
        return [*stages, *super().stages(target, window, scope, reading)]

    def _stage_query(self, target: Any, stage: IPStage) -> dict[str, Any]:
        query: dict[str, Any] = {"kind": list(target.ip_kinds), "stage": stage.value}
        if target.supported_only:
            query["supported"] = "1"
        return query

    # --- Words ------------------------------------------------------------------------------------

    def definition(self, target: Any) -> str:
        counts = {
            CountingEvent.GRANTED: _("Rights granted within the plan's period"),
            CountingEvent.FILED: _("Rights filed within the plan's period"),
            CountingEvent.SUPPORTED: _("Rights supported within the plan's period"),
        }[CountingEvent(target.counting_event)]
        if target.supported_only:
            return counts + _(
                ", whose filing was supported under Resolution 80/2019/NQ-HĐND, and that are "
                "neither cancelled nor refused nor withdrawn."
            )
        return counts + _(", and that are neither cancelled nor refused nor withdrawn.")

    def change_label(self, cause: str, target: Any) -> str:
        new = {
            CountingEvent.GRANTED: _("Newly granted"),
            CountingEvent.FILED: _("Newly filed"),
            CountingEvent.SUPPORTED: _("Newly supported"),
        }[CountingEvent(target.counting_event)]
        return {
            "new": new,
            "revoked": _("Cancelled, refused or withdrawn"),
            "ended": _("Term ended"),
        }[cause]

    def amount(self, n: int | Fraction | None) -> str:
        whole = int(n or 0)
        text = ngettext("%(n)s certificate", "%(n)s certificates", whole)
        return text % {"n": number(whole)}

    def missing(self, gap: int) -> str:
        text = ngettext("%(n)s more certificate needed", "%(n)s more certificates needed", gap)
        return text % {"n": number(gap)}

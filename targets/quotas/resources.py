"""Dataset allocations: what each district takes over of a yearly count."""

from collections.abc import Set
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from ocop.imports.columns import Column, NumberWidget, TextWidget
from ocop.imports.datasets import ImportContext, ImportRow, RecordChange, WritePlan, register
from ocop.imports.export import ExportSelection
from ocop.imports.findings import Importer
from ocop.imports.undo import stored_reason
from ocop.lib.text import folded
from products.datasets import PROVINCIAL, EnteredResource, district_names, resolve_place
from targets.choices import TargetType
from targets.models import Allocation, QuotaMoveLine, Target
from targets.quotas.first_quotas import (
    MAX_QUOTA,
    SHARE,
    change_fault,
    moved_among,
    target_fault,
)


@register
class Allocations(EnteredResource):
    """Key: target, district and year. The plan is the one that runs in the year."""

    dataset = "allocations"
    label = _("Allocations")
    roles = PROVINCIAL

    code = Column("Mã chỉ tiêu", key="code", required=True, attribute="target__code")
    place = Column(
        "Huyện",
        key="district",
        also=["Huyện/thị xã/thành phố", "Địa phương"],
        required=True,
        attribute="unit__name",
    )
    of_year = Column(
        "Năm",
        key="year",
        required=True,
        widget=NumberWidget(2000, 2100, whole=True),
        attribute="year",
    )
    given = Column(
        "Chỉ tiêu giao",
        key="value",
        also=["Số lượng", "Giao"],
        required=True,
        widget=NumberWidget(0, MAX_QUOTA, whole=True, grouped=True),
        attribute="value",
    )
    paper = Column("Số văn bản", key="document", attribute="document", widget=TextWidget(100))

    examples = (
        {
            "code": "OCOP-NEW",
            "district": "Huyện Cầu Kè",
            "year": 2024,
            "value": 5,
            "document": "120/KH-UBND",
        },
        {"code": "OCOP-NEW", "district": "Thị xã Duyên Hải", "year": 2024, "value": 3},
    )

    _moved: frozenset[int] | set[int] = frozenset()
    """Ids of the allocations that movements changed, among those of the years of the rows."""

    class Meta:
        model = Allocation

    def offered(self) -> dict[str, list[str]]:
        targets = Target.objects.filter(kind=TargetType.COUNT).select_related("plan")
        years = {
            year
            for target in targets
            for year in range(target.plan.starts_on.year, target.plan.ends_on.year + 1)
        }
        return {
            "code": list(dict.fromkeys(target.code for target in targets)),
            "district": district_names(),
            "year": [str(year) for year in sorted(years)],
        }

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        later = Q(pk__in=[])
        if day := selection.as_of:
            given = Q(given_from__isnull=True) | Q(given_from__lte=day)
            records = records.filter(given, year__lte=day.year)
            later = Q(moves__move__effective_from__gt=day)
        records = records.annotate(moved_later=Sum("moves__change", filter=later))
        return records.select_related("target", "unit").order_by(
            "year", "target__code", "unit__code", "unit__valid_from"
        )

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        return {
            "code": record.target.code,
            "district": str(record.unit),
            "year": record.year,
            "value": record.value - (record.moved_later or 0),
            "document": record.document,
        }

    def resolve(self, rows: list[ImportRow], context: ImportContext) -> None:
        columns = self.columns()
        targets = list(Target.objects.select_related("plan"))
        for row in rows:
            if row["district"]:
                resolve_place(row, context, {**columns, "commune": columns["district"]})
            if row["code"]:
                self._resolve_target(row, context, targets)
        self.check_repeats(rows, context, columns["code"])

    def _resolve_target(
        self, row: ImportRow, context: ImportContext, targets: list[Target]
    ) -> None:
        columns = self.columns()
        fitting = [target for target in targets if folded(target.code) == folded(row["code"])]
        if not fitting:
            choices = ", ".join(t.code for t in targets if t.kind == TargetType.COUNT)
            context.error(row, columns["code"], "unknown_value", choices=choices)
        elif row["year"] is not None:
            faults = {target_fault(target, row["year"]): target for target in reversed(fitting)}
            if "" in faults:
                row.resolved["target"] = faults[""]
            elif SHARE in faults:
                context.error(row, columns["code"], "conflict", because="share_not_allocated")
            else:
                plan = fitting[0].plan
                context.error(
                    row,
                    columns["year"],
                    "out_of_range",
                    least=plan.starts_on.year,
                    most=plan.ends_on.year,
                )

    def key_of(self, row: ImportRow) -> Any:
        target, district = row.resolved.get("target"), row.resolved.get("district")
        return (target.pk, district.pk, row["year"]) if target and district else None

    def plan(self, rows: list[ImportRow], context: ImportContext) -> WritePlan:
        years = {row["year"] for row in rows}
        existing = {
            (record.target_id, record.unit_id, record.year): record
            for record in Allocation.objects.filter(year__in=years)
        }
        self._moved = moved_among(Allocation.objects.filter(year__in=years))
        return self.plan_rows(rows, context, self.columns()["code"], existing)

    def _changed(
        self,
        row: ImportRow,
        context: ImportContext,
        column: Column,
        record: Any,
        values: dict[str, Any],
    ) -> RecordChange | None:
        """A first allocation is put right by an import; what movements made of it is not.

        The number in the file would stand for every earlier day as well.
        """
        if record.value != values["value"]:
            given = self.columns()["value"]
            if change_fault(record, values["value"], self._moved):
                context.error(row, given, "conflict", because="quota_moved", now=record.value)
                return None
            if not values["document"]:
                document = self.columns()["document"]
                context.warn(row, document, "required", because="quota_changed", now=record.value)
        return super()._changed(row, context, column, record, values)

    def values_of(self, row: ImportRow, context: ImportContext) -> dict[str, Any]:
        return {
            "target": row.resolved["target"],
            "unit": row.resolved["district"],
            "year": row["year"],
            "value": row["value"],
            "document": row["document"] or "",
        }

    def plan_undo(self, changes: list[Any], importer: Importer, overwrite: Set[int]) -> list[Any]:
        """A quota moved since stays, whatever is ticked: the number from before would stand for
        every earlier day as well, and with the movements give others than were ever allocated."""
        steps = super().plan_undo(changes, importer, overwrite)
        lines = QuotaMoveLine.objects.filter(allocation__in=[step.record.pk for step in steps])
        moved = set(lines.values_list("allocation_id", flat=True))
        for step in steps:
            if step.record.pk in moved and "value" in (*step.fields, *step.later):
                step.blocking_reason = step.blocking_reason or stored_reason("quotas_moved")
        return steps

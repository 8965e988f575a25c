"""Dataset allocations: what each district takes over of a yearly count."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.cells import Column, NumberWidget, TextWidget
from ocop.imports.registry import register
from ocop.imports.resource import Context, Plan, Row
from ocop.lib.text import folded
from products.resources.entered import PROVINCIAL, EnteredResource
from products.resources.places import resolve_place
from targets.choices import Kind
from targets.models import Allocation, Target

LARGEST = 100_000


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
        widget=NumberWidget(0, LARGEST, whole=True, grouped=True),
        attribute="value",
    )
    paper = Column("Số văn bản", key="document", attribute="document", widget=TextWidget(100))

    class Meta:
        model = Allocation

    def resolve(self, rows: list[Row], context: Context) -> None:
        columns = self.columns()
        targets = list(Target.objects.select_related("plan"))
        for row in rows:
            if row["district"]:
                resolve_place(row, context, {**columns, "commune": columns["district"]})
            if row["code"]:
                self._resolve_target(row, context, targets)
        self.refuse_repeats(rows, context, columns["code"])

    def _resolve_target(self, row: Row, context: Context, targets: list[Target]) -> None:
        columns = self.columns()
        fitting = [target for target in targets if folded(target.code) == folded(row["code"])]
        if not fitting:
            choices = ", ".join(t.code for t in targets if t.kind == Kind.COUNT)
            context.error(row, columns["code"], "unknown_value", choices=choices)
        elif fitting[0].kind == Kind.SHARE:
            context.error(row, columns["code"], "conflict", because="share_not_allocated")
        elif row["year"] is not None:
            running = [
                target
                for target in fitting
                if target.plan.starts_on.year <= row["year"] <= target.plan.ends_on.year
            ]
            if running:
                row.found["target"] = running[0]
            else:
                plan = fitting[0].plan
                context.error(
                    row,
                    columns["year"],
                    "out_of_range",
                    least=plan.starts_on.year,
                    most=plan.ends_on.year,
                )

    def key_of(self, row: Row) -> Any:
        target, district = row.found.get("target"), row.found.get("district")
        return (target.pk, district.pk, row["year"]) if target and district else None

    def plan(self, rows: list[Row], context: Context) -> Plan:
        years = {row["year"] for row in rows}
        existing = {
            (record.target_id, record.unit_id, record.year): record
            for record in Allocation.objects.filter(year__in=years)
        }
        return self.plan_rows(rows, context, self.columns()["code"], existing)

    def values_of(self, row: Row, context: Context) -> dict[str, Any]:
        return {
            "target": row.found["target"],
            "unit": row.found["district"],
            "year": row["year"],
            "value": row["value"],
            "document": row["document"] or "",
        }

"""Dataset science_tasks: science and technology tasks that develop intellectual property."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.columns import Column, DayWidget, NameWidget, NumberWidget
from ocop.imports.datasets import ImportContext, ImportRow, WritePlan, about_missing, register
from ocop.imports.export import ExportSelection
from ocop.lib.identity import identity_key
from ocop.organisation.choices import WorkField
from products.catalogue import lists
from products.datasets.base import (
    PROVINCIAL,
    EnteredResource,
    check_end_after_start,
    check_not_in_future,
    in_chunks,
)
from products.datasets.further_columns import status_column, status_word, tell_other_statuses
from products.datasets.headers import SCIENCE_TASKS
from products.datasets.near_matches import ask_about_near_names
from products.models import ScienceTask

MAX_BUDGET = 1_000_000


@register
class ScienceTasks(EnteredResource):
    """Key: the task's name."""

    dataset = "science_tasks"
    label = _("Science tasks")
    roles = PROVINCIAL
    field_of_work = WorkField.IP_SCIENCE

    task = Column(
        "Tên nhiệm vụ",
        key="task",
        also=SCIENCE_TASKS["task"],
        required=True,
        attribute="name",
        widget=NameWidget(500),
    )
    lead_body = Column(
        "Cơ quan chủ trì",
        key="lead",
        also=SCIENCE_TASKS["lead"],
        required=True,
        attribute="lead",
        widget=NameWidget(),
    )
    approved = Column(
        "Ngày phê duyệt",
        key="approved",
        also=SCIENCE_TASKS["approved"],
        required=True,
        from_title=True,
        widget=DayWidget(),
        attribute="approved_on",
    )
    start = Column(
        "Ngày bắt đầu",
        key="start",
        also=SCIENCE_TASKS["start"],
        widget=DayWidget(),
        attribute="started_on",
    )
    end = Column(
        "Ngày kết thúc",
        key="end",
        also=SCIENCE_TASKS["end"],
        widget=DayWidget(),
        attribute="ended_on",
    )
    money = Column(
        "Kinh phí (triệu đồng)",
        key="budget",
        also=SCIENCE_TASKS["budget"],
        widget=NumberWidget(0, MAX_BUDGET, grouped=True),
        attribute="budget",
    )
    cancelled = Column(
        "Ngày hủy bỏ",
        key="cancelled",
        also=["Ngày hủy", "Ngày dừng thực hiện"],
        widget=DayWidget(),
        attribute="cancelled_on",
    )
    status = status_column()

    examples = (
        {
            "task": "Tạo lập, quản lý và phát triển nhãn hiệu chứng nhận “Tôm khô Vinh Kim”",
            "lead": "Sở Khoa học và Công nghệ",
            "approved": date(2022, 10, 14),
            "start": date(2022, 11, 1),
            "end": date(2024, 10, 31),
            "budget": 850,
        },
        {
            "task": "Xây dựng chỉ dẫn địa lý cho sản phẩm dừa sáp",
            "lead": "UBND huyện Cầu Kè",
            "approved": date(2023, 5, 5),
            "budget": Decimal("1250.5"),
        },
    )

    record_list = lists.TASKS

    class Meta:
        model = ScienceTask

    def given_by_rows(self, key: str, context: ImportContext) -> bool:
        """The day of approval is asked about once for all rows without it."""
        return key == "approved"

    def asked_if_missing(self, key: str, context: ImportContext) -> dict[str, Any]:
        if key != "approved":
            return {}
        titles = [text for _cell, text in context.table.titles]
        return about_missing(key, [*titles, context.table.sheet])

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        if selection.chosen_by_day:
            records = records.filter(approved_on__lte=selection.as_of)
        return records.order_by("approved_on", "name_sort", "name_key")

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        return {
            "task": record.name,
            "lead": record.lead,
            "approved": record.approved_on,
            "start": record.started_on,
            "end": record.ended_on,
            "budget": record.budget,
            "cancelled": selection.known(record.cancelled_on),
            "status": status_word(record.status),
        }

    def resolve(self, rows: list[ImportRow], context: ImportContext) -> None:
        columns = self.columns()
        for row in rows:
            check_end_after_start(row, context, columns, row["start"], row["end"])
            check_not_in_future(row, context, columns["approved"], columns["cancelled"])
        tell_other_statuses(rows, context)
        self._find_tasks(rows, context, columns["task"])
        self.check_repeats(rows, context, columns["task"])

    def key_of(self, row: ImportRow) -> Any:
        return identity_key(row["task"]) if row["task"] else None

    def _find_tasks(self, rows: list[ImportRow], context: ImportContext, column: Column) -> None:
        """Keep the tasks on record; of names that may be theirs, ask."""
        self.existing: dict[str, ScienceTask] = {}
        for keys in in_chunks(self.key_of(row) for row in rows if row["task"]):
            for record in ScienceTask.objects.filter(name_key__in=keys):
                self.existing[record.name_key] = record
        unknown = [row for row in rows if self.key_of(row) not in self.existing]
        visible = ScienceTask.objects.visible_in(context.scope) if unknown else ()
        alike = {"task": [task.name for task in visible]}
        ask_about_near_names(unknown, context, column, alike, lambda row: "task", ["task"])

    def plan(self, rows: list[ImportRow], context: ImportContext) -> WritePlan:
        return self.plan_rows(rows, context, self.columns()["task"], self.existing)

    def check_contradictions(self, row: ImportRow, context: ImportContext, record: Any) -> None:
        start, end = record.started_on, record.ended_on
        check_end_after_start(row, context, self.columns(), start, end)

    def values_of(self, row: ImportRow, context: ImportContext) -> dict[str, Any]:
        return {
            "name": row["task"],
            "lead": row["lead"],
            "approved_on": row["approved"],
            "started_on": row["start"],
            "ended_on": row["end"],
            "budget": row["budget"],
            "cancelled_on": row["cancelled"],
        }

"""Dataset ip_rights: intellectual property rights, filed and granted."""

import re
from collections import defaultdict
from typing import Any

from ocop.imports.cells import Column, DayWidget, SpellingWidget, TextWidget, YesNoWidget
from ocop.imports.registry import register
from ocop.imports.resource import Context, Plan, Row
from ocop.lib.text import folded
from products.choices import IPKind
from products.models import IPRight, Product, ScienceTask
from products.resources.entered import (
    EVERY_OFFICER,
    EnteredResource,
    in_chunks,
    refuse_foreign,
)
from products.resources.places import resolve_place
from products.spellings import ip_kind

FILING_NUMBER = re.compile(r"^(VN\s?)?\d-?\d{4}-?\d{4,6}(/.*)?$|^\d{5,8}$", re.IGNORECASE)


@register
class IPRights(EnteredResource):
    """Key: filing number, else kind, name and owner."""

    dataset = "ip_rights"
    roles = EVERY_OFFICER

    right_kind = Column(
        "Loại hình",
        key="kind",
        also=["Loại quyền", "Đối tượng sở hữu"],
        required=True,
        widget=SpellingWidget(ip_kind, lambda: [kind.label for kind in IPKind]),
        attribute="kind",
    )
    title = Column(
        "Tên",
        key="name",
        also=["Tên nhãn hiệu", "Tên đối tượng"],
        required=True,
        attribute="name",
    )
    holder = Column(
        "Chủ sở hữu",
        key="owner",
        also=["Chủ đơn", "Chủ văn bằng"],
        required=True,
        attribute="owner",
    )
    place = Column("Huyện", key="district", also=["Huyện/thị xã/thành phố", "Địa phương"])
    filing = Column("Số đơn", key="filing", attribute="filing_number", widget=TextWidget(60))
    filed = Column("Ngày nộp đơn", key="filed", widget=DayWidget(), attribute="filed_on")
    certificate = Column(
        "Số văn bằng",
        key="certificate",
        also=["Số GCN", "Số giấy chứng nhận"],
        attribute="certificate_number",
        widget=TextWidget(60),
    )
    granted = Column(
        "Ngày cấp",
        key="granted",
        also=["Ngày cấp văn bằng"],
        widget=DayWidget(),
        attribute="granted_on",
    )
    support = Column(
        "Hỗ trợ NQ 80",
        key="supported",
        also=["Hỗ trợ theo NQ 80/2019", "Được hỗ trợ"],
        widget=YesNoWidget(),
        attribute="supported",
    )
    task = Column(
        "Nhiệm vụ KH&CN", key="task", attribute="science_task__name", widget=TextWidget(500)
    )
    covered = Column("Sản phẩm", key="products", widget=TextWidget(2000))

    class Meta:
        model = IPRight

    def resolve(self, rows: list[Row], context: Context) -> None:
        columns = self.columns()
        for row in rows:
            if row["district"]:
                resolve_place(row, context, {**columns, "commune": columns["district"]})
            refuse_foreign(row, context, columns["district"], row.found.get("district"))
            if row["filed"] and row["granted"] and row["granted"] < row["filed"]:
                context.error(row, columns["granted"], "conflict", because="granted_before_filed")
            if row["filing"] and not FILING_NUMBER.match(row["filing"]):
                context.warn(row, columns["filing"], "conflict", because="number_form")
        self._resolve_tasks(rows, context, columns["task"])
        self._resolve_products(rows, context, columns["products"])
        self.refuse_repeats(rows, context, columns["name"])

    def _resolve_tasks(self, rows: list[Row], context: Context, column: Column) -> None:
        named = [row for row in rows if row["task"]]
        tasks: dict[str, ScienceTask] = {}
        for keys in in_chunks(folded(row["task"]) for row in named):
            tasks |= {task.name_key: task for task in ScienceTask.objects.filter(name_key__in=keys)}
        for row in named:
            task = tasks.get(folded(row["task"]))
            row.found["task"] = task
            if task is None:
                context.warn(row, column, "unknown_value", because="unknown_task")

    def _resolve_products(self, rows: list[Row], context: Context, column: Column) -> None:
        """Products the right covers, parted by semicolons; a name of several is left out."""
        wanted = {row.number: _names(row["products"]) for row in rows if row["products"]}
        found: dict[str, list[Product]] = defaultdict(list)
        for keys in in_chunks(folded(name) for names in wanted.values() for name in names):
            for product in Product.objects.filter(name_key__in=keys):
                if context.scope.sees(product.district_id):
                    found[product.name_key].append(product)
        for row in rows:
            names = wanted.get(row.number, [])
            fitting = [found.get(folded(name), []) for name in names]
            row.found["products"] = [one[0] for one in fitting if len(one) == 1]
            if len(row.found["products"]) < len(names):
                context.warn(row, column, "unknown_value", because="unknown_products")

    def key_of(self, row: Row) -> Any:
        if row["filing"]:
            return row["filing"]
        if not (row["kind"] and row["name"] and row["owner"]):
            return None
        return row["kind"], folded(row["name"]), folded(row["owner"])

    def plan(self, rows: list[Row], context: Context) -> Plan:
        existing = self._existing(rows)
        for row in rows:
            record = existing.get(self.key_of(row))
            if record is not None:
                refuse_foreign(row, context, self.columns()["name"], record.district)
        plan = self.plan_rows(rows, context, self.columns()["name"], existing)
        self._covered = self._new_links(rows, plan, existing)
        return plan

    def _existing(self, rows: list[Row]) -> dict[Any, IPRight]:
        """By number; a right recorded without number is found by kind, name and owner."""
        existing: dict[Any, IPRight] = {}
        rights = IPRight.objects.select_related("district")
        for keys in in_chunks(folded(row["name"] or "") for row in rows):
            for right in rights.filter(name_key__in=keys, filing_number=""):
                existing[right.kind, right.name_key, right.owner_key] = right
        nameless = dict(existing)
        for row in rows:
            if row["filing"]:
                key = row["kind"], folded(row["name"] or ""), folded(row["owner"] or "")
                if key in nameless:
                    existing[row["filing"]] = nameless[key]
        for keys in in_chunks(row["filing"] for row in rows if row["filing"]):
            for right in rights.filter(filing_number__in=keys):
                existing[right.filing_number] = right
        return existing

    def _new_links(
        self, rows: list[Row], plan: Plan, existing: dict[Any, IPRight]
    ) -> list[tuple[IPRight, list[Product]]]:
        """Products to add to rights; a right that only gains products counts as unchanged."""
        created = {change.row: change.record for change in plan.own if change.before is None}
        links = []
        for row in rows:
            right = existing.get(self.key_of(row)) or created.get(row.number)
            if right is not None and row.found["products"]:
                links.append((right, row.found["products"]))
        return links  # type: ignore[return-value]

    def save(self, plan: Plan, context: Context, reason: str) -> None:
        super().save(plan, context, reason)
        through = IPRight.products.through
        through.objects.bulk_create(
            [
                through(ipright_id=right.pk, product_id=product.pk)
                for right, products in self._covered
                for product in products
            ],
            ignore_conflicts=True,
        )

    def values_of(self, row: Row, context: Context) -> dict[str, Any]:
        return {
            "kind": row["kind"],
            "name": row["name"],
            "owner": row["owner"],
            "district": row.found.get("district"),
            "filing_number": row["filing"] or "",
            "filed_on": row["filed"],
            "certificate_number": row["certificate"] or "",
            "granted_on": row["granted"],
            "science_task": row.found.get("task"),
        } | ({"supported": row["supported"]} if row["supported"] is not None else {})


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]

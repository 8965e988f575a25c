"""Datasets traceability and ecommerce: where products can be traced and bought."""

from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.cells import Column, DayWidget, LinkWidget, NameWidget, TextWidget
from ocop.imports.registry import register
from ocop.imports.resource import Context, Plan, Row
from ocop.lib.text import folded
from ocop.organisation.choices import Field
from products.models import EcommerceFloor, FloorListing, TraceabilityEnrolment
from products.resources.entered import (
    EVERY_OFFICER,
    EnteredResource,
    in_chunks,
    refuse_end_before_start,
    resolve_products,
)


def product_column() -> Column:
    return Column(
        "Tên sản phẩm",
        key="product",
        also=["Sản phẩm", "Tên SP", "Tên sản phẩm OCOP"],
        required=True,
        attribute="product__name",
        widget=NameWidget(),
    )


def producer_column() -> Column:
    return Column(
        "Chủ thể",
        key="producer",
        also=["Tên chủ thể", "Chủ thể sản xuất", "Cơ sở sản xuất", "Đơn vị sản xuất"],
        required=True,
        attribute="product__producer__name",
        widget=NameWidget(),
    )


class ListingResource(EnteredResource):
    """A product somewhere from a day on. Key: product, place and start."""

    roles = EVERY_OFFICER

    def place_of(self, row: Row) -> Any:
        """What the product is listed in, as the key compares it."""
        raise NotImplementedError

    def resolve(self, rows: list[Row], context: Context) -> None:
        columns = self.columns()
        resolve_products(rows, context, columns["product"], columns["producer"])
        self.resolve_place(rows, context)
        for row in rows:
            refuse_end_before_start(row, context, columns, row["start"], row["end"])
        self.refuse_repeats(rows, context, columns["product"])

    def resolve_place(self, rows: list[Row], context: Context) -> None:
        """Find what the rows' place column refers to."""

    def key_of(self, row: Row) -> Any:
        product, place = row.found.get("product"), self.place_of(row)
        return (product.pk, place, row["start"]) if product and place and row["start"] else None

    def plan(self, rows: list[Row], context: Context) -> Plan:
        model = self._meta.model
        existing = {}
        for keys in in_chunks(row.found["product"].pk for row in rows):
            for record in model.objects.filter(product_id__in=keys):
                existing[record.product_id, self.place_of_record(record), record.started_on] = (
                    record
                )
        return self.plan_rows(rows, context, self.columns()["product"], existing)

    def place_of_record(self, record: Any) -> Any:
        raise NotImplementedError


@register
class Traceability(ListingResource):
    dataset = "traceability"
    label = _("Traceability")
    comes_after = ("recognitions",)
    field_of_work = Field.TRACEABILITY

    product = product_column()
    producer = producer_column()
    system = Column(
        "Hệ thống",
        key="system",
        also=["Hệ thống truy xuất", "Hệ thống truy xuất nguồn gốc"],
        required=True,
        attribute="system",
        widget=NameWidget(200),
    )
    code = Column("Mã truy xuất", key="code", attribute="code", widget=TextWidget(100))
    start = Column(
        "Ngày tham gia", key="start", required=True, widget=DayWidget(), attribute="started_on"
    )
    end = Column("Ngày kết thúc", key="end", widget=DayWidget(), attribute="ended_on")

    class Meta:
        model = TraceabilityEnrolment

    def place_of(self, row: Row) -> Any:
        return folded(row["system"] or "")

    def place_of_record(self, record: Any) -> Any:
        return record.system_key

    def values_of(self, row: Row, context: Context) -> dict[str, Any]:
        return {
            "product": row.found["product"],
            "system": row["system"],
            "code": row["code"] or "",
            "started_on": row["start"],
            "ended_on": row["end"],
        }


@register
class Ecommerce(ListingResource):
    dataset = "ecommerce"
    label = _("E-commerce")
    comes_after = ("recognitions",)
    field_of_work = Field.ECOMMERCE

    product = product_column()
    producer = producer_column()
    floor = Column(
        "Sàn",
        key="floor",
        also=["Sàn TMĐT", "Sàn giao dịch điện tử", "Sàn thương mại điện tử"],
        required=True,
        attribute="floor__name",
    )
    link = Column(
        "Đường dẫn",
        key="link",
        also=["Link", "URL", "Đường link"],
        attribute="url",
        widget=LinkWidget(500),
    )
    start = Column(
        "Ngày lên sàn", key="start", required=True, widget=DayWidget(), attribute="started_on"
    )
    end = Column("Ngày gỡ", key="end", widget=DayWidget(), attribute="ended_on")

    class Meta:
        model = FloorListing

    def resolve_place(self, rows: list[Row], context: Context) -> None:
        floors = list(EcommerceFloor.objects.all())
        known = {
            folded(spelling): floor
            for floor in floors
            for spelling in (floor.name, floor.code, floor.website, *floor.spellings)
            if spelling
        }
        for row in rows:
            if not row["floor"]:
                continue
            floor = known.get(folded(row["floor"])) or known.get(folded(_host(row["floor"])))
            if floor:
                row.found["floor"] = floor
            else:
                details: dict[str, Any] = {"choices": ", ".join(floor.name for floor in floors)}
                if close := get_close_matches(folded(row["floor"]), known, n=1, cutoff=0.75):
                    details["instead"] = {"floor": known[close[0]].name}
                context.error(row, self.columns()["floor"], "unknown_value", **details)

    def place_of(self, row: Row) -> Any:
        floor = row.found.get("floor")
        return floor.pk if floor else None

    def place_of_record(self, record: Any) -> Any:
        return record.floor_id

    def values_of(self, row: Row, context: Context) -> dict[str, Any]:
        return {
            "product": row.found["product"],
            "floor": row.found["floor"],
            "url": row["link"] or "",
            "started_on": row["start"],
            "ended_on": row["end"],
        }


def _host(text: str) -> str:
    """ "https://voso.vn/x" → "voso.vn": floors are also written as their address."""
    return text.lower().split("//")[-1].split("/")[0].removeprefix("www.")

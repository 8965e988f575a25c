"""Datasets traceability and ecommerce: where products can be traced and bought."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.columns import EMPTY, SKIP, Column, DayWidget, LinkWidget, NameWidget, TextWidget
from ocop.imports.datasets import ImportContext, ImportRow, WritePlan, register
from ocop.imports.export import ExportSelection
from ocop.organisation.choices import WorkField
from products.channels import channel_key, resolve_channels, with_proposals
from products.datasets.base import (
    EVERY_OFFICER,
    EnteredResource,
    check_end_after_start,
    check_not_in_future,
    in_chunks,
    resolve_products,
)
from products.datasets.cells import PLACE, PlaceColumns, ReadsPlaces, check_floors, check_systems
from products.datasets.further_columns import status_column, status_word, tell_other_statuses
from products.datasets.headers import (
    COMMON,
    ECOMMERCE,
    FLOORS_ABOVE,
    SYSTEMS_ABOVE,
    TRACEABILITY,
)
from products.datasets.places import district_names, resolve_place
from products.models import (
    MAX_URL_LENGTH,
    EcommerceFloor,
    FloorListing,
    TraceabilityEnrolment,
    TraceabilitySystem,
)


def product_column() -> Column:
    return Column(
        "Tên sản phẩm",
        key="product",
        also=COMMON["product"],
        required=True,
        attribute="product__name",
        widget=NameWidget(),
    )


def place_column() -> Column:
    """Not needed where one product has the name; tells apart those of several districts."""
    return Column("Huyện", key="district", also=COMMON["district"])


def producer_column() -> Column:
    return Column(
        "Chủ thể",
        key="producer",
        also=COMMON["producer"],
        required=True,
        attribute="product__producer__name",
        widget=NameWidget(),
    )


class ListingResource(ReadsPlaces, EnteredResource):
    """A product somewhere from a day on. Key: product, place and start."""

    roles = EVERY_OFFICER

    def stands_elsewhere(self, row: ImportRow, key: str, context: ImportContext) -> bool:
        """A row without its producer is asked about with its product."""
        return key == "producer" or super().stands_elsewhere(row, key, context)

    def spellings(self) -> dict[str, Sequence[str]]:
        """What each channel is written as besides its name."""
        known = self.channels().order_by("pk")
        return {one.name: [one.code, one.website, *one.spellings] for one in known}

    def channels(self) -> Any:
        """The systems or floors that are known."""
        field = self._meta.model._meta.get_field(self._meta.model.channel_field)
        return field.related_model.objects.known()

    def place_of(self, row: ImportRow) -> Any:
        """What the product is listed in, as the key compares it."""
        return channel_key(row.resolved.get(self._meta.model.channel_field))

    def resolve(self, rows: list[ImportRow], context: ImportContext) -> None:
        columns = self.columns()
        for row in rows:
            if row["district"]:
                resolve_place(row, context, {**columns, "commune": columns["district"]})
        resolve_products(rows, context, columns)
        self.resolve_place(rows, context)
        for row in rows:
            check_end_after_start(row, context, columns, row["start"], row["end"])
            check_not_in_future(row, context, columns["start"])
        tell_other_statuses(rows, context)
        self.check_repeats(rows, context, columns["product"])

    def resolve_place(self, rows: list[ImportRow], context: ImportContext) -> None:
        """Find what the rows' place column refers to."""

    def key_of(self, row: ImportRow) -> Any:
        product, place = row.resolved.get("product"), self.place_of(row)
        return (product.pk, place, row["start"]) if product and place and row["start"] else None

    def plan(self, rows: list[ImportRow], context: ImportContext) -> WritePlan:
        model = self._meta.model
        existing = {}
        for keys in in_chunks(row.resolved["product"].pk for row in rows):
            for record in model.objects.filter(product_id__in=keys):
                existing[record.product_id, self.place_of_record(record), record.started_on] = (
                    record
                )
        plan = self.plan_rows(rows, context, self.columns()["product"], existing)
        return with_proposals(plan, model.channel_field, rows)

    def place_of_record(self, record: Any) -> Any:
        return getattr(record, f"{self._meta.model.channel_field}_id")

    def offered(self) -> dict[str, list[str]]:
        names = self.channels().order_by("name_sort").values_list("name", flat=True)
        return {self._meta.model.channel_field: list(names), "district": district_names()}

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        if selection.chosen_by_day:
            records = records.filter(started_on__lte=selection.as_of)
        return records.select_related("product__producer", "product__district").order_by(
            "started_on",
            "product__district__code",
            "product__name_sort",
            "product__producer__name_sort",
            "product__producer__district__code",
        )

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        return {
            "product": record.product.name,
            "producer": record.product.producer.name,
            "start": record.started_on,
            "end": selection.known(record.ended_on),
            "district": str(record.product.district),
            "status": status_word(record.status),
        }


@register
class Traceability(ListingResource):
    dataset = "traceability"
    label = _("Traceability")
    comes_after = ("recognitions",)
    field_of_work = WorkField.TRACEABILITY

    product = product_column()
    producer = producer_column()
    system = Column(
        "Hệ thống",
        key="system",
        also=TRACEABILITY["system"],
        required=True,
        one_of=PLACE,
        nothing=SKIP,
        attribute="system__name",
        widget=NameWidget(200),
    )
    code = Column(
        "Mã truy xuất",
        key="code",
        also=TRACEABILITY["code"],
        attribute="code",
        widget=TextWidget(100),
    )
    start = Column(
        "Ngày tham gia",
        key="start",
        also=TRACEABILITY["start"],
        required=True,
        from_title=True,
        widget=DayWidget(),
        attribute="started_on",
    )
    end = Column(
        "Ngày kết thúc",
        key="end",
        also=TRACEABILITY["end"],
        widget=DayWidget(),
        attribute="ended_on",
    )
    district = place_column()
    status = status_column()

    examples = (
        {
            "product": "Mật hoa dừa",
            "producer": "HTX Dừa sáp Hòa Tân",
            "system": "VNPT Check",
            "code": "8938500000017",
            "start": date(2023, 3, 15),
            "district": "Huyện Cầu Kè",
        },
        {
            "product": "Tôm khô",
            "producer": "Hộ kinh doanh Ba Nam",
            "system": "Hệ thống truy xuất của tỉnh",
            "start": date(2022, 9, 1),
            "end": date(2024, 8, 31),
        },
    )

    class Meta:
        model = TraceabilityEnrolment

    places = PlaceColumns("system", "code", SYSTEMS_ABOVE)

    def check_places(self, rows: list[ImportRow], context: ImportContext) -> None:
        check_systems(rows, context, self.columns(), self.names)

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        found = super().selected_records(records, selection).select_related("system")
        return found.order_by(*found.query.order_by, "system__name_sort", "system__code")

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        own = {"system": record.system.name, "code": record.code}
        return {**super().cells_of(record, selection), **own}

    def resolve_place(self, rows: list[ImportRow], context: ImportContext) -> None:
        resolve_channels(rows, context, self.columns()["system"], TraceabilitySystem)

    def values_of(self, row: ImportRow, context: ImportContext) -> dict[str, Any]:
        return {
            "product": row.resolved["product"],
            "system": row.resolved["system"],
            "code": row["code"] or "",
            "started_on": row["start"],
            "ended_on": row["end"],
        }


@register
class Ecommerce(ListingResource):
    dataset = "ecommerce"
    label = _("E-commerce")
    comes_after = ("recognitions",)
    field_of_work = WorkField.ECOMMERCE

    product = product_column()
    producer = producer_column()
    floor = Column(
        "Sàn",
        key="floor",
        also=ECOMMERCE["floor"],
        required=True,
        one_of=PLACE,
        nothing=SKIP,
        attribute="floor__name",
        widget=NameWidget(200),
    )
    link = Column(
        "Đường dẫn",
        key="link",
        also=ECOMMERCE["link"],
        nothing=EMPTY,
        one_of=PLACE,
        attribute="url",
        widget=LinkWidget(MAX_URL_LENGTH),
    )
    start = Column(
        "Ngày lên sàn",
        key="start",
        also=ECOMMERCE["start"],
        required=True,
        from_title=True,
        widget=DayWidget(),
        attribute="started_on",
    )
    end = Column(
        "Ngày gỡ", key="end", also=ECOMMERCE["end"], widget=DayWidget(), attribute="ended_on"
    )
    district = place_column()
    status = status_column()

    examples = (
        {
            "product": "Mật hoa dừa",
            "producer": "HTX Dừa sáp Hòa Tân",
            "floor": "Voso",
            "link": "https://voso.vn/mat-hoa-dua",
            "start": date(2023, 3, 15),
            "district": "Huyện Cầu Kè",
        },
        {
            "product": "Tôm khô",
            "producer": "Hộ kinh doanh Ba Nam",
            "floor": "Shopee",
            "start": date(2022, 9, 1),
            "end": date(2024, 8, 31),
        },
    )

    class Meta:
        model = FloorListing

    places = PlaceColumns("floor", "link", FLOORS_ABOVE)

    def check_places(self, rows: list[ImportRow], context: ImportContext) -> None:
        check_floors(rows, context, self.columns(), self.names)

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        found = super().selected_records(records, selection).select_related("floor")
        return found.order_by(*found.query.order_by, "floor__name_sort", "floor__code")

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        own = {"floor": record.floor.name, "link": record.url}
        return {**super().cells_of(record, selection), **own}

    def resolve_place(self, rows: list[ImportRow], context: ImportContext) -> None:
        resolve_channels(rows, context, self.columns()["floor"], EcommerceFloor)

    def values_of(self, row: ImportRow, context: ImportContext) -> dict[str, Any]:
        return {
            "product": row.resolved["product"],
            "floor": row.resolved["floor"],
            "url": row["link"] or "",
            "started_on": row["start"],
            "ended_on": row["end"],
        }

"""Dataset recognitions: the annex of a decision that recognises products."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.imports.columns import (
    MAX_NOTE_LENGTH,
    REFUSE,
    Column,
    DayWidget,
    NameWidget,
    NoteWidget,
    NumberWidget,
    SpellingWidget,
    TextWidget,
)
from ocop.imports.datasets import ImportContext, ImportRow, WritePlan, register
from ocop.imports.export import ExportSelection
from ocop.lib.identity import identity_key
from ocop.lib.spreadsheets.tables import DecisionReference, find_decision
from ocop.lib.text import folded
from ocop.organisation.choices import UnitLevel, WorkField
from products.catalogue import kinds_in_order
from products.choices import ProducerKind, Rank
from products.datasets.base import (
    EVERY_OFFICER,
    EnteredResource,
    check_in_scope,
    check_not_in_future,
    in_chunks,
    release_after_use,
)
from products.datasets.near_matches import (
    ask_about_names,
    warn_of_near_producers,
    warn_of_near_products,
)
from products.datasets.places import commune_names, district_names, resolve_place, under_a_district
from products.datasets.products import NamedProducts, StatedValues, find_producers, find_products
from products.datasets.recognition_cells import authority_at, compare_score, resolve_sets
from products.datasets.spellings import PRODUCER_KIND_WORDS, RANK_WORDS, producer_kind, rank
from products.models import ProductSet, Recognition, ScoringScheme
from products.records import OPEN_STATUSES


@register
class Recognitions(EnteredResource):
    """Key: product (name and producer) and day of decision. Creates products and producers."""

    dataset = "recognitions"
    label = _("Recognised products")
    roles = EVERY_OFFICER
    field_of_work = WorkField.RECOGNITION
    counting = frozenset({"day", "rank", "district", "producer"})

    product = Column(
        "Tên sản phẩm",
        key="product",
        also=["Sản phẩm", "Tên SP", "Tên sản phẩm OCOP"],
        required=True,
        attribute="product__name",
        widget=NameWidget(),
    )
    producer = Column(
        "Chủ thể",
        key="producer",
        also=["Tên chủ thể", "Chủ thể sản xuất", "Cơ sở sản xuất", "Đơn vị sản xuất"],
        required=True,
        attribute="product__producer__name",
        widget=NameWidget(),
    )
    kind = Column(
        "Loại hình",
        key="kind",
        also=["Loại hình chủ thể", "Loại hình tổ chức"],
        widget=SpellingWidget(producer_kind, lambda: [kind.label for kind in ProducerKind]),
    )
    commune = Column(
        "Xã", key="commune", also=["Xã/phường/thị trấn", "Xã/phường", "Phường/xã", "Xã/thị trấn"]
    )
    district = Column(
        "Huyện",
        key="district",
        also=["Huyện/thị xã/thành phố", "Địa phương"],
        required=True,
        alternatives=("address", "commune"),
    )
    address = Column("Địa chỉ", key="address", also=["Nơi sản xuất"])
    product_set = Column("Bộ sản phẩm", key="product_set", also=["Nhóm sản phẩm", "Ngành hàng"])
    score = Column(
        "Điểm",
        key="score",
        also=["Tổng điểm", "Số điểm", "Điểm trung bình"],
        widget=NumberWidget(0, 100),
        attribute="score",
    )
    rank = Column(
        "Hạng sao",
        key="rank",
        also=["Phân hạng", "Xếp hạng", "Số sao", "Hạng"],
        required=True,
        nothing=REFUSE,
        widget=SpellingWidget(rank, lambda: [rank.label for rank in Rank]),
        attribute="rank",
    )
    number = Column(
        "Số quyết định",
        key="number",
        also=[
            *("Quyết định số", "Số QĐ", "QĐ số", "Số quyết định công nhận"),
            *("Số QĐ công nhận", "Số hiệu quyết định"),
        ],
        from_title=True,
        attribute="decision_number",
        widget=TextWidget(60),
    )
    day = Column(
        "Ngày quyết định",
        key="day",
        also=[
            *("Ngày công nhận", "Ngày ban hành", "Ngày ký", "Ngày QĐ", "Ngày ký QĐ"),
            *("Ngày ký quyết định", "Ngày ban hành QĐ", "Ngày ban hành quyết định"),
            *("Ngày quyết định công nhận", "Ngày QĐ công nhận", "Ngày công nhận OCOP"),
        ],
        required=True,
        from_title=True,
        widget=DayWidget(),
        attribute="decided_on",
    )
    note = Column("Ghi chú", key="note", attribute="note", widget=NoteWidget(MAX_NOTE_LENGTH))

    examples = (
        {
            "product": "Mật hoa dừa",
            "producer": "HTX Dừa sáp Hòa Tân",
            "kind": "Hợp tác xã",
            "commune": "Xã Hòa Tân",
            "district": "Huyện Cầu Kè",
            "product_set": "Bộ 4",
            "score": Decimal("76.5"),
            "rank": "4 sao",
            "number": "1693/QĐ-UBND",
            "day": date(2022, 8, 22),
        },
        {
            "product": "Tôm khô",
            "producer": "Hộ kinh doanh Ba Nam",
            "kind": "Hộ kinh doanh",
            "address": "Xã Vinh Kim, huyện Cầu Ngang",
            "score": Decimal("62.25"),
            "rank": "3 sao",
            "number": "1693/QĐ-UBND",
            "day": date(2022, 8, 22),
            "note": "Tái công nhận",
        },
    )

    _titles: Any = None
    _named: DecisionReference | None = None

    class Meta:
        model = Recognition

    def title_value(self, key: str, context: ImportContext) -> Any:
        decision = self._decision(context)
        if decision is None:
            return None
        return {"number": decision.number, "day": decision.day}.get(key)

    def _decision(self, context: ImportContext) -> DecisionReference | None:
        """The title's decision, looked for once per sheet."""
        if self._titles is not context.table.titles:
            self._titles = context.table.titles
            self._named = find_decision(self._titles)
        return self._named

    def stands_elsewhere(self, row: ImportRow, key: str, context: ImportContext) -> bool:
        """A group row above ("II. HUYỆN CÀNG LONG") may give the district."""
        return key == "district" and under_a_district(row.record, context)

    def given_by_rows(self, key: str, context: ImportContext) -> bool:
        records = context.table.records
        return key == "district" and any(under_a_district(each, context) for each in records)

    # --- going out ----------------------------------------------------------------------------

    def offered(self) -> dict[str, list[str]]:
        return {
            "kind": list(PRODUCER_KIND_WORDS.values()),
            "commune": commune_names(),
            "district": district_names(),
            "product_set": [str(each) for each in ProductSet.objects.all()],
            "rank": list(RANK_WORDS.values()),
        }

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        if selection.as_of:
            records = records.filter(decided_on__lte=selection.as_of)
        product = ("producer", "district", "place", "product_set")
        return records.select_related(*(f"product__{name}" for name in product)).order_by(
            "decided_on",
            "product__district__code",
            "product__name_sort",
            "product__producer__name_sort",
            "product__producer__district__code",
            "-rank",
        )

    def export_rows(self, selection: ExportSelection) -> Iterator[Mapping[str, Any]]:
        """Of two ranks on one day the higher: product and day are the key of a row."""
        last = None
        for cells in super().export_rows(selection):
            if cells["key"] != last:
                yield cells
            last = cells["key"]

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        product = record.product
        is_commune = product.place.level == UnitLevel.COMMUNE
        return {
            "key": (product.pk, record.decided_on),
            "product": product.name,
            "producer": product.producer.name,
            "kind": PRODUCER_KIND_WORDS.get(product.producer.kind, ""),
            "commune": product.place.name if is_commune else "",
            "district": str(product.district),
            "product_set": str(product.product_set) if product.product_set else "",
            "score": record.score,
            "rank": RANK_WORDS[record.rank],
            "number": record.decision_number,
            "day": record.decided_on,
            "note": record.note,
        }

    # --- meaning ------------------------------------------------------------------------------

    def resolve(self, rows: list[ImportRow], context: ImportContext) -> None:
        columns = self.columns()
        for row in rows:
            self._take_title(row, context)
            resolve_place(row, context, columns)
            if (district := row.resolved.get("district")) and not context.scope.everything:
                check_in_scope(row, context, columns["district"], district)
        resolve_sets(rows, context, columns["product_set"])
        producers = find_producers(rows, context, columns["producer"])
        products = find_products(rows, context, columns["product"])
        sees = context.scope.sees
        products = {key: one for key, one in products.items() if sees(one.district_id)}
        ask_about_names(rows, context, columns, producers, products)
        warn_of_near_producers(rows, context, columns["producer"])
        warn_of_near_products(rows, context, columns["product"], products)
        self.stated = StatedValues(rows, context, columns)
        for row in rows:
            compare_score(row, context, columns["rank"])
            check_not_in_future(row, context, columns["day"])
        self.check_repeats(rows, context, columns["product"])

    def _take_title(self, row: ImportRow, context: ImportContext) -> None:
        """Number and day of the title's decision, unless the row itself names another one."""
        decision = self._decision(context)
        if decision is None:
            return
        same_day = row["day"] in (None, decision.day)
        # "1693" and "Số 1693/QĐ-UBND" are the title's "1693/QĐ-UBND" too.
        own = folded(row["number"] or "").removeprefix("so ")
        same_number = f"{folded(decision.number)} ".startswith(f"{own} ") or not own
        if same_day and same_number:
            row.values["number"] = row["number"] or decision.number
            row.values["day"] = decision.day
        elif row["day"] is None and not row.failed:
            context.error(row, self.columns()["day"], "required")

    def key_of(self, row: ImportRow) -> Any:
        district, get = row.resolved.get("district"), row.values.get
        product, producer, day = get("product"), get("producer"), get("day")
        if not (district and product and producer and day):
            return None
        return identity_key(product), identity_key(producer), district.pk, day

    # --- what changes -------------------------------------------------------------------------

    def plan(self, rows: list[ImportRow], context: ImportContext) -> WritePlan:
        existing = self._existing([row for row in rows if "product" in row.resolved], context)
        named = NamedProducts(self, context, self.stated)
        # One after the other: while the plan grows, the rows it is made of go.
        each = (named.take(row) for row in release_after_use(rows))
        plan = self.plan_rows(each, context, self.columns()["product"], existing)
        beside = named.steps()
        own = {change.row for change in plan.own}
        rows_beside = {c.row for step in beside for c in step if c.before is not None}
        plan.changed_beside = len(rows_beside - own)
        plan.unchanged -= plan.changed_beside
        plan.steps[:0] = beside
        return plan

    def _existing(self, rows: list[ImportRow], context: ImportContext) -> dict[Any, Recognition]:
        """Recognitions of the rows' stored products on the rows' days, by the rows' keys."""
        by_day: dict[tuple[int, Any], list[Recognition]] = defaultdict(list)
        self.on_record: dict[int, list[Recognition]] = defaultdict(list)
        for keys in in_chunks(row.resolved["product"].pk for row in rows):
            for recognition in Recognition.objects.filter(product_id__in=keys):
                by_day[recognition.product_id, recognition.decided_on].append(recognition)
                self.on_record[recognition.product_id].append(recognition)
        existing = {}
        for row in rows:
            same_day = by_day.get((row.resolved["product"].pk, row["day"]), [])
            if len(same_day) > 1:
                context.error(row, self.columns()["product"], "conflict", because="two_ranks")
            elif same_day:
                row.resolved["recognition"] = existing[self.key_of(row)] = same_day[0]
                same_day[0].product = row.resolved["product"]
        self.schemes = list(ScoringScheme.objects.all())
        self.authorities: dict[Any, str] = {}
        return existing

    def kinds_of_rows(self, plan: WritePlan) -> dict[int, str]:
        """New, recognised again, upgraded or downgraded, of recognitions not on record yet."""
        together: dict[int, list[Any]] = defaultdict(list)
        for change in plan.own:
            if change.before is None:
                together[id(change.record.given()["product"])].append(change)
        words = {}
        for changes in together.values():
            known = self.on_record.get(changes[0].record.given()["product"].pk or 0, [])
            earlier = [one for one in known if one.status in OPEN_STATUSES]
            new = [change.instance() for change in changes]
            kinds = kinds_in_order([*earlier, *new])
            for change, record in zip(changes, new, strict=True):
                words[change.row] = str(kinds[id(record)].label)
        return words

    def values_of(self, row: ImportRow, context: ImportContext) -> dict[str, Any]:
        values = {
            "product": row.resolved["product"],
            "decision_number": row["number"] or "",
            "decided_on": row["day"],
            "rank": row["rank"],
            "score": row["score"],
            "note": row["note"] or "",
        }
        recorded = row.resolved.get("recognition")
        if recorded and NoteWidget.lines(recorded.note) == values["note"]:
            # Typed with other line ends: the same note.
            values["note"] = recorded.note
        if recorded is None or recorded.rank != row["rank"]:
            # No column says it: what was entered by hand stays as long as the rank does.
            values["authority"] = self._authority(row)
        return values

    def _authority(self, row: ImportRow) -> str:
        """Who recognises at the row's rank on its day; rows of one day and rank share it."""
        day, rank = row.values["day"], row.values["rank"]
        if (day, rank) not in self.authorities:
            self.authorities[day, rank] = authority_at(self.schemes, day, rank)
        return self.authorities[day, rank]

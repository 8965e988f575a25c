"""Dataset recognitions: the annex of a decision that recognises products."""

from collections import defaultdict
from typing import Any

from ocop.imports.cells import Column, DayWidget, NumberWidget, SpellingWidget
from ocop.imports.registry import register
from ocop.imports.resource import Change, Context, Plan, Row
from ocop.lib.spreadsheets.titles import find_decision
from ocop.lib.text import folded
from products.choices import ProducerKind, Rank
from products.models import Producer, Product, ProductGroup, ProductSet, Recognition, ScoringScheme
from products.resources.entered import (
    EVERY_OFFICER,
    EnteredResource,
    in_chunks,
    refuse_foreign,
)
from products.resources.places import group_district, resolve_place
from products.scoring import star_by_total
from products.spellings import producer_kind, rank


@register
class Recognitions(EnteredResource):
    """Key: product (name and producer) and day of decision. Creates products and producers."""

    dataset = "recognitions"
    roles = EVERY_OFFICER

    product = Column(
        "Tên sản phẩm",
        key="product",
        also=["Sản phẩm", "Tên SP", "Tên sản phẩm OCOP"],
        required=True,
        attribute="product__name",
    )
    producer = Column(
        "Chủ thể",
        key="producer",
        also=["Tên chủ thể", "Chủ thể sản xuất", "Cơ sở sản xuất", "Đơn vị sản xuất"],
        required=True,
        attribute="product__producer__name",
    )
    kind = Column(
        "Loại hình",
        key="kind",
        also=["Loại hình chủ thể", "Loại hình tổ chức"],
        widget=SpellingWidget(producer_kind, lambda: [kind.label for kind in ProducerKind]),
    )
    commune = Column("Xã", key="commune", also=["Xã/phường/thị trấn"])
    district = Column(
        "Huyện",
        key="district",
        also=["Huyện/thị xã/thành phố", "Địa phương"],
        required=True,
        alternative="address",
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
        widget=SpellingWidget(rank, lambda: [rank.label for rank in Rank]),
        attribute="rank",
    )
    number = Column(
        "Số quyết định",
        key="number",
        also=["Quyết định số"],
        from_title=True,
        attribute="decision_number",
    )
    day = Column(
        "Ngày quyết định",
        key="day",
        also=["Ngày công nhận", "Ngày ban hành", "Ngày ký"],
        required=True,
        from_title=True,
        widget=DayWidget(),
        attribute="decided_on",
    )
    note = Column("Ghi chú", key="note", attribute="note")

    class Meta:
        model = Recognition

    def title_value(self, key: str, context: Context) -> Any:
        decision = find_decision(context.table.titles)
        if decision is None:
            return None
        return {"number": decision.number, "day": decision.day}.get(key)

    def stands_elsewhere(self, row: Row, key: str, context: Context) -> bool:
        """A group row above ("II. HUYỆN CÀNG LONG") may give the district."""
        return key == "district" and group_district(row, context) is not None

    def given_by_rows(self, key: str, context: Context) -> bool:
        groups = {text for record in context.table.records for text in record.groups}
        return key == "district" and any(context.units.group(text) for text in groups)

    # --- meaning ------------------------------------------------------------------------------

    def resolve(self, rows: list[Row], context: Context) -> None:
        columns = self.columns()
        for row in rows:
            for key in ("number", "day"):
                row.values[key] = row[key] or self.title_value(key, context)
            resolve_place(row, context, columns)
            if district := row.found.get("district"):
                refuse_foreign(row, context, columns["district"], district)
        self._resolve_sets(rows, context, columns["product_set"])
        self._resolve_producers(rows, context, columns["producer"])
        self._resolve_products(rows)
        for row in rows:
            _compare_score(row, context, columns["rank"])
        self.refuse_repeats(rows, context, columns["product"])

    def _resolve_sets(self, rows: list[Row], context: Context, column: Column) -> None:
        named = [row for row in rows if row["product_set"]]
        if not named:
            return
        sets = list(ProductSet.objects.select_related("group"))
        known = {folded(s.name): s for s in sets} | {str(s.number): s for s in sets}
        known |= {f"bo {s.number}": s for s in sets}
        groups = {folded(group.name) for group in ProductGroup.objects.all()}
        branches = {folded(s.branch) for s in sets}
        for row in named:
            key = folded(row["product_set"])
            if key in known:
                row.found["product_set"] = known[key]
            elif key in groups | branches:
                context.warn(row, column, "unknown_value", because="group_not_set")
            else:
                choices = ", ".join(str(s) for s in sets[:3]) + " …"
                context.error(row, column, "unknown_value", choices=choices)

    def _resolve_producers(self, rows: list[Row], context: Context, column: Column) -> None:
        """The producer of that name in the row's district; elsewhere it is another one."""
        placed = [row for row in rows if row["producer"] and row.found.get("district")]
        by_name: dict[str, list[Producer]] = defaultdict(list)
        for keys in in_chunks(folded(row["producer"]) for row in placed):
            for found in Producer.objects.filter(name_key__in=keys).select_related("district"):
                by_name[found.name_key].append(found)
        for row in placed:
            candidates = by_name.get(folded(row["producer"]), [])
            here = [p for p in candidates if p.district_id == row.found["district"].pk]
            if here:
                row.found["producer"] = here[0]
            elif candidates:
                context.warn(
                    row,
                    column,
                    "conflict",
                    because="producer_elsewhere",
                    places=", ".join(str(p.district) for p in candidates),
                    district=str(row.found["district"]),
                )

    def _resolve_products(self, rows: list[Row]) -> None:
        known = [row for row in rows if row.found.get("producer")]
        products: dict[tuple[str, int], Product] = {}
        for keys in in_chunks(row.found["producer"].pk for row in known):
            for product in Product.objects.filter(producer_id__in=keys):
                products[product.name_key, product.producer_id] = product
        for row in known:
            key = (folded(row["product"] or ""), row.found["producer"].pk)
            if key in products:
                row.found["product"] = products[key]

    def key_of(self, row: Row) -> Any:
        district = row.found.get("district")
        if not (district and row["product"] and row["producer"] and row["day"]):
            return None
        return folded(row["product"]), folded(row["producer"]), district.pk, row["day"]

    # --- what changes -------------------------------------------------------------------------

    def plan(self, rows: list[Row], context: Context) -> Plan:
        producers: dict[Any, Change] = {}
        products: dict[Any, Change] = {}
        for row in rows:
            producer = row.found.get("producer") or self._new_producer(row, context, producers)
            row.found["producer"] = producer
            if "product" not in row.found:
                row.found["product"] = self._new_product(row, context, products)
        existing = self._existing(rows, context)
        plan = self.plan_rows(rows, context, self.columns()["product"], existing)
        plan.steps[:0] = [list(producers.values()), list(products.values())]
        return plan

    def _new_producer(self, row: Row, context: Context, new: dict[Any, Change]) -> Producer:
        """A producer takes the row's kind, or the one its name begins with ("HTX …")."""
        key = folded(row["producer"]), row.found["district"].pk
        if key not in new:
            record = self.entered(
                Producer,
                context,
                name=row["producer"],
                kind=row["kind"] or producer_kind(row["producer"]) or "",
                place=row.found["place"],
                district=row.found["district"],
            )
            new[key] = Change(record, row.number, None)
        return new[key].record  # type: ignore[return-value]

    def _new_product(self, row: Row, context: Context, new: dict[Any, Change]) -> Product:
        key = folded(row["product"]), folded(row["producer"]), row.found["district"].pk
        if key not in new:
            record = self.entered(
                Product,
                context,
                name=row["product"],
                producer=row.found["producer"],
                product_set=row.found.get("product_set"),
                place=row.found["place"],
                district=row.found["district"],
            )
            new[key] = Change(record, row.number, None)
        return new[key].record  # type: ignore[return-value]

    def _existing(self, rows: list[Row], context: Context) -> dict[Any, Recognition]:
        """Recognitions of the rows' products on the rows' days, by the rows' keys."""
        by_day: dict[tuple[int, Any], list[Recognition]] = defaultdict(list)
        pks = [row.found["product"].pk for row in rows if row.found["product"].pk]
        for keys in in_chunks(pks):
            for recognition in Recognition.objects.filter(product_id__in=keys):
                by_day[recognition.product_id, recognition.decided_on].append(recognition)
        existing = {}
        for row in rows:
            same_day = by_day.get((row.found["product"].pk, row["day"]), [])
            if len(same_day) > 1:
                context.error(row, self.columns()["product"], "conflict", because="two_ranks")
            elif same_day:
                existing[self.key_of(row)] = same_day[0]
        self.schemes = list(ScoringScheme.objects.all())
        return existing

    def values_of(self, row: Row, context: Context) -> dict[str, Any]:
        return {
            "product": row.found["product"],
            "decision_number": row["number"] or "",
            "decided_on": row["day"],
            "authority": self._authority(row),
            "rank": row["rank"],
            "score": row["score"],
            "note": row["note"] or "",
        }

    def _authority(self, row: Row) -> str:
        """Who recognises at this rank under the scheme of the day; empty before the first."""
        for scheme in self.schemes:
            if scheme.valid_from <= row["day"] and (
                scheme.valid_to is None or row["day"] <= scheme.valid_to
            ):
                # Potential 5 is the province's own word, given while the centre has yet to score.
                return {
                    Rank.THREE: scheme.authority_3,
                    Rank.FOUR: scheme.authority_4,
                    Rank.POTENTIAL_FIVE: scheme.authority_4,
                    Rank.FIVE: scheme.authority_5,
                }[row["rank"]]
        return ""


RANK_OF_STAR = {3: Rank.THREE, 4: Rank.FOUR, 5: Rank.POTENTIAL_FIVE}


def _compare_score(row: Row, context: Context, column: Column) -> None:
    """A rank that the score alone does not give is said, not refused: decisions hold."""
    if row["score"] is None or row["rank"] is None:
        return
    by_score = RANK_OF_STAR.get(star_by_total(row["score"]), 0)
    given = Rank.POTENTIAL_FIVE if row["rank"] == Rank.FIVE else row["rank"]
    if given == by_score:
        return
    because = "rank_above_score" if given > by_score else "rank_below_score"
    context.warn(row, column, "conflict", because=because, score=str(row["score"]))

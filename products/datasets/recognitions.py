"""Dataset recognitions: the annex of a decision that recognises products."""

from collections import defaultdict
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
    SpellingWidget,
    TextWidget,
)
from ocop.imports.datasets import ImportContext, ImportRow, WritePlan, register
from ocop.lib.identity import identity_key
from ocop.lib.producer_names import producer_name_key
from ocop.lib.spreadsheets.tables import ColumnSpec
from ocop.organisation.choices import WorkField
from ocop.organisation.models import Unit
from products.catalogue import kinds_in_order, lists
from products.choices import ProducerKind
from products.datasets.base import (
    EVERY_OFFICER,
    EnteredResource,
    area_of_row,
    check_in_scope,
    check_not_in_future,
    in_chunks,
    release_after_use,
)
from products.datasets.further_columns import (
    CertificateTerms,
    certificate_column,
    certificate_end_column,
    check_prolongation,
    check_revocation,
    compare_certificate_end,
    prolongation_columns,
    revocation_day_column,
    revocation_reason_column,
    status_column,
    tell_other_statuses,
)
from products.datasets.headers import RECOGNITIONS
from products.datasets.names import compare_kind
from products.datasets.near_matches import ask_about_producers_and_products
from products.datasets.places import (
    Around,
    commune_names,
    district_names,
    own_commune,
    own_district,
    resolve_place,
    under_a_district,
)
from products.datasets.products import NamedProducts, StatedValues, find_producers, find_products
from products.datasets.recognition_tables import (
    Beside,
    ExportsRecognitions,
    PointsWidget,
    RankWidget,
    SheetDecisions,
    ask_about_five_stars,
    ask_about_several_products,
    ask_about_withdrawal,
    authority_at,
    compare_score,
    district_of_titles,
    extra_specs,
    keep_rank_remarks,
    reshape,
    resolve_sets,
    say_findings,
    say_how_points_were_read,
    say_of_other_points,
    say_of_place,
    split_products,
    take_decision,
    take_points,
    warn_of_remarks,
    warn_of_swapped_days,
)
from products.datasets.spellings import PRODUCER_KIND_WORDS, RANK_WORDS, producer_kind
from products.kinds import area_of
from products.models import ProductSet, Recognition, ScoringScheme
from products.records import OPEN_STATUSES


@register
class Recognitions(ExportsRecognitions, EnteredResource):
    """Key: product (name and producer) and day of decision. Creates products and producers."""

    dataset = "recognitions"
    label = _("Recognised products")
    roles = EVERY_OFFICER
    field_of_work = WorkField.RECOGNITION
    counting = frozenset({"day", "rank", "district", "producer"})

    product = Column(
        "Tên sản phẩm",
        key="product",
        also=RECOGNITIONS["product"],
        required=True,
        attribute="product__name",
        widget=NameWidget(),
    )
    producer = Column(
        "Chủ thể",
        key="producer",
        also=RECOGNITIONS["producer"],
        required=True,
        attribute="product__producer__name",
        widget=NameWidget(),
    )
    kind = Column(
        "Loại hình",
        key="kind",
        also=RECOGNITIONS["kind"],
        widget=SpellingWidget(producer_kind, lambda: [kind.label for kind in ProducerKind]),
    )
    commune = Column("Xã", key="commune", also=RECOGNITIONS["commune"])
    district = Column(
        "Huyện",
        key="district",
        also=RECOGNITIONS["district"],
        required=True,
        alternatives=("address", "commune"),
    )
    address = Column("Địa chỉ", key="address", also=RECOGNITIONS["address"])
    product_set = Column("Bộ sản phẩm", key="product_set", also=RECOGNITIONS["product_set"])
    score = Column(
        "Điểm",
        key="score",
        also=RECOGNITIONS["score"],
        widget=PointsWidget(),
        attribute="score",
    )
    rank = Column(
        "Hạng sao",
        key="rank",
        also=RECOGNITIONS["rank"],
        required=True,
        nothing=REFUSE,
        widget=RankWidget(),
        attribute="rank",
    )
    number = Column(
        "Số quyết định",
        key="number",
        also=RECOGNITIONS["number"],
        from_title=True,
        attribute="decision_number",
        widget=TextWidget(60),
    )
    day = Column(
        "Ngày quyết định",
        key="day",
        also=RECOGNITIONS["day"],
        required=True,
        from_title=True,
        widget=DayWidget(),
        attribute="decided_on",
    )
    note = Column("Ghi chú", key="note", attribute="note", widget=NoteWidget(MAX_NOTE_LENGTH))
    certificate = certificate_column()
    expires = certificate_end_column()
    revoked = revocation_day_column()
    revocation_reason = revocation_reason_column()
    prolongation_number, prolonged_on, prolonged_until = prolongation_columns()
    status = status_column()

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

    record_list = lists.PRODUCTS
    beside = Beside()  # of the sheet that was reshaped last
    authorities: dict[Any, str]

    class Meta:
        model = Recognition

    # --- layout -------------------------------------------------------------------------------

    def extra_specs(self) -> list[ColumnSpec]:
        return extra_specs()

    def reshape(self, context: ImportContext) -> None:
        self.beside = reshape(context)
        super().reshape(context)
        self.decisions = SheetDecisions(context.table)
        self.titled = district_of_titles(context.table.titles, context.units)

    def read(self, context: ImportContext) -> list[ImportRow]:
        split_products(context.table.records)
        return super().read(context)

    def stands_elsewhere(self, row: ImportRow, key: str, context: ImportContext) -> bool:
        """A group row or the title may give the district; the decision is asked about later."""
        if key == "district":
            return self._own_district(context) is not None or under_a_district(row.record, context)
        return key == "day"

    def given_by_rows(self, key: str, context: ImportContext) -> bool:
        records = context.table.records
        if key == "district":
            known = self._own_district(context)
            if known is not None or any("address" in record.letters for record in records):
                return True
            return any(under_a_district(each, context) for each in records)
        if key in ("rank", "producer"):
            return any(key in record.letters for record in records)
        if key == "day" and not self.decisions.titled:
            # Where nothing but the decision is missing, it is asked about row by row.
            return all(self.given_by_rows(one, context) for one in context.table.missing)
        return key == "day"

    def _own_district(self, context: ImportContext) -> Unit | None:
        """That of the title, else the own (own_district) of the local officer who imports."""
        return self.titled or own_district(context)

    # --- going out ----------------------------------------------------------------------------

    def offered(self) -> dict[str, list[str]]:
        return {
            "kind": list(PRODUCER_KIND_WORDS.values()),
            "commune": commune_names(),
            "district": district_names(),
            "product_set": [str(each) for each in ProductSet.objects.all()],
            "rank": list(RANK_WORDS.values()),
        }

    # --- meaning ------------------------------------------------------------------------------

    def resolve(self, rows: list[ImportRow], context: ImportContext) -> None:
        columns = self.columns()
        self.schemes, self.authorities = list(ScoringScheme.objects.all()), {}
        self.terms = CertificateTerms.read()
        say_findings(rows, self.beside, context, columns)
        warn_of_swapped_days(context, columns["day"])
        keep_rank_remarks(rows)
        around = Around(self.titled, self._own_district(context), own_commune(context))
        ask_about_withdrawal(rows, self.decisions, context, columns)
        for row in rows:
            take_decision(row, self.decisions, context, columns)
            self._take_rank_and_points(row, context)
            say_of_place(row, self.beside, context, columns["producer"])
            resolve_place(row, context, columns, around)
            if (district := row.resolved.get("district")) and not context.scope.everything:
                here = area_of_row(row, context)
                check_in_scope(row, context, columns["district"], here, district)
        say_how_points_were_read(rows, context, columns["score"])
        say_of_other_points(self.beside, context, columns["score"])
        resolve_sets(rows, context, columns["product_set"])
        find_producers(rows, context, columns["producer"])
        products = find_products(rows, context, columns["product"])
        products = {k: one for k, one in products.items() if context.scope.sees(area_of(one))}
        ask_about_producers_and_products(rows, context, columns, products)
        warn_of_remarks(rows, context, columns["rank"])
        ask_about_several_products(rows, context, columns["product"])
        ask_about_five_stars(rows, self.decisions, context, columns["rank"])
        self.stated = StatedValues(rows, context, columns)
        for row in rows:
            compare_kind(row, context, columns["kind"])
            compare_score(row, context, columns["rank"])
            check_not_in_future(
                row, context, columns["day"], columns["revoked"], columns["prolonged_on"]
            )
            compare_certificate_end(row, context, columns["expires"], self.terms.months)
        tell_other_statuses(rows, context)
        self.check_repeats(rows, context, columns["product"])

    def _take_rank_and_points(self, row: ImportRow, context: ImportContext) -> None:
        columns, beside = self.columns(), self.beside
        if row.number in beside.by_level:
            known = row["rank"] is not None and row["day"] is not None
            authority = self.decisions.authority(row["number"] or "")
            authority = authority or (self._authority(row) if known else "")
            take_points(row, beside, authority, context, columns)

    def key_of(self, row: ImportRow) -> Any:
        district, get = row.resolved.get("district"), row.values.get
        product, producer, day = get("product"), get("producer"), get("day")
        if not (district and product and producer and day):
            return None
        return identity_key(product), producer_name_key(producer), district.pk, day

    # --- what changes -------------------------------------------------------------------------

    def plan(self, rows: list[ImportRow], context: ImportContext) -> WritePlan:
        existing = self._existing([row for row in rows if "product" in row.resolved], context)
        for row in rows:
            recorded = row.resolved.get("recognition")
            check_revocation(row, context, self.columns(), recorded)
            check_prolongation(row, context, self.columns(), recorded, self.terms)
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
            "certificate_number": row["certificate"] or "",
            "prolongation_number": row["prolongation_number"] or "",
            "prolonged_on": row["prolonged_on"],
            "prolonged_until": row["prolonged_until"],
            "revoked_on": row["revoked"],
            "revocation_reason": row["revocation_reason"] or "",
        }
        recorded = row.resolved.get("recognition")
        for name in ("note", "revocation_reason") if recorded else ():
            if NoteWidget.lines(getattr(recorded, name)) == values[name]:
                # Typed with other line ends: the same text.
                values[name] = getattr(recorded, name)
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

"""Dataset ip_rights: intellectual property rights, filed and granted."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from ocop.imports.columns import (
    EMPTY,
    MAX_NOTE_LENGTH,
    REFUSE,
    Column,
    DayWidget,
    NameWidget,
    SpellingWidget,
    TextWidget,
    YesNoWidget,
)
from ocop.imports.datasets import (
    NO_PROGRESS,
    ImportContext,
    ImportRow,
    RecordChange,
    RunProgress,
    WritePlan,
    register,
)
from ocop.imports.export import ExportSelection
from ocop.lib.identity import identity_key
from ocop.lib.text import folded
from ocop.organisation.choices import WorkField
from products import legal_terms
from products.catalogue import lists
from products.choices import IPKind
from products.datasets.base import (
    CHUNK,
    PROVINCIAL,
    EnteredResource,
    area_of_row,
    check_in_scope,
    check_not_in_future,
    in_chunks,
)
from products.datasets.cells import (
    ReadsRights,
    is_usual_number,
    resolve_covered,
    resolve_owners_place,
    resolve_tasks,
)
from products.datasets.further_columns import (
    HAPPENED,
    check_life,
    days_of_record,
    days_of_row,
    life_cells,
    life_day,
    status_word,
)
from products.datasets.headers import CODES, IP_RIGHTS
from products.datasets.names import ProductReadings, joined
from products.datasets.near_matches import ask_about_near_names
from products.datasets.places import district_names
from products.datasets.spellings import IP_KIND_WORDS, ip_kind
from products.kinds import area_of
from products.models import IPRight, Product


@register
class IPRights(ReadsRights, EnteredResource):
    """Key: filing number, else kind, name and owner."""

    dataset = "ip_rights"
    label = _("Intellectual property")
    comes_after = ("science_tasks", "recognitions")
    roles = PROVINCIAL
    field_of_work = WorkField.IP_SCIENCE

    right_kind = Column(
        "Loại hình",
        key="kind",
        also=IP_RIGHTS["kind"],
        required=True,
        from_title=True,
        widget=SpellingWidget(ip_kind, lambda: [kind.label for kind in IPKind]),
        attribute="kind",
    )
    title = Column(
        "Tên",
        key="name",
        also=IP_RIGHTS["name"],
        codes=CODES["name"],
        required=True,
        nothing=REFUSE,
        attribute="name",
        widget=NameWidget(),
    )
    holder = Column(
        "Chủ sở hữu",
        key="owner",
        also=IP_RIGHTS["owner"],
        codes=CODES["owner"],
        required=True,
        attribute="owner",
        widget=NameWidget(),
    )
    place = Column("Huyện", key="district", also=IP_RIGHTS["district"])
    address = Column("Địa chỉ", key="address", also=IP_RIGHTS["address"])
    filing = Column(
        "Số đơn",
        key="filing",
        also=IP_RIGHTS["filing"],
        codes=CODES["filing"],
        nothing=EMPTY,
        attribute="filing_number",
        widget=TextWidget(60),
    )
    filed = Column(
        "Ngày nộp đơn",
        key="filed",
        also=IP_RIGHTS["filed"],
        codes=CODES["filed"],
        widget=DayWidget(),
        attribute="filed_on",
    )
    certificate = Column(
        "Số văn bằng",
        key="certificate",
        also=IP_RIGHTS["certificate"],
        codes=CODES["certificate"],
        nothing=EMPTY,
        attribute="certificate_number",
        widget=TextWidget(60),
    )
    granted = Column(
        "Ngày cấp",
        key="granted",
        also=IP_RIGHTS["granted"],
        codes=CODES["granted"],
        widget=DayWidget(),
        attribute="granted_on",
    )
    expiry = Column(
        "Ngày hết hạn",
        key="expires",
        also=IP_RIGHTS["expires"],
        codes=CODES["expires"],
        widget=DayWidget(),
    )
    support = Column(
        "Hỗ trợ NQ 80",
        key="supported",
        also=IP_RIGHTS["supported"],
        widget=YesNoWidget(),
        attribute="supported",
    )
    task = Column(
        "Nhiệm vụ KH&CN",
        key="task",
        also=IP_RIGHTS["task"],
        attribute="science_task__name",
        widget=TextWidget(500),
    )
    covered = Column(
        "Sản phẩm",
        key="products",
        also=IP_RIGHTS["products"],
        widget=TextWidget(MAX_NOTE_LENGTH),
    )
    accepted = life_day("Ngày chấp nhận hợp lệ", "accepted", "Ngày chấp nhận đơn")
    published = life_day("Ngày công bố", "published", "Ngày công bố đơn")
    renewed = life_day("Gia hạn đến", "renewed", "Gia hạn đến ngày", path="renewed_until")
    ended = life_day("Ngày chấm dứt", "ended", *IP_RIGHTS["ended"])
    withdrawn = life_day("Ngày rút đơn", "withdrawn", "Ngày rút")
    refused = life_day("Ngày từ chối", "refused", *IP_RIGHTS["refused"])
    cancelled = life_day("Ngày hủy bỏ", "cancelled", *IP_RIGHTS["cancelled"])
    supported_day = life_day("Ngày hỗ trợ", "supported_day", path="supported_on")
    state = Column("Trạng thái", key="state", also=IP_RIGHTS["state"])

    examples = (
        {
            "kind": "Nhãn hiệu",
            "name": "Dừa sáp Hòa Tân",
            "owner": "HTX Dừa sáp Hòa Tân",
            "district": "Huyện Cầu Kè",
            "filing": "4-2022-12345",
            "filed": date(2022, 5, 10),
            "certificate": "4-0456789-000",
            "granted": date(2023, 9, 20),
            "supported": "x",
            "products": "Mật hoa dừa; Kẹo dừa sáp – HTX Dừa sáp Hòa Tân",
        },
        {
            "kind": "Chỉ dẫn địa lý",
            "name": "Dừa sáp Cầu Kè",
            "owner": "UBND huyện Cầu Kè",
            "filing": "6-2023-00012",
            "filed": date(2023, 2, 1),
            "task": "Xây dựng chỉ dẫn địa lý cho sản phẩm dừa sáp",
        },
    )

    record_list = lists.RIGHTS

    class Meta:
        model = IPRight

    def offered(self) -> dict[str, list[str]]:
        return {
            "kind": list(IP_KIND_WORDS.values()),
            "district": district_names(),
            "supported": ["x", "không"],
        }

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        if selection.chosen_by_day:
            filed = Q(filed_on__lte=selection.as_of)
            granted = Q(filed_on__isnull=True, granted_on__lte=selection.as_of)
            records = records.filter(filed | granted)
        products = Product.objects.visible_in(selection.scope).select_related(
            "producer", "district"
        )
        products = products.order_by("name_sort", "producer__name_sort", "district__code", "pk")
        # All products that share a name with one that is linked: what a name could mean.
        linked = Product.objects.filter(ip_rights__in=records.order_by()).values("name_key")
        self.readings = ProductReadings(products.filter(name_key__in=linked))
        return (
            records.select_related("district", "science_task")
            .prefetch_related(Prefetch("products", products))
            .order_by("kind", "name_sort", "owner_sort", "filing_number")
        )

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        granted, task = selection.known(record.granted_on), record.science_task
        by_then = granted or selection.as_of is None
        covered = [self.readings.shortest(product) for product in record.products.all()]
        return {
            "kind": IP_KIND_WORDS[record.kind],
            "name": record.name,
            "owner": record.owner,
            "district": str(record.district) if record.district else "",
            "filing": record.filing_number,
            "certificate": record.certificate_number if by_then else "",
            "supported": "x" if record.supported else "",
            "task": task.name if task and selection.scope.sees(area_of(task)) else "",
            "products": joined(covered),
            **life_cells(record, selection),
            # What its life came to stands in the days; this says who has looked at the record.
            "state": status_word(record.status),
        }

    def resolve(self, rows: list[ImportRow], context: ImportContext) -> None:
        columns = self.columns()
        for row in rows:
            resolve_owners_place(row, context, columns)
            if not row["district"] or row.resolved.get("district"):
                district, area = row.resolved.get("district"), area_of_row(row, context)
                check_in_scope(row, context, columns["district"], area, district)
            check_life(row, context, columns, days_of_row(row))
            check_not_in_future(row, context, *(columns[key] for key in HAPPENED))
            if row["filing"] and legal_terms.holds_several(row["filing"]):
                context.error(row, columns["filing"], "conflict", because="several_numbers")
            elif row["filing"] and not is_usual_number(row["filing"]):
                context.warn(row, columns["filing"], "conflict", because="number_form")
        resolve_tasks(rows, context, columns["task"])
        resolve_covered(rows, context, columns["products"])
        self._ask_about_names(rows, context)
        self.check_repeats(rows, context, columns["name"])

    def _ask_about_names(self, rows: list[ImportRow], context: ImportContext) -> None:
        """Of rights without a number, which are known by kind, name and owner."""
        columns = self.columns()
        unnumbered = [row for row in rows if not row["filing"] and _without_number(row)]
        by_owner: dict[Any, list[str]] = defaultdict(list)
        by_name: dict[Any, list[str]] = defaultdict(list)
        recorded: set[Any] = set()
        rights = IPRight.objects.visible_in(context.scope).filter(filing_number="")
        for right in rights.order_by("pk") if unnumbered else ():
            recorded.add((right.kind, right.name_key, right.owner_key))
            by_owner[right.kind, right.owner_search].append(right.name)
            by_name[right.kind, right.name_search].append(right.owner)
        unnumbered = [row for row in unnumbered if _without_number(row) not in recorded]
        for column, known, other in (("name", by_owner, "owner"), ("owner", by_name, "name")):
            ask_about_near_names(
                unnumbered,
                context,
                columns[column],
                known,
                lambda row, other=other: (row["kind"], folded(row[other])),  # type: ignore[misc]
                [column],
                lambda row, other=other: row[other],  # type: ignore[misc]
            )

    def key_of(self, row: ImportRow) -> Any:
        return legal_terms.filing_key(row["filing"]) if row["filing"] else _without_number(row)

    # --- what changes -------------------------------------------------------------------------

    def plan(self, rows: list[ImportRow], context: ImportContext) -> WritePlan:
        existing = self._existing(rows, context)
        for row in rows:
            record = existing.get(self.key_of(row))
            if record is not None:
                area = area_of(record)
                check_in_scope(row, context, self.columns()["name"], area, record.district)
        self._keep_new_links(rows, existing)
        plan = self.plan_rows(rows, context, self.columns()["name"], existing)
        created = {change.row: change.record for change in plan.own if change.before is None}
        for row in rows:
            right = existing.get(self.key_of(row)) or created.get(row.number)
            for product in row.resolved["products"]:
                # The right of a new row has no id yet: save() puts it in.
                link = IPRight.products.through(product_id=product.pk)
                self.linked.append((right, link))
                plan.links.append(RecordChange(link, row.number, None))
        return plan

    def _existing(self, rows: list[ImportRow], context: ImportContext) -> dict[Any, IPRight]:
        """By number; else by kind, name and owner, first among those without a number.

        A number can be given later, in the sheet or in the record: it is the same right still.
        """
        numbered: dict[str, IPRight] = {}
        rights = IPRight.objects.select_related("district")
        for keys in in_chunks(self.key_of(row) for row in rows if row["filing"]):
            numbered |= {r.filing_key: r for r in rights.filter(filing_key__in=keys)}
        alike: dict[Any, list[IPRight]] = defaultdict(list)
        for keys in in_chunks(identity_key(row["name"]) for row in rows):
            for right in rights.filter(name_key__in=keys):
                alike[right.kind, right.name_key, right.owner_key].append(right)
        existing: dict[Any, IPRight] = dict(numbered)
        for row in rows:
            if row["filing"] and self.key_of(row) in numbered:
                # Another spelling of the number on record is no change.
                row.values["filing"] = numbered[self.key_of(row)].filing_number
                continue
            fitting = alike[_without_number(row)]
            open_ones = [right for right in fitting if not right.filing_number]
            if open_ones or (fitting and not row["filing"]):
                existing[self.key_of(row)] = (open_ones or fitting)[0]
            if len(fitting) > 1 and not open_ones and not row["filing"]:
                column = self.columns()["name"]
                context.error(row, column, "conflict", because="several_rights")
        return existing

    def _keep_new_links(self, rows: list[ImportRow], existing: dict[Any, IPRight]) -> None:
        """Leave in row.found["products"] only those the right does not have yet."""
        self.linked: list[tuple[Any, Any]] = []
        rights = {right.pk for right in existing.values()}
        links: set[tuple[int, int]] = set()
        for keys in in_chunks(rights):
            held = IPRight.products.through.objects.filter(ipright_id__in=keys)
            links |= set(held.values_list("ipright_id", "product_id"))
        for row in rows:
            right = existing.get(self.key_of(row))
            products = {product.pk: product for product in row.resolved["products"]}
            row.resolved["products"] = [
                product
                for pk, product in products.items()
                if right is None or (right.pk, pk) not in links
            ]

    def detail_of(self, record: Any) -> str:
        return str(getattr(record, "owner", ""))

    def adds_links(self, row: ImportRow) -> bool:
        return bool(row.resolved["products"])

    def check_contradictions(self, row: ImportRow, context: ImportContext, record: Any) -> None:
        check_life(row, context, self.columns(), days_of_record(record))

    def save(
        self, plan: WritePlan, context: ImportContext, reason: str, run: RunProgress = NO_PROGRESS
    ) -> None:
        super().save(plan, context, reason, run)
        for right, link in self.linked:
            link.ipright_id = right.pk
        links = [link for _right, link in self.linked]
        links.sort(key=lambda link: (link.ipright_id, link.product_id))
        IPRight.products.through.objects.bulk_create(links, batch_size=CHUNK)

    def values_of(self, row: ImportRow, context: ImportContext) -> dict[str, Any]:
        return {
            "kind": row["kind"],
            "name": row["name"],
            "owner": row["owner"],
            "district": row.resolved.get("district"),
            "filing_number": row["filing"] or "",
            "certificate_number": row["certificate"] or "",
            "science_task": row.resolved.get("task"),
            **days_of_row(row),
        } | ({"supported": row["supported"]} if row["supported"] is not None else {})


def _without_number(row: ImportRow) -> Any:
    if not (row["kind"] and row["name"] and row["owner"]):
        return None
    return row["kind"], identity_key(row["name"]), identity_key(row["owner"])

"""What the datasets of entered records share: writing them, and finding products by name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from types import MappingProxyType
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import ngettext

from ocop.imports.columns import Column, new_record
from ocop.imports.datasets import (
    NO_PROGRESS,
    ImportableResource,
    ImportContext,
    ImportRow,
    RecordChange,
    RunProgress,
    TouchedRecord,
    WritePlan,
    differences,
    snapshot,
)
from ocop.imports.export import ExportSelection
from ocop.imports.findings import Choice, Importer, same
from ocop.lib.errors import ReadingError
from ocop.lib.identity import identity_key
from ocop.lib.producer_names import producer_name_key
from ocop.organisation.choices import Role
from ocop.organisation.models import Unit
from ocop.organisation.scope import Area, Scope
from ocop.web.page_query import PageQuery
from products.catalogue import RecordList
from products.choices import Status
from products.datasets.names import SEPARATOR, ProductSuggestions, kept_under, split_producers
from products.datasets.undo import plan as undo_plan
from products.datasets.writing import write_plan
from products.kinds import KINDS, area_of
from products.models import EcommerceFloor, EnteredRecord, Producer, Product, TraceabilitySystem

EVERY_OFFICER = frozenset({Role.ADMINISTRATOR, Role.PROVINCE, Role.LOCAL})
PROVINCIAL = frozenset({Role.ADMINISTRATOR, Role.PROVINCE})
CHUNK = 500
EXPORTED_AT_ONCE = 2000
NOTHING: Any = MappingProxyType({})


class EnteredResource(ImportableResource):
    """A dataset whose rows are entered records, written with their history."""

    def reshape(self, context: ImportContext) -> None:
        """The names of producers without what stands behind them in their cells."""
        columns = self.columns()
        if "producer" in columns:
            split_producers(context, columns["producer"], "address" in columns)

    @staticmethod
    def read_cell(column: Column, value: Any) -> Any:
        """As in any dataset; where nothing is taken from a column, what cannot be read is None."""
        try:
            return ImportableResource.read_cell(column, value)
        except ReadingError:
            if column.computed:
                return None
            raise

    def plan_rows(
        self,
        rows: Iterable[ImportRow],
        context: ImportContext,
        column: Column,
        existing: dict[Any, Any],
    ) -> WritePlan:
        """Create, change or leave alone each row's record; `column` carries refusals."""
        plan, own = WritePlan(), []
        taken: dict[int, ImportRow] = {}
        for row in rows:
            values = self.values_of(row, context)
            record = existing.get(self.key_of(row))
            if record is None:
                created = new_record(self._meta.model, context.common, **values)
                own.append(RecordChange(created, row.number, None))
                continue
            if (first := taken.setdefault(record.pk, row)) is not row:
                context.error(row, column, "duplicate_row", other=first.number)
            elif change := self._changed(row, context, column, record, values):
                own.append(change)
            else:
                plan.unchanged += 1
            self.check_contradictions(row, context, record)
        plan.steps.append(own)
        return plan

    def _changed(
        self,
        row: ImportRow,
        context: ImportContext,
        column: Column,
        record: Any,
        values: dict[str, Any],
    ) -> RecordChange | None:
        """The record's change to what the row says; None where they agree already."""
        names = differences(record, values)
        sends_up = context.status == Status.SUBMITTED and record.status == Status.RETURNED
        if not names and not self.adds_links(row) and not sends_up:
            return None
        if not self.may_change(record, context):
            context.error(row, column, "not_permitted", because="verified")
        return changed_to(record, row, {name: values[name] for name in names})

    def adds_links(self, row: ImportRow) -> bool:
        """True where the row adds to its record something that no column of its holds."""
        return False

    def check_contradictions(self, row: ImportRow, context: ImportContext, record: Any) -> None:
        """Where the row alone is fine, but not together with what its stored record holds."""

    def values_of(self, row: ImportRow, context: ImportContext) -> dict[str, Any]:
        """The field values a row gives its record."""
        raise NotImplementedError

    @staticmethod
    def may_change(record: EnteredRecord, context: ImportContext) -> bool:
        """Verified records are changed by the system and administrators; by others resubmitted."""
        return context.status == Status.VERIFIED or record.status != Status.VERIFIED

    # --- going out ----------------------------------------------------------------------------

    record_list: ClassVar[RecordList | None] = None
    """The list of pages whose records the dataset exports as they are filtered there."""

    def listed(self, request: HttpRequest, query: PageQuery) -> Any:
        """The records of the list whose address the request carries on, in its order; None where
        it asks for no list. Raises BadParameter as the list does."""
        if self.record_list is None or not self.record_list.is_asked_for(request.GET):
            return None
        return self.record_list.records_to_export(request, query)

    def export_rows(self, selection: ExportSelection) -> Iterator[Mapping[str, Any]]:
        """The wanted records, one mapping each: key of column → value."""
        found = self._found(selection)
        for record in found.iterator(chunk_size=EXPORTED_AT_ONCE):
            yield self.cells_of(record, selection)

    def _found(self, selection: ExportSelection) -> Any:
        if selection.listed is not None:
            listed, order = selection.listed, selection.listed.query.order_by
            if listed.query.is_sliced:
                # No condition can be added to some of the rows.
                chosen = list(listed.values_list("pk", flat=True))
                listed = self._meta.model._default_manager.filter(pk__in=chosen)
            found = self.selected_records(listed.visible_in(selection.scope), selection)
            return found.order_by(*order) if order else found
        records = self._meta.model.objects.counted(selection.pending).visible_in(selection.scope)
        return self.selected_records(records.of_unit(selection.unit), selection)

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        """Those of the day asked for, with what their cells need, in an order ids do not decide."""
        raise NotImplementedError

    def save(
        self, plan: WritePlan, context: ImportContext, reason: str, run: RunProgress = NO_PROGRESS
    ) -> None:
        write_plan(plan, context, reason, run)

    def detail_of(self, record: Any) -> str:
        """Producer and place, of a product or of what is about one."""
        product = record if isinstance(record, Product) else _known(record, "product")
        if product is None or (producer := _known(product, "producer")) is None:
            return ""
        place = _known(product, "place") or _known(product, "district")
        return ", ".join([producer.name, *([str(place)] if place else [])])

    def created_beside(self, plan: WritePlan) -> list[str]:
        beside = [c.model for step in plan.steps[:-1] for c in step if c.before is None]
        products, producers = beside.count(Product), beside.count(Producer)
        systems, floors = beside.count(TraceabilitySystem), beside.count(EcommerceFloor)
        words = []
        if products:
            words.append(ngettext("%(n)d new product", "%(n)d new products", products))
        if producers:
            words.append(ngettext("%(n)d new producer", "%(n)d new producers", producers))
        if systems:
            words.append(
                ngettext(
                    "%(n)d new system awaiting confirmation",
                    "%(n)d new systems awaiting confirmation",
                    systems,
                )
            )
        if floors:
            words.append(
                ngettext(
                    "%(n)d new floor awaiting confirmation",
                    "%(n)d new floors awaiting confirmation",
                    floors,
                )
            )
        counts = [count for count in (products, producers, systems, floors) if count]
        return [text % {"n": count} for text, count in zip(words, counts, strict=True)]

    def touched(self, changes: list[Any], scope: Scope) -> list[TouchedRecord]:
        return undo_plan.touched_records(changes, scope)

    def plan_undo(self, changes: list[Any], importer: Importer, overwrite: Set[int]) -> list[Any]:
        return undo_plan.plan_undo(changes, importer, overwrite)

    def apply_undo(self, steps: list[Any], importer: Importer, reason: str) -> None:
        undo_plan.apply_undo(steps, importer.user, reason)


def _known(record: Any, name: str) -> Any:
    """The related record where it has been read already, else None."""
    if name not in {column.name for column in record._meta.fields}:
        return None
    return record._meta.get_field(name).get_cached_value(record, default=None)


def changed_to(record: Any, row: ImportRow, values: dict[str, Any]) -> RecordChange:
    """Set `values` on the record and note what it was before."""
    change = RecordChange(record, row.number, snapshot(record), list(values))
    for name, value in values.items():
        setattr(record, name, value)
    return change


def release_after_use(rows: Iterable[ImportRow]) -> Iterator[ImportRow]:
    """Each row; when the next is asked for, what its cells mean is given up.

    For the last look at rows that then stand in a plan: errors of theirs can still be told.
    """
    for row in rows:
        yield row
        row.values = row.resolved = NOTHING


def in_chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Distinct values in lists short enough for one query."""
    listed = sorted(set(values), key=str)
    return (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK))


# --- Units in a row -----------------------------------------------------------------------------


def area_of_row(row: ImportRow, context: ImportContext) -> Area:
    """Where the row's record would belong: its district, and the commune of today of its place."""
    district, place = row.resolved.get("district"), row.resolved.get("place")
    return Area(getattr(district, "pk", None), context.communes.get(getattr(place, "pk", 0)))


def check_in_scope(
    row: ImportRow, context: ImportContext, column: Column, area: Area, district: Unit | None
) -> bool:
    """True, with an error, where `area` is out of scope: of a record on file its own, never what
    the row says. `district` names the owner (None: the province)."""
    if context.scope.sees(area):
        return False
    owner = district or context.units.province_name
    context.error(row, column, "not_permitted", owner=str(owner))
    return True


# --- Products by name and producer ---------------------------------------------------------------


class ProductNames:
    """Products of the names that rows mention, read in a few queries for all rows at once."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_key: dict[tuple[str, str], list[Product]] = defaultdict(list)
        for keys in in_chunks(identity_key(name) for name in names):
            rows = Product.objects.filter(name_key__in=keys)
            for product in rows.select_related("producer", "district"):
                self.by_key[product.name_key, product.producer.name_key].append(product)

    def of(self, name: str, producer: str) -> list[Product]:
        return self.by_key.get((identity_key(name), producer_name_key(producer)), [])

    def take_merged(self, rows: Iterable[ImportRow]) -> None:
        """Of rows whose product is none of them: the ones that products and producers of these
        names went into by a merge."""
        missed = [
            (identity_key(row["product"]), producer_name_key(row["producer"]))
            for row in rows
            if not self.of(row["product"], row["producer"])
        ]
        if not missed:
            return
        names = {name for name, _owner in missed}
        products = kept_under(KINDS["product"], names, "producer__name_key")
        owners = defaultdict(list)
        gone = kept_under(KINDS["producer"], {owner for _name, owner in missed}, "district_id")
        for (owner, _district), kept in gone.items():
            owners[owner].append(kept.name_key)
        for name, owner in dict.fromkeys(missed):
            for one in (owner, *owners[owner]):
                if (name, one) in products:
                    self.by_key[name, owner].append(products[name, one])
                elif one != owner:
                    self.by_key[name, owner] += self.by_key.get((name, one), [])


def resolve_products(
    rows: list[ImportRow],
    context: ImportContext,
    columns: Mapping[str, Column],
) -> None:
    """Put each row's product into row.found["product"], or say why it cannot be told.

    A district in row.found tells apart what has one name in several. Rows without a producer are
    asked about where one product only has the name.
    """
    product_column, place_column = columns["product"], columns["district"]
    ready = [row for row in rows if row["product"] and row["producer"]]
    names = ProductNames(row["product"] for row in ready)
    names.take_merged(ready)
    suggestions = ProductSuggestions(context.scope)
    for row in rows:
        unread = "producer" in row.record.values and "producer" not in row.values
        if not row["producer"] and not unread:
            _report_no_producer(row, context, columns["producer"], suggestions)
    for row in ready:
        fitting = names.of(row["product"], row["producer"])
        visible = [p for p in fitting if context.scope.sees(area_of(p))]
        if district := row.resolved.get("district"):
            here = [p for p in visible if p.district_id == district.pk]
            if visible and not here:
                recorded = ", ".join(str(product.district) for product in visible)
                because = "product_elsewhere"
                context.error(row, place_column, "conflict", because=because, recorded=recorded)
                continue
            visible = here
        if len(visible) == 1:
            row.resolved["product"] = visible[0]
        elif visible:
            _report_several(row, context, product_column, visible)
        else:
            # One of another district is answered like none: who may not see it learns nothing.
            _report_unknown(row, context, product_column, suggestions)


def _report_several(
    row: ImportRow, context: ImportContext, column: Column, products: Iterable[Product]
) -> None:
    places = ", ".join(str(product.district) for product in products)
    because, name = "several_products", row["product"]
    context.error(row, column, "conflict", because=because, product=name, places=places)


def _report_unknown(
    row: ImportRow, context: ImportContext, column: Column, suggestions: ProductSuggestions
) -> None:
    product, producer = row["product"], row["producer"]
    details: dict[str, Any] = {"product": product, "producer": producer}
    if meant := suggestions.of(product, producer):
        details |= {"near": SEPARATOR.join(meant[0]), "about": ["product", "producer"]}
        details["asked"] = _choices(meant)
    context.error(row, column, "unknown_product", **details)


def _report_no_producer(
    row: ImportRow, context: ImportContext, column: Column, suggestions: ProductSuggestions
) -> None:
    """The producer is missed; where one product only has the row's name, whether it is that."""
    meant = suggestions.of_name(row["product"]) if row["product"] else []
    details: dict[str, Any] = {}
    if meant:
        details = {"asked": _choices(meant), "about": ["product", "producer"]}
    context.error(row, column, "required", **details)


def _choices(meant: Iterable[tuple[str, str]]) -> list[Choice]:
    return [
        same(SEPARATOR.join((name, owner)), {"product": name, "producer": owner})
        for name, owner in meant
    ]


def check_end_after_start(
    row: ImportRow, context: ImportContext, columns: dict[str, Column], start: Any, end: Any
) -> None:
    """For rows with the columns "start" and "end"; either day may be None."""
    if start and end and end < start and not row.failed:
        context.error(
            row,
            columns["end" if row["end"] else "start"],
            "conflict",
            because="end_before_start",
            value=f"{end:%d/%m/%Y}",
            start=f"{start:%d/%m/%Y}",
        )


def check_not_in_future(row: ImportRow, context: ImportContext, *columns: Column) -> None:
    """What has happened – a decision, a filing, a listing – has no day later than today."""
    for column in columns:
        day = row[column.key]
        if day and day > context.today:
            context.error(row, column, "out_of_range", because="future_day")

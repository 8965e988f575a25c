"""The producers and products a list of recognitions names: found, created, brought up to date.

A row says more of them than their names: a producer's kind, a product's set and commune. What
it says fills in what was not known; two rows that contradict each other are refused.
"""

from collections import defaultdict
from typing import Any

from django.db.models import F

from ocop.imports.columns import Column, new_record
from ocop.imports.datasets import ImportContext, ImportRow, RecordChange, differences
from ocop.lib.identity import identity_key
from ocop.lib.producer_names import producer_name_key
from ocop.organisation.choices import UnitLevel
from products.datasets.base import (
    EnteredResource,
    area_of_row,
    changed_to,
    check_in_scope,
    in_chunks,
)
from products.datasets.names import kept_under, kind_by_name
from products.kinds import KINDS, area_of
from products.models import Producer, Product


def producer_key(row: ImportRow) -> Any:
    """None where the row leaves its producer unknown."""
    producer, district = row.values.get("producer"), row.resolved.get("district")
    return (producer_name_key(producer), district.pk) if district and producer else None


def product_key(row: ImportRow) -> Any:
    owner = producer_key(row)
    return (identity_key(row["product"]), *owner) if owner and row["product"] else None


# --- Found ----------------------------------------------------------------------------------------


def find_producers(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """The producer of that name in the row's district; elsewhere it is another one."""
    placed = [row for row in rows if producer_key(row)]
    by_name: dict[str, list[Producer]] = defaultdict(list)
    for keys in in_chunks(producer_name_key(row["producer"]) for row in placed):
        for found in Producer.objects.filter(name_key__in=keys).select_related("district"):
            by_name[found.name_key].append(found)
    made_here = _products_elsewhere(by_name, placed)
    for row in placed:
        candidates = by_name.get(producer_name_key(row["producer"]), [])
        here = [p for p in candidates if p.district_id == row.resolved["district"].pk]
        here = here or [p for p in candidates if (p.pk, *placed_name(row)) in made_here]
        elsewhere = [p for p in candidates if context.scope.sees(area_of(p))]
        if here:
            row.resolved["producer"] = here[0]
        elif elsewhere:
            context.warn(
                row,
                column,
                "conflict",
                because="producer_elsewhere",
                places=", ".join(str(p.district) for p in elsewhere),
                district=str(row.resolved["district"]),
            )
    _take_kept_producers([r for r in placed if "producer" not in r.resolved], context, column)


def _take_kept_producers(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """The producer that one of the row's name and district went into by a merge."""
    keys = [producer_name_key(row["producer"]) for row in rows]
    kept = kept_under(KINDS["producer"], keys, "district_id") if rows else {}
    for row, key in zip(rows, keys, strict=True):
        found = kept.get((key, row.resolved["district"].pk))
        if found is not None and context.scope.sees(found.district_id):
            row.resolved["producer"] = found
            context.warn(row, column, "same_as_above", because="merged_name", now=found.name)


def placed_name(row: ImportRow) -> tuple[str, int]:
    """The key of the name of the row's product, and its district."""
    return identity_key(row["product"] or ""), row.resolved["district"].pk


def _products_elsewhere(
    by_name: dict[str, list[Producer]], rows: list[ImportRow]
) -> set[tuple[int, str, int]]:
    """(producer, name, district) of products made in another district than their producer's."""
    districts = {row.resolved["district"].pk for row in rows}
    pks = [p.pk for found in by_name.values() for p in found]
    made = set()
    for keys in in_chunks(pks):
        products = Product.objects.filter(producer_id__in=keys, district_id__in=districts)
        products = products.exclude(district_id=F("producer__district_id"))
        made |= set(products.values_list("producer_id", "name_key", "district_id"))
    return made


def find_products(
    rows: list[ImportRow], context: ImportContext, column: Column
) -> dict[tuple[str, int], Product]:
    """Put each row's product into row.found; returns all products of the rows' producers."""
    known = [row for row in rows if row.resolved.get("producer") and row["product"]]
    products: dict[tuple[str, int], Product] = {}
    for keys in in_chunks(row.resolved["producer"].pk for row in known):
        found = Product.objects.filter(producer_id__in=keys)
        for product in found.select_related("place", "district"):
            products[product.name_key, product.producer_id] = product
    for row in known:
        product = products.get((identity_key(row["product"]), row.resolved["producer"].pk))
        if product is not None and not _out_of_scope(row, context, column, product):
            row.resolved["product"] = product
    _take_kept_products([row for row in known if "product" not in row.resolved], context, column)
    return products


def _out_of_scope(row: ImportRow, context: ImportContext, column: Column, product: Product) -> bool:
    return check_in_scope(row, context, column, area_of(product), product.district)


def _take_kept_products(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """The product that one of the row's name and producer went into by a merge; its producer may
    have gone into the row's as well."""
    rows = [row for row in rows if not row.failed]
    keys = [identity_key(row["product"]) for row in rows]
    kept = kept_under(KINDS["product"], keys, "producer__name_key") if rows else {}
    for row, key in zip(rows, keys, strict=True):
        owners = (producer_name_key(row["producer"]), row.resolved["producer"].name_key)
        found = next((kept[key, one] for one in owners if (key, one) in kept), None)
        if found is None or found.district_id != row.resolved["district"].pk:
            continue
        if not _out_of_scope(row, context, column, found):
            row.resolved["product"] = found
            context.warn(row, column, "same_as_above", because="merged_name", now=found.name)


# --- Said of them ---------------------------------------------------------------------------------


class StatedValues:
    """What all rows together say of each producer and product, by their keys."""

    def __init__(
        self, rows: list[ImportRow], context: ImportContext, columns: dict[str, Column]
    ) -> None:
        self.context = context
        self.stated: dict[tuple[str, Any], tuple[Any, ImportRow]] = {}
        for row in rows:
            if kind := row.values.get("kind"):
                self._note("kind", producer_key(row), kind, row, columns["kind"])
            if product_set := row.resolved.get("product_set"):
                self._note("set", product_key(row), product_set, row, columns["product_set"])

    def _note(self, what: str, key: Any, value: Any, row: ImportRow, column: Column) -> None:
        if key is None:
            return
        first_value, first = self.stated.setdefault((what, key), (value, row))
        if first_value != value:
            self.context.error(row, column, "conflict", because="two_rows", other=first.number)

    def of(self, what: str, key: Any) -> Any:
        return self.stated.get((what, key), (None, None))[0]


class NamedProducts:
    """Plans the changes of producers and products; gives each row its own of both."""

    def __init__(
        self, resource: EnteredResource, context: ImportContext, stated: StatedValues
    ) -> None:
        self.resource, self.context, self.stated = resource, context, stated
        self.columns = resource.columns()
        self.producers: dict[Any, RecordChange | None] = {}
        self.products: dict[Any, RecordChange | None] = {}

    def take(self, row: ImportRow) -> ImportRow:
        """The row, with producer and product put into row.found, new ones where there are none."""
        key, found = product_key(row), row.resolved
        owner = key[1:]
        if owner not in self.producers:
            self.producers[owner] = self._producer_change(row, owner)
        if "producer" not in found:
            found["producer"] = self.producers[owner].record  # type: ignore[union-attr]
        if key not in self.products:
            self.products[key] = self._product_change(row, key)
        if "product" not in found:
            found["product"] = self.products[key].record  # type: ignore[union-attr]
        return row

    def steps(self) -> list[list[RecordChange]]:
        """Producers before the products that refer to them."""
        each = (self.producers, self.products)
        return [[change for change in changes.values() if change] for changes in each]

    def _producer_change(self, row: ImportRow, key: Any) -> RecordChange | None:
        """A new producer takes the kind that is said, or that its name begins with ("HTX …")."""
        kind = self.stated.of("kind", key)
        producer = row.resolved.get("producer")
        if producer is not None:
            return self._updated(producer, row, {"kind": (self.columns["kind"], kind)})
        created = new_record(
            Producer,
            self.context.common,
            name=row["producer"],
            kind=kind or kind_by_name(row["producer"]) or "",
            place=row.resolved["place"],
            district=row.resolved["district"],
            commune_id=area_of_row(row, self.context).commune,
        )
        return RecordChange(created, row.number, None)

    def _product_change(self, row: ImportRow, key: Any) -> RecordChange | None:
        product_set = self.stated.of("set", key)
        product = row.resolved.get("product")
        if product is not None:
            place = self._more_exact_place(product, row)
            commune = area_of_row(row, self.context).commune if place is not None else None
            stated = {
                "product_set": (self.columns["product_set"], product_set),
                "place": (self.columns["commune"], place),
                "commune": (self.columns["commune"], self.context.units.every.get(commune or 0)),
            }
            return self._updated(product, row, stated)
        created = new_record(
            Product,
            self.context.common,
            name=row["product"],
            producer=row.resolved["producer"],
            product_set=product_set,
            place=row.resolved["place"],
            district=row.resolved["district"],
            commune_id=area_of_row(row, self.context).commune,
        )
        return RecordChange(created, row.number, None)

    def _more_exact_place(self, product: Product, row: ImportRow) -> Any:
        """The row's commune where only the district is recorded; a recorded commune is kept.

        Communes of the 2025 reform are no news of a product recorded under the old ones, nor the
        old ones of a product recorded since.
        """
        place = row.resolved["place"]
        if place.level != UnitLevel.COMMUNE or place.pk == product.place_id:
            return None
        if product.place.level != UnitLevel.COMMUNE:
            return place
        same = self.context.communes.get(place.pk) == product.commune_id
        if place.parent_id == product.district_id and not (same and product.commune_id):
            column = self.columns["commune" if row["commune"] else "address"]
            self.context.warn(
                row, column, "conflict", because="kept_place", recorded=str(product.place)
            )
        return None

    def _updated(
        self, record: Any, row: ImportRow, stated: dict[str, tuple[Column, Any]]
    ) -> RecordChange | None:
        names = differences(record, {name: value for name, (_column, value) in stated.items()})
        if not names:
            return None
        if not self.resource.may_change(record, self.context):
            for name in names:
                self.context.warn(row, stated[name][0], "not_permitted", because="kept_verified")
            return None
        return changed_to(record, row, {name: stated[name][1] for name in names})

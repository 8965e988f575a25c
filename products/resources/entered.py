"""What the datasets of entered records share: writing them, and finding products by name."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.db import models

from ocop.imports.cells import Column
from ocop.imports.resource import Change, Context, DatasetResource, Plan, Row, differences, snapshot
from ocop.lib.text import folded
from ocop.organisation.choices import Role
from ocop.organisation.models import Unit
from products.choices import Status
from products.history import create_all, update_all
from products.models import EnteredRecord, Product

EVERY_OFFICER = frozenset({Role.ADMINISTRATOR, Role.PROVINCE, Role.DISTRICT})
PROVINCIAL = frozenset({Role.ADMINISTRATOR, Role.PROVINCE})
CHUNK = 500


class EnteredResource(DatasetResource):
    """A dataset whose rows are entered records, written with their history."""

    def new_record(self, context: Context, **values: Any) -> Any:
        """An unsaved record of the dataset's model in the status the importer's role gives."""
        return self.entered(self._meta.model, context, **values)

    @staticmethod
    def entered(model: type[EnteredRecord], context: Context, **values: Any) -> Any:
        return model(status=context.status, created_by=context.user, **values)

    def plan_rows(
        self, rows: Iterable[Row], context: Context, column: Column, existing: dict[Any, Any]
    ) -> Plan:
        """Create, change or leave alone each row's record; `column` carries refusals."""
        plan, own = Plan(), []
        for row in rows:
            values = self.values_of(row, context)
            record = existing.get(self.key_of(row))
            if record is None:
                own.append(Change(self.new_record(context, **values), row.number, None))
                continue
            changed = differences(record, values)
            if not changed:
                plan.unchanged += 1
            elif self.may_change(record, context):
                own.append(Change(record, row.number, snapshot(record), changed))
                for name in changed:
                    setattr(record, name, values[name])
            else:
                context.error(row, column, "not_permitted", because="verified")
        plan.steps.append(own)
        return plan

    def values_of(self, row: Row, context: Context) -> dict[str, Any]:
        """The field values a row gives its record."""
        raise NotImplementedError

    @staticmethod
    def may_change(record: EnteredRecord, context: Context) -> bool:
        """Verified records are changed by the system and administrators; by others resubmitted."""
        return context.status == Status.VERIFIED or record.status != Status.VERIFIED

    def save(self, plan: Plan, context: Context, reason: str) -> None:
        for step in plan.steps:
            _write(step, context.user, reason)


def _write(step: list[Change], user: Any, reason: str) -> None:
    created: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    changed: dict[tuple[type[models.Model], tuple[str, ...]], list[Any]] = defaultdict(list)
    for change in step:
        if change.before is None:
            created[type(change.record)].append(change.record)
        else:
            changed[type(change.record), tuple(sorted(change.fields))].append(change.record)
    for records in created.values():
        create_all(records, user, reason)
    for (_model, fields), records in changed.items():
        update_all(records, fields, user, reason)


def in_chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Distinct values in lists short enough for one query."""
    listed = sorted(set(values), key=str)
    return (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK))


# --- Units in a row -----------------------------------------------------------------------------


def refuse_foreign(row: Row, context: Context, column: Column, district: Unit | None) -> bool:
    """True, with an error, where the record would belong to a district out of scope."""
    if context.scope.sees(district.pk if district else None):
        return False
    owner = str(district) if district else str(context.units.province_name)
    context.error(row, column, "not_permitted", owner=owner)
    return True


# --- Products by name and producer ---------------------------------------------------------------


class ProductNames:
    """Products of the names that rows mention, read in a few queries for all rows at once."""

    def __init__(self, names: Iterable[str]) -> None:
        self.found: dict[tuple[str, str], list[Product]] = defaultdict(list)
        for keys in in_chunks(folded(name) for name in names):
            rows = Product.objects.filter(name_key__in=keys).select_related("producer", "district")
            for product in rows:
                self.found[product.name_key, product.producer.name_key].append(product)

    def of(self, name: str, producer: str) -> list[Product]:
        return self.found.get((folded(name), folded(producer)), [])

    def near(self, name: str, producer: str) -> str:
        """The producer or product a near miss may have meant; empty where none is close."""
        key = folded(name)
        producers = {
            owner: product.producer.name
            for (known, owner), products in self.found.items()
            if known == key
            for product in products
        }
        close = get_close_matches(folded(producer), producers, n=1, cutoff=0.7)
        if close:
            return f"{name} – {producers[close[0]]}"
        of_producer = Product.objects.filter(producer__name_key=folded(producer))
        names = dict(of_producer.values_list("name_key", "name")[:200])
        close = get_close_matches(key, names, n=1, cutoff=0.7)
        return names[close[0]] if close else ""


def resolve_products(
    rows: list[Row], context: Context, product_column: Column, producer_column: Column
) -> None:
    """Put each row's product into row.found["product"], or say why it cannot be told."""
    ready = [row for row in rows if row["product"] and row["producer"]]
    names = ProductNames(row["product"] for row in ready)
    for row in ready:
        fitting = names.of(row["product"], row["producer"])
        visible = [p for p in fitting if context.scope.sees(p.district_id)]
        if len(visible) == 1:
            row.found["product"] = visible[0]
        elif visible:
            places = ", ".join(str(product.district) for product in visible)
            context.error(
                row,
                product_column,
                "conflict",
                because="several_products",
                product=row["product"],
                places=places,
            )
        elif fitting:
            refuse_foreign(row, context, product_column, fitting[0].district)
        else:
            context.error(
                row,
                product_column,
                "unknown_product",
                product=row["product"],
                producer=row["producer"],
                near=names.near(row["product"], row["producer"]),
            )

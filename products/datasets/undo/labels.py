"""What records are called that are gone: by their history, asked for all of them at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from products.datasets.undo.dependents import chunks
from products.models import Product

NAMED_BY = ("product", "floor", "system", "target", "unit")
"""Relations that a record's own name is made of."""


def with_names(records: Any) -> Any:
    """The queryset with the relations that a record's own name is made of."""
    names = [f.name for f in records.model._meta.fields if f.name in NAMED_BY]
    return records.select_related(*names, *(["product__producer"] if "product" in names else []))


def names_of(records: Sequence[Any]) -> dict[int, str]:
    """{id: name} of records of one model that are gone; "" of one that nobody can name.

    The product that a record is about may be gone as well: its last name is its history's.
    """
    for column in type(records[0])._meta.fields if records else ():
        if column.name in NAMED_BY:
            _attach_related(column, [record for record in records if not column.is_cached(record)])
    return {record.pk: _name_of(record) for record in records}


def last_rows(model: Any, ids: Iterable[int]) -> list[Any]:
    """The records of these ids as their last history rows have them."""
    found: dict[int, Any] = {}
    for some in chunks(set(ids)):
        found |= {row.id: row for row in model.history.filter(id__in=some).order_by("history_id")}
    return [row.instance for row in found.values()]


def _attach_related(column: Any, records: list[Any]) -> None:
    """Put into `column` (a relation) of each record what it refers to, as far as that is known."""
    model = column.related_model
    missing_ids = {getattr(record, column.attname) for record in records} - {None}
    there: dict[int, Any] = {}
    for ids in chunks(missing_ids):
        there |= model._default_manager.in_bulk(ids)
    if model is Product:
        there |= {product.pk: product for product in last_rows(model, missing_ids - there.keys())}
    for record in records:
        if (other := there.get(getattr(record, column.attname))) is not None:
            setattr(record, column.name, other)


def _name_of(record: Any) -> str:
    try:
        return str(record)
    except ObjectDoesNotExist:
        return ""

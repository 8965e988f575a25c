"""Which products' validity a change of records touches, and when their spans are rebuilt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

from products.models import (
    FloorListing,
    Product,
    Recognition,
    TraceabilityEnrolment,
)
from products.models.entered import counted_statuses
from products.validity.rebuild import BATCH, rebuild

LISTED = {"status", "product", "started_on", "ended_on"}
DECIDING: dict[type[models.Model], set[str]] = {
    Recognition: {
        *("status", "product", "decided_on", "prolonged_until", "valid_until", "revoked_on"),
        "rank",
    },
    TraceabilityEnrolment: {*LISTED, "system"},
    FloorListing: {*LISTED, "floor"},
    Product: {"district", "commune", "producer"},
}
"""The fields that decide on spans, by kind of record."""
_collected: ContextVar[set[int] | None] = ContextVar("products_to_rebuild", default=None)


def touched_by(records: Sequence[models.Model], fields: Iterable[str] | None = None) -> set[int]:
    """Ids of the products whose validity may change with `records` (all of one model).

    `fields`: what is about to be written to stored records, so that the products they leave are
    found too; None where the records are created, deleted or come back. Records that do not count
    and did not count touch nothing.
    """
    deciding = DECIDING.get(type(records[0])) if records else None
    if deciding is None:
        return set()
    names = {_name(records[0], one) for one in fields} & deciding if fields is not None else None
    if isinstance(records[0], Product):
        return {record.pk for record in records} if names else set()
    if names == set():
        return set()
    if names is None or "status" not in names:
        counted = counted_statuses(pending=True)
        records = [record for record in records if record.status in counted]  # type: ignore[attr-defined]
    touched = {record.product_id for record in records}  # type: ignore[attr-defined]
    return touched | _left(records) if names and "product" in names else touched


def touched_by_new(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> set[int]:
    """The same of new records of `model`, whose values are given column by column."""
    if model not in DECIDING or model is Product:
        return set()
    counted = counted_statuses(pending=True)
    each = zip(columns["product"], columns["status"], strict=True)
    return {product for product, status in each if status in counted}


def _name(record: models.Model, field: str) -> str:
    return record._meta.get_field(field).name


def _left(records: Sequence[models.Model]) -> set[int]:
    """The products of these records as they are stored."""
    found: set[int] = set()
    for some in (records[i : i + BATCH] for i in range(0, len(records), BATCH)):
        stored = type(some[0])._default_manager.filter(pk__in=[record.pk for record in some])
        found.update(stored.values_list("product_id", flat=True))
    return found


def rebuild_touched(product_ids: Iterable[int]) -> None:
    """Rebuild these products, at once or at the end of `rebuilt_together`."""
    collected = _collected.get()
    if collected is None:
        rebuild(product_ids)
    else:
        collected.update(product_ids)


@contextmanager
def rebuilt_together() -> Iterator[None]:
    """Products touched within are rebuilt once, at its end; inside the caller's transaction.

    Once is cheaper, and it locks them all in one order. Until its end the spans are not right.
    """
    if _collected.get() is not None:
        yield
        return
    products: set[int] = set()
    token = _collected.set(products)
    try:
        yield
    finally:
        _collected.reset(token)
    rebuild(products)

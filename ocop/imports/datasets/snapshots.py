"""What a record holds, compared with a row and as plain values."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models


def differences(record: models.Model, values: dict[str, Any]) -> list[str]:
    """Names of the fields in `values` that differ from what the record holds.

    None and an empty text in `values` mean that the sheet says nothing: the record keeps its
    value.
    """
    return [
        name
        for name, value in values.items()
        if value not in (None, "") and _held(record, name) != _comparable(value)
    ]


def _held(record: models.Model, name: str) -> Any:
    """What the record holds in a field; of a relation the id, which costs no query."""
    return getattr(record, record._meta.get_field(name).attname)  # type: ignore[union-attr]


def _comparable(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def snapshot(record: models.Model) -> dict[str, Any]:
    """The record's columns as plain values that JSON keeps exactly, to be restored from.

    Days and times as ISO text to the microsecond, decimals as text.
    """
    return {
        column.attname: plain(getattr(record, column.attname)) for column in record._meta.fields
    }


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it exactly."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value

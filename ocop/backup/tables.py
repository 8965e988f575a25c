"""Which tables a backup holds, and their rows as plain values that both databases know."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

LEFT_OUT = {
    "sessions.Session": "whoever is signed in signs in again",
    "organisation.DataVersionToken": "tokens of the data's state, drawn anew by every change",
}
ROWS_AT_ONCE = 200
FILES_AT_ONCE = 2
"""Of a table that keeps files in its rows, up to 5 MiB each."""
PARSED = (
    *(models.BinaryField, models.DateField, models.DecimalField),
    *(models.DurationField, models.TimeField, models.UUIDField),
)
"""Fields whose values are written as text; dates with a time are dates."""

Model = type[models.Model]


def kept_models() -> list[Model]:
    """The models whose tables a backup holds, in the order of their tables' names."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    ]
    return sorted(found, key=table_of)


def emptied_only() -> list[Model]:
    """The models whose rows mean nothing beside other data."""
    return [apps.get_model("sessions.Session")]


def table_of(model: Model) -> str:
    return model._meta.db_table


def fields_of(model: Model) -> list[Any]:
    return list(model._meta.local_concrete_fields)


def columns_of(model: Model) -> list[str]:
    return [field.column for field in fields_of(model)]


def _final(field: Any) -> Any:
    """The field whose values a foreign key holds."""
    while field.remote_field:
        field = field.target_field
    return field


# --- Out of the database ------------------------------------------------------------------------


def rows_of(model: Model, using: str) -> Iterator[tuple[Any, ...]]:
    """All rows in the order of their keys, some at a time.

    JSON as the text that the database holds: read as values, SQL's NULL and JSON's would be one.
    """
    names, texts = [], {}
    for field in fields_of(model):
        if isinstance(field, models.JSONField):
            texts[f"text_of_{field.attname}"] = Cast(field.attname, models.TextField())
            names.append(f"text_of_{field.attname}")
        else:
            names.append(field.attname)
    keeps_files = any(isinstance(field, models.BinaryField) for field in fields_of(model))
    rows = model._base_manager.using(using).annotate(**texts).order_by(_key_of(model))
    values = rows.values_list(*names)
    return iter(values.iterator(chunk_size=FILES_AT_ONCE if keeps_files else ROWS_AT_ONCE))


def _key_of(model: Model) -> str:
    key: Any = model._meta.pk
    return str(key.attname)


def line_of(row: tuple[Any, ...]) -> bytes:
    text = json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return b64encode(value).decode()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"no plain value for a {type(value).__name__}")


# --- Into the database --------------------------------------------------------------------------


def readers_of(model: Model, connection: Any) -> list[Callable[[Any], Any] | None]:
    """For each column what makes the database's value out of a plain one; None: it is one."""
    return [_reader(_final(field), connection) for field in fields_of(model)]


def _reader(field: Any, connection: Any) -> Callable[[Any], Any] | None:
    if not isinstance(field, PARSED):
        return None
    if isinstance(field, models.BinaryField) and connection.vendor == "postgresql":
        return partial(_as_hex, field)
    return partial(_read, field, connection)


def _read(field: Any, connection: Any, value: Any) -> Any:
    if value is None:
        return None
    return field.get_db_prep_value(field.to_python(value), connection, prepared=True)


def _as_hex(field: Any, value: Any) -> Any:
    """Bytes as PostgreSQL reads them in a COPY."""
    return None if value is None else rf"\x{field.to_python(value).hex()}"

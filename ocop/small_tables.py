"""Tables that stay small however many products there are, read together in one statement.

A page needs a dozen of them: units, plans, targets and their values, what districts confirmed. Each
row comes as one JSON object, so that tables of any shape are arms of one union, and leaves as an
instance of its model with the related ones it was asked for along. One answer of one moment, and
one way to the database where there would be a dozen.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, JSONObject


@dataclass(frozen=True)
class SmallTable:
    """Which rows are read: those of `rows`, in no order.

    `of` are the apps whose tables they hold; `related` the fields of related records that come
    along, as paths ("unit__name"): of the related record no other field is at hand. `without` are
    fields left out.
    """

    rows: Callable[[], QuerySet]
    of: tuple[str, ...]
    related: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def every_field(path: str, model: type[models.Model]) -> tuple[str, ...]:
    """The paths of all fields of the related record that stands at `path`."""
    return tuple(f"{path}__{field.attname}" for field in model._meta.concrete_fields)


class ByName(Protocol):
    """Rows of tables by name: those of one reading, or as a request comes to need them."""

    def __getitem__(self, name: str, /) -> list[Any]: ...


_OFFERED: dict[str, SmallTable] = {}


def offer(name: str, table: SmallTable) -> None:
    """Let pages ask for `table` by its name; all that are offered are read together."""
    _OFFERED[name] = table


def offered() -> Mapping[str, SmallTable]:
    return _OFFERED


def read(names: Iterable[str]) -> dict[str, list[Any]]:
    """The rows of offered tables by name. One query."""
    return read_tables({name: _OFFERED[name] for name in names})


def read_tables(tables: Mapping[str, SmallTable]) -> dict[str, list[Any]]:
    """The rows of the tables by name. One query; none for no table."""
    found: dict[str, list[Any]] = {name: [] for name in tables}
    if not tables:
        return found
    shapes, arms = {}, []
    for name, table in tables.items():
        rows = table.rows().order_by()
        shapes[name] = shape = _Shape(rows.model, _paths(rows.model, table))
        content = {str(place): F(path) for place, path in enumerate(shape.paths)}
        arms.append(
            rows.values_list(Cast(Value(name), CharField(max_length=30)), JSONObject(**content))
        )
    first, *others = arms
    for name, content in first.union(*others, all=True) if others else first:
        values = [content[str(place)] for place in range(len(content))]
        found[name].append(shapes[name].made(values))
    return found


def _paths(model: type[models.Model], table: SmallTable) -> list[str]:
    own = [field.attname for field in model._meta.concrete_fields]
    return [*(name for name in own if name not in table.without), *table.related]


class _Shape:
    """How values in the order of `paths` become an instance of `model`."""

    def __init__(self, model: type[models.Model], paths: list[str]) -> None:
        self.model = model
        self.paths: list[str] = []
        wanted = {path for path in paths if "__" not in path}
        fields = [one for one in model._meta.concrete_fields if one.attname in wanted]
        below: dict[str, list[str]] = {}
        for path in paths:
            relation, deeper, rest = path.partition("__")
            if deeper:
                below.setdefault(relation, []).append(rest)
        self.fields = fields
        self.related: list[tuple[Any, _Shape]] = [
            (model._meta.get_field(relation), self._of_related(relation, rests))
            for relation, rests in below.items()
        ]
        self.paths = [
            *(field.attname for field in fields),
            *(f"{field.name}__{path}" for field, shape in self.related for path in shape.paths),
        ]
        self._readers = [_reader(field) for field in fields]

    def _of_related(self, relation: str, rests: list[str]) -> "_Shape":
        related: Any = self.model._meta.get_field(relation).related_model
        key = related._meta.pk.attname
        return _Shape(related, [key, *(rest for rest in rests if rest != key)])

    def made(self, values: list[Any]) -> Any:
        number = len(self.fields)
        own = [
            None if value is None else read_it(value)
            for read_it, value in zip(self._readers, values[:number], strict=True)
        ]
        instance = self.model.from_db("default", [field.attname for field in self.fields], own)
        for relation, shape in self.related:
            theirs = values[number : number + len(shape.paths)]
            number += len(shape.paths)
            there = getattr(instance, relation.attname) is not None
            relation.set_cached_value(instance, shape.made(theirs) if there else None)
        return instance


def _reader(field: Any) -> Callable[[Any], Any]:
    """How a value of `field` is read from JSON: SQLite says it as it stores it."""
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return date.fromisoformat
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.DecimalField):
        return partial(_decimal, places=field.decimal_places)
    if isinstance(field, models.JSONField):
        return _nested
    return field.to_python  # type: ignore[no-any-return]


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _decimal(value: float, places: int) -> Decimal:
    """Exact: a float carries the fifteen digits that such a column has at most."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places))


def _nested(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value

"""What an import would do to which record, before it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from ocop.imports.columns import NewRecord


@dataclass(slots=True)
class RecordChange:
    """What one row does to one record: `before` is None where the record is created.

    `record` is the stored record with its new values, or a NewRecord (of a link between two
    records the unsaved link).
    """

    record: Any
    row: int | None
    before: dict[str, Any] | None
    fields: Sequence[str] = ()

    @property
    def model(self) -> type[models.Model]:
        record = self.record
        return record.model if isinstance(record, NewRecord) else type(record)

    def instance(self) -> Any:
        """The record as Django has it; of a new one another object each time, so ask once."""
        return self.record.instance() if isinstance(self.record, NewRecord) else self.record


@dataclass(frozen=True)
class TouchedRecord:
    """A record that an import touched: `url` empty where it is gone.

    `hidden`: the person may not see it; the title says only that.
    """

    row: int | None
    what: str
    model: str
    title: str
    url: str
    hidden: bool = False


@dataclass
class WritePlan:
    """Changes in the order in which they must be written; the last list is the dataset's own."""

    steps: list[list[RecordChange]] = field(default_factory=list)
    links: list[RecordChange] = field(default_factory=list)
    """Rows between two records, created after the records themselves."""
    unchanged: int = 0
    changed_beside: int = 0
    """Rows whose own record stays, but not one beside it (a product's set)."""

    @property
    def own(self) -> list[RecordChange]:
        return self.steps[-1] if self.steps else []

    @property
    def created(self) -> int:
        return sum(change.before is None for change in self.own)

    @property
    def updated(self) -> int:
        return len(self.own) - self.created + self.changed_beside

    def changes(self) -> Iterable[RecordChange]:
        return (change for step in [*self.steps, self.links] for change in step)


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

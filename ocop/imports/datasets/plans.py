"""What an import would do to which record, before it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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

"""Records that rows will create, held as plain values until they are written.

A list of 10,000 rows creates 25,000 records. As unsaved model instances, all at once, they take
16.5 MiB, three times what the rows take themselves; so a plan holds what the rows say and no
more, and the instances are made where they are written, a portion at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models


@dataclass(slots=True, eq=False)
class NewRecord:
    """One record to be created; `pk` and `version` are None until it has been written."""

    model: type[models.Model]
    common: Mapping[str, Any]
    """What all new records of the import are given, shared by them."""
    names: tuple[str, ...]
    values: tuple[Any, ...]
    """Of each field of `names`; a related record may be a NewRecord itself."""
    pk: int | None = None
    version: int | None = None

    def given(self) -> dict[str, Any]:
        """What the record is given, by name of field; columns left out have their defaults."""
        return {**self.common, **dict(zip(self.names, self.values, strict=True))}

    def instance(self) -> Any:
        """The unsaved record, another object each time.

        Of a related record that has been written only the id is put in, one that has not comes
        along as an unsaved record.
        """
        given = self.given()
        for name, value in zip(self.names, self.values, strict=True):
            if isinstance(value, NewRecord):
                if value.pk is None:
                    given[name] = value.instance()
                else:
                    given[f"{name}_id"] = given.pop(name).pk
        return self.model(**given)


def new_record(model: type[models.Model], common: Mapping[str, Any], **given: Any) -> NewRecord:
    return NewRecord(model, common, _shared(tuple(given)), tuple(given.values()))


@cache
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """One tuple for all records that are given the same fields."""
    return names

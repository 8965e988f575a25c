"""Records that rows will create, kept small until they are written.

A list of 10,000 rows creates 25,000 records of 700 bytes each, if all are made at once. A sketch
keeps what the row says and no more, in a fourth of that. The record is made out of it when
somebody looks at it, and for writing, a portion at a time.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.base import ModelState


class Pattern:
    """A new record of one model, to be copied: in a third of the time that Django takes."""

    def __init__(self, model: type[models.Model], **given: Any) -> None:
        self.model = model
        made = model(**given)
        self.related = made._state.fields_cache
        # Copied as it is: records whose attributes came in one order share the table of names,
        # which makes them a third of the size of others.
        self.values = made.__dict__
        self.columns = {column.name: column.attname for column in model._meta.fields}
        self.names = {attname: name for name, attname in self.columns.items()}
        self.relations = {column.name for column in model._meta.fields if column.is_relation}
        # Lists and mappings are made anew, so that no two records share one.
        json_columns = [f for f in model._meta.fields if isinstance(f, models.JSONField)]
        self.fresh = [(column.attname, column.get_default) for column in json_columns]
        self._given: dict[tuple[str, ...], tuple[str, ...]] = {}

    def sketch(self, values: dict[str, Any]) -> "Sketch":
        """`values` by name of field; related records may be sketches themselves."""
        names = tuple(values)
        # One tuple of names for all sketches that are given the same ones.
        return Sketch(self, self._given.setdefault(names, names), tuple(values.values()))

    def record(self, values: dict[str, Any], alone: bool = False) -> Any:
        """The unsaved record that `model(**values)` would be; of sketches in it the records.

        `alone`: only the ids of what sketches stand for, which is all that is written.
        """
        record = self.model.__new__(self.model)
        held = self.values.copy()
        held["_state"] = state = ModelState()
        state.fields_cache = related = self.related.copy()
        for name, default in self.fresh:
            held[name] = default()
        for name, value in values.items():
            if name not in self.relations:
                held[self.columns[name]] = value
                continue
            # The id of a related record that is new itself is put in when that is written.
            held[self.columns[name]] = value.pk if value is not None else None
            if not isinstance(value, Sketch):
                related[name] = value
            elif not alone:
                related[name] = value.made()
        record.__dict__ = held
        return record


class Sketch:
    """One record to be created. `pk` and `version` are None until it has been written.

    Its columns and relations are read as those of the record (`sketch.name`); a relation to
    another sketch is that sketch, and has no id.
    """

    __slots__ = ("names", "pattern", "pk", "values", "version")

    def __init__(self, pattern: Pattern, names: tuple[str, ...], values: Sequence[Any]) -> None:
        self.pattern, self.names, self.values = pattern, names, values
        self.pk: Any = None
        self.version: Any = None

    def __getattr__(self, name: str) -> Any:
        pattern = self.pattern
        of_field = pattern.names.get(name, name)
        if of_field in self.names:
            value = self.values[self.names.index(of_field)]
            if name == of_field or value is None:
                return value
            return None if isinstance(value, Sketch) else value.pk
        if name in pattern.relations:
            return pattern.related.get(name)
        try:
            return pattern.values[pattern.columns.get(name, name)]
        except KeyError:
            raise AttributeError(name) from None

    def made(self, alone: bool = False) -> Any:
        """The record, another object each time; `alone` as in `Pattern.record`."""
        record = self.pattern.record(dict(zip(self.names, self.values, strict=True)), alone)
        if self.pk is not None:
            record.pk = self.pk
        return record

    def plain_columns(self) -> dict[str, Any]:
        """By name, what the record would hold in columns that are no relations."""
        return {**self.pattern.values, **dict(zip(self.names, self.values, strict=True))}

    def written(self, record: models.Model) -> None:
        """Keep what the record made of it got when it was written."""
        self.pk, self.version = record.pk, record.version  # type: ignore[attr-defined]

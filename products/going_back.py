"""What keeps a record from becoming what it was: its parents, its place, the table's rules.

A record that an import deleted comes back, one that it changed is set back; neither can where
another record has its place (number, name, day) by now, or where what it referred to is gone.
Such a record is left, with the reason, and the others are taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from django.db import models

from ocop.imports.reasons import Reason, why
from ocop.imports.undoing import DELETE, RECREATE, RESTORE, Step
from ocop.imports.words import exact
from ocop.organisation.scope import Scope
from products.conditions import holds
from products.resting import Key, chunks, named


def hinder_what_cannot_go_back(steps: list[Step], overwrite: Set[int], scope: Scope) -> None:
    """`steps` in the order in which they are carried out; those that delete are settled already.

    What one step leaves another may have waited for, so that all are looked at until nothing
    more is found.
    """
    going = [step for step in steps if step.action != DELETE and not step.hindrance]
    for step in going:
        if step.action == RESTORE and step.edited and not _keeps_rules(step):
            step.hindrance = why("contradicts")
    whole = _Whole(steps, overwrite)
    parents = _Parents(going, whole)
    places = list(_places(going, whole, scope))
    while parents.hinder() + sum(place.hinder() for place in places):
        pass


class _Whole:
    """All steps of an undoing: which one is about a record, and whether it makes way in time."""

    def __init__(self, steps: list[Step], overwrite: Set[int]) -> None:
        self.by_record = {(type(step.record), step.record.pk): step for step in steps}
        self.order = {step.change.pk: place for place, step in enumerate(steps)}
        self.overwrite = overwrite

    def makes_way(self, holder: Step, step: Step) -> bool:
        """Whether `holder` is gone from its place before `step` is carried out.

        Records set back together are written in no certain order.
        """
        if holder.is_left(self.overwrite) or holder.action == step.action:
            return False
        return self.order[holder.change.pk] < self.order[step.change.pk]


def values_after(step: Step) -> dict[str, Any]:
    """The record's columns as they would be with the step carried out, later changes included."""
    values = {c.attname: getattr(step.record, c.attname) for c in step.record._meta.fields}
    return values | _set_back(step)


def _set_back(step: Step) -> dict[str, Any]:
    """The columns that the step writes; of a record that comes back all of them."""
    columns = {column.name: column for column in step.record._meta.fields}
    if step.action == RECREATE:
        return {name: getattr(step.record, name) for name in (c.attname for c in columns.values())}
    before = step.change.before or {}
    written = (columns[name] for name in (*step.fields, *step.later))
    return {column.attname: exact(column, before[column.attname]) for column in written}


def _keeps_rules(step: Step) -> bool:
    """False where what somebody wrote since does not go with the old values."""
    model, values = type(step.record), values_after(step)
    rules = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    return all(holds(rule.condition, model, values) is not False for rule in rules)  # type: ignore[arg-type]


# --- What it refers to ----------------------------------------------------------------------------


class _Parents:
    """The records that others refer to once they are as they were."""

    def __init__(self, going: list[Step], whole: _Whole) -> None:
        self.whole = whole
        # Written latest first, so that what others rest on comes first the other way round.
        self.of = [(step, list(_parents(step))) for step in reversed(going)]
        asked: dict[Any, set[int]] = defaultdict(set)
        for _step, parents in self.of:
            for model, pk in parents:
                asked[model].add(pk)
        self.there: set[Key] = set()
        for model, ids in asked.items():
            for some in chunks(sorted(ids)):
                found = model._default_manager.filter(pk__in=some).values_list("pk", flat=True)
                self.there |= {(model, pk) for pk in found}

    def hinder(self) -> int:
        found = 0
        for step, parents in self.of:
            lost = next((key for key in parents if not self._is_there(key)), None)
            if lost is not None and not step.hindrance:
                step.hindrance = why("parent_gone", what=lost[0])
                found += 1
        return found

    def _is_there(self, key: Key) -> bool:
        if key in self.there:
            return True
        parent = self.whole.by_record.get(key)
        return parent is not None and not (parent.hindrance or parent.held)


def _parents(step: Step) -> Iterable[Key]:
    written = _set_back(step)
    for column in step.record._meta.fields:
        if column.is_relation and written.get(column.attname):
            yield column.related_model, written[column.attname]


# --- Its place ------------------------------------------------------------------------------------


@dataclass
class _Place:
    """What no two records may have in common: who has it, and who wants it back."""

    constraint: models.UniqueConstraint
    wanted: list[tuple[Step, tuple[Any, ...]]]
    held: dict[tuple[Any, ...], int]
    """{values: id of the record that has them now}."""
    names: dict[int, str]
    whole: _Whole

    def hinder(self) -> int:
        """Leave the steps whose place is not free; how many were not left before."""
        found, claimed = 0, dict[tuple[Any, ...], Step]()
        for step, key in self.wanted:
            if step.hindrance or step.held:
                continue
            holder = self.whole.by_record.get((type(step.record), self.held.get(key, 0)))
            if key in self.held and holder is None:
                step.hindrance = self._words(step, self.names[self.held[key]])
            elif holder is not None and not self.whole.makes_way(holder, step):
                step.held = self._words(step, holder.title)
            elif key in claimed:
                step.held = self._words(step, claimed[key].title)
            elif not step.is_left(self.whole.overwrite):
                claimed[key] = step
            found += bool(step.hindrance or step.held)
        return found

    def _words(self, step: Step, name: str) -> Reason:
        fields = [step.record._meta.get_field(one) for one in self.constraint.fields]
        # People know a name, not the key it is found by.
        shown = [step.record._meta.get_field(getattr(one, "source", one.name)) for one in fields]
        return why("place_taken", what=name, columns=shown)


def _places(going: list[Step], whole: _Whole, scope: Scope) -> Iterable[_Place]:
    by_model: dict[Any, list[Step]] = defaultdict(list)
    for step in going:
        by_model[type(step.record)].append(step)
    for model, its_steps in by_model.items():
        for constraint in _unique(model):
            wanted = list(_wanted(model, its_steps, constraint))
            held = _held(model, constraint, {key for _step, key in wanted})
            others = {pk: pk for pk in held.values() if (model, pk) not in whole.by_record}
            names = dict(named(model, others, scope))
            yield _Place(constraint, wanted, held, names, whole)


def _unique(model: Any) -> Iterable[models.UniqueConstraint]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield constraint
    for fields in model._meta.unique_together:  # of links between two records
        yield models.UniqueConstraint(fields=fields, name="_".join(fields))


def _wanted(
    model: Any, steps: list[Step], constraint: models.UniqueConstraint
) -> Iterable[tuple[Step, tuple[Any, ...]]]:
    """The place that each step wants for its record, where it has not got it now."""
    columns = [model._meta.get_field(name).attname for name in constraint.fields]

    def place(values: dict[str, Any]) -> tuple[Any, ...] | None:
        key = tuple(values[name] for name in columns)
        # An empty column makes no two records the same, for the database either.
        if None in key or (constraint.condition and not holds(constraint.condition, model, values)):
            return None
        return key

    for step in steps:
        key = place(values_after(step))
        now = {c.attname: getattr(step.record, c.attname) for c in model._meta.fields}
        if key is not None and (step.action == RECREATE or place(now) != key):
            yield step, key


def _held(
    model: Any, constraint: models.UniqueConstraint, keys: Set[tuple[Any, ...]]
) -> dict[tuple[Any, ...], int]:
    columns = [model._meta.get_field(name).attname for name in constraint.fields]
    held: dict[tuple[Any, ...], int] = {}
    for some in chunks(sorted(keys, key=str)):
        values = zip(*some, strict=True)
        wanted = {f"{name}__in": set(own) for name, own in zip(columns, values, strict=True)}
        rows = model._default_manager.filter(**wanted).order_by()
        if constraint.condition is not None:
            rows = rows.filter(constraint.condition)
        for pk, *key in rows.values_list("pk", *columns):
            if tuple(key) in keys:
                held[tuple(key)] = pk
    return held

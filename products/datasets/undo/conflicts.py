"""What keeps a record from becoming what it was: found out by trying, in a transaction taken back.

A record that an import deleted comes back, one that it changed is set back; neither can where
another record has its place (number, name, day) by now, or where what it referred to is gone.
Such a record is left, with the reason, and the others are taken back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from ocop.imports.columns import exact
from ocop.imports.undo import DELETE, RECREATE, StoredReason, UndoStep, stored_reason
from ocop.organisation.scope import Scope
from products.datasets.undo.dependents import Key, chunks, names_of_visible

Write = Callable[[list[UndoStep]], None]


def runs(steps: Iterable[UndoStep]) -> Iterable[list[UndoStep]]:
    """Neighbouring steps of one action and model, to be written together."""
    run: list[UndoStep] = []
    for step in steps:
        if run and (run[0].action, type(run[0].record)) != (step.action, type(step.record)):
            yield run
            run = []
        run.append(step)
    if run:
        yield run


def refused(steps: list[UndoStep], write: Write) -> list[UndoStep]:
    """Carry out a run of steps with `write`; those that the database refuses, which are left.

    All together, or else each half by itself.
    """
    if not steps:
        return []
    records = [step.record for step in steps]
    for step in steps:
        step.record = copy(step.record)
    try:
        with transaction.atomic():
            write(steps)
    except IntegrityError:
        if len(steps) == 1:
            return steps
        for step, record in zip(steps, records, strict=True):
            step.record = record
        middle = len(steps) // 2
        return [*refused(steps[:middle], write), *refused(steps[middle:], write)]
    return []


def block_conflicts(steps: list[UndoStep], overwrite: Set[int], scope: Scope, write: Write) -> None:
    """`steps` in the order in which they are carried out; those that delete are settled already.

    Those that are left unless the person says otherwise are tried as well, and taken back.
    """
    going = [step for step in steps if not (step.blocking_reason or step.blocked_by)]
    if all(step.action == DELETE for step in going):
        return
    records = [(step, step.record) for step in going]
    of_steps = {(type(step.record), step.record.pk) for step in steps}
    with transaction.atomic():
        for run in runs(going):
            _hinder_what_lost_its_parents(run)
            ready = [step for step in run if not step.blocking_reason]
            left = [step for step in ready if step.is_left(overwrite)]
            tried = [step for step in ready if not step.is_left(overwrite)]
            for step in refused(tried, write):
                _explain(step, of_steps, scope)
            with transaction.atomic():
                for step in refused(left, write) if run[0].action != DELETE else ():
                    _explain(step, of_steps, scope)
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    for step, record in records:
        step.record = record


# --- What it refers to ----------------------------------------------------------------------------


def _hinder_what_lost_its_parents(steps: list[UndoStep]) -> None:
    """The database asks for them only at the end of a transaction."""
    claims: dict[Any, set[int]] = defaultdict(set)
    of = [(step, list(_parents(step))) for step in steps]
    for _step, parents in of:
        for model, pk in parents:
            claims[model].add(pk)
    there: set[Key] = set()
    for model, ids in claims.items():
        for some in chunks(sorted(ids)):
            found = model._default_manager.filter(pk__in=some).values_list("pk", flat=True)
            there |= {(model, pk) for pk in found}
    for step, parents in of:
        if lost := next((key for key in parents if key not in there), None):
            step.blocking_reason = stored_reason("parent_gone", what=lost[0])


def _parents(step: UndoStep) -> Iterable[Key]:
    written = {*step.fields, *step.later}
    for column in step.record._meta.fields:
        if not column.is_relation or step.action == DELETE:
            continue
        if step.action == RECREATE:
            pk = getattr(step.record, column.attname)
        elif column.name in written:
            pk = exact(column, (step.change.before or {})[column.attname])
        else:
            continue
        if pk:
            yield column.related_model, pk


# --- What the database refuses --------------------------------------------------------------------


def _explain(step: UndoStep, of_steps: Set[Key], scope: Scope) -> None:
    """Which rule the record breaks as it would be, asked of the rules one by one."""
    record = step.record
    for rule in _rules(type(record)):
        try:
            rule.validate(type(record), record)
        except ValidationError:
            break
    else:
        rule = None
    if not isinstance(rule, models.UniqueConstraint):
        step.blocking_reason = stored_reason("contradicts")
        return
    holder = _holder(rule, record)
    taken = _taken(rule, record, dict(names_of_visible(type(record), {1: holder}, scope))[1])
    if (type(record), holder) in of_steps:
        step.blocked_by = taken
    else:
        step.blocking_reason = taken


def _rules(model: Any) -> Iterable[Any]:
    yield from model._meta.constraints
    for fields in model._meta.unique_together:  # of links between two records
        yield models.UniqueConstraint(fields=fields, name="_".join(fields))


def _holder(rule: models.UniqueConstraint, record: Any) -> int:
    """The id of the record that has its place."""
    rows = type(record)._default_manager.filter(rule.condition or models.Q())
    values = {name: getattr(record, name) for name in rule.fields}
    return int(rows.filter(**values).exclude(pk=record.pk).values_list("pk", flat=True)[0])


def _taken(rule: models.UniqueConstraint, record: Any, name: str) -> StoredReason:
    fields = [record._meta.get_field(one) for one in rule.fields]
    # People know a name, not the key it is found by.
    shown = [record._meta.get_field(getattr(one, "source", one.name)) for one in fields]
    return stored_reason("place_taken", what=name, columns=shown)

"""Rules of a table asked of values in memory: whether a row that says this could be stored.

For constraints of our own models, whose lookups are few; others raise NotImplementedError.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gte": operator.ge,
    "lte": operator.le,
    "in": lambda value, choices: value in choices,
}


def holds(condition: Q, model: type[models.Model], values: Mapping[str, Any]) -> bool | None:
    """Whether `values` (by attname) meet `condition`; None where an empty value leaves it open.

    As in SQL, a rule of the table refuses only what is False.
    """
    parts = [
        holds(child, model, values) if isinstance(child, Q) else _compared(child, model, values)
        for child in condition.children
    ]
    if condition.connector not in (Q.AND, Q.OR):
        raise NotImplementedError(condition.connector)
    deciding = condition.connector == Q.OR
    found = deciding if deciding in parts else None if None in parts else not deciding
    return found if found is None or not condition.negated else not found


def _compared(part: Any, model: type[models.Model], values: Mapping[str, Any]) -> bool | None:
    name, _, lookup = part[0].partition("__")
    wanted, value = part[1], values[_column(model, name)]
    if lookup == "isnull":
        return bool((value is None) == wanted)
    if lookup and lookup not in COMPARISONS:
        raise NotImplementedError(part[0])
    if isinstance(wanted, F):
        wanted = values[_column(model, wanted.name)]
    if value is None or wanted is None:
        return None
    return bool(COMPARISONS[lookup or "exact"](value, wanted))


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]

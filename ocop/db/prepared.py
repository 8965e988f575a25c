"""Values made ready for the database a column at a time, equal ones once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from enum import Enum
from itertools import islice
from types import NoneType
from typing import Any

from django.db import DataError, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields import AutoFieldMixin

CONVERTED_ONCE = (str, int, date, time, Decimal, Enum)
"""Equal values of one of these types are stored alike (0.0 and -0.0 are not)."""
CHECKS_TEXT = (models.CharField.get_prep_value, models.TextField.get_prep_value)
CHECKS_NUMBER = (models.IntegerField.get_prep_value,)
ADAPTS = (
    models.Field.get_db_prep_value,
    models.IntegerField.get_db_prep_value,
    AutoFieldMixin.get_db_prep_value,  # type: ignore[attr-defined]
)


def prepared(
    field: models.Field, values: Sequence[Any], connection: BaseDatabaseWrapper
) -> Sequence[Any]:
    """What `field` stores for each of `values`: get_db_prep_save, asked once for equal values."""
    kinds = set(map(type, values))
    kinds.discard(NoneType)

    def convert(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    if kinds == {str} and _checks_by(field, CHECKS_TEXT):
        ready = values
    elif kinds == {int} and _checks_by(field, CHECKS_NUMBER):
        return values
    elif len(kinds) == 1 and issubclass(next(iter(kinds)), CONVERTED_ONCE):
        known = {value: convert(value) for value in set(values)}
        ready = [known[value] for value in values]
    elif len(kinds) <= 1 and not any(values):
        known = {value is None: convert(value) for value in _empties(values)}
        return [known[value is None] for value in values]
    else:
        _refuse_expressions(kinds, field)
        ready = [convert(value) for value in values]
    _refuse_nul(ready, field)
    return ready


def _checks_by(field: Any, known: tuple[Callable[..., Any], ...]) -> bool:
    """True where the field stores texts, or whole numbers, as they are."""
    if field.is_relation:
        return _checks_by(field.target_field, known)
    kind = type(field)
    if kind.get_db_prep_save is not models.Field.get_db_prep_save:
        return False
    return kind.get_db_prep_value in ADAPTS and kind.get_prep_value in known


def _empties(values: Sequence[Any]) -> Iterator[Any]:
    """The first empty value and the first None, as far as there are any."""
    yield from islice((value for value in values if value is not None), 1)
    if None in values:
        yield None


def _refuse_expressions(kinds: set[type], field: models.Field) -> None:
    if any(hasattr(kind, "resolve_expression") for kind in kinds):
        raise TypeError(f"{field}: an expression, where values are written")


def _refuse_nul(values: Sequence[Any], field: models.Field) -> None:
    """PostgreSQL keeps no NUL; SQLite would, and what follows it would be lost on the way."""
    if "\0" in "".join([value for value in values if type(value) is str]):
        raise DataError(f"{field}: a text with a NUL")

"""What a model's columns allow – lengths, choices, blanks – checked quickly for many records.

Says only whether a record is plainly all right. Of one that is not, Django's own `clean_fields`
tells why, in its words.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from ocop.imports.columns.new_records import NewRecord

Check = Callable[[Any], bool]
MAX_REMEMBERED = 2000


def checked_names(model: type[models.Model]) -> list[str]:
    """Names of the columns that rows fill in: neither relations nor derived."""
    return [f.name for f in model._meta.fields if not f.is_relation and f.editable]


class ColumnChecks:
    """`passes(record)` for records of one model, stored or to be created."""

    def __init__(self, model: type[models.Model]) -> None:
        names = set(checked_names(model))
        fields = [field for field in model._meta.fields if field.name in names]
        self._checks = [(f.attname, _check_of(f), f.get_default()) for f in fields]

    def passes(self, record: models.Model | NewRecord) -> bool:
        values = record.given() if isinstance(record, NewRecord) else record.__dict__
        return all(check(values.get(name, default)) for name, check, default in self._checks)


def _check_of(field: Any) -> Check:
    if isinstance(field, models.CharField) and _is_plain_text(field):
        longest, blank = int(field.max_length or 0), field.blank
        return lambda value: (
            type(value) is str and len(value) <= longest and bool(blank or value.strip())
        )
    if isinstance(field, models.TextField) and not field.choices and not field.null:
        return lambda value: type(value) is str and bool(field.blank or value.strip())
    return _remembering(field)


def _is_plain_text(field: Any) -> bool:
    """No choices, and no validator but the one of its length."""
    others = [one for one in field.validators if not isinstance(one, MaxLengthValidator)]
    return not (field.choices or field.null or others) and field.max_length is not None


def _remembering(field: Any) -> Check:
    """The field's own cleaning, once for each value that it leaves as it is."""
    good: set[Any] = set()

    def check(value: Any) -> bool:
        try:
            if (key := (value.__class__, value)) in good:
                return True
        except TypeError:
            # Lists and mappings: JSON columns, which no row fills in.
            return bool(field.blank) and value in field.empty_values
        if field.blank and value in field.empty_values:
            return True
        try:
            if field.clean(value, None) != value:
                return False
        except (ValidationError, TypeError, ValueError, ArithmeticError):
            return False
        if len(good) < MAX_REMEMBERED:
            good.add(key)
        return True

    return check

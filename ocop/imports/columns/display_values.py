"""Values of records as people read them, for previews and for what an undoing sets back."""

from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

MAX_NAMES = 300
"""Names of related records asked for on one page; each costs a query."""


class DisplayValues:
    """Remembers the names of related records, so that each is asked for once."""

    def __init__(self) -> None:
        self._names: dict[tuple[Any, Any], str] = {}

    def of(self, column: Any, value: Any) -> str:
        """`value` as the model's column holds it (of a relation the id); "–" for nothing."""
        if value in (None, ""):
            return "–"
        if column.is_relation:
            return self._name(column.related_model, value)
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if hasattr(value, "strftime"):
            return str(date_format(value, "SHORT_DATE_FORMAT"))
        if column.get_internal_type() == "DecimalField":
            return str(number_format(value.normalize()))
        return str(value)

    def _name(self, model: Any, pk: Any) -> str:
        key = model, pk
        if key not in self._names:
            if len(self._names) >= MAX_NAMES:
                return f"{model._meta.verbose_name} {pk}"
            self._names[key] = str(model._default_manager.filter(pk=pk).first() or "–")
        return self._names[key]


def label_of(column: Any) -> str:
    label = str(column.verbose_name)
    return label[:1].upper() + label[1:]


def exact(column: Any, plain: Any) -> Any:
    """The value a column holds for what a snapshot kept of it."""
    return (column.target_field if column.is_relation else column).to_python(plain)

"""Form fields that read days and numbers as people here write them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ocop.lib.errors import ReadingError
from ocop.lib.numbers import parse_number
from ocop.lib.text import without_invisible

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


class ErrorSummary:
    """For a form whose errors are listed above it, each leading to its field. What is typed loses
    its invisible characters."""

    fields: dict[str, forms.Field]
    errors: Any
    add_error: Any
    __getitem__: Any

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        for name, value in list(cleaned.items()):
            if not isinstance(value, str) or (seen := without_invisible(value)) == value:
                continue
            cleaned[name] = seen.strip()
            if self.fields[name].required and not cleaned[name]:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    @property
    def summary(self) -> list[tuple[str, str, Any]]:
        """(id of the field, label, message) of every error, in the order of the fields."""
        lines = []
        for name, errors in self.errors.items():
            bound = self[name] if name in self.fields else None
            at, label = (bound.id_for_label, bound.label) if bound else ("", "")
            lines += [(at, str(label), message) for message in errors]
        return lines


class DayField(forms.DateField):
    """A day: the browser's date field, or typed as d/m/Y."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"])
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _(
            "This is not a day of the calendar. Write day/month/year, such as 22/08/2022."
        )

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("The year must lie between 1990 and 2100."))
        return day

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class NumberField(forms.DecimalField):
    """A number as written here, 69,95; by the same rules as in workbooks (ocop.lib.numbers).

    "1.250" could be a thousand and more or one and a quarter: without `grouped` (for money) it is
    refused.
    """

    widget = forms.TextInput

    def __init__(self, *, grouped: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.grouped = grouped
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    stored: Decimal | None = None
    """What is on record: shown and sent back untouched, it is never read anew."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        text = str(value).strip()
        if self.stored is not None and text == self.prepare_value(self.stored):
            return self.stored
        try:
            return parse_number(text, grouped=self.grouped)
        except ReadingError as error:
            words = {"text": text[:30]}
            if error.params.get("reason") == "ambiguous":
                sentence = _("“%(text)s” can be read in two ways. Write it such as 1250 or 1,25.")
            else:
                sentence = _("“%(text)s” is not a number. Write it such as 69,95.")
            raise ValidationError(sentence % words) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value

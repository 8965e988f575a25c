"""Forms of the administration: a change has a reason and is made over what was seen."""

from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

NEVER_COMPARED = {"password", "last_login"}
"""Columns that change by signing in, not by an administrator."""
OWN_FIELDS = {"change_reason", "seen"}
GO_BACK = "_edit"
"""The button of the confirmation page that leads back to what was typed."""


class ReasonForm(forms.ModelForm):
    """`change_reason` stands in the history row; `seen` is what the record was when it was shown,
    so that of two people who change it at once the second is told."""

    change_reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the history: the document or the mistake this change rests on."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding
        if "change_reason" in self.fields:
            self.fields["change_reason"].required = not self.is_new
        if not self.is_new:
            self.initial["seen"] = fingerprint(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if GO_BACK in self.data:
            raise ValidationError(_("Nothing is saved yet. Change what you want, then save."))
        if not self.is_new and "seen" in self.fields:
            rows = type(self.instance)._base_manager.select_for_update()
            stored = rows.filter(pk=self.instance.pk).first()
            if stored is None or fingerprint(stored) != cleaned.get("seen"):
                raise ValidationError(
                    _(
                        "Somebody has changed this meanwhile. Nothing was saved: open the page "
                        "anew in another tab, compare, and enter your change there."
                    )
                )
        return cleaned

    @property
    def changed_values(self) -> set[str]:
        """The record's fields that the form changes."""
        return set(self.changed_data) - OWN_FIELDS


def fingerprint(record: models.Model) -> str:
    """Equal while no column of the record changed."""
    values = [
        (field.attname, field.value_to_string(record))
        for field in record._meta.concrete_fields
        if field.name not in NEVER_COMPARED
    ]
    return sha256(repr(values).encode()).hexdigest()[:32]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class PointsField(forms.CharField):
    """The points that may be given, as whole numbers with commas between."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = (super().to_python(value) or "").replace(";", ",").split(",")
        try:
            points = [int(word) for word in words if word.strip()]
        except ValueError:
            points = []
        if not points or points != sorted(set(points)) or points[0] < 0:
            raise ValidationError(_t("Write whole numbers that rise, such as: 0, 1, 3, 5."))
        return points

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or []) != self.to_python(data))
        except ValidationError:
            return True

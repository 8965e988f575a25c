"""What the forms of meetings, assignments and activities share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.lib.text import nfc
from ocop.organisation.models import Agency
from products.entry.forms import ErrorSummary


class CommitteeForm(ErrorSummary, forms.Form):
    """A form of the committee's work."""

    def clean(self) -> dict[str, Any]:
        """Texts composed (NFC) and trimmed, whatever the keyboard sent; lines stay lines."""
        given = super().clean() or {}
        return {name: _text(one) if isinstance(one, str) else one for name, one in given.items()}


class AgenciesField(forms.ModelMultipleChoiceField):
    """The agencies that help the one that leads: none, one or several, found by typing."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Co-operating agencies"),
            queryset=Agency.objects.none(),
            required=False,
            help_text=_("They see the assignment and report on it too. Ctrl + click for several."),
        )
        self.widget.attrs |= {"data-search": "", "size": 5}


def _text(typed: str) -> str:
    return "\n".join(nfc(line) for line in typed.splitlines()).strip()


def as_lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})

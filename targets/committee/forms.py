"""What the forms of meetings, assignments and activities share."""

from typing import Any

from django import forms

from ocop.lib.text import nfc
from products.entry.forms import ErrorSummary


class CommitteeForm(ErrorSummary, forms.Form):
    """A form of the committee's work."""

    def clean(self) -> dict[str, Any]:
        """Texts composed (NFC) and trimmed, whatever the keyboard sent; lines stay lines."""
        given = super().clean() or {}
        return {name: _text(one) if isinstance(one, str) else one for name, one in given.items()}


def _text(typed: str) -> str:
    return "\n".join(nfc(line) for line in typed.splitlines()).strip()


def as_lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})

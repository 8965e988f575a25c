"""Forms of movements of quotas and of milestones."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ocop.organisation.models import Unit
from products.choices import Status
from products.entry.forms import DayField, ErrorSummary, NumberField
from targets.models import Allocation
from targets.quotas.first_quotas import MAX_QUOTA
from targets.quotas.milestones import MilestoneDocument
from targets.quotas.services import MoveDocument

RESERVE = "change-reserve"


class DocumentForm(ErrorSummary, forms.Form):
    """The document that authorises an entry, its day, and the reason."""

    document = forms.CharField(label=_("Document number"), max_length=100)
    document_date = DayField(label=_("Date of the document"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_document_date(self) -> date:
        day: date = self.cleaned_data["document_date"]
        if day > self.today:
            raise ValidationError(_("A document of a day to come cannot be entered yet."))
        return day


class ReversalForm(DocumentForm):
    """The document of a reversing entry."""

    effective_from = DayField(label=_("In force from"))

    def entered_document(self) -> MoveDocument:
        names = ("document", "document_date", "effective_from", "reason")
        return MoveDocument(**{name: self.cleaned_data[name] for name in names})


class MoveForm(ReversalForm):
    """A movement: its paper, and one change a district and for the reserve, blank for none."""

    def __init__(self, *args: Any, districts: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, Unit | None] = {f"change-{one.code}": one for one in districts}
        self.names[RESERVE] = None
        for name, unit in self.names.items():
            self.fields[name] = forms.IntegerField(
                label=unit.name if unit else _("The province's reserve"),
                required=False,
                min_value=-MAX_QUOTA,
                max_value=MAX_QUOTA,
                widget=forms.NumberInput(attrs={"data-change": ""}),
            )

    def changes(self) -> dict[Unit | None, int]:
        """The change of each district (None: the reserve); blank is 0."""
        return {unit: self.cleaned_data.get(name) or 0 for name, unit in self.names.items()}

    @property
    def change_fields(self) -> list[tuple[Unit | None, forms.BoundField]]:
        return [(unit, self[name]) for name, unit in self.names.items()]

    @property
    def document_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("document", "document_date", "effective_from", "reason")]


class FirstQuotasForm(ErrorSummary, forms.Form):
    """First quotas of one target and year: the document's number, and a number a district.

    A district whose quota is verified has no field: its quota moves. `recorded` by district's id.
    """

    document = forms.CharField(label=_("Document number"), max_length=100)

    def __init__(
        self,
        *args: Any,
        districts: Iterable[Unit],
        recorded: Mapping[int, Allocation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, Unit] = {}
        for unit in districts:
            held = recorded.get(unit.pk)
            if held is not None and held.status == Status.VERIFIED:
                continue
            name = f"quota-{unit.code}"
            self.names[name] = unit
            self.fields[name] = forms.IntegerField(
                label=unit.name,
                required=False,
                min_value=0,
                max_value=MAX_QUOTA,
            )

    def values(self) -> dict[Unit, int]:
        """The number of each district that has one; blank leaves it as it is, and is not 0."""
        given = {unit: self.cleaned_data.get(name) for name, unit in self.names.items()}
        return {unit: value for unit, value in given.items() if value is not None}


class MilestonesForm(DocumentForm):
    """All milestones of one target and window: a day and a value a line, blank lines left out."""

    SPARE = 4

    def __init__(self, *args: Any, milestones: list[tuple[date, Decimal]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = range(len(milestones) + self.SPARE)
        for place in self.places:
            day, value = milestones[place] if place < len(milestones) else (None, None)
            self.fields[f"day-{place}"] = DayField(label=_("Day"), required=False, initial=day)
            self.fields[f"value-{place}"] = NumberField(
                label=_("Expected by then"),
                required=False,
                initial=value,
                max_digits=12,
                decimal_places=3,
                min_value=0,
            )
            self.fields[f"value-{place}"].stored = value  # type: ignore[attr-defined]
        self.fields["above_reason"] = forms.CharField(
            label=_("Why a milestone lies above the limit"), required=False, max_length=300
        )

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"day-{place}"], self[f"value-{place}"]) for place in self.places]

    @property
    def document_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("document", "document_date", "reason", "above_reason")]

    def clean(self) -> dict[str, Any]:
        """A day without its value, or the other way round, is asked for."""
        cleaned = super().clean() or {}
        for place in self.places:
            names = (f"day-{place}", f"value-{place}")
            given = [name for name in names if cleaned.get(name) is not None]
            sent = [name for name in names if name in self.errors]
            if len(given) == 1 and not sent:
                missing = names[1] if given[0] == names[0] else names[0]
                self.add_error(
                    missing, ValidationError(_("Day and value belong together."), code="required")
                )
        return cleaned

    def entered_document(self) -> MilestoneDocument:
        names = ("document", "document_date", "reason", "above_reason")
        return MilestoneDocument(**{name: self.cleaned_data[name] for name in names})

    def points(self) -> list[tuple[date, Decimal]]:
        """(day, value) of every line filled in, in the order typed."""
        pairs = [
            (self.cleaned_data.get(f"day-{place}"), self.cleaned_data.get(f"value-{place}"))
            for place in self.places
        ]
        return [(day, value) for day, value in pairs if day is not None and value is not None]

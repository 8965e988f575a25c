"""The form of a published total, and what the page of totals is asked for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ocop.lib.text import nfc
from ocop.organisation.models import Unit
from products.choices import IPKind
from products.entry.forms import ErrorSummary
from targets.choices import TotalMeasure, TotalScope
from targets.models import PublishedTotal
from targets.periods import period_days
from targets.reconciliation.services import FIELDS

MAX_VALUE = 10_000_000
COUNTED = {
    TotalScope.EVER: {TotalMeasure.PRODUCTS},
    TotalScope.PERIOD: {TotalMeasure.NEW, TotalMeasure.OTHER, *map(TotalMeasure, IPKind.values)},
}
"""What the scopes that do not take every measure are entered for."""


class TotalForm(ErrorSummary, forms.Form):
    period = forms.CharField(
        label=_("Day, month or year it was published for"),
        max_length=10,
        help_text=_("Such as 22/08/2022, 08/2022 or 2022. The record is compared on its last day."),
    )
    scope = forms.ChoiceField(label=_("What is counted"), choices=TotalScope.choices)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    measure = forms.ChoiceField(label=_("Measure"), choices=TotalMeasure.choices)
    value = forms.IntegerField(label=_("Published value"), min_value=0, max_value=MAX_VALUE)
    decision_number = forms.CharField(
        label=_("Decision number"),
        max_length=60,
        required=False,
        help_text=_("Of what was decided on a day: to compare this decision alone."),
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    source_url = forms.URLField(
        label=_("Address of the source"), max_length=500, required=False, assume_scheme="https"
    )
    detail = forms.CharField(
        label=_("Detail"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reservation = forms.CharField(
        label=_("Reservation"),
        max_length=300,
        required=False,
        help_text=_("Why the published figure itself may not hold, where it may not."),
    )
    withdrawn = forms.BooleanField(
        label=_("Entered by mistake: keep it, but compare it no more"), required=False
    )

    def __init__(self, data: Any = None, *, total: PublishedTotal | None = None) -> None:
        start = {name: getattr(total, name) for name in FIELDS} if total else {}
        if total:
            start["period"] = "/".join(reversed(total.period.split("-")))
        super().__init__(data, initial=start)
        self.stored = (total.scope, total.measure) if total else None
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.with_published_totals().order_by("code", "valid_from")
        if total is None:
            del self.fields["withdrawn"]
        else:
            # What was published without a day may stay so.
            self.fields["period"].required = bool(total.period)

    def clean_period(self) -> str:
        """As YYYY, YYYY-MM or YYYY-MM-DD, whichever way round it was typed."""
        typed = self.cleaned_data["period"].strip()
        if not typed:
            return ""
        parts = [part.zfill(2) for part in typed.replace("-", "/").replace(".", "/").split("/")]
        period = "-".join(parts if len(parts[0]) == 4 else reversed(parts))
        try:
            period_days(period)
        except ValueError:
            raise ValidationError(
                _("Write a day, a month or a year: 22/08/2022, 08/2022 or 2022.")
            ) from None
        return period

    def clean(self) -> dict[str, Any]:
        """Texts composed (NFC) and trimmed; only what the program can count, and when."""
        given = super().clean() or {}
        given = {name: nfc(one) if isinstance(one, str) else one for name, one in given.items()}
        scope, measure, period = (given.get(name, "") for name in ("scope", "measure", "period"))
        if (scope, measure) == self.stored:
            return given
        if measure and measure not in COUNTED.get(scope, {measure}):  # type: ignore[call-overload]
            self.add_error("measure", _("The program does not count this for such a period."))
        if scope == TotalScope.PERIOD and measure == TotalMeasure.NEW and len(period) > 4:
            self.add_error("period", _("New products are counted by the year: write the year."))
        if scope == TotalScope.BATCH and period and len(period) < 10:
            self.add_error("period", _("What was decided on a day needs the whole day."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {"withdrawn": False} | {
            name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data
        }

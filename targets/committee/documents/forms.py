"""Forms and filters of documents and opinions: they check and give values, and save nothing."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.organisation.models import Agency
from products.catalogue import MAX_CHARACTERS, QueryFilterSet
from products.entry.forms import DayField
from targets.choices import DocumentKind, DocumentState
from targets.committee.documents.services import FIELDS
from targets.committee.forms import CommitteeForm, as_lines
from targets.models import Document


class DocumentFilter(QueryFilterSet):
    q = django_filters.CharFilter(
        label=_("Number or words"), method="by_words", max_length=MAX_CHARACTERS
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=DocumentKind.choices, empty_label=_("All kinds")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=DocumentState.choices, empty_label=_("All states")
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def by_words(self, found: Any, name: str, value: str) -> Any:
        for word in value.split():
            found = found.filter(Q(number__icontains=word) | Q(title__icontains=word))
        return found


class DocumentForm(CommitteeForm):
    """A document, issued or still a draft."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    state = forms.ChoiceField(label=_("State"), choices=DocumentState.choices)
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("As it is written, such as 80/2019/NQ-HĐND; blank for a draft."),
    )
    dated = DayField(label=_("Date"), required=False)
    issuer = forms.ModelChoiceField(
        label=_("Issuing agency"), queryset=Agency.objects.none(), required=False
    )
    title = forms.CharField(label=_("Subject of the document"), max_length=500, widget=as_lines(2))
    carries_out = forms.ModelMultipleChoiceField(
        label=_("Carries out"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("The documents it is there to carry out. Ctrl + click for several."),
    )
    note = forms.CharField(label=_("Note"), max_length=5000, required=False, widget=as_lines(4))

    def __init__(self, data: Any = None, *, document: Document | None) -> None:
        start: dict[str, Any] = {"state": DocumentState.ISSUED}
        if document:
            start = {name: getattr(document, name) for name in FIELDS}
            start["carries_out"] = list(document.carries_out.values_list("pk", flat=True))
        super().__init__(data, initial=start)
        self.document = document
        others = Document.objects.exclude(pk=document.pk) if document else Document.objects.all()
        offered = {"issuer": Agency.objects.all(), "carries_out": others}
        for name, records in offered.items():
            field: Any = self.fields[name]
            field.queryset = records
            field.widget.attrs["data-search"] = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        undated = not given.get("dated") and "dated" not in self.errors
        if given.get("state") == DocumentState.ISSUED and undated:
            self.add_error("dated", _("An issued document has its date: write it here."))
        if given.get("number") and "number" not in self.errors:
            same = Document.objects.filter(number=given["number"], dated=given.get("dated"))
            if self.document:
                same = same.exclude(pk=self.document.pk)
            if same.exists():
                self.add_error("number", _("A document of that number and date is on record."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class OpinionForm(CommitteeForm):
    """Whose opinion on a draft, of which day, and what it says."""

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), required=False
    )
    who = forms.CharField(label=_("Person or unit"), max_length=200, required=False)
    on = DayField(label=_("Day"))
    text = forms.CharField(label=_("Opinion"), max_length=10_000, widget=as_lines(6))

    def __init__(self, data: Any = None, *, day: date) -> None:
        super().__init__(data, initial={"on": day})
        self.day = day
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.all()
        field.widget.attrs["data-search"] = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("agency") and not given.get("who") and "agency" not in self.errors:
            self.add_error(
                "agency", _("Say whose opinion it is: choose an agency or write a name.")
            )
        if given.get("on") and given["on"] > self.day:
            self.add_error("on", _("This day has not come yet."))
        return given

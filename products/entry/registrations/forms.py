"""Forms and filters of registrations: they check and give values, and save nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.organisation.scope import Scope
from products.catalogue import MAX_CHARACTERS, QueryFilterSet
from products.choices import Rank
from products.entry.forms import DayField, ErrorSummary, PlacedForm
from products.entry.registrations.services import AREA, FIELDS, before_rating
from products.kinds import KINDS
from products.models import Producer, Product, ProductRegistration, ProductSet
from products.records import permissions

OPEN, DOSSIER, WITHDRAWN = "open", "dossier", "withdrawn"
STATES = [
    (OPEN, _("Registered, not rated yet")),
    (DOSSIER, _("Has become a dossier")),
    (WITHDRAWN, _("Withdrawn")),
]
EARLIEST_YEAR, LATEST_YEAR = 2018, 2100


class RegistrationFilter(QueryFilterSet):
    searched = ("name_search",)
    q = django_filters.CharFilter(label=_("Name"), method="by_words", max_length=MAX_CHARACTERS)
    year = django_filters.NumberFilter(
        label=_("Year of the rating"), min_value=EARLIEST_YEAR, max_value=LATEST_YEAR
    )
    aimed_rank = django_filters.ChoiceFilter(
        label=_("Rank aimed at"), choices=Rank.choices, empty_label=_("All ranks")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="by_state", empty_label=_("All states")
    )

    class Meta:
        model = ProductRegistration
        fields: list[str] = []

    def by_state(self, found: Any, name: str, value: str) -> Any:
        if value == OPEN:
            return before_rating(found, self.query.as_of)
        if value == DOSSIER:
            return found.filter(product__isnull=False)
        return found.filter(withdrawn_on__lte=self.query.as_of)


class RegistrationForm(PlacedForm, ErrorSummary):
    """What is registered: idea, whose it is, where, the rank aimed at, the year of the rating."""

    field_order = ("name", "idea", "producer", "owner", "place", "district", "commune")
    name = forms.CharField(label=_("Product"), max_length=300)
    idea = forms.CharField(
        label=_("Idea"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the product is, what it is made of, what is still to be completed."),
    )
    producer = forms.ModelChoiceField(
        label=_("Producer"),
        queryset=Producer.objects.none(),
        required=False,
        empty_label=_("Choose a producer on record"),
    )
    owner = forms.CharField(
        label=_("Or the owner of the idea"),
        max_length=300,
        required=False,
        help_text=_("Only where the list above does not hold it."),
    )
    product_set = forms.ModelChoiceField(
        label=_("Product set"),
        queryset=ProductSet.objects.none(),
        required=False,
        empty_label=_("Choose the product set"),
    )
    aimed_rank = forms.TypedChoiceField(
        label=_("Rank aimed at"), choices=Rank.choices, coerce=int, initial=Rank.THREE
    )
    year = forms.IntegerField(
        label=_("Year of the rating"), min_value=EARLIEST_YEAR, max_value=LATEST_YEAR
    )
    registered_on = DayField(label=_("Registered on"))

    def __init__(
        self,
        data: Any = None,
        *,
        registration: ProductRegistration | None,
        scope: Scope,
        day: date,
    ) -> None:
        start: dict[str, Any] = {"registered_on": day, "year": day.year}
        if registration:
            start = {name: getattr(registration, name) for name in (*FIELDS, *AREA)}
        super().__init__(data, initial=start)
        self.instance = registration or ProductRegistration()
        self.scope, self.kind, self.day = scope, KINDS["product"], day
        self.offer_places(None)
        fields: Any = self.fields
        producers = permissions.visible(KINDS["producer"], scope)
        fields["producer"].queryset = producers.select_related("district")
        fields["product_set"].queryset = ProductSet.objects.order_by("number")
        for name in ("producer", "product_set"):
            fields[name].widget.attrs["data-search"] = ""

    def __iter__(self) -> Iterator[forms.BoundField]:
        """Without what follows from the place."""
        return (self[name] for name in self.fields if self.shows(name))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean()  # type: ignore[assignment]
        self.settle_place()
        if given.get("producer") and given.get("owner"):
            self.add_error("owner", _("Choose a producer on record or write a name, not both."))
        elif not given.get("producer") and not given.get("owner") and "producer" not in self.errors:
            self.add_error("producer", _("Choose the producer, or write below whose idea it is."))
        on, year = given.get("registered_on"), given.get("year")
        if on and on > self.day:
            self.add_error("registered_on", _("This day has not come yet."))
        elif on and year and year < on.year:
            self.add_error("year", _("The year of the rating lies before the registration."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        area = {name: getattr(self.instance, name) for name in AREA}
        return {name: self.cleaned_data[name] for name in FIELDS} | area


class WithdrawForm(ErrorSummary, forms.Form):
    on = DayField(label=_("Registration withdrawn on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, first: date, day: date) -> None:
        super().__init__(data, initial={"on": day})
        self.first, self.day = first, day

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("on") and not self.first <= given["on"] <= self.day:
            self.add_error("on", _("The day lies between the registration and today."))
        return given


class LinkForm(ErrorSummary, forms.Form):
    """The dossier that a registration has become."""

    product = forms.ModelChoiceField(
        label=_("Product on record"),
        queryset=Product.objects.none(),
        required=False,
        empty_label=_("None yet"),
    )

    def __init__(
        self, data: Any = None, *, registration: ProductRegistration, scope: Scope
    ) -> None:
        super().__init__(data, initial={"product": registration.product_id})
        found = permissions.visible(KINDS["product"], scope)
        if registration.district_id:
            found = found.filter(district=registration.district_id)
        field: Any = self.fields["product"]
        field.queryset = found.select_related("producer").order_by("name_sort", "pk")
        field.label_from_instance = lambda one: f"{one.name} – {one.producer.name}"
        field.widget.attrs["data-search"] = ""

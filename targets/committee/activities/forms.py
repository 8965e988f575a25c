"""The form and the filters of activities: they check and give values, and save nothing."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.organisation.agencies import label_of
from ocop.organisation.choices import Role
from ocop.organisation.models import Agency, Unit
from ocop.organisation.scope import Scope
from ocop.organisation.succession import districts_over
from products.catalogue import MAX_CHARACTERS, QueryFilterSet
from products.entry.forms import AreaFields, DayField, NumberField
from products.kinds import KINDS
from products.models import Producer, Product
from products.records import permissions
from targets.choices import ActivityKind
from targets.committee.activities.services import FIELDS, RELATED
from targets.committee.forms import CommitteeForm, as_lines
from targets.models import Activity

MAX_ID_LENGTH = 18


class ActivityFilter(QueryFilterSet):
    searched = ("name_search",)
    q = django_filters.CharFilter(label=_("Name"), method="by_words", max_length=MAX_CHARACTERS)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=ActivityKind.choices, empty_label=_("All kinds")
    )
    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"),
        queryset=Agency.objects.all(),
        to_field_name="code",
        empty_label=_("All agencies"),
    )
    year = django_filters.NumberFilter(
        label=_("Year"), method="by_year", min_value=2000, max_value=2100
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    def by_year(self, found: Any, name: str, value: Any) -> Any:
        """Activities with a day in that year."""
        return found.filter(starts_on__year__lte=int(value), ends_on__year__gte=int(value))


class ProductsField(forms.ModelMultipleChoiceField):
    """Products or producers by id; a number that no id can be is none (SQLite would fail on it)."""

    def clean(self, value: Any) -> Any:
        for pk in value or []:
            if len(str(pk)) > MAX_ID_LENGTH:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(pk)[:MAX_ID_LENGTH]},
                )
        return super().clean(value)


class ActivityForm(AreaFields, CommitteeForm):
    name = forms.CharField(label=_("Name"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Through"))
    place = forms.CharField(label=_("Venue"), max_length=300, required=False)
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("The province as a whole"),
    )
    commune = forms.ModelChoiceField(
        label=_("Commune"), queryset=Unit.objects.none(), required=False
    )
    agency = forms.ModelChoiceField(label=_("Carried out by"), queryset=Agency.objects.none())
    products = ProductsField(
        label=_("Products taking part"), queryset=Product.objects.none(), required=False
    )
    producers = ProductsField(
        label=_("Producers taking part"), queryset=Producer.objects.none(), required=False
    )
    participants = forms.IntegerField(
        label=_("Participants"), required=False, min_value=0, max_value=1_000_000
    )
    value = NumberField(
        label=_("Value (million VND)"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=3,
        grouped=True,
        help_text=_("Of contracts signed, or what it cost; say which in the note."),
    )
    result = forms.CharField(
        label=_("Result"),
        max_length=3000,
        required=False,
        widget=as_lines(3),
        help_text=_("What came of it: who was trained in what, what was signed or sold."),
    )
    note = forms.CharField(label=_("Note"), max_length=3000, required=False, widget=as_lines(3))

    def __init__(
        self, data: Any = None, *, activity: Activity | None, scope: Scope, agency: Any = None
    ) -> None:
        start: dict[str, Any] = {"agency": agency}
        if activity:
            start = {name: getattr(activity, name) for name in FIELDS}
            for name in RELATED:
                start[name] = list(getattr(activity, name).values_list("pk", flat=True))
        super().__init__(data, initial=start)
        offered: dict[str, Any] = {
            "agency": Agency.objects.all(),
            "products": permissions.visible(KINDS["product"], scope).select_related("producer"),
            "producers": permissions.visible(KINDS["producer"], scope).select_related("district"),
        }
        for name, records in offered.items():
            field: Any = self.fields[name]
            field.queryset = records
        agencies: Any = self.fields["agency"]
        agencies.label_from_instance = label_of
        self.offer_areas(self._districts(scope), timezone.localdate())
        self.beyond: dict[str, list[Any]] = {name: [] for name in RELATED}
        for name in RELATED:
            self.fields[name].widget.attrs["data-search"] = ""
            if activity:
                visible = offered[name].values("pk")
                self.beyond[name] = list(getattr(activity, name).exclude(pk__in=visible))
        number: Any = self.fields["value"]
        number.stored = activity.value if activity else None
        if Role.PROVINCE not in scope.roles:
            self._keep_to_the_own_unit(activity, scope)

    @staticmethod
    def _districts(scope: Scope) -> Any:
        districts = Unit.objects.districts_of_plans()
        if Role.PROVINCE in scope.roles:
            return districts
        over = {near.pk for own in own_communes(scope) for near in districts_over(own)}
        return districts.filter(pk__in=scope.district_ids | over)

    def _keep_to_the_own_unit(self, activity: Activity | None, scope: Scope) -> None:
        """Local officers enter for their own district or commune, and move nothing out of it."""
        name = "district" if scope.district_ids else "commune"
        field: Any = self.fields[name]
        if name == "commune":
            field.queryset = own_communes(scope)
        field.required, field.empty_label = True, None
        if activity is None and field.queryset.count() == 1:
            self.initial[name] = field.queryset[0].pk

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("An activity cannot end before it begins."))
        self.settle_area(given)
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def related(self) -> dict[str, list[Any]]:
        """Products and producers ticked, and those of other districts that this person cannot see
        or untick."""
        return {name: [*self.cleaned_data[name], *self.beyond[name]] for name in RELATED}


def own_communes(scope: Scope) -> Any:
    return Unit.objects.filter(pk__in=scope.commune_ids).select_related("parent")

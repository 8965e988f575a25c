"""The place of a record in forms: communes of the day that the record speaks of, asked once for
what does not follow from the place."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.succession import Succession
from products.kinds import RecordKind
from products.records import Whereabouts, locate, places_to_enter, whereabouts

MAX_ID_LENGTH = 18
PLACE_HELP = _(
    "The commune as recorded in the dossier. The district it lay in before 1/7/2025 follows from "
    "it; where it does not, the form asks."
)


COMMUNE_HELP = _(
    "The commune since 1/7/2025, where it belongs to one; the district of the plan follows."
)
ACROSS = _("%(place)s lies across %(units)s: say in which of them.")
ELSEWHERE = _("%(commune)s does not lie in %(district)s. Its territory belonged to %(districts)s.")


class PlaceField(forms.ModelChoiceField):
    """A commune, shown under its district; a district alone where the commune is not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **kwargs)
        self.widget.attrs["data-search"] = ""

    def offer(self, places: Iterable[tuple[Unit, str]], also: Unit | None = None) -> None:
        """Offer (commune, heading that it stands under), and the place as recorded."""
        grouped: dict[str, list[tuple[Any, str]]] = {}
        offered = set()
        for commune, heading in places:
            offered.add(commune.pk)
            grouped.setdefault(heading, []).append((commune.pk, label_of(commune)))
        choices: list[Any] = [("", gettext("Choose the commune")), *grouped.items()]
        if also is not None and also.pk not in offered:
            offered.add(also.pk)
            choices.insert(1, (also.pk, label_of(also)))
        self.queryset = Unit.objects.filter(pk__in=offered).select_related("parent")
        self.widget.choices = choices


def label_of(unit: Unit) -> str:
    """Its name with its parent: names repeat. One that has ended says until when."""
    if unit.valid_to is None:
        return str(unit)
    words = {"name": str(unit), "day": date_format(unit.valid_to, "SHORT_DATE_FORMAT")}
    return gettext("%(name)s (until %(day)s)") % words


class AskedField(forms.ModelChoiceField):
    """What is asked only where it does not follow: else whatever is sent says nothing."""

    asked = False

    def clean(self, value: Any) -> Any:
        return super().clean(value) if self.asked else None


class PlacedForm(forms.Form):
    """A form of a record at a place, in a district of the plan and a commune of today.

    Both follow from the place. Where it lies across several, `district` or `commune` is asked: the
    field is shown only then. A record on file stays in its district.
    """

    place = PlaceField(label=_("Commune, ward or town"), help_text=PLACE_HELP)
    district = AskedField(
        label=_("District of the plan"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Choose the district"),
    )
    commune = AskedField(
        label=_("Commune of today"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Choose the commune"),
    )

    scope: Any
    kind: RecordKind
    day: date
    instance: Any
    succession: Succession
    districts: frozenset[int]
    """Ids of the districts in which the offered places lie."""

    def offer_places(self, spoken_of: date | None) -> None:
        """`spoken_of`: the day of the record's first decision; None where there is none yet: then
        the communes of today stand first, and former ones can be found as well."""
        self.succession = Succession.read()
        places = places_to_enter(self.scope, self.kind, self.succession, self.day)
        recorded = None
        if self.instance.pk:
            recorded = self.instance.place
            district = self.instance.district_id
            places = [one for one in places if district in self._district_ids(one)]
        if spoken_of is not None:
            places = [one for one in places if one.exists_on(spoken_of)]
        places.sort(key=self._order)
        field: Any = self.fields["place"]
        field.offer([(one, self._heading(one)) for one in places], recorded)
        self.districts = frozenset(pk for one in places for pk in self._district_ids(one))
        self.started()

    def started(self) -> None:
        """Offers what the place that the form starts from, or was sent with, leaves open."""
        open_ = self.asked()
        for name in ("district", "commune"):
            field: Any = self.fields[name]
            field.asked = name in open_
            field.queryset = Unit.objects.filter(pk__in=[one.pk for one in open_.get(name, ())])

    def _order(self, place: Unit) -> tuple[Any, ...]:
        """Those of today first; by district, then by code."""
        districts = [one.code for one in self.succession.districts_of(place)]
        return place.valid_to is not None, districts, place.code

    def _district_ids(self, place: Unit) -> set[int]:
        return {one.pk for one in self.succession.districts_of(place)}

    def _heading(self, place: Unit) -> str:
        names = ", ".join(one.name for one in self.succession.districts_of(place))
        if place.valid_to is None:
            return gettext("Since 1/7/2025, before in: %(districts)s") % {"districts": names}
        return names

    # --- What does not follow -----------------------------------------------------------------

    def shows(self, name: str) -> bool:
        """District and commune are asked for only where they do not follow from the place."""
        return name not in ("district", "commune") or name in self.asked()

    def asked(self) -> dict[str, tuple[Unit, ...]]:
        """{name of a field: what to choose from} for what the chosen place leaves open."""
        place = self._chosen()
        if place is None:
            return {}
        found = self._whereabouts(place)
        open_ = {"district": found.districts, "commune": found.communes}
        return {name: units for name, units in open_.items() if len(units) > 1}

    def _chosen(self) -> Unit | None:
        """The place as sent, or as the form starts from; None for none and for a forged one."""
        # Not by the bound field: it would keep this value when a draft is laid over the form.
        field = self.fields["place"]
        sent = self.data.get(self.add_prefix("place"))
        value = str((sent if self.is_bound else self.get_initial_for_field(field, "place")) or "")
        if not value.isdecimal() or len(value) > MAX_ID_LENGTH:
            return None
        return self.succession.units.get(int(value))

    def _whereabouts(self, place: Unit) -> Whereabouts:
        found = whereabouts(place, self.succession, self.day)
        if not self.instance.pk:
            return found.among(self.scope, self.kind)
        stays = tuple(one for one in found.districts if one.pk == self.instance.district_id)
        return Whereabouts(stays, found.communes)

    def settle_place(self) -> None:
        """Puts the instance at the place given, or asks for what is missing."""
        place = self.cleaned_data.get("place")
        if place is None:
            return
        found = self._whereabouts(place)
        district = self._answer("district", found.districts, place)
        if self.instance.pk and district is None and "district" not in self.errors:
            # Recorded by its district alone, or at a place that is in no district of plans now.
            district = self.instance.district
        locate(self.instance, place, district, self._answer("commune", found.communes, place))

    def _answer(self, name: str, possible: tuple[Unit, ...], place: Unit) -> Unit | None:
        if len(possible) < 2:
            return possible[0] if possible else None
        given = self.cleaned_data.get(name)
        if given in possible:
            return given  # type: ignore[no-any-return]
        if name not in self.errors:
            words = {"place": place.name, "units": ", ".join(one.name for one in possible)}
            self.add_error(name, ACROSS % words)
        return None


class AreaFields:
    """For a form that asks for a district of the plan and, since the reform, for a commune."""

    fields: dict[str, forms.Field]
    errors: Any
    add_error: Any

    def offer_areas(self, districts: Any, today: date) -> None:
        """`districts`: those that can be chosen. The communes of today within them are offered."""
        self.succession = Succession.read()
        possible = set(districts.values_list("pk", flat=True))
        communes = [
            one
            for one in self.succession.units.values()
            if one.level == UnitLevel.COMMUNE
            and one.exists_on(today)
            and possible & {near.pk for near in self.succession.districts_of(one)}
        ]
        field: Any = self.fields["district"]
        field.queryset = districts
        commune: Any = self.fields["commune"]
        commune.queryset = Unit.objects.filter(pk__in=[one.pk for one in communes])
        commune.queryset = commune.queryset.select_related("parent")
        commune.empty_label = _("No commune, or not known")
        commune.widget.attrs["data-search"] = ""
        commune.help_text = COMMUNE_HELP

    def settle_area(self, cleaned: dict[str, Any]) -> None:
        """The district that a commune alone lies in; an error where the two do not agree, or where
        the commune lies across several."""
        district, commune = cleaned.get("district"), cleaned.get("commune")
        if commune is None or "district" in self.errors:
            return
        within = self.succession.districts_of(commune)
        names = ", ".join(one.name for one in within)
        if district is None and len(within) == 1:
            cleaned["district"] = within[0]
        elif district is None:
            self.add_error("district", ACROSS % {"place": commune.name, "units": names})
        elif district not in within:
            words = {"commune": commune.name, "district": district.name, "districts": names}
            self.add_error("commune", ELSEWHERE % words)

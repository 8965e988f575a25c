"""Products and producers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.lib.producer_names import producer_name_key
from ocop.organisation.models import Unit
from products.choices import ProducerKind, Status
from products.entry.forms.base import NEAR_NAME, RecordForm
from products.entry.forms.fields import PlaceField
from products.kinds import KINDS
from products.models import Producer, Product, ProductSet
from products.records import district_over, districts_to_enter, permissions, similar


class ProducerForm(RecordForm):
    slug = "producer"
    districts: Any = ()
    derived = ("district",)
    fieldsets = ((_("Producer"), ("name", "kind", "place")),)
    help = {
        "name": _("As in the business registration or the decision of establishment."),
        "place": _("The commune as recorded in the dossier; the district follows from it."),
    }
    place = PlaceField(label=_("Commune, ward or town"))

    class Meta:
        model = Producer
        fields = ["name", "kind", "place"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self)
        self.fields["kind"].required = True

    def derive(self) -> None:
        self.instance.district = district_over(self.cleaned_data.get("place"))

    def soft_checks(self) -> None:
        for other in similar.similar_producers(
            self.instance.name, self.scope, self.instance.district_id, self.instance.pk or 0
        ):
            self.warn("name", NEAR_NAME % {"other": other.name})


class ProductForm(RecordForm):
    """A product, with its producer chosen or entered along with it."""

    slug = "product"
    districts: Any = ()
    new_record: Producer | None = None
    derived = ("district",)
    fieldsets = (
        (_("Producer"), ("producer", "new_producer", "new_producer_kind")),
        (_("Product"), ("name", "place", "product_set")),
    )
    help = {
        "name": _("As it stands in the dossier and on the label."),
        "place": _("The commune as recorded in the dossier; the district follows from it."),
        "product_set": _("It decides which scoring sheet the council uses."),
    }
    place = PlaceField(label=_("Commune, ward or town"))
    producer = forms.ModelChoiceField(
        label=_("Producer"),
        queryset=Producer.objects.none(),
        required=False,
        empty_label=_("Choose a producer on record"),
    )
    new_producer = forms.CharField(
        label=_("Or a new producer"),
        max_length=300,
        required=False,
        help_text=_("Only where the list above does not hold it."),
    )
    new_producer_kind = forms.ChoiceField(
        label=_("Kind of the new producer"),
        choices=[("", _("Choose the kind")), *ProducerKind.choices],
        required=False,
    )

    class Meta:
        model = Product
        fields = ["producer", "name", "place", "product_set"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self)
        producers = permissions.visible(KINDS["producer"], self.scope)
        self._offer_producers(producers.filter(district_id__in=self.districts))
        sets: Any = self.fields["product_set"]
        sets.queryset = ProductSet.objects.select_related("group").order_by("number")
        sets.widget.attrs["data-search"] = ""
        sets.label_from_instance = lambda one: one.title_at(self.day)
        sets.empty_label = _("Choose the product set")
        sets.required = True

    def _offer_producers(self, producers: Any) -> None:
        field: Any = self.fields["producer"]
        field.queryset = producers
        field.widget.attrs["data-search"] = ""
        if self.instance.pk:
            del self.fields["new_producer"], self.fields["new_producer_kind"]
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "new_producer" not in self.fields:
            return cleaned
        chosen, new = cleaned.get("producer"), (cleaned.get("new_producer") or "").strip()
        if chosen and new:
            self.add_error(
                "new_producer", _("Choose a producer on record or enter a new one, not both.")
            )
        elif not chosen and not new and "producer" not in self.errors:
            self.add_error("producer", _("Choose the producer, or enter a new one below."))
        elif new and not cleaned.get("new_producer_kind"):
            self.add_error("new_producer_kind", _("Say which kind of producer it is."))
        return cleaned

    def derive(self) -> None:
        place = self.cleaned_data.get("place")
        self.instance.district = district_over(place)
        self.new_record = self._new_producer(place)

    def _new_producer(self, place: Unit | None) -> Producer | None:
        """The producer entered along with the product, unsaved; None where one was chosen."""
        name = (self.cleaned_data.get("new_producer") or "").strip()
        if not name or self.cleaned_data.get("producer") or place is None:
            return None
        producer = Producer(
            name=name,
            kind=self.cleaned_data.get("new_producer_kind") or "",
            place=place,
            district=self.instance.district,
            status=Status.DRAFT,
        )
        self._refuse_known(producer)
        return producer

    def _refuse_known(self, producer: Producer) -> None:
        known = Producer.objects.filter(
            name_key=producer_name_key(producer.name), district=producer.district
        ).first()
        if known is not None:
            self.add_error(
                "new_producer",
                _("This district already has “%s”: choose it in the list above.") % known.name,
            )

    def soft_checks(self) -> None:
        producer = self.cleaned_data.get("producer") or self.new_record
        if self.new_record is not None:
            for other in similar.similar_producers(
                self.new_record.name, self.scope, self.instance.district_id
            ):
                self.warn("new_producer", NEAR_NAME % {"other": other.name})
        found = similar.similar_products(
            self.instance.name,
            producer or "",
            self.scope,
            self.instance.district_id,
            self.instance.pk or 0,
        )
        for one in found:
            if one.same:
                words = {"name": one.product.name, "producer": one.product.producer.name}
                self.warn("name", _("Already on record: “%(name)s” of %(producer)s.") % words)


def offer_places(form: Any) -> None:
    """Communes of the districts for which the person enters this kind of record.

    An existing record stays in its district: no form moves it to another.
    """
    form.districts = districts_to_enter(form.scope, form.kind)
    place = None
    if form.instance.pk:
        form.districts, place = [form.instance.district_id], form.instance.place
    form.fields["place"].offer(form.districts, place)

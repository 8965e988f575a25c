"""Products and producers."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from ocop.lib.producer_names import producer_name_key
from products.choices import ProducerKind, Status
from products.entry.forms.base import NEAR_NAME, RecordForm
from products.entry.forms.places import PlacedForm
from products.kinds import KINDS
from products.models import Producer, Product, ProductSet, Recognition
from products.records import locate, permissions, similar


class ProducerForm(PlacedForm, RecordForm):
    slug = "producer"
    derived = ("district", "commune")
    fieldsets = ((_("Producer"), ("name", "kind", "place", "district", "commune")),)
    help = {"name": _("As in the business registration or the decision of establishment.")}

    class Meta:
        model = Producer
        fields = ["name", "kind", "place"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(first_decision(product__producer=self.instance.pk))
        self.fields["kind"].required = True

    def derive(self) -> None:
        self.settle_place()

    def soft_checks(self) -> None:
        for other in similar.similar_producers(
            self.instance.name, self.scope, self.instance.district_id, self.instance.pk or 0
        ):
            self.warn("name", NEAR_NAME % {"other": other.name})


class ProductForm(PlacedForm, RecordForm):
    """A product, with its producer chosen or entered along with it."""

    slug = "product"
    new_record: Producer | None = None
    derived = ("district", "commune")
    fieldsets = (
        (_("Producer"), ("producer", "new_producer", "new_producer_kind")),
        (_("Product"), ("name", "place", "district", "commune", "product_set")),
    )
    help = {
        "name": _("As it stands in the dossier and on the label."),
        "product_set": _("It decides which scoring sheet the council uses."),
    }
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
        self.offer_places(first_decision(product=self.instance.pk))
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
        self.settle_place()
        self.new_record = self._new_producer()

    def _new_producer(self) -> Producer | None:
        """The producer entered along with the product, unsaved; None where one was chosen."""
        name = (self.cleaned_data.get("new_producer") or "").strip()
        place = self.cleaned_data.get("place")
        if place is None or not name or self.cleaned_data.get("producer"):
            return None
        if not self.instance.district_id:
            return None
        producer = Producer(
            name=name,
            kind=self.cleaned_data.get("new_producer_kind") or "",
            status=Status.DRAFT,
        )
        locate(producer, place, self.instance.district, self.instance.commune)
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


def first_decision(**about: Any) -> date | None:
    """The day of the first recognition that stands about a product on file, or about one of a
    producer's; None without any."""
    if None in about.values():
        return None
    first: date | None = Recognition.objects.filter(**about).aggregate(day=Min("decided_on"))["day"]
    return first

"""Traceability and e-commerce floors: one at a time, or for several products at once."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.organisation.scope import PROVINCE, Scope
from products import channels
from products.choices import Status
from products.confirmed_periods import lookup
from products.entry.forms.base import IN_THE_FUTURE, RecordForm
from products.entry.forms.channels import (
    ChannelChoice,
    ChannelField,
    other_name_field,
    outside_validity,
)
from products.entry.forms.fields import DayField
from products.kinds import KINDS, RecordKind
from products.models import (
    EcommerceFloor,
    FloorListing,
    Product,
    Recognition,
    TraceabilityEnrolment,
    TraceabilitySystem,
)
from products.records import permissions

END_HELP = _("Empty as long as it goes on.")


def checked_link(text: str) -> str:
    """A web address; one without http:// gets https://. Raises ValidationError."""
    text = text.strip()
    if not text:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise ValidationError(
            gettext("“%(text)s” is not a web address. Copy it from the browser's address line.")
            % {"text": text[:60]}
        ) from None
    return text


class ChannelRecordForm(ChannelChoice, RecordForm):
    """A form of records that are in a channel, which may be a new one (`proposed_name`)."""

    happened = ("started_on",)
    help = {"ended_on": END_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = getattr(self.instance, f"{self.channel}_id")
        self.offer_channels(self.day, own, self.initial.get(self.channel))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.choose_channel(cleaned)
        return cleaned

    def soft_checks(self) -> None:
        if question := self.near_question:
            self.warn(f"{self.channel}_name", question)
        day = self.cleaned_data.get("started_on")
        if remark := outside_validity(self.cleaned_data.get(self.channel), day):
            self.remarks.append(remark)


class EnrolmentForm(ChannelRecordForm):
    slug = "traceability"
    channel = "system"
    fieldsets = ((_("Traceability"), ("system", "system_name", "code", "started_on", "ended_on")),)
    system = ChannelField(TraceabilitySystem, label=_("System"))
    system_name = other_name_field(_("Name of another system"))
    started_on = DayField(label=_("Started on"))
    ended_on = DayField(label=_("Ended on"), required=False)

    class Meta:
        model = TraceabilityEnrolment
        fields = ["system", "code", "started_on", "ended_on"]


class FloorListingForm(ChannelRecordForm):
    slug = "listing"
    channel = "floor"
    fieldsets = ((_("Floor listing"), ("floor", "floor_name", "url", "started_on", "ended_on")),)
    floor = ChannelField(EcommerceFloor, label=_("Floor"))
    floor_name = other_name_field(_("Name of another floor"))
    started_on = DayField(label=_("Started on"))
    ended_on = DayField(label=_("Ended on"), required=False)

    class Meta:
        model = FloorListing
        fields = ["floor", "url", "started_on", "ended_on"]

    def clean_url(self) -> str:
        return checked_link(self.cleaned_data.get("url", ""))


class SeveralForm(ChannelChoice, forms.Form):
    """The same system or floor for several products at once, each with its own code or link.

    Products offered are those in scope with a valid certificate; `without` narrows the choice to
    those that have none yet.
    """

    started_on = DayField(label=_("Started on"))
    system = ChannelField(TraceabilitySystem, label=_("System"))
    system_name = other_name_field(_("Name of another system"))
    floor = ChannelField(EcommerceFloor, label=_("Floor"))
    floor_name = other_name_field(_("Name of another floor"))

    reason = forms.CharField(
        label=_("Reason, where one is asked for"), required=False, max_length=500
    )

    def __init__(
        self, *args: Any, kind: RecordKind, scope: Scope, day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.day = kind, day
        self.channel = kind.model.channel_field  # type: ignore[attr-defined]
        other = "floor" if self.channel == "system" else "system"
        del self.fields[other], self.fields[f"{other}_name"]
        self.offer_channels(day)
        self.products = list(products_to_list(kind, scope, day))

    @property
    def remarks(self) -> list[str]:
        """What is said once they are saved, without asking anything."""
        cleaned = self.cleaned_data
        remark = outside_validity(cleaned.get(self.channel), cleaned.get("started_on"))
        return [remark] if remark else []

    @property
    def detail(self) -> str:
        return "code" if self.kind.slug == "traceability" else "url"

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Products to tick, with what was typed beside each."""
        chosen = set(self.data.getlist("product")) if self.is_bound else set()  # type: ignore[attr-defined]
        return [
            {
                "product": product,
                "chosen": str(product.pk) in chosen,
                "detail": self.data.get(f"detail-{product.pk}", ""),
                "error": self._line_errors.get(product.pk, ""),
            }
            for product in self.products
        ]

    _line_errors: dict[int, Any] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._line_errors, self.records = {}, []
        chosen = set(self.data.getlist("product"))  # type: ignore[attr-defined]
        picked = [product for product in self.products if str(product.pk) in chosen]
        if not picked or len(picked) != len(chosen):
            raise ValidationError(_("Tick at least one product of the list."))
        if cleaned.get("started_on") and cleaned["started_on"] > self.day:
            self.add_error("started_on", IN_THE_FUTURE)
        self.choose_channel(cleaned)
        self._ask_for_reason(cleaned)
        if self.errors:
            return cleaned
        for product in picked:
            self._take(product, cleaned)
        if self._line_errors:
            raise ValidationError(_("Some products cannot be added: see beside them."))
        periods = lookup.labels_of_touched((record, None) for record in self.records)
        if periods and not cleaned.get("reason", "").strip():
            self.add_error("reason", lookup.reason_needed_message(", ".join(periods)))
        return cleaned

    def propose_channel(self, user: Any, reason: str) -> None:
        """Where another one was named: propose it, in the transaction that saves the records."""
        if not self.proposed_name:
            return
        field: Any = self.fields[self.channel]
        channel = channels.propose(field.model, self.proposed_name, user, reason)
        for record in self.records:
            setattr(record, self.channel, channel)

    def _ask_for_reason(self, cleaned: dict[str, Any]) -> None:
        """Another one than one that is near has a reason."""
        if not cleaned.get("reason", "").strip() and (question := self.near_question):
            self.add_error(f"{self.channel}_name", question)

    def _take(self, product: Product, cleaned: dict[str, Any]) -> None:
        """Build and check one record; what is wrong stands beside the product."""
        own = self.data.get(f"detail-{product.pk}", "").replace("\0", "").strip()
        given = {name: cleaned[name] for name in (self.channel, "started_on")}
        record = self.kind.model(  # type: ignore[misc]
            product=product, status=Status.DRAFT, **given
        )
        try:
            setattr(record, self.detail, checked_link(own) if self.detail == "url" else own)
            record.clean_fields(exclude=["product", self.channel])
            # Nothing is in one that is proposed only now.
            record.validate_constraints(exclude={self.channel} if self.proposed_name else None)
        except ValidationError as error:
            self._line_errors[product.pk] = " ".join(error.messages)
        else:
            self.records.append(record)


def products_to_list(kind: RecordKind, scope: Scope, day: date) -> Any:
    """Products with a valid certificate for which the person enters this kind of listing.

    `listed` on each says whether it is in such a system or on such a floor already.
    """
    valid = Recognition.objects.counted(pending=True).valid_at(day)
    active = kind.model._default_manager.listed_at(day)  # type: ignore[attr-defined]
    products = permissions.visible(KINDS["product"], scope).filter(
        Exists(valid.filter(product_id=OuterRef("pk")))
    )
    if not permissions.may_enter(scope, kind, PROVINCE):
        products = products.filter(scope.own("district_id"))
    listed = Exists(active.filter(product_id=OuterRef("pk")))
    return products.annotate(listed=listed).select_related("producer").order_by("name_sort", "pk")

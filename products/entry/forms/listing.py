"""Traceability and e-commerce floors: one at a time, or for several products at once."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.lib.identity import identity_key
from ocop.organisation.scope import Scope
from products.choices import Status
from products.confirmed_periods import lookup
from products.entry.forms.base import IN_THE_FUTURE, NEAR_NAME, RecordForm
from products.entry.forms.fields import DayField
from products.kinds import KINDS, RecordKind
from products.models import (
    EcommerceFloor,
    FloorListing,
    Product,
    Recognition,
    TraceabilityEnrolment,
)
from products.records import permissions, similar

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


class EnrolmentForm(RecordForm):
    slug = "traceability"
    happened = ("started_on",)
    fieldsets = ((_("Traceability"), ("system", "code", "started_on", "ended_on")),)
    help = {"ended_on": END_HELP}
    started_on = DayField(label=_("Started on"))
    ended_on = DayField(label=_("Ended on"), required=False)

    class Meta:
        model = TraceabilityEnrolment
        fields = ["system", "code", "started_on", "ended_on"]

    def soft_checks(self) -> None:
        self.warn_of_near_name("system", TraceabilityEnrolment.objects.all())


class FloorListingForm(RecordForm):
    slug = "listing"
    happened = ("started_on",)
    fieldsets = ((_("Floor listing"), ("floor", "url", "started_on", "ended_on")),)
    help = {"ended_on": END_HELP}
    started_on = DayField(label=_("Started on"))
    ended_on = DayField(label=_("Ended on"), required=False)

    class Meta:
        model = FloorListing
        fields = ["floor", "url", "started_on", "ended_on"]

    def clean_url(self) -> str:
        return checked_link(self.cleaned_data.get("url", ""))


class SeveralForm(forms.Form):
    """The same system or floor for several products at once, each with its own code or link.

    Products offered are those in scope with a valid certificate; `without` narrows the choice to
    those that have none yet.
    """

    started_on = DayField(label=_("Started on"))
    system = forms.CharField(label=_("System"), max_length=200)
    floor = forms.ModelChoiceField(label=_("Floor"), queryset=EcommerceFloor.objects.all())

    reason = forms.CharField(
        label=_("Reason, where one is asked for"), required=False, max_length=500
    )

    def __init__(
        self, *args: Any, kind: RecordKind, scope: Scope, day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.day = kind, day
        del self.fields["floor" if kind.slug == "traceability" else "system"]
        if "system" in self.fields:
            self.fields["system"].widget.attrs["list"] = "systems"
        self.products = list(products_to_list(kind, scope, day))

    @property
    def systems(self) -> list[str]:
        """Names of systems in use, to choose from."""
        names = TraceabilityEnrolment.objects.order_by("system_sort").values_list("system")
        return [name for (name,) in names.distinct()[:50]]

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
        self._ask_about_near_system(cleaned)
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

    def _ask_about_near_system(self, cleaned: dict[str, Any]) -> None:
        """Another system than the one on record that its name is near to has a reason."""
        enrolments = TraceabilityEnrolment.objects.all()
        other = similar.near_name_among(enrolments, "system", cleaned.get("system", ""))
        if other and not cleaned.get("reason", "").strip():
            self.add_error("system", NEAR_NAME % {"other": other})

    def _take(self, product: Product, cleaned: dict[str, Any]) -> None:
        """Build and check one record; what is wrong stands beside the product."""
        own = self.data.get(f"detail-{product.pk}", "").replace("\0", "").strip()
        given = {
            name: cleaned[name] for name in ("system", "floor", "started_on") if name in cleaned
        }
        record = self.kind.model(  # type: ignore[misc]
            product=product, status=Status.DRAFT, **given
        )
        try:
            setattr(record, self.detail, checked_link(own) if self.detail == "url" else own)
            if isinstance(record, TraceabilityEnrolment):
                record.system_key = identity_key(record.system)  # type: ignore[attr-defined]
            derived = ["system_key", "system_search", "system_sort"]
            record.clean_fields(exclude=["product", "floor", *derived])
            record.validate_constraints()
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
    if not permissions.may_enter(scope, kind, None):
        products = products.filter(district_id__in=scope.district_ids)
    listed = Exists(active.filter(product_id=OuterRef("pk")))
    return products.annotate(listed=listed).select_related("producer").order_by("name_sort", "pk")

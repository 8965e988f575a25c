"""Where a product can be traced and bought: traceability systems and e-commerce floors."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField
from products.models.entered import EnteredQuerySet, EnteredRecord
from products.models.product import Product

MAX_URL_LENGTH = 2000
"""Shops put whole names into addresses, three signs for each letter; browsers take this much."""
ENDS_AFTER_START = _("It cannot end before it starts.")


class ListingQuerySet(EnteredQuerySet):
    district_path = "product__district_id"

    def listed_at(self, day: date) -> Any:
        """Listings active on `day`: started by then and not ended by then."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), started_on__lte=day)


class EcommerceFloor(models.Model):
    """A place to sell on line. `counted` says whether being there counts for the target."""

    code = models.SlugField(_("code"), unique=True)
    name = NameField(_("name"), max_length=120)
    website = models.CharField(_("website"), max_length=200, blank=True)
    spellings = models.JSONField(_("other spellings"), default=list, blank=True)
    counted = models.BooleanField(_("counts for the target"), default=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("e-commerce floor")
        ordering = ["name_sort"]

    def __str__(self) -> str:
        return self.name


class TraceabilityEnrolment(EnteredRecord):
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="enrolments", verbose_name=_("product")
    )
    system = NameField(_("system"), max_length=200)
    code = models.CharField(_("traceability code"), max_length=100, blank=True)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects: ClassVar[Any] = ListingQuerySet.as_manager()

    class Meta(EnteredRecord.Meta):
        verbose_name = _("traceability enrolment")
        ordering = ["-started_on", "-id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "system_key", "started_on"],
                name="enrolment_once",
                violation_error_message=_("This enrolment is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="enrolment_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.system}"


class FloorListing(EnteredRecord):
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="listings", verbose_name=_("product")
    )
    floor = models.ForeignKey(
        EcommerceFloor, models.PROTECT, related_name="listings", verbose_name=_("floor")
    )
    url = models.CharField(_("link"), max_length=MAX_URL_LENGTH, blank=True)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects: ClassVar[Any] = ListingQuerySet.as_manager()

    class Meta(EnteredRecord.Meta):
        verbose_name = _("floor listing")
        ordering = ["-started_on", "-id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "floor", "started_on"],
                name="listing_once",
                violation_error_message=_("This listing is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="listing_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.floor}"

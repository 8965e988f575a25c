"""Which products are in a traceability system, and which are sold on an e-commerce floor."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from products.choices import ChannelStatus
from products.models.channels import EcommerceFloor, TraceabilitySystem
from products.models.entered import EnteredQuerySet, EnteredRecord, standing, standing_manager
from products.models.product import Product

MAX_URL_LENGTH = 2000
"""Shops put whole names into addresses, three signs for each letter; browsers take this much."""
ENDS_AFTER_START = _("It cannot end before it starts.")


class ListingQuerySet(EnteredQuerySet):
    district_path = "product__district_id"

    def in_counting_channels(self) -> Any:
        """Those whose system or floor counts: it is confirmed, and being there counts."""
        channel = self.model.channel_field
        return self.filter(
            **{f"{channel}__counted": True, f"{channel}__status": ChannelStatus.CONFIRMED}
        )

    def in_proposed_channels(self) -> Any:
        """Those whose system or floor awaits an administrator's confirmation."""
        return self.filter(**{f"{self.model.channel_field}__status": ChannelStatus.PROPOSED})

    def in_channels_that_may_count(self) -> Any:
        """Those, and those whose system or floor awaits an administrator's confirmation."""
        channel = self.model.channel_field
        counted = Q(**{f"{channel}__counted": True, f"{channel}__status": ChannelStatus.CONFIRMED})
        return self.filter(counted | Q(**{f"{channel}__status": ChannelStatus.PROPOSED}))

    def listed_at(self, day: date) -> Any:
        """Listings active on `day`: started by then and not ended by then."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), started_on__lte=day)


class TraceabilityEnrolment(EnteredRecord):
    channel_field: ClassVar[str] = "system"

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="enrolments", verbose_name=_("product")
    )
    system = models.ForeignKey(
        TraceabilitySystem, models.PROTECT, related_name="enrolments", verbose_name=_("system")
    )
    code = models.CharField(_("traceability code"), max_length=100, blank=True)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    everything: ClassVar[Any] = ListingQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(ListingQuerySet)

    class Meta(EnteredRecord.Meta):
        verbose_name = _("traceability enrolment")
        ordering = ["-started_on", "-id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "system", "started_on"],
                condition=standing(),
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
    channel_field: ClassVar[str] = "floor"

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="listings", verbose_name=_("product")
    )
    floor = models.ForeignKey(
        EcommerceFloor, models.PROTECT, related_name="listings", verbose_name=_("floor")
    )
    url = models.CharField(_("link"), max_length=MAX_URL_LENGTH, blank=True)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    everything: ClassVar[Any] = ListingQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(ListingQuerySet)

    class Meta(EnteredRecord.Meta):
        verbose_name = _("floor listing")
        ordering = ["-started_on", "-id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "floor", "started_on"],
                condition=standing(),
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

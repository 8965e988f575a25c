"""Intellectual property rights of the eight kinds, with their life from filing to end."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField
from ocop.organisation.models import Unit
from products.choices import IPKind, IPStage
from products.fields import FilingKeyField
from products.models.entered import EnteredQuerySet, EnteredRecord, standing, standing_manager
from products.models.producers import Producer
from products.models.product import Product
from products.models.science import ScienceTask

END_FIELDS = ("withdrawn_on", "refused_on", "cancelled_on")
STAGE_BY_FIELD = (
    ("cancelled_on", IPStage.CANCELLED),
    ("refused_on", IPStage.REFUSED),
    ("withdrawn_on", IPStage.WITHDRAWN),
    ("ended_on", IPStage.ENDED),
    ("granted_on", IPStage.GRANTED),
    ("published_on", IPStage.PUBLISHED),
    ("accepted_on", IPStage.ACCEPTED),
    ("filed_on", IPStage.FILED),
)
"""From which day a right is in which stage; endings come before the steps they end."""


class IPRightQuerySet(EnteredQuerySet):
    def active_at(self, day: date) -> Any:
        """Rights neither withdrawn nor refused nor cancelled by `day`."""
        found = self
        for field in END_FIELDS:
            found = found.filter(Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": day}))
        return found

    def in_stage_at(self, day: date, stage: str) -> Any:
        """Rights whose stage at `day` is `stage`, by the same ladder as IPRight.stage_at."""
        found = self
        for field, reached in STAGE_BY_FIELD:
            arrived = Q(**{f"{field}__lte": day})
            if reached == stage:
                return found.filter(arrived)
            found = found.exclude(arrived)
        return found


class IPRight(EnteredRecord):
    """A mark, design, invention, utility solution or indication.

    `district` is empty for rights of the province as a whole. `supported` says that the filing
    was paid for under Resolution 80/2019/NQ-HĐND; only such rights count for five targets.
    """

    kind = models.CharField(_("kind"), max_length=30, choices=IPKind, db_index=True)
    name = NameField(_("name"))
    owner = NameField(_("owner"))
    owner_producer = models.ForeignKey(
        Producer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ip_rights",
        verbose_name=_("owner on record"),
    )
    district = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ip_rights",
        verbose_name=_("district"),
    )
    commune = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune of today"),
    )
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    filing_key = FilingKeyField(source="filing_number", max_length=120)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    accepted_on = models.DateField(_("formally accepted on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=60, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True, db_index=True)
    renewed_until = models.DateField(_("renewed until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    supported = models.BooleanField(_("supported under Resolution 80"), default=False)
    supported_on = models.DateField(_("supported on"), null=True, blank=True)
    science_task = models.ForeignKey(
        ScienceTask,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ip_rights",
        verbose_name=_("science task"),
    )
    products = models.ManyToManyField(
        Product, blank=True, related_name="ip_rights", verbose_name=_("products")
    )

    everything: ClassVar[Any] = IPRightQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(IPRightQuerySet)

    class Meta(EnteredRecord.Meta):
        verbose_name = _("IP right")
        ordering = ["kind", "name_sort", "id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["filing_key"],
                condition=~Q(filing_key="") & standing(),
                name="ip_application_once",
                violation_error_message=_("This filing number is already recorded."),
            ),
            models.UniqueConstraint(
                fields=["kind", "name_key", "owner_key"],
                condition=Q(filing_number="") & standing(),
                name="ip_right_once_without_number",
                violation_error_message=_(
                    "This owner already has a right of that kind and name without a number."
                ),
            ),
            models.CheckConstraint(
                condition=Q(granted_on__isnull=True)
                | Q(filed_on__isnull=True)
                | Q(granted_on__gte=F("filed_on")),
                name="ip_granted_after_filing",
                violation_error_message=_("A right is not granted before it is filed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    def stage_at(self, day: date) -> IPStage:
        """The stage reached by `day`."""
        for field, stage in STAGE_BY_FIELD:
            on = getattr(self, field)
            if on and on <= day:
                return stage
        return IPStage.PREPARED

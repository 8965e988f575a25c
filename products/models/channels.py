"""Channels: the traceability systems that products are in, the e-commerce floors they are sold on.

Reference data that people add to: one that nobody knows yet is proposed with the record that names
it, used at once, and counts when an administrator confirmed it.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ocop.db.fields import NameField, NfcTextField
from products.choices import ChannelStatus
from products.models.entered import HistoryFields


class ChannelQuerySet(models.QuerySet):
    def known(self) -> Any:
        """Those that a record can be in: proposed and confirmed, not those taken for another."""
        return self.exclude(status=ChannelStatus.MERGED)

    def counting(self) -> Any:
        """Those in which a record counts for the target."""
        return self.filter(counted=True, status=ChannelStatus.CONFIRMED)


class Channel(models.Model):
    """A traceability system or an e-commerce floor.

    `counted` says whether being there counts for the target, once its `status` is confirmed.
    `spellings` are what people write for it besides its name. The validity is that of the channel
    itself: a start outside it is unlikely, it ends no record. One proposed has a `created_by`
    (None: the reference data, or an import without a person); one merged was taken for
    `merged_into`, which has its records and spellings.
    """

    code = models.SlugField(_("code"), unique=True)
    name = NameField(_("name"), max_length=200)
    website = models.CharField(_("website"), max_length=200, blank=True)
    spellings = models.JSONField(_("other spellings"), default=list, blank=True)
    counted = models.BooleanField(_("counts for the target"), default=True)
    valid_from = models.DateField(_("in operation from"), null=True, blank=True)
    valid_to = models.DateField(_("in operation until"), null=True, blank=True)
    note = NfcTextField(_("note"), blank=True, default="")
    status = models.CharField(
        _("status"), max_length=10, choices=ChannelStatus, default=ChannelStatus.CONFIRMED
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = HistoricalRecords(
        inherit=True,
        bases=[HistoryFields],
        history_change_reason_field=models.TextField(null=True),
    )

    objects: ClassVar[Any] = ChannelQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name_sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key"],
                name="%(class)s_name_once",
                violation_error_message=_("One of this name is already known."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(status=ChannelStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=ChannelStatus.MERGED) & Q(merged_into__isnull=True)),
                name="%(class)s_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmed(self) -> bool:
        return self.status == ChannelStatus.CONFIRMED

    @property
    def counts(self) -> bool:
        """Whether a record in it counts for the target."""
        return self.counted and self.is_confirmed

    @property
    def why_not_counted(self) -> Any:
        """Why a record in it does not count for the target, in words; "" where it does."""
        if self.counts:
            return ""
        if not self.is_confirmed:
            return _("not confirmed yet, does not count")
        return _("does not count for the target")

    def operates_on(self, day: date) -> bool:
        """Whether `day` lies in its validity, as far as that is known."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class TraceabilitySystem(Channel):
    """A system in which a product can be traced."""

    operator = NfcTextField(_("operator"), blank=True, default="")

    class Meta(Channel.Meta):
        verbose_name = _("traceability system")
        verbose_name_plural = _("traceability systems")


class EcommerceFloor(Channel):
    """A place to sell on line."""

    class Meta(Channel.Meta):
        verbose_name = _("e-commerce floor")
        verbose_name_plural = _("e-commerce floors")

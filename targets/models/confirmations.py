"""Quarters that districts confirm, and later days or excuses granted to them."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from ocop.organisation.models import Unit
from targets.models.plans import Plan


class QuarterEntry(models.Model):
    """Something said once about one district's quarter; never altered afterwards."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))

    append_only = True
    """Guarded by the triggers that guard history (ocop.db.append_only)."""

    class Meta:
        abstract = True


class Confirmation(QuarterEntry):
    """A district officer's word that the district's data of a quarter are right.

    `figures` are those that were confirmed, as of the quarter's last day, `digest` their
    SHA-256; `confirmed_on` is the day of `confirmed_at` here.
    """

    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    confirmed_on = models.DateField()
    note = NfcTextField(_("note"), blank=True)
    figures = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("confirmation")
        ordering = ["unit", "year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"],
                name="quarter_confirmed_once",
                violation_error_message=_("This quarter has been confirmed already."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="confirmation_of_a_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.quarter}/{self.year}"


class DeadlineGrant(QuarterEntry):
    """A later last day (`until`), or where it is None an excuse, with the reason. The latest
    one holds."""

    until = models.DateField(_("until"), null=True, blank=True)
    reason = NfcTextField(_("reason"))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    granted_on = models.DateField()

    class Meta:
        verbose_name = _("exception from a deadline")
        ordering = ["granted_at", "id"]

    def __str__(self) -> str:
        return f"{self.unit} {self.quarter}/{self.year}: {self.until or '–'}"

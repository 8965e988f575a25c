"""Dismissed and restored sentences of the attention list: entries that are never altered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from ocop.organisation.models import Unit
from targets.choices import DismissalKind


class Dismissal(models.Model):
    """One sentence about one unit, dismissed or restored; the latest entry applies.

    `rule` and `subject` name what the sentence is about; `figures` are those it was put aside
    with, and it comes back when they change, or after `until`. `text` is what it said then, in the
    language of the one who put it aside. `on` is the day of `at` here.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=30)
    subject = models.CharField(max_length=100)
    figures = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=DismissalKind)
    text = NfcTextField()
    reason = NfcTextField(_("reason"), blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()

    append_only = True
    """Guarded by the triggers that guard history (ocop.db.append_only)."""

    class Meta:
        verbose_name = _("sentence put aside")
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "rule", "subject"], name="dismissal_of_sentence")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=DismissalKind.DISMISSED) | ~Q(reason=""),
                name="put_aside_with_a_reason",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

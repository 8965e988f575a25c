"""Quotas moved between districts, and milestones changed: entries that are never altered."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from targets.models.allocations import Allocation
from targets.models.documents import Document
from targets.models.plans import Target


class DocumentedEntry(models.Model):
    """The document that authorises an entry, the reason, and who entered it when."""

    document = models.CharField(_("document number"), max_length=100)
    document_date = models.DateField(_("date of the document"))
    reason = NfcTextField(_("reason"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    append_only = True
    """Guarded by the triggers that guard history (ocop.db.append_only)."""

    class Meta:
        abstract = True


class QuotaMove(DocumentedEntry):
    """One balanced entry: what districts and the province's reserve give and take of a quota.

    It holds from `effective_from` on. Its lines add up to zero. A mistaken entry is not altered:
    another one, which `corrects` it, takes it back.
    """

    target = models.ForeignKey(Target, models.PROTECT, related_name="quota_moves")
    year = models.PositiveSmallIntegerField(_("year"))
    effective_from = models.DateField(_("in force from"))
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        verbose_name = _("movement of quotas")
        ordering = ["effective_from", "id"]

    def __str__(self) -> str:
        return f"{self.document}, {self.document_date:%d/%m/%Y}"


class QuotaMoveLine(models.Model):
    """What one district gives (−) or takes (+); `allocation` None is the province's reserve."""

    move = models.ForeignKey(QuotaMove, models.PROTECT, related_name="lines")
    allocation = models.ForeignKey(
        Allocation, models.PROTECT, null=True, blank=True, related_name="moves"
    )
    change = models.IntegerField(_("change"))

    append_only: ClassVar[Any] = True

    class Meta:
        verbose_name = _("line of a movement")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["move", "allocation"], name="district_once_a_move"),
            models.UniqueConstraint(
                fields=["move"], condition=Q(allocation__isnull=True), name="reserve_once_a_move"
            ),
            models.CheckConstraint(condition=~Q(change=0), name="move_line_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.allocation.unit if self.allocation else '–'} {self.change:+d}"


class MilestoneChange(DocumentedEntry):
    """One milestone entered (`before` None), changed, or taken out (`after` None)."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="milestone_changes")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    before = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    after = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    cites = models.ForeignKey(Document, models.PROTECT, null=True, related_name="milestones")

    class Meta:
        verbose_name = _("change of a milestone")
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="milestone_change_changes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target.code} {self.due_on:%d/%m/%Y}: {self.before} → {self.after}"

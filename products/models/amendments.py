"""Amendments: proposed changes of verified records, which count as they were until verified."""

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from ocop.organisation.models import Unit
from products.choices import Proposal, Status
from products.models.entered import EnteredQuerySet, EnteredRecord


class AmendmentQuerySet(EnteredQuerySet):
    def unsettled(self) -> Any:
        return self.exclude(status=Status.VERIFIED)


class Amendment(EnteredRecord):
    """What is proposed to become of one verified record, with the reason.

    Mostly new values for some of its fields. `proposal` may also be to cancel the record, to bring
    it back, to merge it into another or to take such a merge back; `values` is empty then, and
    `plan` holds what a merge does (products.records.proposals.merging).

    `kind` is the record's slug in products.kinds, `values` the new value by field name as
    products.records.editing writes them, `base_version` the version of the record they were made
    from. Verifying an amendment writes its values to the record; a record has one unsettled
    amendment at most. `district` and `commune` are those of the record when the change was
    proposed.
    """

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    base_version = models.PositiveIntegerField()
    proposal = models.CharField(max_length=10, choices=Proposal, default=Proposal.CHANGE)
    values = models.JSONField(encoder=DjangoJSONEncoder)
    plan: Any = models.JSONField(encoder=DjangoJSONEncoder, null=True, blank=True, editable=False)
    reason = NfcTextField(_("reason for the change"))
    district = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = AmendmentQuerySet.as_manager()

    class Meta(EnteredRecord.Meta):
        verbose_name = _("proposed change")
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "record_id"], name="amendment_of_record")]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "record_id"],
                condition=~Q(status=Status.VERIFIED),
                name="amendment_one_unsettled",
                violation_error_message=_(
                    "A change of this record is already proposed and not yet verified."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="amendment_with_reason",
                violation_error_message=_("Say why the verified record should change."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"

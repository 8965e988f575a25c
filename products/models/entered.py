"""What every record that people enter has in common: status, authorship, version, history."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ocop.organisation.scope import ScopedQuerySet
from products.choices import Action, Status


def counted_statuses(pending: bool = False) -> list[str]:
    """Statuses that count: verified; with `pending`, also those awaiting verification."""
    return [Status.VERIFIED, Status.SUBMITTED] if pending else [Status.VERIFIED]


def standing() -> models.Q:
    """The condition that a record is not cancelled: a cancelled one keeps nobody's place."""
    return ~models.Q(status=Status.CANCELLED)


def standing_manager(queryset: type[models.QuerySet]) -> Any:
    """The manager of records that stand, for `objects`; `everything` has cancelled ones too."""

    class StandingManager(models.Manager.from_queryset(queryset)):  # type: ignore[misc]
        def get_queryset(self) -> Any:
            return super().get_queryset().filter(standing())

    return StandingManager()


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


class HistoryFields(models.Model):
    """What a history row says besides the record's values: which step it was.

    `details` holds what no column of the record shows: (before, after) of many-to-many fields.
    """

    action = models.CharField(max_length=10, choices=Action, default=Action.EDIT)
    details = models.JSONField(null=True)

    class Meta:
        abstract = True


class EnteredQuerySet(ScopedQuerySet):
    def counted(self, pending: bool = False) -> Any:
        return self.filter(status__in=counted_statuses(pending))


class EnteredRecord(models.Model):
    """A record somebody enters and somebody else verifies.

    `status` changes only through products.records.workflow. `version` grows with every change, so
    that of two people who edit at once the second is told. A record entered by the system (an
    import without a person) has neither author nor verifier. `edited_by` is who changed its content
    last, `submitted_by` who sent it up last; neither of them verifies it. A returned record carries
    `status_reason` and, by name of field, `field_reasons`.

    Who looks records up by what they say asks `objects`, which leaves cancelled ones out; who has
    a record by its id asks `everything` (`_default_manager`).
    """

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = _person()
    verified_by = _person()
    edited_by = _person()
    submitted_by = _person()
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    status_reason = models.TextField(_("reason"), blank=True, editable=False)
    field_reasons = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords(
        inherit=True,
        bases=[HistoryFields],
        history_change_reason_field=models.TextField(null=True),
    )

    everything: ClassVar[Any] = EnteredQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(EnteredQuerySet)

    class Meta:
        abstract = True
        default_manager_name = "everything"
        constraints = [
            models.CheckConstraint(
                condition=Q(created_by__isnull=True)
                | Q(verified_by__isnull=True)
                | ~Q(created_by=F("verified_by")),
                name="%(class)s_verified_by_another",
                violation_error_message=_("Nobody verifies a record of their own."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | ~Q(status_reason=""),
                name="%(class)s_returned_with_reason",
                violation_error_message=_("A record is returned with a reason."),
            ),
        ]

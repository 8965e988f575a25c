"""Who sits in the steering committee, and in the team that supports it, from a day to a day."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField
from ocop.organisation.models import Agency
from targets.choices import CommitteeRole


class CommitteeMemberQuerySet(models.QuerySet["CommitteeMember"]):
    def at(self, day: date) -> "CommitteeMemberQuerySet":
        """Members on `day`, both ends included; an open end reaches without end."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class CommitteeMember(models.Model):
    """`agency` is the committee itself; `position` is what the person is elsewhere."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="members")
    name = NameField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=CommitteeRole)
    rank = models.PositiveSmallIntegerField(editable=False, default=0)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("through"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[Any] = CommitteeMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee member")
        ordering = ["rank", "name_sort", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="committee_member_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.position}" if self.position else str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.rank = CommitteeRole.values.index(self.role)
        super().save(*args, **kwargs)

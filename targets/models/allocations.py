"""What a district takes over of a target, and what is expected by when."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ocop.organisation.models import Unit
from products.models.entered import EnteredQuerySet, EnteredRecord
from targets.models.plans import Target


class AllocationQuerySet(EnteredQuerySet):
    district_path = "unit_id"


class Allocation(EnteredRecord):
    """The number of a yearly or whole-plan count that a district has been given for one year.

    `value` is the number after every movement entered so far; what it was on an earlier day follows
    from the movements in force later (targets.figures.commitments). `given_from` is the first day
    on which the district has it at all, where a movement gave it; else it always had it.
    """

    target = models.ForeignKey(Target, models.CASCADE, related_name="allocations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="allocations")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.PositiveIntegerField(_("allocated"))
    document = models.CharField(_("document number"), max_length=100, blank=True)
    given_from = models.DateField(_("given from"), null=True, blank=True, editable=False)

    # None is cancelled: a quota given by mistake is moved or put right.
    everything: ClassVar[Any] = AllocationQuerySet.as_manager()
    objects: ClassVar[Any] = AllocationQuerySet.as_manager()

    class Meta(EnteredRecord.Meta):
        verbose_name = _("allocation")
        ordering = ["target", "unit", "year"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["target", "unit", "year"],
                name="allocation_once_a_year",
                violation_error_message=_(
                    "This district already has an allocation of that target for that year."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target.code} · {self.unit} · {self.year}: {self.value}"

    def get_absolute_url(self) -> str:
        """The board of quotas of its target and year."""
        return reverse("allocation-board", query={"target": self.target.code, "year": self.year})


class Milestone(models.Model):
    """By `due_on`, `value` is expected (cumulative within the window; percent for shares)."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="milestones")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=3)
    document = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("milestone")
        ordering = ["target", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "due_on"],
                name="milestone_once_a_day",
                violation_error_message=_("This target already has a milestone on that day."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="milestone_not_negative",
                violation_error_message=_("A milestone is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target.code} {self.due_on:%d/%m/%Y}: {self.value}"

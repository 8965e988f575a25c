"""Science and technology tasks that develop intellectual property."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField
from ocop.organisation.models import Unit
from products.models.entered import EnteredQuerySet, EnteredRecord, standing, standing_manager


class ScienceTaskQuerySet(EnteredQuerySet):
    def approved_between(self, first: date, last: date) -> Any:
        return self.filter(approved_on__gte=first, approved_on__lte=last)

    def not_cancelled_by(self, day: date) -> Any:
        return self.filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day))


class ScienceTask(EnteredRecord):
    name = NameField(_("name"), max_length=500)
    lead = NameField(_("lead body"), max_length=300)
    district = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="science_tasks",
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
    approved_on = models.DateField(_("approved on"), db_index=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    budget = models.DecimalField(
        _("budget (million VND)"), max_digits=12, decimal_places=3, null=True, blank=True
    )

    everything: ClassVar[Any] = ScienceTaskQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(ScienceTaskQuerySet)

    class Meta(EnteredRecord.Meta):
        verbose_name = _("science task")
        ordering = ["-approved_on", "-id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["name_key"],
                condition=standing(),
                name="science_task_once",
                violation_error_message=_("A task of that name is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="science_task_budget_not_negative",
                violation_error_message=_("A budget is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="science_task_ends_after_start",
                violation_error_message=_("A task cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

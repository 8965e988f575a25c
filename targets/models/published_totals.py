"""Totals that somebody published, entered with their source, to hold the record against."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from ocop.organisation.models import Unit
from ocop.organisation.scope import ScopedQuerySet
from targets.choices import TotalMeasure, TotalScope
from targets.models.meetings import LogEntry, person


class PublishedTotalQuerySet(ScopedQuerySet):
    district_path = "unit_id"


class PublishedTotal(models.Model):
    """One figure out of one source, as it was published.

    `period` is what the source says of the time (2022-08-22, 2022-10, 2019, empty where it says
    nothing); `day`, its last day, is what the record is asked for. `decision_number` narrows what
    was decided on a day to one decision. `reservation`: why the figure itself may not hold.
    `code` names one out of the reference files; of those entered here it is empty and
    `entered_by` says who. One entered by mistake is `withdrawn`: kept, not compared.
    """

    code = models.SlugField(max_length=80, blank=True, editable=False)
    period = models.CharField(_("period"), max_length=10, blank=True)
    day = models.DateField(_("day compared on"), null=True, editable=False)
    scope = models.CharField(_("what is counted"), max_length=10, choices=TotalScope)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name=_("unit"), related_name="published_totals"
    )
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    measure = models.CharField(_("measure"), max_length=30, choices=TotalMeasure)
    value = models.PositiveIntegerField(_("published value"))
    detail = NfcTextField(_("detail"), blank=True)
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    reservation = models.CharField(_("reservation"), max_length=300, blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    entered_by = person()
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[Any] = PublishedTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("published total")
        ordering = ["-day", "unit__code", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period="", day__isnull=True) | ~Q(period="") & Q(day__isnull=False),
                name="published_total_day_of_period",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="published_total_once_a_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.period}: {self.value}"


class PublishedTotalLogEntry(LogEntry):
    """A total entered or changed by a person: `changes` holds {field: [before, after]} as words."""

    total = models.ForeignKey(PublishedTotal, models.PROTECT, related_name="steps")
    changes: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.total}: {self.at:%d/%m/%Y %H:%M}"

    @property
    def named_changes(self) -> list[tuple[str, list[str]]]:
        """(the field as people know it, [before, after])."""
        columns = PublishedTotal._meta
        return [
            (str(columns.get_field(name).verbose_name), pair)  # type: ignore[union-attr]
            for name, pair in self.changes.items()
        ]

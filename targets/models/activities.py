"""Activities that carry the plan: training, fairs, shops, agreements, communication."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField, NfcTextField
from ocop.organisation.models import Agency, Unit
from ocop.organisation.scope import ScopedQuerySet
from products.models import Producer, Product
from targets.choices import ActivityKind
from targets.models.meetings import LogEntry


class Activity(models.Model):
    """`district` None: the province's own. `value` is in million đồng; `participants` counts all,
    `producers` are those of them on record."""

    name = NameField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=15, choices=ActivityKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("through"))
    place = models.CharField(_("venue"), max_length=300, blank=True)
    district = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name=_("district"),
        null=True,
        blank=True,
        related_name="activities",
    )
    commune = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune of today"),
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("agency"), related_name="activities"
    )
    products = models.ManyToManyField(
        Product, verbose_name=_("products"), blank=True, related_name="activities"
    )
    producers = models.ManyToManyField(
        Producer, verbose_name=_("producers"), blank=True, related_name="activities"
    )
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    value = models.DecimalField(
        _("value (million VND)"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    result = NfcTextField(_("result"), blank=True)
    note = NfcTextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_it_begins",
                violation_error_message=_("An activity cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="activity_value_not_negative",
                violation_error_message=_("The value is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ActivityLogEntry(LogEntry):
    """An activity entered or changed: `changes` holds {field: [before, after]} as words, for
    products those taken off and those added."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="steps")
    changes: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.activity}: {self.at:%d/%m/%Y %H:%M}"

    @property
    def named_changes(self) -> list[tuple[str, str, list[str]]]:
        """(field, its name as people know it, [before, after])."""
        columns = Activity._meta
        return [
            (name, str(columns.get_field(name).verbose_name), pair)  # type: ignore[union-attr]
            for name, pair in self.changes.items()
        ]

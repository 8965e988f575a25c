"""Plans and their targets: data, so that a new plan or a later document needs no code.

A plan is entered as a draft, and stands once it was started. `Plan.objects` and `Target.objects`
are those that stand; `everything`, the default manager, has drafts too, for the pages that enter
them.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Agency, Unit, kept_history
from targets.choices import CountingEvent, Operator, Period, TargetSection, TargetType
from targets.models.documents import Document

if TYPE_CHECKING:
    from targets.indicators import Indicator


def measure_choices() -> list[tuple[str, str]]:
    """(measure, label) of every indicator; read late, as indicators know the models."""
    from targets.indicators import INDICATORS

    return [(measure, indicator.label) for measure, indicator in INDICATORS.items()]


class StartedPlans(models.Manager):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(draft=False)


class TargetsOfStartedPlans(models.Manager):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(plan__draft=False)


class Plan(models.Model):
    """What a document promises for a span of years (both days included).

    `documents` are those it rests on beside the one it stands in.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    document = models.CharField(_("document"), max_length=200)
    document_date = models.DateField(_("date of the document"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name=_("unit"))
    sub_unit_level = models.CharField(
        _("level of the units that take a part"),
        max_length=10,
        choices=[level for level in UnitLevel.choices if level[0] != UnitLevel.PROVINCE],
        default=UnitLevel.DISTRICT,
    )
    attention_percent = models.PositiveSmallIntegerField(
        _("percent of the expected value below which a target is behind"), default=75
    )
    confirmation_days = models.PositiveSmallIntegerField(
        _("days after a quarter's end in which districts confirm it"), default=15
    )
    confirming_from = models.DateField(
        _("quarters are confirmed from this day on"), null=True, blank=True
    )
    draft = models.BooleanField(_("draft"), default=False, editable=False)
    documents = models.ManyToManyField(
        Document, blank=True, related_name="plans", verbose_name=_("documents")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    everything: ClassVar[Any] = models.Manager()
    objects: ClassVar[Any] = StartedPlans()
    history = kept_history()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="plan_ends_after_it_begins",
                violation_error_message=_("A plan must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(attention_percent__lte=100),
                name="plan_attention_at_most_100",
                violation_error_message=_("This share lies between 0 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sub_unit_label(self) -> str:
        """What a unit that takes a part is called: "District" or "Commune"."""
        return str(UnitLevel(self.sub_unit_level).label)


def planned_units() -> Any:
    """The units that plans are made for, as values for a condition (settings.HOOKS)."""
    return Plan.objects.order_by().values("unit")


class Target(models.Model):
    """One promise of a plan: what is measured, how it compares, and the sentence it comes from."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets", verbose_name=_("plan"))
    code = models.CharField(_("code"), max_length=30)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    section = models.CharField(_("section"), max_length=20, choices=TargetSection)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=80)
    short_name_en = models.CharField(_("short name in English"), max_length=80, blank=True)
    quote = models.TextField(_("clause"))
    document = models.CharField(_("document"), max_length=200)
    document_date = models.DateField(_("date of the document"))
    lead_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="targets", verbose_name=_("lead agency")
    )
    measure = models.CharField(_("measure"), max_length=30, choices=measure_choices)
    ip_kinds = models.JSONField(_("kinds of right"), default=list, blank=True)
    supported_only = models.BooleanField(_("only supported rights"), default=False)
    counting_event = models.CharField(
        _("counts when"), max_length=10, choices=CountingEvent, default=CountingEvent.GRANTED
    )
    kind = models.CharField(_("kind"), max_length=10, choices=TargetType)
    operator = models.CharField(_("comparison"), max_length=2, choices=Operator)
    period = models.CharField(_("period"), max_length=10, choices=Period)
    unit_label = models.CharField(_("unit of measurement"), max_length=40)
    stands_in = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("document it stands in"),
    )
    carries_out = models.ManyToManyField(
        Document, blank=True, related_name="served_by", verbose_name=_("carries out")
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    everything: ClassVar[Any] = models.Manager()
    objects: ClassVar[Any] = TargetsOfStartedPlans()
    history = kept_history()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="target_once_a_plan",
                violation_error_message=_("This plan already has a target of that code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def indicator(self) -> "Indicator":
        """How this target counts; KeyError for a measure that the program does not know."""
        from targets.indicators import INDICATORS

        return INDICATORS[self.measure]


class TargetValue(models.Model):
    """The limit of a target (for one year, or the plan), as a document sets it from a day on.

    `threshold` and `aim` are units for counts and percent for shares. Of several values for
    the same window the one with the latest `effective_from` not after the day asked for holds;
    before the first, the first.
    """

    target = models.ForeignKey(
        Target, models.CASCADE, related_name="values", verbose_name=_("target")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    effective_from = models.DateField(_("in force from"))
    threshold = models.DecimalField(_("limit"), max_digits=12, decimal_places=3)
    aim = models.DecimalField(_("aim"), max_digits=12, decimal_places=3, null=True, blank=True)
    document = models.CharField(_("document"), max_length=200)
    cites = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="values", editable=False
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = kept_history()

    class Meta:
        verbose_name = _("value of a target")
        verbose_name_plural = _("values of targets")
        ordering = ["target", "year", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "year", "effective_from"],
                condition=Q(year__isnull=False),
                name="yearly_value_once_a_day",
                violation_error_message=_("This year already has a value from that day on."),
            ),
            models.UniqueConstraint(
                fields=["target", "effective_from"],
                condition=Q(year__isnull=True),
                name="plan_value_once_a_day",
                violation_error_message=_("This target already has a value from that day on."),
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0) & (Q(aim__isnull=True) | Q(aim__gte=F("threshold"))),
                name="aim_not_below_threshold",
                violation_error_message=_("The aim cannot lie below the limit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target.code} {self.year or ''}: {self.threshold}"

    def clean(self) -> None:
        """Refuse a year that does not fit the target's period, and a share above 100 percent."""
        if self.target_id is None:
            return
        target, plan = self.target, self.target.plan
        years = range(plan.starts_on.year, plan.ends_on.year + 1)
        if target.period == Period.YEAR and self.year not in years:
            raise ValidationError(
                _("This target is set for each year: write one from %(first)s to %(last)s."),
                params={"first": str(years[0]), "last": str(years[-1])},
            )
        if target.period != Period.YEAR and self.year is not None:
            raise ValidationError(_("This target is set for the whole plan: leave the year empty."))
        if target.kind == TargetType.SHARE and max(self.threshold or 0, self.aim or 0) > 100:
            raise ValidationError({"threshold": _("A share lies at 100 percent at most.")})

"""Scoring schemes: dated sets of rules under which products are scored and recognised."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.organisation.models import kept_history
from products.choices import Authority, ScoringPart
from products.models.catalogue import ProductSet


class ScoringScheme(models.Model):
    """What one decision of the Prime Minister lays down, from a day to a day (both included).

    A rating and a recognition keep the scheme of the day they were made on. A scheme that
    amends another without touching its criteria names it in `criteria_of`.
    """

    code = models.SlugField(_("code"), unique=True)
    document = models.CharField(_("document"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    part_a = models.PositiveSmallIntegerField(_("points of part A"))
    part_b = models.PositiveSmallIntegerField(_("points of part B"))
    part_c = models.PositiveSmallIntegerField(_("points of part C"))
    authority_3 = models.CharField(_("3 stars by"), max_length=10, choices=Authority)
    authority_4 = models.CharField(_("4 stars by"), max_length=10, choices=Authority)
    authority_5 = models.CharField(_("5 stars by"), max_length=10, choices=Authority)
    criteria_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amended_by",
        verbose_name=_("keeps the criteria of"),
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = kept_history()

    class Meta:
        verbose_name = _("scoring scheme")
        verbose_name_plural = _("scoring schemes")
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part_a=100 - F("part_b") - F("part_c")),
                name="scheme_parts_make_100",
                violation_error_message=_("The three parts must add up to 100 points."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="scheme_ends_after_it_begins",
                violation_error_message=_("A scheme cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.document

    def in_force_at(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ScoringSheet(models.Model):
    """The criteria of one product set under one scheme.

    `checked` is false where the published copy of the criteria does not add up to 100 points:
    such sets are scored by part totals.
    """

    scheme = models.ForeignKey(
        ScoringScheme, models.CASCADE, related_name="sheets", verbose_name=_("scoring scheme")
    )
    product_set = models.ForeignKey(
        ProductSet, models.PROTECT, related_name="sheets", verbose_name=_("product set")
    )
    checked = models.BooleanField(_("scored leaf by leaf"), default=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = kept_history()

    class Meta:
        verbose_name = _("scoring sheet")
        verbose_name_plural = _("scoring sheets")
        ordering = ["scheme", "product_set"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "product_set"], name="sheet_once_a_set")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, {self.product_set}"


class Criterion(models.Model):
    """One leaf criterion: the only points a sheet may give for it, and the minima for stars."""

    sheet = models.ForeignKey(
        ScoringSheet, models.CASCADE, related_name="criteria", verbose_name=_("scoring sheet")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    part = models.CharField(_("part"), max_length=1, choices=ScoringPart)
    number = models.PositiveSmallIntegerField(_("number"))
    label = models.TextField(_("criterion"))
    leaf = models.PositiveSmallIntegerField(_("leaf"))
    leaf_label = models.TextField(_("what is scored"))
    max_points = models.PositiveSmallIntegerField(_("most points"))
    levels = models.JSONField(_("points that may be given"))
    min_3 = models.PositiveSmallIntegerField(_("least for 3 stars"), null=True, blank=True)
    min_4 = models.PositiveSmallIntegerField(_("least for 4 stars"), null=True, blank=True)
    min_5 = models.PositiveSmallIntegerField(_("least for 5 stars"), null=True, blank=True)
    alternative = models.PositiveSmallIntegerField(_("either/or case"), null=True, blank=True)

    history = kept_history()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["sheet", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="criterion_once_a_place"),
            models.UniqueConstraint(fields=["sheet", "number", "leaf"], name="leaf_once_a_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.part}.{self.number}.{self.leaf} {self.leaf_label}"

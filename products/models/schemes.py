"""Scoring schemes: dated sets of rules under which products are scored and recognised."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from ocop.organisation.models import kept_history
from products.certificates import CERTIFICATE_MONTHS
from products.choices import Authority, ScoringPart
from products.models.catalogue import ProductSet


class ScoringSchemeQuerySet(models.QuerySet["ScoringScheme"]):
    def certificate_months(self) -> Callable[[date], int]:
        """How long a certificate decided on a day lasts, by one reading of the schemes."""
        terms = list(self.values_list("valid_from", "valid_to", "certificate_months"))

        def months(day: date) -> int:
            lasting = (n for start, end, n in terms if start <= day and (end is None or day <= end))
            return next(lasting, CERTIFICATE_MONTHS)

        return months


class ScoringScheme(models.Model):
    """What one decision of the Prime Minister lays down, from a day to a day (both included).

    A rating and a recognition keep the scheme of the day they were made on. A scheme that
    amends another without touching its criteria names it in `criteria_of`.

    Bodies: `authority_3` … `authority_5` decide about 3, 4 and 5 stars; `first_council` is the
    lowest level that has a council which gives points; `proposed_by` checks a dossier and proposes
    it (empty where the text names none). Below 90 points at the ministry a proposal for 5 stars
    may be recognised at 3 or 4 by the province where `below_five_by_province`.

    Terms: a certificate lasts `certificate_months`. It is filed for again from
    `renewal_opens_days` (None: at any time) until `renewal_closes_days` before its end. Dossiers
    lodged while the scheme was in force are finished under it until `first_until` (first ratings
    and upgrades) or `renewal_until` (re-ratings). A certificate is prolonged by at most
    `prolonged_days` past its end, by a paper of a day of this scheme (None: it is not prolonged).
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
    first_council = models.CharField(
        _("lowest council"), max_length=10, choices=Authority, default=Authority.PROVINCE
    )
    proposed_by = models.CharField(
        _("checked and proposed by"), max_length=10, choices=Authority, blank=True
    )
    below_five_by_province = models.BooleanField(
        _("below 90 at the ministry the province may recognise 3 or 4 stars"), default=False
    )
    certificate_months = models.PositiveSmallIntegerField(
        _("months a certificate lasts"), default=CERTIFICATE_MONTHS
    )
    renewal_opens_days = models.PositiveSmallIntegerField(
        _("filed again from, days before the end"), null=True, blank=True
    )
    renewal_closes_days = models.PositiveSmallIntegerField(
        _("filed again until, days before the end"), default=30
    )
    prolonged_days = models.PositiveSmallIntegerField(
        _("prolonged by at most, days"), null=True, blank=True
    )
    first_until = models.DateField(
        _("first ratings and upgrades lodged before are finished until"), null=True, blank=True
    )
    renewal_until = models.DateField(
        _("re-ratings lodged before are finished until"), null=True, blank=True
    )
    note = NfcTextField(_("note"), blank=True)
    criteria_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amended_by",
        verbose_name=_("keeps the criteria of"),
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = ScoringSchemeQuerySet.as_manager()
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
            models.CheckConstraint(
                condition=Q(renewal_opens_days__isnull=True)
                | Q(renewal_opens_days__gte=F("renewal_closes_days")),
                name="scheme_window_opens_before_it_closes",
                violation_error_message=_("The window to file again closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.document

    def in_force_at(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ScoringSheet(models.Model):
    """The criteria of one product set under one scheme.

    `checked` is false where the published copy of the criteria does not add up to 100 points:
    such sets are scored by part totals. `note` is what to compare with the paper sheet.
    """

    scheme = models.ForeignKey(
        ScoringScheme, models.CASCADE, related_name="sheets", verbose_name=_("scoring scheme")
    )
    product_set = models.ForeignKey(
        ProductSet, models.PROTECT, related_name="sheets", verbose_name=_("product set")
    )
    checked = models.BooleanField(_("scored leaf by leaf"), default=True)
    note = NfcTextField(_("note"), blank=True)
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
    """One leaf criterion: the only points a sheet may give for it, and the minima for stars.

    `note` says where the public copy was doubtful and how it was read.
    """

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
    note = NfcTextField(_("note"), blank=True)

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


class LevelMeaning(models.Model):
    """What a number of points of one criterion stands for, out of the office's own copy."""

    criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="meanings", verbose_name=_("criterion")
    )
    points = models.PositiveSmallIntegerField(_("points"))
    text = NfcTextField(_("what the points mean"))

    class Meta:
        verbose_name = _("meaning of points")
        verbose_name_plural = _("meanings of points")
        ordering = ["criterion", "points"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "points"],
                name="meaning_once_a_level",
                violation_error_message=_("These points of the criterion have their meaning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"

    def clean(self) -> None:
        """Only points that the criterion gives have a meaning."""
        if self.criterion_id and self.points not in self.criterion.levels:
            words = _("This criterion gives %(allowed)s points, not %(points)s.")
            allowed = ", ".join(map(str, self.criterion.levels))
            raise ValidationError({"points": words % {"allowed": allowed, "points": self.points}})

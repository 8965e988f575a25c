"""Ratings: how a council scored a product, sheet by sheet."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.fields import NameField
from products.choices import Authority
from products.models.entered import EnteredQuerySet, EnteredRecord
from products.models.product import Product
from products.models.schemes import Criterion, ScoringScheme


class RatingQuerySet(EnteredQuerySet):
    district_path = "product__district_id"


class Rating(EnteredRecord):
    """One session of one council on one product.

    `total` and `stars` are what products.scoring works out from the sheets; the total is the
    unrounded mean of the members' totals, kept to six decimals.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="ratings")
    scheme = models.ForeignKey(ScoringScheme, models.PROTECT, related_name="ratings")
    level = models.CharField(_("council"), max_length=10, choices=Authority)
    session_on = models.DateField(_("session of the council"))
    total = models.DecimalField(
        _("total"), max_digits=9, decimal_places=6, null=True, blank=True, editable=False
    )
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = RatingQuerySet.as_manager()

    class Meta(EnteredRecord.Meta):
        verbose_name = _("rating")
        ordering = ["-session_on", "-id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "level", "session_on"],
                name="rating_once_a_session",
                violation_error_message=_("This council already rated this product that day."),
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100),
                name="rating_total_0_to_100",
                violation_error_message=_("The total must lie between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=5),
                name="rating_stars_1_to_5",
                violation_error_message=_("Stars go from 1 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.session_on:%d/%m/%Y}"


class RatingSheet(models.Model):
    """One council member's sheet, or the council's summary sheet (no member named)."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="sheets")
    member = NameField(_("council member"), max_length=150, blank=True)
    part_a = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    part_b = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    part_c = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("scoring sheet")
        ordering = ["rating", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "member_key"],
                name="one_sheet_a_member",
                violation_error_message=_("This member already has a sheet in this rating."),
            )
        ]

    def __str__(self) -> str:
        return self.member or str(_("Summary sheet"))


class RatingScore(models.Model):
    sheet = models.ForeignKey(RatingSheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT)
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"

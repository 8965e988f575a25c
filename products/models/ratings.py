"""Ratings: how a council scored a product, sheet by sheet."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from products.choices import Authority
from products.models.entered import EnteredQuerySet, EnteredRecord, standing, standing_manager
from products.models.product import Product
from products.models.schemes import ScoringScheme


class RatingQuerySet(EnteredQuerySet):
    district_path = "product__district_id"


class Rating(EnteredRecord):
    """One session of one council on one product.

    `sheets` holds one sheet for each member, or one summary sheet without a name, in the form that
    products.scoring.sheets reads and checks. `total` and `stars` are what
    products.scoring.arithmetic works out from them (None until every sheet is complete); the total
    is the unrounded mean of the members' totals, kept to six decimals.

    While two schemes are in force side by side, `lodged_on` decides which one holds, and whether
    it is a `rerating` (neither a first rating nor an upgrade) until when.
    """

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="ratings", verbose_name=_("product")
    )
    scheme = models.ForeignKey(
        ScoringScheme, models.PROTECT, related_name="ratings", verbose_name=_("scoring scheme")
    )
    level = models.CharField(_("council"), max_length=10, choices=Authority)
    session_on = models.DateField(_("session of the council"))
    lodged_on = models.DateField(_("dossier lodged on"), null=True, blank=True)
    rerating = models.BooleanField(_("re-rating of a recognised product"), default=False)
    sheets = models.JSONField(_("scoring sheets"), default=list, blank=True, editable=False)
    total = models.DecimalField(
        _("total"), max_digits=9, decimal_places=6, null=True, blank=True, editable=False
    )
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True, editable=False)
    note = NfcTextField(_("note"), blank=True)

    everything: ClassVar[Any] = RatingQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(RatingQuerySet)

    class Meta(EnteredRecord.Meta):
        verbose_name = _("rating")
        ordering = ["-session_on", "-id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "level", "session_on"],
                condition=standing(),
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

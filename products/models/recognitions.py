"""Recognitions: the decision that a product has reached a rank, and the certificate from it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from products.certificates import certificate_end
from products.choices import Authority, Rank
from products.models.entered import EnteredQuerySet, EnteredRecord, standing, standing_manager
from products.models.product import Product
from products.models.ratings import Rating
from products.models.schemes import ScoringScheme


class CertificateEndField(models.DateField):
    """The last day: that of a prolongation, else worked out from the day of decision on every
    save, bulk or single; never typed."""

    derive_from = ("decided_on", "prolonged_until")

    def derived_all(self, decided: Sequence[date], prolonged: Sequence[date | None]) -> list[date]:
        """The last days of certificates decided on these days, reading the schemes once."""
        months = ScoringScheme.objects.certificate_months()
        together = zip(decided, prolonged, strict=True)
        return [until or certificate_end(day, months(day)) for day, until in together]

    def pre_save(self, model_instance: Any, add: bool) -> date:
        if hasattr(model_instance, "history_type"):
            # A row of history keeps what the record was stored with.
            return super().pre_save(model_instance, add)
        return self.pre_save_all([model_instance])[0]

    def pre_save_all(self, records: Sequence[Any]) -> list[date]:
        """The same of many records, set on them."""
        ends = self.derived_all(
            [one.decided_on for one in records], [one.prolonged_until for one in records]
        )
        for one, end in zip(records, ends, strict=True):
            setattr(one, self.attname, end)
        return ends


class RecognitionQuerySet(EnteredQuerySet):
    district_path = "product__district_id"

    def valid_at(self, day: date) -> Any:
        """Certificates valid on `day`: from the decision through the last day, not revoked."""
        return self.filter(certificate_valid(day))


def certificate_valid(day: date) -> Q:
    """The condition that a recognition's certificate is valid on `day`."""
    in_force = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
    return Q(in_force, decided_on__lte=day, valid_until__gte=day)


class Recognition(EnteredRecord):
    """A decision that a product reached 3 stars or more. 1 and 2 stars get no certificate."""

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="recognitions", verbose_name=_("product")
    )
    rating = models.ForeignKey(
        Rating,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name=_("rating"),
    )
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"))
    authority = models.CharField(_("authority"), max_length=10, choices=Authority, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), choices=Rank)
    score = models.DecimalField(
        _("score in the decision"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    difference_reason = NfcTextField(_("why the rank differs from the rating"), blank=True)
    prolongation_number = models.CharField(
        _("number of the paper that prolongs"), max_length=60, blank=True
    )
    prolonged_on = models.DateField(_("prolonged on"), null=True, blank=True)
    prolonged_until = models.DateField(_("prolonged until"), null=True, blank=True)
    valid_until = CertificateEndField(_("valid until"), editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = NfcTextField(_("reason of the revocation"), blank=True)
    note = NfcTextField(_("note"), blank=True)
    certificate_number = models.CharField(_("number of the certificate"), max_length=60, blank=True)

    everything: ClassVar[Any] = RecognitionQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(RecognitionQuerySet)

    class Meta(EnteredRecord.Meta):
        verbose_name = _("recognition")
        ordering = ["-decided_on", "-rank", "-id"]
        indexes = [
            models.Index(fields=["product", "decided_on"], name="recognition_of_product"),
            models.Index(fields=["decided_on", "valid_until"], name="recognition_validity"),
        ]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["product", "decided_on", "rank"],
                condition=standing(),
                name="recognition_once_a_day",
                violation_error_message=_(
                    "This product already has a recognition of that rank on that day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rank__in=Rank.values),
                name="recognition_rank_known",
                violation_error_message=_("The rank must be 3, 4, potential 5 or 5 stars."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="recognition_score_0_to_100",
                violation_error_message=_("The score must lie between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("decided_on")),
                name="recognition_revoked_after_decision",
                violation_error_message=_("A recognition is not revoked before it is decided."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revocation_reason=""),
                name="recognition_revoked_with_reason",
                violation_error_message=_("A revocation needs its reason."),
            ),
            models.CheckConstraint(
                condition=Q(prolonged_until__isnull=True, prolonged_on__isnull=True)
                | Q(
                    ~Q(prolongation_number=""),
                    prolonged_until__gt=F("decided_on"),
                    prolonged_on__gte=F("decided_on"),
                ),
                name="recognition_prolonged_by_a_paper",
                violation_error_message=_(
                    "A certificate is prolonged by a paper: give its number, its day and the new "
                    "last day."
                ),
            ),
        ]

    @property
    def term_ends_on(self) -> date:
        """The last day by the term that the law of the decision's day gives, not prolonged."""
        months = ScoringScheme.objects.certificate_months()(self.decided_on)
        return certificate_end(self.decided_on, months)

    def __str__(self) -> str:
        return f"{self.product} · {self.get_rank_display()} · {self.decided_on:%d/%m/%Y}"

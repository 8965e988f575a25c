"""When products are valid, traced and sold: worked out from the records, for reading only.

Kept by products.validity in the transaction that changes a record; nothing else writes here. The
columns besides `product` are copies of what the product and its recognition say: a constraint on
them would make the database look through the table whenever a recognition or producer is deleted.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from ocop.organisation.models import Unit
from ocop.organisation.scope import ScopedQuerySet
from products.choices import Basis, Rank
from products.models.producers import Producer
from products.models.product import Product
from products.models.recognitions import Recognition


class DerivedQuerySet(ScopedQuerySet):
    def on_basis(self, pending: bool) -> Any:
        """The rows worked out from verified records; with `pending`, from submitted ones too."""
        own = Basis.PENDING if pending else Basis.VERIFIED
        return self.filter(basis__in=(own, Basis.BOTH))


class ValiditySpanQuerySet(DerivedQuerySet):
    def at(self, day: date) -> Any:
        """The spans of the products valid on `day`, one a product (on one basis)."""
        return self.filter(starts_on__lte=day, until__gt=day)

    def recognitions(self) -> Any:
        """The recognitions that count in these spans: of each product that which gives its rank."""
        return Recognition.objects.filter(pk__in=self.order_by().values("recognition_id"))

    def lapsed_by(self, day: date) -> Any:
        """The last span of each product once recognised and not valid on `day`."""
        return self.filter(
            Q(next_starts_on__isnull=True) | Q(next_starts_on__gt=day), until__lte=day
        )


def first_known_at(day: date) -> Q:
    """The first recognitions that are known as such on `day`."""
    open_ended = Q(counts_until__isnull=True) | Q(counts_until__gt=day)
    return Q(open_ended, counts_from__lte=day)


class FirstRecognitionQuerySet(DerivedQuerySet):
    def known_at(self, day: date) -> Any:
        """What was each product's first recognition as known on `day`."""
        return self.filter(first_known_at(day))


class Derived(models.Model):
    """A row worked out for one product and basis; `district` and `commune` are the product's."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    basis = models.CharField(max_length=8, choices=Basis)
    district = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    commune = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    recognition = models.ForeignKey(
        Recognition, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True


class ValiditySpan(Derived):
    """Days on which nothing changes about a product's validity; see products.validity.Span.

    `certificate_ends` is the last valid day by its term; `until`, `traced_until` and `sold_until`
    are exclusive. `traced_until` and `sold_until` are null where no counted enrolment or listing
    had begun by `starts_on`, and 9999-12-31 where one has no end.
    """

    producer = models.ForeignKey(
        Producer, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    rank = models.PositiveSmallIntegerField(choices=Rank)
    starts_on = models.DateField()
    until = models.DateField()
    certificate_ends = models.DateField()
    traced_until = models.DateField(null=True)
    sold_until = models.DateField(null=True)
    next_starts_on = models.DateField(null=True)

    objects: ClassVar[Any] = ValiditySpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")), name="span_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.basis} {self.starts_on} – {self.until}"


class FirstRecognition(Derived):
    """The recognition by which a product became newly recognised; `decided_on` gives the year.

    So it was known from `counts_from` until the day before `counts_until` (null: for good).
    """

    decided_on = models.DateField()
    counts_from = models.DateField()
    counts_until = models.DateField(null=True)

    objects: ClassVar[Any] = FirstRecognitionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.product_id} {self.basis} {self.decided_on}"

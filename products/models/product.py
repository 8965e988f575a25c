"""Products, known by their name and producer together; products registered, not rated yet."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField, NfcTextField
from ocop.lib.text import folded
from ocop.organisation.models import Unit
from ocop.organisation.scope import ScopedQuerySet
from products.choices import Rank
from products.models.catalogue import ProductSet
from products.models.entered import EnteredQuerySet, EnteredRecord, standing, standing_manager
from products.models.producers import Placed, Producer


class ProductQuerySet(EnteredQuerySet):
    def found_by(self, words: str) -> Any:
        """Products whose name or producer holds every word, with or without diacritics."""
        found = self
        for word in folded(words).split():
            of_producer = Q(producer__name_search__contains=word)
            found = found.filter(Q(name_search__contains=word) | of_producer)
        return found


class Product(Placed, EnteredRecord):
    name = NameField(_("name"))
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="products", verbose_name=_("producer")
    )
    product_set = models.ForeignKey(
        ProductSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("product set"),
    )
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    district = models.ForeignKey(
        Unit, models.PROTECT, related_name="products", verbose_name=_("district")
    )
    commune = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune of today"),
    )

    everything: ClassVar[Any] = ProductQuerySet.as_manager()
    objects: ClassVar[Any] = standing_manager(ProductQuerySet)

    class Meta(EnteredRecord.Meta):
        verbose_name = _("product")
        ordering = ["name_sort", "id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["name_key", "producer"],
                condition=standing(),
                name="product_once_a_producer",
                violation_error_message=_("This producer already has a product of that name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationQuerySet(ScopedQuerySet):
    def standing_at(self, day: date) -> Any:
        """Registered by `day` and not withdrawn by then."""
        stands = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        return self.filter(stands, registered_on__lte=day)


class ProductRegistration(models.Model):
    """A product that somebody means to have rated: an idea, whose it is, the rank aimed at, when.

    `producer` is on record, or `owner` names whoever is not yet. `product` is the dossier it has
    become; None before. `district` is the one that the place lay in, None for a commune of today
    that lies in several. Withdrawn, it stays on record with its day and reason.
    """

    name = NameField(_("name"))
    idea = NfcTextField(_("idea"), blank=True)
    producer = models.ForeignKey(
        Producer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("producer"),
    )
    owner = models.CharField(_("owner of the idea"), max_length=300, blank=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    district = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
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
    product_set = models.ForeignKey(
        ProductSet, models.PROTECT, null=True, blank=True, verbose_name=_("product set")
    )
    aimed_rank = models.PositiveSmallIntegerField(_("rank aimed at"), choices=Rank)
    year = models.PositiveSmallIntegerField(_("year of the rating"))
    registered_on = models.DateField(_("registered on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("reason"), max_length=500, blank=True)
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("product"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered product")
        ordering = ["-year", "name_sort", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(producer__isnull=False) | ~Q(owner=""),
                name="registration_says_whose_it_is",
                violation_error_message=_("Say whose it is: a producer on record, or a name."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawal_reason=""),
                name="withdrawn_registration_has_a_reason",
                violation_error_message=_("Say why it is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whose(self) -> str:
        return str(self.producer) if self.producer else self.owner

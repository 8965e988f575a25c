"""Products, known by their name and producer together."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField
from ocop.lib.text import folded
from ocop.organisation.models import Unit
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

"""Producers (chủ thể): who makes a product and holds its certificate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.organisation.models import Unit
from products.choices import ProducerKind
from products.fields import ProducerNameField
from products.models.entered import EnteredRecord, standing
from products.models.places import Placed


class Producer(Placed, EnteredRecord):
    """Found again by its name within its district, however the legal form is written.

    `place` is the commune (or only the district) as recorded then; it is not moved when units
    merge. `district` is the district it lay in, which keeps figures by district possible after
    districts were abolished. `commune` is the commune of today that the place lies in; None where
    only the district is known, or where the commune recorded then was split and nobody has said
    which part it is.
    """

    name = ProducerNameField(_("name"))
    kind = models.CharField(_("kind"), max_length=20, choices=ProducerKind, blank=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    district = models.ForeignKey(
        Unit, models.PROTECT, related_name="producers", verbose_name=_("district")
    )
    commune = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune of today"),
    )

    class Meta(EnteredRecord.Meta):
        verbose_name = _("producer")
        ordering = ["name_sort", "id"]
        constraints = [
            *EnteredRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["name_key", "district"],
                condition=standing(),
                name="producer_once_a_district",
                violation_error_message=_("This district already has a producer of that name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

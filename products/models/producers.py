"""Producers (chủ thể): who makes a product and holds its certificate; words about their places."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from products.choices import ProducerKind
from products.fields import ProducerNameField
from products.models.entered import EnteredRecord, standing


class Placed:
    """A record with a `place` as recorded, the `district` it lay in, the `commune` of today."""

    place: Any
    district: Any
    commune: Any

    @property
    def place_note(self) -> str:
        """Beside the place: the commune that it lies in now, or the district that it lay in before
        there were none. Empty where only a district is recorded, or nothing became of it."""
        if self.place.level != UnitLevel.COMMUNE:
            return ""
        if self.place.valid_to is None:
            if self.place.parent == self.district or self.district.valid_to is None:
                return ""
            day = self.district.valid_to + timedelta(days=1)
            words = {"district": self.district.name, "day": _day(day)}
            return gettext("in %(district)s before %(day)s") % words
        if self.commune is None:
            return gettext("now divided among several communes; the form asks which")
        words = {"commune": str(self.commune), "day": _day(self.commune.valid_from)}
        return gettext("now %(commune)s (since %(day)s)") % words


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


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

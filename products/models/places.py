"""What is said of a record's place: what it is now, or what it belonged to before 1/7/2025."""

from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.organisation.choices import UnitLevel


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
            return _("in %(district)s before %(day)s") % words
        if self.commune is None:
            return _("now divided among several communes; the form asks which")
        words = {"commune": str(self.commune), "day": _day(self.commune.valid_from)}
        return _("now %(commune)s (since %(day)s)") % words


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")

"""Which body an agency is on a day, and what it is called then.

Agencies are merged and renamed; what refers to one keeps referring to it. Pages use the names of
the day asked for, papers those of the day they are written on.
"""

from collections.abc import Iterable
from datetime import date

from ocop.organisation.models import Agency, Unit


class AgencyNames:
    """Agencies, read once."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.all = {one.pk: one for one in agencies}

    @classmethod
    def read(cls) -> "AgencyNames":
        return cls(Agency.objects.select_related("unit"))

    @classmethod
    def with_successors(cls, agencies: Iterable[Agency]) -> "AgencyNames":
        """These and what took over from them, without a query where they came with it; what they
        came from is not known then."""
        found: dict[int, Agency] = {}
        for one in agencies:
            while one is not None and one.pk not in found:
                found[one.pk] = one
                one = one.successor  # type: ignore[assignment]
        return cls(found.values())

    def body(self, agency: Agency, day: date) -> Agency | None:
        """The body that the agency is on `day`: itself, the one that took over by then, or the one
        it came from (of several the first by code). None where it was given up without successor,
        or did not exist yet."""
        found: Agency | None = self.all.get(agency.pk, agency)
        for _step in self.all:
            if found is None or found.exists_on(day):
                return found
            if found.valid_to is not None and found.valid_to < day:
                found = self.all.get(found.successor_id or 0)
            else:
                found = self._predecessor(found, day)
        return None

    def _predecessor(self, agency: Agency, day: date) -> Agency | None:
        before = [one for one in self.all.values() if one.successor_id == agency.pk]
        ranked = sorted(before, key=lambda one: (not one.exists_on(day), one.code))
        return ranked[0] if ranked else None

    def name(self, agency: Agency, day: date) -> str:
        """What it is called on `day`; its own name where it is no body on that day."""
        return (self.body(agency, day) or agency).name

    def of_unit(self, unit: Unit | None, kind: str, day: date) -> Agency | None:
        """The body of that kind that the unit's own is on `day`; None where there is none."""
        own = (one for one in self.all.values() if unit and one.unit_id == unit.pk)
        first = next((one for one in own if one.kind == kind), None)
        return self.body(first, day) if first else None

    def choices(self, day: date) -> list[tuple[int, str]]:
        """(id, name) to choose from: those of the day first, of the others with when they were."""
        present = [(one.pk, one.name) for one in self.all.values() if one.exists_on(day)]
        others = [(one.pk, label_of(one)) for one in self.all.values() if not one.exists_on(day)]
        return present + others


def label_of(agency: Agency) -> str:
    """Its name with the days between which it was called so: "… (01/03/2025–30/06/2025)"."""
    if agency.valid_from is None and agency.valid_to is None:
        return agency.name
    first, last = (f"{one:%d/%m/%Y}" if one else "" for one in (agency.valid_from, agency.valid_to))
    return f"{agency.name} ({first}–{last})"

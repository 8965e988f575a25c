"""What a version of a record counts for on a day, and whether a change affects a confirmed period.

A change affects a period of a unit (a district or commune) in one of two ways: the record belongs
to the period (its effective date lies in it, before the change or after it), or on the period's
last day, whose figures were confirmed, it counts for something else than before. Nothing here
queries the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from products.certificates import certificate_end


class RecordPlace(NamedTuple):
    """Whose a record is: ids of the district (None: the province itself), the producer and the
    commune of today."""

    district: int | None
    producer: int | None = None
    commune: int | None = None

    @property
    def units(self) -> set[int | None]:
        """The units whose figures hold the record."""
        return {self.district, self.commune}


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """One record of `kind` (a slug of products.kinds) as it stood at some moment.

    It counts from `day` on (None: not yet) until the first of `end_dates`. `classification` decide
    for what: a rank, a floor, kind and support of a right. `verified`: only then figures hold it.
    `by_year`: it counts in the window of its day, whichever day of it that is. `prolonged_until`:
    the last day of a certificate that runs on past its term.
    """

    kind: str
    place: RecordPlace
    day: date | None
    end_dates: tuple[date | None, ...] = ()
    classification: Any = None
    verified: bool = True
    by_year: bool = False
    prolonged_until: date | None = None

    def lies_in(self, unit: int, first: date, last: date) -> bool:
        """True where it is one of the unit's records of the days `first` to `last`."""
        inside = self.day is not None and first <= self.day <= last
        return inside and unit in self.place.units

    def counts_for(self, unit: int, day: date) -> tuple[Any, ...] | None:
        """What the unit's figures of `day` hold of it; None for nothing.

        A recognition is held when its certificate is over or revoked, too: it decides whether a
        later one is the product's first. Its day orders it among those of its product.
        """
        if self.day is None or self.day > day or unit not in self.place.units:
            return None
        gone = any(out is not None and out <= day for out in self.end_dates)
        if self.kind == "recognition":
            valid = not gone and day <= (self.prolonged_until or certificate_end(self.day))
            counts_as = (self.classification, self.place.producer) if valid else None
            return self.verified, self.day, gone, counts_as
        if gone:
            return None
        return self.verified, self.day.year if self.by_year else None, self.classification


Pair = tuple[RecordVersion | None, RecordVersion | None]
"""One record before and after a change; None where it was not, or is no longer, on file."""


def touches(pairs: Iterable[Pair], unit: int, first: date, last: date) -> bool:
    """True where one of the changes touches the unit's period from `first` to `last`."""
    return any(_touches(before, after, unit, first, last) for before, after in pairs)


def _moved_within(before: RecordVersion | None, after: RecordVersion | None, unit: int) -> bool:
    """True where nothing but the place changed, from one in the unit to another in it: a district
    does not ask in which of its communes its records lie."""
    if before is None or after is None or before.place.producer != after.place.producer:
        return False
    moved = before.place != after.place and unit in before.place.units & after.place.units
    return moved and replace(before, place=after.place) == after


def _touches(
    before: RecordVersion | None,
    after: RecordVersion | None,
    unit: int,
    first: date,
    last: date,
) -> bool:
    if _moved_within(before, after, unit):
        return False
    versions = [one for one in (before, after) if one is not None]
    if any(one.lies_in(unit, first, last) for one in versions):
        # Of a moved product only the records that it took along are touched, and those are.
        return True
    values = [one.counts_for(unit, last) if one is not None else None for one in (before, after)]
    return values[0] != values[1]

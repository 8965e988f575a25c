"""Where records belong: the district of the plan and the commune of today that a place lies in.

Since 1/7/2025 a place is a commune of the new province: its district follows by succession. Some
new communes lie across two districts, and some old ones went to several new ones: then a person
says which.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import Area, Scope
from ocop.organisation.succession import Succession, heirs_of_communes
from products.kinds import RecordKind
from products.records.permissions import may_enter


@dataclass(frozen=True)
class Whereabouts:
    """The districts of plans and the communes of today that a place may lie in; one decides."""

    districts: tuple[Unit, ...]
    communes: tuple[Unit, ...]

    def among(self, scope: Scope, kind: RecordKind) -> "Whereabouts":
        """Those for which the person enters this kind of record."""
        every = [(one, commune) for one in self.districts for commune in (*self.communes, None)]
        own = [
            (one, commune)
            for one, commune in every
            if may_enter(scope, kind, Area(one.pk, commune.pk if commune else None))
        ]
        districts = tuple(dict.fromkeys(one for one, _commune in own))
        named = {commune for _one, commune in own}
        return Whereabouts(districts, tuple(one for one in self.communes if one in named))


def whereabouts(place: Unit, succession: Succession, today: date) -> Whereabouts:
    """Empty districts: the place lies outside the area of the plans. A district has no commune."""
    communes = succession.on(place, today) if place.level == UnitLevel.COMMUNE else []
    return Whereabouts(tuple(succession.districts_of(place)), tuple(communes))


def locate(record: Any, place: Unit, district: Unit | None, commune: Unit | None) -> None:
    """Put a record (a product or producer) at a place, in its district of the plan and in the
    commune of today; None for a commune that nobody has named yet."""
    record.place, record.district, record.commune = place, district, commune


def settled_commune(
    place: int | None, commune: int | None, heirs: Mapping[int, frozenset[int]]
) -> int | None:
    """The id of the commune of today of a record at `place`, whose commune was `commune`.

    The one that the place went to; of several the one that was said, or its heir; else None.
    `heirs`: by organisation.succession.
    """
    now = heirs.get(place, frozenset()) if place is not None else frozenset()
    if len(now) == 1:
        return next(iter(now))
    said = heirs.get(commune, frozenset()) if commune is not None else frozenset()
    return next(iter(said)) if len(said) == 1 and (said <= now or not now) else None


def keep_commune(record: Any) -> list[str]:
    """Sets the commune of a record whose place was changed without it; names what changed."""
    commune = settled_commune(record.place_id, record.commune_id, heirs_of_communes())
    if commune == record.commune_id:
        return []
    record.commune_id = commune
    return ["commune"]


def places_to_enter(
    scope: Scope, kind: RecordKind, succession: Succession, today: date
) -> list[Unit]:
    """The communes, former ones included, in which the person enters records of this kind."""
    communes = (one for one in succession.units.values() if one.level == UnitLevel.COMMUNE)
    return [
        one for one in communes if whereabouts(one, succession, today).among(scope, kind).districts
    ]

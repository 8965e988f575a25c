"""Who sees and edits what: one place, used by every page, chart, export, file and command.

A user's scope follows from the memberships active on the day of the request:
committee members, provincial officers and administrators see the whole province; a local
officer sees and edits the own district, or (since 1/7/2025) commune with the communes it was made
of; a user without a membership sees nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from ocop.organisation.choices import Role, UnitLevel
from ocop.organisation.models import Membership, Unit


class Area(NamedTuple):
    """Where a record belongs, by ids: a district of the plan, and the commune of today in it.

    `commune` is None where only the district is known; both are for what is the province's own.
    """

    district: int | None
    commune: int | None = None


PROVINCE = Area(None)
"""What belongs to the province itself."""


def commune_path(district_path: str) -> str:
    """The field path to a record's commune beside the one to its district.

    Of records that belong to a unit of either level it is the same path ("unit_id").
    """
    return district_path.replace("district", "commune")


def holds_everything(unit: Unit | None) -> bool:
    """True for today's province, and for None: all records belong to it, wherever they lie."""
    return unit is None or (unit.level == UnitLevel.PROVINCE and unit.valid_to is None)


def unit_condition(unit: Unit | None, path: str) -> Q:
    """What belongs to a unit, as a filter over the field path to a record's district's id.

    Of a district or commune what lies in it. A province that has ended has what lies in its
    districts, and what belongs to no place; today's (or None) has everything on record.
    """
    if unit is None or holds_everything(unit):
        return Q()
    if unit.level == UnitLevel.COMMUNE:
        return Q(**{commune_path(path): unit.pk})
    if unit.level == UnitLevel.DISTRICT:
        return Q(**{path: unit.pk})
    nowhere = Q(**{f"{path}__isnull": True, f"{commune_path(path)}__isnull": True})
    return Q(**{f"{path}__in": unit.district_ids}) | nowhere


def lies_in(unit: Unit | None, area: Area) -> bool:
    """`unit_condition` for a record that has been read."""
    if unit is None or holds_everything(unit):
        return True
    if unit.level == UnitLevel.PROVINCE:
        return area.district in unit.district_ids or area == PROVINCE
    return unit.pk in area


@dataclass(frozen=True)
class Scope:
    """What one person may see: `everything`, or the districts and communes with these ids.

    `fields` are the fields of work of a provincial officer; entering and verifying follow from
    them and from the districts (products.records.permissions).
    """

    everything: bool = False
    district_ids: frozenset[int] = frozenset()
    commune_ids: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    @property
    def unit_ids(self) -> frozenset[int]:
        """The districts and communes that are the person's own."""
        return self.district_ids | self.commune_ids

    def owns(self, area: Area) -> bool:
        """True if the area is in one of the person's own districts or communes."""
        return area.district in self.district_ids or area.commune in self.commune_ids

    def sees(self, area: Area) -> bool:
        """True if records of that area are visible."""
        return self.everything or self.owns(area)

    def sees_unit(self, unit: Unit) -> bool:
        """True if the figures of that district or commune are visible."""
        return self.everything or unit.pk in self.unit_ids

    def condition(self, path: str) -> Q:
        """The scope as a filter over the field path to a district's id."""
        return Q() if self.everything else self.own(path)

    def own(self, path: str) -> Q:
        """The person's own districts and communes as a filter over the path to a district's id."""
        inside = Q(**{f"{path}__in": self.district_ids})
        if self.commune_ids:
            inside |= Q(**{f"{commune_path(path)}__in": self.commune_ids})
        return inside


SYSTEM = Scope(everything=True, roles=frozenset({Role.ADMINISTRATOR}))
"""The scope of commands that run without a person."""


def memberships_of(user: Any, day: date) -> list[Membership]:
    """What `user` is on `day`; nothing for anonymous and disabled users."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    held = Membership.objects.filter(user=user).active_at(day)
    return list(held.select_related("agency", "unit__parent"))


def memberships_of_request(request: HttpRequest) -> list[Membership]:
    """What the person signed in is today; asked for once a request."""
    if not hasattr(request, "memberships"):
        request.memberships = memberships_of(  # type: ignore[attr-defined]
            request.user, timezone.localdate()
        )
    held: list[Membership] = request.memberships  # type: ignore[attr-defined]
    return held


def scope_of_request(request: HttpRequest) -> Scope:
    """What the person signed in may see today."""
    return scope_from(memberships_of_request(request))


def scope_of(user: Any, day: date) -> Scope:
    """The scope of `user` on `day`; nothing for anonymous, disabled or member-less users."""
    return scope_from(memberships_of(user, day))


def scope_from(memberships: list[Membership]) -> Scope:
    """The scope that these memberships give together."""
    roles = frozenset(membership.role for membership in memberships)
    return Scope(
        everything=bool(roles - {Role.LOCAL}),
        district_ids=_units(memberships, UnitLevel.DISTRICT),
        commune_ids=_units(memberships, UnitLevel.COMMUNE),
        roles=roles,
        fields=frozenset(name for m in memberships if m.role == Role.PROVINCE for name in m.fields),
    )


def _units(memberships: list[Membership], level: str) -> frozenset[int]:
    units = [one.unit for one in memberships if one.unit is not None]
    return frozenset(unit.pk for unit in units if unit.level == level)


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows the way from its records to their district.

    Set `district_path` to the field path of the district's id.
    """

    district_path = "district_id"

    def visible_in(self, scope: Scope) -> Any:
        """The records that `scope` may see."""
        return self.filter(scope.condition(self.district_path))

    def of_unit(self, unit: Unit | None) -> Any:
        """The records of a province, district or commune; all of them for None."""
        return self.filter(unit_condition(unit, self.district_path))

"""Districts of records: which one a place lies in, and for which a person enters records."""

from typing import Any

from ocop.organisation.choices import Role, UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import Area, Scope
from products.kinds import RecordKind
from products.records.permissions import may_enter


def district_over(place: Unit | None) -> Any:
    """The district that a commune lay in, the district itself, or None without a place."""
    if place is None or place.level == UnitLevel.DISTRICT:
        return place
    return place.parent


def districts_to_enter(scope: Scope, kind: RecordKind) -> list[int]:
    """Ids of the districts for which the person enters records of this kind."""
    if Role.PROVINCE not in scope.roles:
        return sorted(scope.district_ids)
    districts = Unit.objects.districts_of_plans()
    return [d for d in districts.values_list("pk", flat=True) if may_enter(scope, kind, Area(d))]

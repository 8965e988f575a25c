"""What a district became on 1/7/2025, and what a commune was made of then."""

from dataclasses import dataclass
from datetime import date

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit, UnitSuccession


@dataclass(frozen=True)
class Territory:
    """`communes`: those of today in a district's territory, or those that a commune was made of;
    since `day`. A commune that lies across districts stands on the page of each."""

    unit: Unit
    communes: list[Unit]
    day: date | None

    @property
    def is_district(self) -> bool:
        return self.unit.level == UnitLevel.DISTRICT


def territory_of(unit: Unit) -> Territory:
    """One query."""
    successions = UnitSuccession.objects.select_related("successor", "predecessor__parent")
    if unit.level == UnitLevel.DISTRICT:
        made = successions.filter(predecessor__parent=unit, successor__valid_to=None)
        units = {one.successor for one in made}
    else:
        made = successions.filter(successor=unit)
        units = {one.predecessor for one in made}
    day = max((one.effective_on for one in made), default=None)
    return Territory(unit, sorted(units, key=lambda one: one.code), day)

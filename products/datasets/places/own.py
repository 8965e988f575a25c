"""Where the records of a local officer lie when the sheet says nothing of their places."""

from ocop.imports.datasets import ImportContext
from ocop.organisation.models import Unit


def own_district(context: ImportContext) -> Unit | None:
    """The district of whoever imports; of an officer of a commune the one that its territory
    belonged to. None where that is several, and for who sees the whole province."""
    if context.scope.everything:
        return None
    own, units = context.scope.unit_ids, context.units
    found = [
        unit
        for unit in units.districts
        if unit.pk in own or any(one.pk in own for one in units.communes.get(unit.pk, ()))
    ]
    return found[0] if len(found) == 1 else None


def own_commune(context: ImportContext) -> Unit | None:
    """The commune of whoever imports; None for who has a district, several units or everything."""
    own = context.scope.unit_ids
    communes = (unit for some in context.units.communes.values() for unit in some)
    return next((unit for unit in communes if {unit.pk} == own), None)

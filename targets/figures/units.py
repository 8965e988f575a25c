"""The units of a plan: the one whose plan it is, and those that take a part in it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import commune_path
from targets.models import Plan


def part_of(unit: Unit) -> int | None:
    """The id by which a district or commune has its own quotas; None for a whole province."""
    return None if unit.level == UnitLevel.PROVINCE else unit.pk


def sub_units(plan: Plan, units: Iterable[Unit]) -> list[Unit]:
    """Those of `units` that take a part in the plan (Plan.sub_unit_level), in their order; the
    person's own where they see none of these: a commune under a plan by districts.

    Of a plan by communes they are today's whatever the day asked for: a record knows the commune
    of today that its place lies in, and no other.
    """
    units = list(units)
    found = [
        unit
        for unit in units
        if unit.level == plan.sub_unit_level and unit.parent_id == plan.unit_id
    ]
    return found or [unit for unit in units if part_of(unit) is not None]


def sub_units_shown(plan: Plan, units: Iterable[Unit], unit: Unit) -> list[Unit]:
    """The units that a table about `unit` lists: the plan's sub-units among `units` for a whole
    province, else `unit` alone."""
    return sub_units(plan, units) if part_of(unit) is None else [unit]


def read_sub_units(plan: Plan) -> list[Unit]:
    """All sub-units of the plan; one query."""
    found = Unit.objects.filter(parent=plan.unit_id, level=plan.sub_unit_level)
    return list(found.filter(valid_to=None) if by_communes(plan) else found)


def by_communes(plan: Plan) -> bool:
    """Whether communes take the parts of the plan, not districts."""
    return bool(plan.sub_unit_level == UnitLevel.COMMUNE)


def by_sub_unit(plan: Plan) -> str:
    """ "By district" or "By commune", as the plan is divided."""
    return _("By commune") if by_communes(plan) else _("By district")


def sub_unit_path(plan: Plan, unit: Unit, path: str) -> str:
    """The field path to the id of the unit, of those shown for `unit` (sub_units_shown), that a
    record lies in, by the path to its district."""
    level = plan.sub_unit_level if part_of(unit) is None else unit.level
    return commune_path(path) if level == UnitLevel.COMMUNE else path


def unit_of_figures(plan: Plan, unit: Unit) -> Unit:
    """Whose figures of the plan are shown to who asks for `unit`: of another province (the one
    that the plan's became a part of) the plan's own."""
    return plan.unit if part_of(unit) is None else unit

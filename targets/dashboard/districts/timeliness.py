"""Districts by how faithfully they report, apart from what they reach: counts, no score."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from ocop.lib.text import vietnamese_sort_key
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery
from targets.confirmations import services
from targets.confirmations.services import Discipline
from targets.figures import links
from targets.figures.overview import Overview


@dataclass(frozen=True)
class Line:
    unit: Unit
    url: str
    ways: Discipline
    here: bool


@dataclass(frozen=True)
class DisciplineTable:
    """`order` is what the address asks for; `columns` are (key in the address, label)."""

    columns: list[tuple[str, str]]
    lines: list[Line]
    order: str


def build(overview: Overview, asked: PageQuery, order: str = "") -> DisciplineTable:
    """The districts that the person may see, as of the overview's day. At most six queries.

    Without `order` ("-" before: falling) they stand in the order of their codes; what is of
    nothing comes last. Raises BadParameter for what is no column.
    """
    columns = [
        ("on_time", _("Quarters confirmed on time / due")),
        ("late", _("Confirmed late")),
        ("missing", _("Not confirmed")),
        ("returned", _("Records returned")),
        ("evidence", _("Records with evidence / all")),
    ]
    key, falling = order.removeprefix("-"), order.startswith("-")
    if order and key not in {"name", *(key for key, _label in columns)}:
        raise BadParameter(_("This list cannot be sorted by “%(sort)s”.") % {"sort": order[:40]})
    districts = [unit for unit in asked.units if unit.level == UnitLevel.DISTRICT]
    day = overview.as_of
    known = services.standings(overview.plan, districts, day)
    ways = services.discipline(districts, day, overview.plan, known)
    lines = [
        Line(
            unit=unit,
            url=links.unit_url(unit, overview.facts),
            ways=ways[unit.pk],
            here=unit.pk == overview.unit.pk,
        )
        for unit in districts
    ]
    if key == "name":
        lines.sort(key=lambda line: vietnamese_sort_key(line.unit.name), reverse=falling)
    elif key:
        lines.sort(key=lambda line: _place(_value(line.ways, key), falling))
    return DisciplineTable(columns, lines, order)


def _value(ways: Discipline, key: str) -> Fraction | None:
    """What a column is ordered by: a count, or the part of a whole; None of nothing."""
    if key == "on_time":
        return Fraction(ways.on_time, ways.due) if ways.due else None
    if key == "evidence":
        return Fraction(ways.with_evidence, ways.records) if ways.records else None
    return Fraction(getattr(ways, key))


def _place(value: Fraction | None, falling: bool) -> tuple[bool, Fraction]:
    if value is None:
        return True, Fraction(0)
    return False, -value if falling else value

"""Districts by the timeliness of their reporting, apart from their results: counts, no score."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from ocop.lib.text import vietnamese_sort_key
from ocop.organisation.models import Unit
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery
from targets.confirmations import ReportingTimeliness, services
from targets.figures import Overview, links, sub_units


@dataclass(frozen=True)
class TimelinessRow:
    unit: Unit
    url: str
    timeliness: ReportingTimeliness
    here: bool


@dataclass(frozen=True)
class TimelinessTable:
    """`order` is what the address asks for; `columns` are (key in the address, label)."""

    columns: list[tuple[str, str]]
    lines: list[TimelinessRow]
    order: str


def build(overview: Overview, query: PageQuery, order: str = "") -> TimelinessTable:
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
    units = sub_units(overview.plan, query.units)
    day = overview.as_of
    known = services.quarter_statuses(overview.plan, units, day)
    timeliness = services.reporting_timeliness(units, day, overview.plan, known)
    lines = [
        TimelinessRow(
            unit=unit,
            url=links.unit_url(unit, overview.facts),
            timeliness=timeliness[unit.pk],
            here=unit.pk == overview.unit.pk,
        )
        for unit in units
    ]
    if key == "name":
        lines.sort(key=lambda line: vietnamese_sort_key(line.unit.name), reverse=falling)
    elif key:
        lines.sort(key=lambda line: _place(_value(line.timeliness, key), falling))
    return TimelinessTable(columns, lines, order)


def _value(timeliness: ReportingTimeliness, key: str) -> Fraction | None:
    """What a column is ordered by: a count, or the part of a whole; None of nothing."""
    if key == "on_time":
        return Fraction(timeliness.on_time, timeliness.due) if timeliness.due else None
    if key == "evidence":
        return (
            Fraction(timeliness.with_evidence, timeliness.records) if timeliness.records else None
        )
    return Fraction(getattr(timeliness, key))


def _place(value: Fraction | None, falling: bool) -> tuple[bool, Fraction]:
    if value is None:
        return True, Fraction(0)
    return False, -value if falling else value

"""Districts against targets as a table: every cell one row of the overview, filtered by address."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ocop.organisation.models import Unit
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery
from targets.choices import State, TargetSection, TargetType
from targets.figures import FigureRow, Overview, current_rows, links, sub_units, wording


@dataclass(frozen=True)
class MatrixFilters:
    """What the address filters by; empty is all."""

    state: str = ""
    section: str = ""
    target: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.state or self.section or self.target)


@dataclass(frozen=True)
class MatrixCell:
    """`asked_for`: it is in the state filtered by, or none is."""

    row: FigureRow
    figure: str
    asked_for: bool


@dataclass(frozen=True)
class MatrixRow:
    unit: Unit
    url: str
    cells: list[MatrixCell]
    here: bool


@dataclass(frozen=True)
class StatusMatrix:
    """`heads` are the province's or district's own rows of the targets shown.

    `states` are (state, word, cells in it) among the targets chosen, whatever state is filtered
    by; `shown` of `total` cells are in it. `sections` and `targets` are (value, word).
    """

    heads: list[FigureRow]
    lines: list[MatrixRow]
    states: list[tuple[str, str, int]]
    sections: list[tuple[str, str]]
    targets: list[tuple[str, str]]
    shown: int
    total: int
    filters: MatrixFilters


def read(query: Mapping[str, str], overview: Overview) -> MatrixFilters:
    """The filters of an address. Raises BadParameter for what is no state, section or target."""
    state, section, target = (query.get(name, "") for name in ("state", "section", "target"))
    if state and state not in State.values:
        raise BadParameter(_("There is no state called “%(state)s”.") % {"state": state[:20]})
    if section and section not in TargetSection.values:
        words = {"section": section[:20]}
        raise BadParameter(_("There is no section called “%(section)s”.") % words)
    if target and target not in {row.code for row in overview.rows}:
        words = {"code": target[:40], "plan": overview.plan.code}
        raise BadParameter(_("The plan %(plan)s has no target “%(code)s”.") % words)
    return MatrixFilters(state, section, target)


def build(overview: Overview, query: PageQuery, filters: MatrixFilters) -> StatusMatrix:
    """The cells of the districts that the person may see. No query.

    With a state: only districts and targets that have a cell in it; their other cells stay, for
    what they say of the district.
    """
    heads = [line.current for line in overview.lines]
    chosen = [row for row in heads if _chosen(row, filters)]
    codes = {row.code for row in chosen}
    units = sub_units(overview.plan, query.units)
    board = [
        (unit, [row for row in current_rows(overview, unit) if row.code in codes]) for unit in units
    ]
    cells = [row for _unit, rows in board for row in rows]
    counts = Counter(row.state for row in cells)
    if filters.state:
        codes = {row.code for row in cells if row.state == filters.state}
    return StatusMatrix(
        heads=[row for row in chosen if row.code in codes],
        lines=[
            _line(overview, unit, [row for row in rows if row.code in codes], filters.state)
            for unit, rows in board
            if not filters.state or any(row.state == filters.state for row in rows)
        ],
        states=[(one.value, str(one.label), counts[one]) for one in State if counts[one]],
        sections=_sections(heads),
        targets=[(row.code, row.short_name) for row in heads],
        shown=counts[filters.state] if filters.state else len(cells),
        total=len(units) * len(heads),
        filters=filters,
    )


def _chosen(row: FigureRow, filters: MatrixFilters) -> bool:
    if filters.section and row.section != filters.section:
        return False
    return not filters.target or row.code == filters.target


def _line(overview: Overview, unit: Unit, rows: list[FigureRow], state: str) -> MatrixRow:
    return MatrixRow(
        unit=unit,
        url=links.unit_url(unit, overview.facts),
        cells=[MatrixCell(row, figure_of(row), not state or row.state == state) for row in rows],
        here=unit.pk == overview.unit.pk,
    )


def figure_of(row: FigureRow) -> str:
    """A count over its quota ("12/10"), a share as its two numbers."""
    result = row.result
    if result.kind == TargetType.SHARE:
        if not result.denominator:
            return "–"
        return wording.share_parts(result.numerator, result.denominator)
    if result.threshold is None:
        return row.actual_text
    return f"{row.actual_text}/{row.threshold_text}"


def _sections(heads: list[FigureRow]) -> list[tuple[str, str]]:
    named = {row.section: str(TargetSection(row.section).label) for row in heads}
    return list(named.items())

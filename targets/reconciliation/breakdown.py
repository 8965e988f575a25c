"""A day's figures by district and rank, with what was published of each beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ocop.organisation.models import Unit
from ocop.web.page_query import PageQuery
from products.choices import RANK_KEYS
from targets.choices import TotalMeasure, TotalScope, TotalState
from targets.figures import links, part_of, plan_at, sub_units, wording
from targets.indicators import DayFigure
from targets.reconciliation.totals import Comparison, Figures

RANKS = list(RANK_KEYS.values())
COLUMNS = {
    TotalScope.VALID: ["total", *RANKS, "producers"],
    TotalScope.BATCH: ["total", *RANKS, "new", "again", "producers"],
}


@dataclass(frozen=True)
class Cell:
    """The record's figure; `published` what was published of it (empty where nothing was), and
    whether that `differs`."""

    label: str
    number: int
    url: str
    published: str = ""
    differs: bool = False


@dataclass(frozen=True)
class Breakdown:
    """One table: its title, the heads of its columns, and (unit, cells) for each row."""

    title: str
    heads: list[str]
    rows: list[tuple[Unit, list[Cell]]]


def asked(query: PageQuery) -> list[DayFigure]:
    """Everything that the tables of the page's day ask of the record."""
    units = units_of(query)
    return [
        _figure(scope, measure, unit, query.as_of)
        for scope, measures in COLUMNS.items()
        for measure in measures
        for unit in units
    ]


def units_of(query: PageQuery) -> list[Unit]:
    """The plan's sub-units and, last, the province asked for; else the unit alone."""
    if part_of(query.unit) is not None:
        return [query.unit]
    plan = plan_at(query.as_of, unit=query.unit)
    return [*(sub_units(plan, query.units) if plan else []), query.unit]


def tables(query: PageQuery, figures: Figures, compared: Sequence[Comparison]) -> list[Breakdown]:
    """What is valid on the day and, where anything was decided on it, what was decided."""
    counts = figures.pending if query.pending else figures.verified
    units = units_of(query)
    made = [_table(scope, query, units, counts, compared) for scope in COLUMNS]
    titles = {cell.number for _unit, cells in made[1].rows for cell in cells}
    return made if titles - {0} else made[:1]


def _table(
    scope: TotalScope,
    query: PageQuery,
    units: list[Unit],
    counts: dict[DayFigure, int],
    compared: Iterable[Comparison],
) -> Breakdown:
    published: dict[DayFigure, list[Comparison]] = {}
    for one in compared:
        if one.figure is not None:
            published.setdefault(one.figure, []).append(one)
    words = {
        TotalScope.VALID: _("Valid products on %(day)s"),
        TotalScope.BATCH: _("Decided on %(day)s"),
    }
    rows = []
    for unit in units:
        figures = [_figure(scope, measure, unit, query.as_of) for measure in COLUMNS[scope]]
        cells = [
            _cell(one, unit, counts.get(one, 0), published.get(one, []), query.pending)
            for one in figures
        ]
        rows.append((unit, cells))
    return Breakdown(
        title=words[scope] % {"day": wording.day(query.as_of)},
        heads=[str(TotalMeasure(measure).label) for measure in COLUMNS[scope]],
        rows=rows,
    )


def _cell(
    one: DayFigure, unit: Unit, number: int, published: list[Comparison], pending: bool
) -> Cell:
    return Cell(
        label=str(TotalMeasure(one.measure).label),
        number=number,
        url=links.day_figure_url(one, unit, pending),
        published=" / ".join(wording.number(each.total.value) for each in published),
        differs=any(each.state == TotalState.DIFFERS for each in published),
    )


def _figure(scope: str, measure: str, unit: Unit, day: date) -> DayFigure:
    return DayFigure(scope, measure, unit, day, day)

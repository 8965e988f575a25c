"""Districts beside each other by their results: counts, shares as their two numbers, no score.

Everything comes out of the overview's rows of each district; ranks stand only where districts can
be compared.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.lib.text import vietnamese_sort_key
from ocop.organisation.models import Unit
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery
from targets.choices import State, TargetType
from targets.figures import (
    FigureRow,
    Overview,
    by_communes,
    current_rows,
    links,
    sub_units,
    wording,
)
from targets.indicators import Measurement


@dataclass(frozen=True)
class RankingCell:
    """One cell. `value` is what it is ordered by, None where it cannot be compared.

    `rank` is 1 for the best of those compared; ties share it, None where there is none.
    """

    text: str
    value: Fraction | None
    url: str = ""
    note: str = ""
    rank: int | None = None


@dataclass(frozen=True)
class RankingColumn:
    """`ranked`: its figures can be compared between districts of any size; `compared` of them
    are."""

    key: str
    label: str
    note: str = ""
    ranked: bool = False
    compared: int = 0


@dataclass(frozen=True)
class RankingRow:
    """A district (or the province, at the foot), with one figure a column."""

    unit: Unit
    url: str
    cells: list[tuple[RankingColumn, RankingCell]]
    here: bool = False

    def value(self, key: str) -> Fraction | None:
        """What the row is ordered by in the column called `key`."""
        return next(figure.value for column, figure in self.cells if column.key == key)


@dataclass(frozen=True)
class DistrictRanking:
    """`total` is the province's own row; None for a person of one district."""

    columns: list[RankingColumn]
    rows: list[RankingRow]
    total: RankingRow | None
    sort: str


def build(overview: Overview, query: PageQuery, sort: str = "") -> DistrictRanking:
    """The districts that the person may see, in the order `sort` asks for ("-" before: falling).

    Without `sort` they stand in the order of their codes. What cannot be compared comes last
    either way. Raises BadParameter for what is no column. No query.
    """
    units = sub_units(overview.plan, query.units)
    board = [_figures(overview, unit) for unit in units]
    columns = [
        replace(column, compared=_rank(board, place)) if column.ranked else column
        for place, column in enumerate(_columns(overview))
    ]
    rows = [
        _row(overview, unit, columns, figures) for unit, figures in zip(units, board, strict=True)
    ]
    whole, total = overview.plan.unit, None
    if whole in query.units:
        total = _row(overview, whole, columns, _figures(overview, whole))
        total = replace(total, url=reverse("overview", query=query.query(unit=total.unit.code)))
    return DistrictRanking(columns, _sorted(rows, columns, sort), total, sort)


def heading(overview: Overview) -> str:
    """The title of the page on which the plan's sub-units stand beside each other."""
    if by_communes(overview.plan):
        return _("Communes beside each other")
    return _("Districts beside each other")


def _measure_rows(rows: list[FigureRow]) -> dict[str, FigureRow]:
    """The first target of each measure that is a column."""
    found: dict[str, FigureRow] = {}
    for row in rows:
        if key := row.indicator.district_column:
            found.setdefault(key, row)
    return found


def _columns(overview: Overview) -> list[RankingColumn]:
    columns = [RankingColumn("valid", _("Valid products"))]
    for key, row in _measure_rows([line.current for line in overview.lines]).items():
        if row.result.kind == TargetType.COUNT:
            label = _("New products %(period)s / quota") % {"period": row.period_label}
            columns.append(RankingColumn(key, label, ranked=True))
        else:
            closed = wording.closed_note(row.result, Measurement())
            note = " · ".join(part for part in (row.threshold_text, closed) if part)
            columns.append(RankingColumn(key, row.short_name, note, ranked=True))
    return [*columns, RankingColumn("met", _("Targets met / with a limit"))]


def _figures(overview: Overview, unit: Unit) -> list[RankingCell]:
    """One figure a column, in the columns' order."""
    rows = current_rows(overview, unit)
    valid = overview.facts.valid_products(unit)
    limited = [row for row in rows if row.result.met is not None and row.state != State.NOT_DUE]
    met = sum(1 for row in limited if row.result.met)
    stock_url = links.stock_url(unit, overview.facts)
    of = f"{wording.number(met)}/{wording.number(len(limited))}"
    return [
        RankingCell(wording.number(valid), Fraction(valid), stock_url),
        *(_figure(row) for row in _measure_rows(rows).values()),
        RankingCell(of, Fraction(met, len(limited))) if limited else RankingCell("–", None),
    ]


def _row(
    overview: Overview, unit: Unit, columns: list[RankingColumn], figures: list[RankingCell]
) -> RankingRow:
    return RankingRow(
        unit=unit,
        url=links.unit_url(unit, overview.facts),
        cells=list(zip(columns, figures, strict=True)),
        here=unit.pk == overview.unit.pk,
    )


def _figure(row: FigureRow) -> RankingCell:
    """A count against its quota, by their ratio; a share where its products are enough."""
    result = row.result
    if row.state == State.NOT_DUE:
        return RankingCell(row.actual_text, None, row.url, _("not due yet"))
    if result.kind == TargetType.COUNT:
        value = result.actual
        if value is None or result.threshold is None:
            return RankingCell(row.actual_text, None, row.url, _("no quota"))
        text = f"{row.actual_text}/{row.threshold_text}"
        if not result.threshold:
            return RankingCell(text, None, row.url, _("a quota of 0"))
        return RankingCell(text, Fraction(value) / result.threshold, row.url)
    if not result.denominator:
        return RankingCell("–", None, row.url, _("no valid product"))
    parts = wording.share_parts(result.numerator, result.denominator)
    if wording.is_small(result.denominator):
        return RankingCell(parts, None, row.url, _("too few for a share"))
    return RankingCell(parts, result.actual, row.url, row.actual_text)


# --- Order ----------------------------------------------------------------------------------------


def _rank(board: list[list[RankingCell]], place: int) -> int:
    """Write ranks into the column at `place` where two districts or more can be compared.

    Returns how many are.
    """
    known = [figures[place].value for figures in board]
    values = [value for value in known if value is not None]
    if len(values) < 2:
        return 0
    for figures in board:
        figure = figures[place]
        if figure.value is not None:
            rank = 1 + sum(1 for value in values if value > figure.value)
            figures[place] = replace(figure, rank=rank)
    return len(values)


def _sorted(rows: list[RankingRow], columns: list[RankingColumn], sort: str) -> list[RankingRow]:
    if not sort:
        return rows
    key, falling = sort.removeprefix("-"), sort.startswith("-")
    if key == "name":
        return sorted(rows, key=lambda row: vietnamese_sort_key(row.unit.name), reverse=falling)
    if key not in {column.key for column in columns}:
        raise BadParameter(_("This list cannot be sorted by “%(sort)s”.") % {"sort": sort[:40]})

    def order(row: RankingRow) -> tuple[bool, Fraction]:
        value = row.value(key)
        if value is None:
            return True, Fraction(0)
        return False, -value if falling else value

    return sorted(rows, key=order)

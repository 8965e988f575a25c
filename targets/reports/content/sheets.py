"""What the workbook beside a report holds: the same rows as plain values, sheet by sheet."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from ocop.web.page_query import PageQuery
from products.choices import RANK_KEYS
from targets.charts import overview_for
from targets.choices import TargetType
from targets.figures import FigureRow, Overview, by_sub_unit, series, wording
from targets.reports.content import records
from targets.reports.content.letterhead import whose_figures
from targets.reports.content.records import ProductRow
from targets.reports.content.tables import districts_of, is_new, title_by_sub_unit, year_of
from targets.reports.language import written_in
from targets.reports.writers import SUM, AnnexSheet, AnnexWorkbook, SheetColumn

MAX_LISTED = 20_000
"""Records on a sheet; the note under a longer list says that it is cut."""


def workbook(query: PageQuery, language: str) -> AnnexWorkbook:
    """The annex of a unit on a day as values; `language` is one of language.LANGUAGES.

    Counts verified records only. NotForYou where no plan is loaded.
    """
    if query.pending:
        raise ValueError("papers count verified records only")
    with translation.override(written_in(language)):
        overview = overview_for(query).with_names_of(query.today)
        sheets = [_targets(overview)]
        if districts_of(overview, query.units):
            sheets.append(_districts(overview, query))
        sheets.append(_groups(overview))
        sheets.append(_valid(overview, query))
        if year := year_of(overview):
            sheets.append(_new(overview, query, year))
        return AnnexWorkbook(written_in(language), sheets)


def _titles(title: str, overview: Overview) -> list[str]:
    line = _("%(unit)s · figures as of %(day)s · verified records only") % {
        "unit": overview.unit.name,
        "day": wording.day(overview.as_of),
    }
    whose = whose_figures(overview.unit, overview.named_on) if overview.named_on else ""
    return [title, line, *filter(None, [whose, overview.ended_text])]


def number(value: Fraction | int | None) -> int | float | None:
    """A whole number where it is one; None stays an empty cell, never 0."""
    if value is None:
        return None
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else float(exact)


# --- Targets --------------------------------------------------------------------------------------


def _targets(overview: Overview) -> AnnexSheet:
    columns = [
        SheetColumn(_("Code"), 17),
        SheetColumn(_("Target"), 36),
        SheetColumn(_("Period"), 12),
        SheetColumn(_("Limit"), 8),
        SheetColumn(_("Aim"), 10),
        SheetColumn(_("Actual"), 12),
        SheetColumn(_("Numerator"), 10),
        SheetColumn(_("Denominator"), 10),
        SheetColumn(_("Missing"), 10),
        SheetColumn(_("Needed a month"), 10),
        SheetColumn(_("Expected by now"), 12),
        SheetColumn(_("In the pipeline"), 12),
        SheetColumn(_("State"), 16),
        SheetColumn(_("Lead agency"), 24),
        SheetColumn(_("Counted at"), 13),
        SheetColumn(_("Share now"), 12),
        SheetColumn(_("Working"), 62),
    ]
    rows = [_target(row) for row in overview.rows]
    return AnnexSheet(
        _("Targets"), _titles(_("Results of the plan's targets"), overview), columns, rows
    )


def _target(row: FigureRow) -> list[Any]:
    """A share's actual is the text shown, which never contradicts whether the limit is met."""
    result = row.result
    share = result.kind == TargetType.SHARE
    return [
        row.code,
        row.name,
        row.period_label,
        number(result.threshold),
        number(result.aim),
        row.actual_text if share else number(result.actual),
        result.numerator,
        result.denominator,
        result.gap,
        row.pace.a_month if row.pace else None,
        None if result.expected is None or result.closed else float(round(result.expected, 1)),
        row.pipeline,
        row.state_label,
        row.lead_agency,
        result.counted_at,
        row.now_text or None,
        row.explanation,
    ]


# --- Districts, groups ----------------------------------------------------------------------------


def _rank_columns() -> list[SheetColumn]:
    return [SheetColumn(str(rank.label), 11, SUM) for rank in RANK_KEYS]


def _ranks(counts: dict[str, int]) -> list[int]:
    return [counts.get(key, 0) for key in RANK_KEYS.values()]


def _districts(overview: Overview, query: PageQuery) -> AnnexSheet:
    year = year_of(overview)
    columns = [
        SheetColumn(_("Code"), 9),
        SheetColumn(overview.plan.sub_unit_label, 26),
        SheetColumn(_("Total"), 11, SUM),
        *_rank_columns(),
        *([SheetColumn(_("New in %(year)s") % {"year": year}, 13, SUM)] if year else []),
        SheetColumn(_("Traceability"), 15, SUM),
        SheetColumn(_("E-commerce floor"), 15, SUM),
    ]
    rows = []
    for unit in districts_of(overview, query.units):
        held = overview.facts.stock(unit)
        found = overview.rows_for(unit)
        shares = [
            wording.level_of(row.result, row.reading)[0]
            for row in found
            if row.result.kind == TargetType.SHARE
        ]
        new = [row.reading.value for row in found if is_new(row.indicator) and row.period == year]
        rows.append([unit.code, unit.name, held["total"], *_ranks(held), *new, *shares])
    title = title_by_sub_unit(overview)
    return AnnexSheet(
        by_sub_unit(overview.plan), _titles(title, overview), columns, rows, _("Total")
    )


def _groups(overview: Overview) -> AnnexSheet:
    columns = [
        SheetColumn(_("Product group"), 52),
        SheetColumn(_("Total"), 11, SUM),
        *_rank_columns(),
    ]
    rows: list[list[Any]] = [
        [name or _("No product set recorded"), sum(counts.values()), *_ranks(counts)]
        for name, counts in series.by_group(overview)
    ]
    title = _("Valid products by product group")
    return AnnexSheet(_("By group"), _titles(title, overview), columns, rows, _("Total"))


# --- Products -------------------------------------------------------------------------------------


def _valid(overview: Overview, query: PageQuery) -> AnnexSheet:
    lines = records.valid_products(query, MAX_LISTED + 1)
    title = _("OCOP products valid on %(day)s") % {"day": wording.day(overview.as_of)}
    return _products(_("Valid products"), _titles(title, overview), lines)


def _new(overview: Overview, query: PageQuery, year: str) -> AnnexSheet:
    lines = records.new_products(query, int(year), MAX_LISTED + 1)
    title = _("Products newly recognised in %(year)s") % {"year": year}
    return _products(_("New in %(year)s") % {"year": year}, _titles(title, overview), lines)


def _products(name: str, titles: list[str], lines: Sequence[ProductRow]) -> AnnexSheet:
    """A row a product; 1 in the columns that are added up, so that a filter adds what it shows."""
    columns = [
        SheetColumn(_("Product"), 40),
        SheetColumn(_("Producer"), 36),
        SheetColumn(_("Place"), 22),
        SheetColumn(_("District"), 22),
        SheetColumn(_("Product group"), 30),
        SheetColumn(_("Rank"), 16),
        SheetColumn(_("Decision"), 20),
        SheetColumn(_("Decided on"), 13),
        SheetColumn(_("Valid until"), 13),
        SheetColumn(_("Total"), 9, SUM),
        *_rank_columns(),
        SheetColumn(_("Traceability"), 13, SUM),
        SheetColumn(_("E-commerce floor"), 13, SUM),
    ]
    note = ""
    if len(lines) > MAX_LISTED:
        note = _("Only the first %(n)s products are listed.") % {"n": wording.number(MAX_LISTED)}
    rows = [_product(line) for line in lines[:MAX_LISTED]]
    return AnnexSheet(name, titles, columns, rows, _("Total"), note)


def _product(line: ProductRow) -> list[Any]:
    return [
        line.name,
        line.producer,
        line.place,
        line.district,
        line.group,
        line.rank_label,
        line.decision,
        line.decided_on,
        line.valid_until,
        1,
        *(1 if key == line.rank else None for key in RANK_KEYS.values()),
        1 if line.traced else None,
        1 if line.sold else None,
    ]

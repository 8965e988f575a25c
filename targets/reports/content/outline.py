"""The outline of a report, shown on the page before it is written."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from ocop.web.page_query import PageQuery
from targets.figures import Overview, state_counts, wording
from targets.reports.content import prose
from targets.reports.content.tables import districts_of, is_new, results_by_sub_unit, year_of


class ReportPart(NamedTuple):
    """A part of the papers: its title, and what stands in it."""

    title: str
    holds: str


def summary(overview: Overview) -> list[str]:
    """The report's own first sentences."""
    return [prose.stock(overview), prose.states(state_counts(overview.lines))]


def parts(overview: Overview, query: PageQuery) -> list[ReportPart]:
    """Sections and annexes in their order, with how much each lists."""
    found = [
        ReportPart(
            _("General results"), _("table of all targets, chart of the stock, product groups")
        ),
        ReportPart(
            _("Results by target"),
            _("a paragraph for each of the %(n)s targets, charts against their limits")
            % {"n": wording.number(len(overview.lines))},
        ),
    ]
    if districts := districts_of(overview, query.units):
        text = _("table and chart of the %(n)s units")
        found.append(
            ReportPart(results_by_sub_unit(overview), text % {"n": wording.number(len(districts))})
        )
    found += [
        ReportPart(_("What lies ahead"), _("certificates that end in the coming 12 months")),
        ReportPart(_("How the figures are counted"), _("rules and readings behind the figures")),
    ]
    listed = []
    if year := year_of(overview):
        title = _("Products newly recognised in %(year)s") % {"year": year}
        listed.append((title, _new_in(overview, year)))
    title = _("OCOP products valid on %(day)s") % {"day": wording.day(overview.as_of)}
    listed.append((title, overview.stock["total"]))
    for number, (title, n) in zip(("I", "II"), listed, strict=False):
        annex = _("Annex %(number)s") % {"number": number}
        found.append(ReportPart(annex, f"{title}: {prose.products(n)}"))
    return found


def _new_in(overview: Overview, year: str) -> int:
    return sum(
        row.reading.value or 0
        for row in overview.rows
        if is_new(row.indicator) and row.period == year
    )

"""The page of published totals: which are shown, how they stand, what explains a difference."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery
from ocop.web.pagination import page_of
from targets.choices import TotalState
from targets.reconciliation import breakdown, reasons, totals
from targets.reconciliation.breakdown import Breakdown

UNDATED = "none"


@dataclass(frozen=True)
class TotalsPage:
    """`years` are those that totals were published for, `counts` how many stand in which state;
    `page` holds the comparisons shown, `tables` the break-down of the page's day."""

    years: list[str]
    year: str
    state: str
    counts: list[tuple[str, str, int]]
    page: Page
    tables: list[Breakdown]
    total: int


def build(request: HttpRequest, query: PageQuery, scope: Scope, works: bool) -> TotalsPage:
    """The totals of the unit and year asked for, compared; BadParameter for another choice.

    The number of queries does not grow with totals or products.
    """
    found = totals.totals_of(scope, query.unit, query.units)
    years = sorted({_year(one) for one in found}, reverse=True)
    year, state = request.GET.get("year", ""), request.GET.get("state", "")
    _refuse_unknown(year, [*years, ""], _("Year"))
    _refuse_unknown(state, [*TotalState.values, ""], _("State"))
    units = totals.kept_for(query.units)
    asked = totals.figures_asked(found, units) | set(breakdown.asked(query))
    figures = totals.Figures.read(asked)
    compared = totals.compare(found, figures, units, query.today)
    of_year = [one for one in compared if not year or _year(one.total) == year]
    by_state = Counter(one.state.value for one in of_year)
    shown = [one for one in of_year if not state or one.state == state]
    page = page_of(request, shown)  # type: ignore[arg-type]
    reasons.explain(page.object_list, compared, figures.decided, works)
    return TotalsPage(
        years=years,
        year=year,
        state=state,
        counts=[(one.value, str(one.label), by_state[one.value]) for one in TotalState],
        page=page,
        tables=breakdown.tables(query, figures, compared),
        total=len(found),
    )


def _year(total: Any) -> str:
    """The year a total was published for; UNDATED for none."""
    return str(total.day.year) if total.day else UNDATED


def _refuse_unknown(value: str, known: list[str], name: str) -> None:
    if value not in known:
        words = {"value": value[:40], "name": name}
        raise BadParameter(_("“%(value)s” cannot be used for “%(name)s”.") % words)

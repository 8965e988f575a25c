"""Charts by name; a new chart is a view class entered here.

CHARTS stand on the overview, FURTHER_CHARTS on pages of their own.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ocop.web.errors import NotForYou
from ocop.web.page_query import PageQuery
from targets.charts.base import ChartView
from targets.charts.forecast import Forecast, ForecastShares
from targets.charts.progress import IntellectualProperty, NewProducts, Stock
from targets.charts.shares import Districts, Groups, Heat, Shares
from targets.charts.target import Course
from targets.choices import Kind
from targets.figures.overview import Overview
from targets.figures.selection import Chosen
from targets.progress.events import Step

CHARTS: dict[str, type[ChartView]] = {
    "new-products": NewProducts,
    "stock": Stock,
    "ip": IntellectualProperty,
    "shares": Shares,
    "districts": Districts,
    "groups": Groups,
    "heat": Heat,
}
"""Those of the overview, in its order."""

OF_ONE_TARGET: dict[str, type[ChartView]] = {"target": Course}
"""Those that also ask which target: `code`, and `period` of a yearly one."""

COUNT_COURSE = gettext_lazy("Counted by each month's end, against the limit and what was expected")
SHARE_COURSE = gettext_lazy("Lighter part: if no certificate is renewed and nothing is added")

FURTHER_CHARTS: dict[str, type[ChartView]] = {
    "forecast": Forecast,
    "forecast-shares": ForecastShares,
}
"""Those of the forecast."""


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart's JSON; a name that is not a chart's is not found."""
    view = (CHARTS | OF_ONE_TARGET | FURTHER_CHARTS).get(name)
    if view is None:
        raise NotForYou(_("There is no chart called “%(name)s”.") % {"name": name[:40]})
    return view.as_view()(request)


def cards(overview: Overview, wanted: PageQuery) -> list[dict[str, Any]]:
    """The charts as the overview shows them, their JSON sent along so that none is fetched."""
    return [
        {
            "name": name,
            "title": view.title,
            "subtitle": view.subtitle,
            "url": reverse("chart", args=[name], query=wanted.query()),
            "payload": view().drawn(overview, wanted),
        }
        for name, view in CHARTS.items()
    ]


def target_card(
    overview: Overview, wanted: PageQuery, chosen: Chosen, steps: Iterable[Step]
) -> dict[str, Any]:
    """The chart of one target as a page shows it, its JSON sent along.

    `steps` are those of `step_sources.steps_of` for the day and unit of the overview.
    """
    row = chosen.row
    share = row.result.kind == Kind.SHARE
    return {
        "name": f"target-{row.code}-{row.period}",
        "title": Course.title,
        "subtitle": SHARE_COURSE if share else COUNT_COURSE,
        "url": reverse(
            "chart", args=["target"], query=wanted.query(code=row.code, period=row.period)
        ),
        "payload": Course().of(overview, wanted, chosen, steps),
    }

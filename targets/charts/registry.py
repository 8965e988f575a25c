"""Charts by name; a new chart is a view class entered here.

CHARTS stand on the overview, FURTHER_CHARTS on pages of their own.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ocop.web.errors import NotForYou
from ocop.web.page_query import PageQuery
from targets.charts.base import ChartView, subtitle_of
from targets.charts.forecast import Forecast, ForecastShares
from targets.charts.progress import IntellectualProperty, NewProducts, Stock
from targets.charts.shares import Districts, Groups, Shares, StatusMatrixChart
from targets.charts.target import TrajectoryChart
from targets.choices import TargetType
from targets.figures import Overview, SelectedTarget

CHARTS: dict[str, type[ChartView]] = {
    "new-products": NewProducts,
    "stock": Stock,
    "ip": IntellectualProperty,
    "shares": Shares,
    "districts": Districts,
    "groups": Groups,
    "heat": StatusMatrixChart,
}
"""Those of the overview, in its order."""

TARGET_CHARTS: dict[str, type[ChartView]] = {"target": TrajectoryChart}
"""Those that also ask which target: `code`, and `period` of a yearly one."""

COUNT_TRAJECTORY = gettext_lazy(
    "Counted by each month's end, against the limit and what was expected"
)
SHARE_TRAJECTORY = gettext_lazy("Lighter part: if no certificate is renewed and nothing is added")

FURTHER_CHARTS: dict[str, type[ChartView]] = {
    "forecast": Forecast,
    "forecast-shares": ForecastShares,
}
"""Those of the forecast."""


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart's JSON; a name that is not a chart's is not found."""
    view = (CHARTS | TARGET_CHARTS | FURTHER_CHARTS).get(name)
    if view is None:
        raise NotForYou(_("There is no chart called “%(name)s”.") % {"name": name[:40]})
    return view.as_view()(request)


def cards(overview: Overview, query: PageQuery) -> list[dict[str, Any]]:
    """The charts as the overview shows them, their JSON sent along so that none is fetched."""
    payloads = {name: view().payload_of(overview, query) for name, view in CHARTS.items()}
    return [
        {
            "name": name,
            "title": view.title,
            "subtitle": subtitle_of(view.subtitle, payloads[name]),
            "url": reverse("chart", args=[name], query=query.query()),
            "payload": payloads[name],
        }
        for name, view in CHARTS.items()
    ]


def target_card(overview: Overview, query: PageQuery, chosen: SelectedTarget) -> dict[str, Any]:
    """The chart of one target as a page shows it, its JSON sent along."""
    row = chosen.row
    share = row.result.kind == TargetType.SHARE
    payload = TrajectoryChart().of(overview, query, chosen)
    return {
        "name": f"target-{row.code}-{row.period}",
        "title": TrajectoryChart.title,
        "subtitle": subtitle_of(SHARE_TRAJECTORY if share else COUNT_TRAJECTORY, payload),
        "url": reverse(
            "chart", args=["target"], query=query.query(code=row.code, period=row.period)
        ),
        "payload": payload,
    }

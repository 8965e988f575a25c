"""Charts by name; a new chart is a view class entered here.

CHARTS stand on the overview, FURTHER_CHARTS on pages of their own.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.asked import Asked
from ocop.errors import NotForYou
from targets.chart_base import ChartView
from targets.chart_forecast import Forecast, ForecastShares
from targets.chart_progress import IntellectualProperty, NewProducts, Stock
from targets.chart_shares import Districts, Groups, Heat, Shares
from targets.overview import Overview

CHARTS: dict[str, type[ChartView]] = {
    "new-products": NewProducts,
    "stock": Stock,
    "ip": IntellectualProperty,
    "shares": Shares,
    "districts": Districts,
    "groups": Groups,
    "heat": Heat,
}
FURTHER_CHARTS: dict[str, type[ChartView]] = {
    "forecast": Forecast,
    "forecast-shares": ForecastShares,
}


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart's JSON; a name that is not a chart's is not found."""
    found = CHARTS.get(name) or FURTHER_CHARTS.get(name)
    if found is None:
        raise NotForYou(_("There is no chart called “%(name)s”.") % {"name": name[:40]})
    return found.as_view()(request)


def cards(overview: Overview, wanted: Asked) -> list[dict[str, Any]]:
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

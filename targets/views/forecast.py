"""What lies ahead: the forecast of stock and shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop.asked import Asked, asked
from targets import attention, forecast_words, needs, outlook
from targets.chart_base import overview_for
from targets.chart_forecast import AheadView, Forecast, ForecastShares
from targets.durations import summary
from targets.outlook import Outlook

ON_THE_PAGE: dict[str, type[AheadView]] = {
    "forecast": Forecast,
    "forecast-shares": ForecastShares,
}


@require_safe
def forecast_page(request: HttpRequest) -> HttpResponse:
    """The 36 months after the day asked for, if the chosen share of certificates is renewed."""
    wanted = asked(request)
    percent = outlook.read_renewal(request.GET.get("renewal", ""))
    ahead = outlook.build(overview_for(wanted), percent)
    lasts = needs.lasting(ahead.overview)
    context = {
        "asked": wanted,
        "ahead": ahead,
        "steps": (0, 25, 50, 75, 100),
        "fall": forecast_words.fall_sentence(ahead),
        "cliffs": _cliffs(ahead, wanted),
        "shares": [(share, forecast_words.share_sentence(share, ahead)) for share in ahead.shares],
        "needs": [forecast_words.need_line(need, ahead) for need in needs.needs(ahead, lasts)],
        "steps_by_kind": forecast_words.steps_table(lasts),
        "ratings_last": forecast_words.lasting_text(summary(lasts.ratings)),
        "charts": _cards(ahead, wanted),
    }
    return render(request, "forecast/forecast.html", context)


def _cliffs(ahead: Outlook, wanted: Asked) -> list[tuple[str, str]]:
    """(sentence, the products whose certificates end that day)."""
    return [
        (
            attention.ending_text(number, day),
            reverse("product-list", query=wanted.query(ends_on=day.isoformat())),
        )
        for day, number in ahead.cliffs
    ]


def _cards(ahead: Outlook, wanted: Asked) -> list[dict[str, Any]]:
    query = wanted.query(renewal=str(ahead.percent))
    return [
        {
            "name": name,
            "title": view.title,
            "subtitle": view.subtitle,
            "url": reverse("chart", args=[name], query=query),
            "payload": view().drawn_ahead(ahead, wanted),
        }
        for name, view in ON_THE_PAGE.items()
    ]

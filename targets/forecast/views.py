"""What lies ahead: the forecast of stock and shares."""

import io
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop.web.downloads import attachment
from ocop.web.page_query import PageQuery, page_query
from ocop.web.pagination import page_of
from products.certificates import RenewalTerms
from products.scoring import renewal_terms
from targets import attention
from targets.charts import (
    Forecast,
    ForecastShares,
    ProjectionChart,
    overview_for,
    subtitle_of,
)
from targets.figures import Overview
from targets.forecast import notices, projection, required_pace, wording
from targets.forecast.durations import summarise
from targets.forecast.projection import Projection
from targets.reports.content import notice_letters as letters_of_month
from targets.reports.writers import letters

ON_THE_PAGE: dict[str, type[ProjectionChart]] = {
    "forecast": Forecast,
    "forecast-shares": ForecastShares,
}


@require_safe
def forecast_page(request: HttpRequest) -> HttpResponse:
    """The 36 months after the day asked for, if the chosen share of certificates is renewed."""
    query = page_query(request)
    percent = projection.read_renewal(request.GET.get("renewal", ""))

    @cache
    def parts() -> dict[str, Any]:
        return _parts(request, query, percent)

    return render(request, "targets/forecast/forecast.html", {"query": query, "parts": parts})


def _parts(request: HttpRequest, query: PageQuery, percent: int) -> dict[str, Any]:
    projected = projection.build(overview_for(query), percent)
    lead_times, terms = required_pace.lead_times(projected.overview), renewal_terms()
    return {
        "projected": projected,
        "steps": (0, 25, 50, 75, 100),
        "days_left": wording.days_left(projected),
        "cliffs": _cliffs(projected, query, terms),
        "shares": [
            (share, wording.level_text(share), wording.share_sentence(share, projected))
            for share in projected.shares
        ],
        "required_paces": [
            wording.required_pace_row(required, projected)
            for required in required_pace.required_paces(projected, lead_times)
        ],
        "durations_by_kind": wording.stage_durations(lead_times),
        "ratings_last": wording.duration_text(summarise(lead_times.ratings)),
        "charts": _cards(projected, query),
        **_notices(request, projected.overview, query, terms),
    }


def _notices(
    request: HttpRequest, overview: Overview, query: PageQuery, terms: RenewalTerms
) -> dict[str, Any]:
    """The certificates whose holders are to file again, of the month chosen."""
    month = notices.read_month(request.GET.get("month", ""))
    counted = notices.counts(overview, terms, month, query.units)
    shown = page_of(request, notices.certificates_ending(overview, terms, month), counted.total)
    shown.object_list = list(shown.object_list)
    params = query.query(month=month.code if month else None)
    return {
        "month": month,
        "counted": counted,
        "page_obj": shown,
        "pages_shown": shown.paginator.get_elided_page_range(shown.number, on_each_side=2),
        "groups": notices.groups(overview, terms, counted, shown.object_list),
        "xlsx_url": reverse("forecast-xlsx", query=params),
        "letters_url": reverse("forecast-letters", query=params) if month and counted.total else "",
        "csv_url": reverse("forecast-csv", query=params),
    }


@require_safe
def certificates(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The same certificates as a workbook or a text file."""
    overview, month = (
        overview_for(page_query(request)),
        notices.read_month(request.GET.get("month", "")),
    )
    stream = io.BytesIO()
    notices.write_list(overview, renewal_terms(), month, stream, fmt)
    name = notices.file_name(overview, month, "giay-chung-nhan-het-han", fmt)
    return attachment(request, stream, name)


@require_safe
def notice_letters(request: HttpRequest) -> HttpResponseBase:
    """One letter a producer for the certificates of the month chosen, in one Word file."""
    query, month = page_query(request), notices.read_month(request.GET.get("month", ""))
    overview = overview_for(query)
    written = letters_of_month.letters(overview, month, query.today)
    stream, by = io.BytesIO(), letters_of_month.sender(overview.unit, query.today)
    whose = letters_of_month.whose_records(overview.unit, query.today)
    letters.write(written, by, overview.as_of, stream, whose)
    name = notices.file_name(overview, month, "thu-bao-het-han", "docx")
    return attachment(request, stream, name)


def _cliffs(projected: Projection, query: PageQuery, terms: RenewalTerms) -> list[tuple[str, str]]:
    """(sentence, the products whose certificates end that day)."""
    return [
        (
            attention.ending_text(number, day, terms),
            reverse("product-list", query=query.query(ends_on=day.isoformat())),
        )
        for day, number in projected.cliffs
    ]


def _cards(projected: Projection, query: PageQuery) -> list[dict[str, Any]]:
    params = query.query(renewal=str(projected.percent))
    payloads = {
        name: view().payload_of_projection(projected, query) for name, view in ON_THE_PAGE.items()
    }
    return [
        {
            "name": name,
            "title": view.title,
            "subtitle": subtitle_of(view.subtitle, payloads[name]),
            "url": reverse("chart", args=[name], query=params),
            "payload": payloads[name],
        }
        for name, view in ON_THE_PAGE.items()
    ]

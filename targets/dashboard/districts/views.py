"""The pages of districts: side by side, and one for itself."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop.web.page_query import PageQuery, page_query, read_unit
from ocop.web.quick_days import meeting_days_of_request
from targets.charts import overview_for
from targets.dashboard.districts import page, ranking, status_matrix, timeliness
from targets.figures import by_section, part_of, state_counts, wording


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Districts beside each other: results, discipline, then target by target."""
    return _districts(request, page_query(request))


def _districts(request: HttpRequest, query: PageQuery) -> HttpResponse:
    @cache
    def parts() -> dict[str, Any]:
        return _list_parts(request, query)

    return render(
        request, "targets/dashboard/districts/list.html", {"query": query, "parts": parts}
    )


def _list_parts(request: HttpRequest, query: PageQuery) -> dict[str, Any]:
    built = overview_for(query)
    sort, order = request.GET.get("sort", ""), request.GET.get("order", "")
    return {
        "overview": built,
        "heading": ranking.heading(built),
        "ranking": ranking.build(built, query, sort),
        "sort": sort,
        "order": order,
        "small": wording.SMALL,
        "timeliness": timeliness.build(built, query, order),
        "status_matrix": status_matrix.build(built, query, status_matrix.read(request.GET, built)),
    }


@require_safe
def unit_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One district; the province's own code shows the districts beside each other.

    Another unit chosen at the top of the page leads to that unit's page.
    """
    query = page_query(request, of_unit=code)
    other = request.GET.get("unit", "").strip()
    if other and other != code:
        params = request.GET.copy()
        del params["unit"]
        named = read_unit(other, query.units, query.as_of)
        return redirect(reverse("unit-detail", args=[named.code], query=params))
    if part_of(query.unit) is None:
        return _districts(request, query)

    @cache
    def parts() -> dict[str, Any]:
        built = overview_for(query)
        meetings = [day for day, _label in meeting_days_of_request(request)]
        return {
            "overview": built,
            "sections": by_section(built.lines),
            "counts_by_state": state_counts(built.lines),
            "page": page.build(built, query, meetings),
        }

    return render(
        request, "targets/dashboard/districts/detail.html", {"query": query, "parts": parts}
    )

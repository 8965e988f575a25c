"""The pages of districts: side by side, and one for itself."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop.organisation.choices import UnitLevel
from ocop.web.page_query import PageQuery, page_query, read_unit
from targets.charts.base import overview_for
from targets.dashboard.districts import page, ranking, status_matrix, timeliness
from targets.figures import overview, wording


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Districts beside each other: results, discipline, then target by target."""
    return _districts(request, page_query(request))


def _districts(request: HttpRequest, wanted: PageQuery) -> HttpResponse:
    @cache
    def parts() -> dict[str, Any]:
        return _list_parts(request, wanted)

    return render(request, "units/list.html", {"asked": wanted, "parts": parts})


def _list_parts(request: HttpRequest, wanted: PageQuery) -> dict[str, Any]:
    built = overview_for(wanted)
    sort, order = request.GET.get("sort", ""), request.GET.get("order", "")
    return {
        "overview": built,
        "league": ranking.build(built, wanted, sort),
        "sort": sort,
        "order": order,
        "small": wording.SMALL,
        "discipline": timeliness.build(built, wanted, order),
        "heat": status_matrix.build(built, wanted, status_matrix.read(request.GET, built)),
    }


@require_safe
def unit_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One district; the province's own code shows the districts beside each other.

    Another unit chosen at the top of the page leads to that unit's page.
    """
    wanted = page_query(request, of_unit=code)
    other = request.GET.get("unit", "").strip()
    if other and other != code:
        query = request.GET.copy()
        del query["unit"]
        return redirect(
            reverse("unit-detail", args=[read_unit(other, wanted.units).code], query=query)
        )
    if wanted.unit.level == UnitLevel.PROVINCE:
        return _districts(request, wanted)

    @cache
    def parts() -> dict[str, Any]:
        built = overview_for(wanted)
        return {
            "overview": built,
            "sections": overview.by_section(built.lines),
            "counts_by_state": overview.state_counts(built.lines),
            "page": page.build(built, wanted),
        }

    return render(request, "units/detail.html", {"asked": wanted, "parts": parts})

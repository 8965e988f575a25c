"""The pages of districts: side by side, and one for itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop.asked import Asked, asked, read_unit
from ocop.organisation.choices import UnitLevel
from targets import discipline_table, district_page, heat_table, league, overview, wording
from targets.chart_base import overview_for


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Districts beside each other: results, discipline, then target by target."""
    return _districts(request, asked(request))


def _districts(request: HttpRequest, wanted: Asked) -> HttpResponse:
    built = overview_for(wanted)
    sort, order = request.GET.get("sort", ""), request.GET.get("order", "")
    context = {
        "asked": wanted,
        "overview": built,
        "league": league.build(built, wanted, sort),
        "sort": sort,
        "order": order,
        "small": wording.SMALL,
        "discipline": wanted.keep(
            "discipline", lambda: discipline_table.build(built, wanted, order)
        ),
        "heat": heat_table.build(built, wanted, heat_table.read(request.GET, built)),
    }
    return render(request, "units/list.html", context)


@require_safe
def unit_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One district; the province's own code shows the districts beside each other.

    Another unit chosen at the top of the page leads to that unit's page.
    """
    wanted = asked(request, of_unit=code)
    other = request.GET.get("unit", "").strip()
    if other and other != code:
        query = request.GET.copy()
        del query["unit"]
        return redirect(
            reverse("unit-detail", args=[read_unit(other, wanted.units).code], query=query)
        )
    if wanted.unit.level == UnitLevel.PROVINCE:
        return _districts(request, wanted)
    built = overview_for(wanted)
    context = {
        "asked": wanted,
        "overview": built,
        "sections": overview.by_section(built.lines),
        "counts_by_state": overview.state_counts(built.lines),
        "page": wanted.keep("district", lambda: district_page.build(built, wanted)),
    }
    return render(request, "units/detail.html", context)

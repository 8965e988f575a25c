"""The page of one target."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.organisation.scope import scope_of_request
from ocop.web.page_query import PageQuery, page_query
from targets.charts.base import overview_for
from targets.committee.meetings import days
from targets.dashboard.target import changes
from targets.dashboard.target import page as target_page
from targets.figures.events import steps_of
from targets.figures.selection import choose


@require_safe
def target_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A target of the plan in one window: its working, course, districts, pipeline, changes."""
    wanted = page_query(request)

    @cache
    def parts() -> dict[str, Any]:
        return _parts(request, wanted, code)

    return render(request, "targets/target.html", {"asked": wanted, "parts": parts})


def _parts(request: HttpRequest, wanted: PageQuery, code: str) -> dict[str, Any]:
    """What the page shows, where it is not in the cache."""
    built = overview_for(wanted)
    chosen = choose(built, code, request.GET.get("period", ""))
    meetings = [day for day, _label in days.held(scope_of_request(request))]
    since = changes.since_asked(request.GET.get("since", ""), wanted.as_of, meetings)
    steps = steps_of(chosen.target, chosen.window, wanted.as_of, wanted.unit, wanted.pending)
    whole, page = request.GET.get("list", ""), request.GET.get("page", "")
    return {
        "overview": built,
        "row": chosen.row,
        "line": chosen.line,
        "target": chosen.target,
        "page": target_page.build(built, wanted, chosen, steps),
        "changes": changes.show(built, wanted, chosen, steps, since, whole=whole, page=page),
    }

"""The page of one target."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.asked import Asked, asked
from targets import change_lines, target_page
from targets.chart_base import overview_for
from targets.chosen import Chosen, choose
from targets.overview import Overview
from targets.step_sources import steps_of


@require_safe
def target_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A target of the plan in one window: its working, course, districts, pipeline, changes."""
    wanted = asked(request)
    built = overview_for(wanted)
    chosen = choose(built, code, request.GET.get("period", ""))
    context = {
        "asked": wanted,
        "overview": built,
        "row": chosen.row,
        "line": chosen.line,
        "target": chosen.target,
        **wanted.keep("target", lambda: _parts(request, wanted, built, chosen)),
    }
    return render(request, "targets/target.html", context)


def _parts(request: HttpRequest, wanted: Asked, built: Overview, chosen: Chosen) -> dict[str, Any]:
    """The page's parts that ask for records of their own."""
    since = change_lines.since_asked(request.GET.get("since", ""), wanted)
    steps = steps_of(chosen.target, chosen.window, wanted.as_of, wanted.unit, wanted.pending)
    whole, page = request.GET.get("list", ""), request.GET.get("page", "")
    return {
        "page": target_page.build(built, wanted, chosen, steps),
        "changes": change_lines.show(built, wanted, chosen, steps, since, whole=whole, page=page),
    }

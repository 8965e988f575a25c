"""The page of one target."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.asked import asked
from targets import change_lines, target_page
from targets.chart_base import overview_for
from targets.chosen import choose
from targets.step_sources import steps_of


@require_safe
def target_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A target of the plan in one window: its working, course, districts, pipeline, changes."""
    wanted = asked(request)
    built = overview_for(wanted)
    chosen = choose(built, code, request.GET.get("period", ""))
    since = change_lines.since_asked(request.GET.get("since", ""), wanted)
    steps = steps_of(chosen.target, chosen.window, wanted.as_of, wanted.unit, wanted.pending)
    context = {
        "asked": wanted,
        "overview": built,
        "row": chosen.row,
        "line": chosen.line,
        "target": chosen.target,
        "page": target_page.build(built, wanted, chosen, steps),
        "changes": change_lines.show(
            built,
            wanted,
            chosen,
            steps,
            since,
            whole=request.GET.get("list", ""),
            page=request.GET.get("page", ""),
        ),
    }
    return render(request, "targets/target.html", context)

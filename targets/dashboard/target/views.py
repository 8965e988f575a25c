"""The page of one target."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.web.page_query import PageQuery, page_query
from ocop.web.quick_days import meeting_days_of_request
from targets.charts import overview_for
from targets.dashboard.target import changes
from targets.dashboard.target import page as target_page
from targets.figures import select_target


@require_safe
def target_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A target of the plan in one window: its working, course, districts, pipeline, changes."""
    query = page_query(request)

    @cache
    def parts() -> dict[str, Any]:
        return _parts(request, query, code)

    return render(request, "targets/dashboard/target/target.html", {"query": query, "parts": parts})


def _parts(request: HttpRequest, query: PageQuery, code: str) -> dict[str, Any]:
    """What the page shows, where it is not in the cache."""
    built = overview_for(query)
    chosen = select_target(built, code, request.GET.get("period", ""))
    meetings = [day for day, _label in meeting_days_of_request(request)]
    since = changes.read_since(request.GET.get("since", ""), query.as_of, meetings)
    whole, page = request.GET.get("list", ""), request.GET.get("page", "")
    return {
        "overview": built,
        "row": chosen.row,
        "line": chosen.line,
        "target": chosen.target,
        "page": target_page.build(built, query, chosen),
        "changes": changes.changes_table(built, query, chosen, since, whole=whole, page=page),
    }

"""The committee's pages."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.organisation.scope import Scope, scope_of_request
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery, page_query
from targets import attention
from targets.attention import dismissals
from targets.charts.base import overview_for
from targets.charts.registry import cards
from targets.choices import State
from targets.figures import overview


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """Every target of the plan at the day and for the unit asked for."""
    wanted = page_query(request)
    state = request.GET.get("state", "")
    if state and state not in State.values:
        raise BadParameter(_("There is no state called “%(state)s”.") % {"state": state[:20]})

    @cache
    def parts() -> dict[str, Any]:
        return _parts(request, wanted, state)

    return render(request, "overview/overview.html", {"asked": wanted, "parts": parts})


def _parts(request: HttpRequest, wanted: PageQuery, state: str) -> dict[str, Any]:
    """What the page shows, where it is not in the cache."""
    built = overview_for(wanted)
    return {
        "overview": built,
        "sections": overview.by_section(built.lines, state),
        "counts_by_state": overview.state_counts(built.lines),
        "state": state,
        **_attention(built, wanted, scope_of_request(request)),
        "charts": cards(built, wanted),
        "stock_url": reverse("product-list", query=wanted.query(standing="valid")),
        "nothing_recorded": not built.facts.hold_anything,
    }


def _attention(built: overview.Overview, wanted: PageQuery, scope: Scope) -> dict[str, Any]:
    """The first sentences that are not put aside, how many there are, and how many are aside."""
    told = attention.told(attention.Seen(built, wanted, scope))
    found = dismissals.sort_out(told, wanted.unit, wanted.as_of)
    standing = dismissals.standing(found)
    return {
        "attention": attention.first_few(standing),
        "attention_total": sum(len(sentences) for sentences in standing),
        "attention_aside": len(dismissals.aside(found)),
        "attention_url": reverse("attention-list", query=wanted.query()),
    }

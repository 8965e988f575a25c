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
from targets.charts import cards, overview_for
from targets.choices import State
from targets.figures import by_section, overview, state_counts


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """Every target of the plan at the day and for the unit asked for."""
    query = page_query(request)
    state = request.GET.get("state", "")
    if state and state not in State.values:
        raise BadParameter(_("There is no state called “%(state)s”.") % {"state": state[:20]})

    @cache
    def parts() -> dict[str, Any]:
        return _parts(request, query, state)

    return render(
        request, "targets/dashboard/overview/overview.html", {"query": query, "parts": parts}
    )


def _parts(request: HttpRequest, query: PageQuery, state: str) -> dict[str, Any]:
    """What the page shows, where it is not in the cache."""
    built = overview_for(query)
    return {
        "overview": built,
        "sections": by_section(built.lines, state),
        "counts_by_state": state_counts(built.lines),
        "state": state,
        **_attention(built, query, scope_of_request(request)),
        "charts": cards(built, query),
        "stock_url": reverse("product-list", query=query.query(standing="valid")),
        "nothing_recorded": not built.facts.has_records,
    }


def _attention(built: overview.Overview, query: PageQuery, scope: Scope) -> dict[str, Any]:
    """The first sentences that are not dismissed, how many there are, and how many are
    dismissed."""
    by_rule = attention.evaluate(attention.RuleContext(built, query, scope))
    found = dismissals.apply_dismissals(by_rule, query.unit, query.as_of)
    active = dismissals.active_sentences(found)
    return {
        "attention": attention.first_of_each(active),
        "attention_total": sum(len(sentences) for sentences in active),
        "attention_dismissed": len(dismissals.dismissed_sentences(found)),
        "attention_url": reverse("attention-list", query=query.query()),
    }

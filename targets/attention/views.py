"""The page of everything that needs attention; dismissing a sentence, restoring it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import scope_of_request
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery, page_query, read_day
from targets import attention
from targets.attention import dismissals
from targets.attention.dismissals import ListedSentence
from targets.charts import overview_for


@require_safe
def attention_list(request: HttpRequest) -> HttpResponse:
    """Every sentence by its rule, the dismissed ones, and why each rule fires."""
    query, scope = page_query(request), scope_of_request(request)
    built = overview_for(query)
    rule_context = attention.RuleContext(built, query, scope)
    found = dismissals.apply_dismissals(attention.evaluate(rule_context), query.unit, query.as_of)
    context = {
        "query": query,
        "overview": built,
        "rules": [
            (rule, rule.why(rule_context), [one for one in listed if not one.dismissed])
            for rule, listed in found
        ],
        "total": sum(len(one) for one in dismissals.active_sentences(found)),
        "dismissed": dismissals.dismissed_sentences(found),
        "dismissal_log": dismissals.dismissal_log(query.unit, query.as_of),
        "may_dismiss": dismissals.may_dismiss(scope) and _shows_today(query),
        "is_dismisser": dismissals.may_dismiss(scope),
    }
    return render(request, "targets/attention/list.html", context)


def _shows_today(query: PageQuery) -> bool:
    """Only today's counted figures are dismissed: whoever does it answers for the present state."""
    return query.as_of == query.today and not query.pending


@require_POST
def attention_dismiss(request: HttpRequest) -> HttpResponse:
    """Dismiss the sentence that is named by its key."""

    def action(listed: ListedSentence, query: PageQuery) -> None:
        text = request.POST.get("until", "").strip()
        until = read_day(text) if text else None
        reason = request.POST.get("reason", "")
        dismissals.dismiss(listed, query.unit, request.user, reason, until)

    return _change(request, action, _("Put aside."))


@require_POST
def attention_restore(request: HttpRequest) -> HttpResponse:
    """Restore the sentence that is named by its key."""

    def action(listed: ListedSentence, query: PageQuery) -> None:
        reason = request.POST.get("reason", "")
        dismissals.restore(listed, query.unit, request.user, reason)

    return _change(request, action, _("Brought back."))


def _change(
    request: HttpRequest, action: Callable[[ListedSentence, PageQuery], None], done: Any
) -> HttpResponse:
    """Take one step about a sentence of today; what hinders it is said on the page."""
    query, scope = page_query(request), scope_of_request(request)
    dismissals.require_may_dismiss(scope)
    if not _shows_today(query):
        raise BadParameter(_("Only the counted figures of today are put aside or brought back."))
    rule_context = attention.RuleContext(overview_for(query), query, scope)
    found = dismissals.apply_dismissals(attention.evaluate(rule_context), query.unit, query.as_of)
    key = request.POST.get("key", "")
    listed = next(
        (one for _rule, listed in found for one in listed if one.sentence.key == key), None
    )
    try:
        if listed is None:
            messages.error(
                request, _("The figures changed while this page was open. Look at them again.")
            )
        else:
            action(listed, query)
            messages.success(request, done)
    except (dismissals.DismissalRefused, BadParameter) as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("attention-list", query={"unit": query.unit.code}))

"""The page of everything that needs attention; putting a sentence aside, bringing it back."""

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
from targets.attention.dismissals import Told
from targets.charts.base import overview_for


@require_safe
def attention_list(request: HttpRequest) -> HttpResponse:
    """Every sentence by its rule, what was put aside, and why each rule fires."""
    wanted, scope = page_query(request), scope_of_request(request)
    built = overview_for(wanted)
    seen = attention.Seen(built, wanted, scope)
    found = dismissals.sort_out(attention.told(seen), wanted.unit, wanted.as_of)
    context = {
        "asked": wanted,
        "overview": built,
        "rules": [
            (rule, rule.why(seen), [one for one in told if not one.aside]) for rule, told in found
        ],
        "total": sum(len(one) for one in dismissals.standing(found)),
        "aside": dismissals.aside(found),
        "book": dismissals.book(wanted.unit, wanted.as_of),
        "may_put_aside": dismissals.may_put_aside(scope) and _shows_today(wanted),
        "put_aside_by": dismissals.may_put_aside(scope),
    }
    return render(request, "attention/list.html", context)


def _shows_today(wanted: PageQuery) -> bool:
    """Only counted figures of today are put aside: who does it answers for what stands now."""
    return wanted.as_of == wanted.today and not wanted.pending


@require_POST
def attention_put_aside(request: HttpRequest) -> HttpResponse:
    """Put the sentence aside that is named by its key."""

    def step(told: Told, wanted: PageQuery) -> None:
        text = request.POST.get("until", "").strip()
        until = read_day(text) if text else None
        reason = request.POST.get("reason", "")
        dismissals.put_aside(told, wanted.unit, request.user, reason, until)

    return _take(request, step, _("Put aside."))


@require_POST
def attention_bring_back(request: HttpRequest) -> HttpResponse:
    """Bring the sentence back that is named by its key."""

    def step(told: Told, wanted: PageQuery) -> None:
        reason = request.POST.get("reason", "")
        dismissals.bring_back(told, wanted.unit, request.user, reason)

    return _take(request, step, _("Brought back."))


def _take(request: HttpRequest, step: Callable[[Told, PageQuery], None], done: Any) -> HttpResponse:
    """Take one step about a sentence of today; what hinders it is said on the page."""
    wanted, scope = page_query(request), scope_of_request(request)
    dismissals.refuse_unless_may(scope)
    if not _shows_today(wanted):
        raise BadParameter(_("Only the counted figures of today are put aside or brought back."))
    seen = attention.Seen(overview_for(wanted), wanted, scope)
    found = dismissals.sort_out(attention.told(seen), wanted.unit, wanted.as_of)
    key = request.POST.get("key", "")
    told = next((one for _rule, told in found for one in told if one.sentence.key == key), None)
    try:
        if told is None:
            messages.error(
                request, _("The figures changed while this page was open. Look at them again.")
            )
        else:
            step(told, wanted)
            messages.success(request, done)
    except (dismissals.NotPutAside, BadParameter) as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("attention-list", query={"unit": wanted.unit.code}))

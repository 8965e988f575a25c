"""Proposing that a record is cancelled or brought back, and the list of cancelled records."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.organisation.scope import Scope, scope_of, scope_of_request
from products.choices import Proposal
from products.kinds import RecordKind
from products.records import (
    cancellation,
    detail,
    editing,
    form_page,
    permissions,
    read_whole,
    workflow,
)
from products.takeback import services
from products.takeback.listing import cancelled_context
from products.takeback.page_context import not_now, proposal_context, tried_out
from products.takeback.wording import WORDS


@form_page
def record_cancel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form that proposes to cancel a verified record: why, what it does to the targets."""
    return _proposal_page(request, kind, pk, Proposal.CANCEL)


@form_page
def record_restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form that proposes to bring a cancelled record back."""
    return _proposal_page(request, kind, pk, Proposal.RESTORE)


def _proposal_page(request: HttpRequest, slug: str, pk: int, proposal: Proposal) -> HttpResponse:
    scope = scope_of(request.user, timezone.localdate())
    kind = permissions.get_kind_or_404(slug)
    record = permissions.get_editable_or_404(kind, pk, scope)
    if request.method == "POST":
        token = editing.token_of(request.POST)
        if url := editing.saved_url(token, request.user):
            return redirect(url)
        try:
            _propose_once(request, kind, record, proposal, token)
        except workflow.WorkflowError as error:
            messages.error(request, str(error))
            record = kind.model._default_manager.get(pk=pk)
        else:
            return redirect(detail.url_of(record))
    if problem := not_now(kind, record, proposal):
        messages.info(request, problem)
        return redirect(detail.url_of(record))
    context = {
        "words": WORDS[proposal],
        **proposal_context(request, kind, record),
        **tried_out(kind, record, proposal, scope),
        "resting": _resting(record, proposal, scope),
    }
    return render(request, "products/takeback/proposal.html", context)


def _propose_once(
    request: HttpRequest, kind: RecordKind, record: Any, proposal: Proposal, token: str
) -> None:
    version = read_whole(request.POST.get("version", ""))
    reason = request.POST.get("reason", "")
    url = detail.url_of(record)
    with editing.saved_once_in_transaction(token, request.user, url) as saved:
        if saved is not None:
            services.propose(kind, record, proposal, request.user, reason, version)
            messages.success(request, _("Proposed. Somebody else looks at it and verifies it."))


def _resting(record: Any, proposal: Proposal, scope: Scope) -> list[tuple[str, str]]:
    """(title, address) of what has to be taken back before; no address where it is not shown."""
    if proposal != Proposal.CANCEL:
        return []
    return services.linked(cancellation.resting_on(record), scope)


@form_page
def record_separate(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form that proposes to take a merge back."""
    return _proposal_page(request, kind, pk, Proposal.SEPARATE)


@require_safe
def cancelled_list(request: HttpRequest) -> HttpResponse:
    """Cancelled records of one kind that the person may read, the latest first."""
    context = cancelled_context(request, scope_of_request(request))
    return render(request, "products/takeback/cancelled.html", context)

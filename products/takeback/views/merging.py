"""Proposing that a record is merged with another of the same thing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope, scope_of
from ocop.web.errors import NotForYou
from products.choices import Proposal
from products.kinds import RecordKind
from products.records import (
    detail,
    editing,
    form_page,
    merging,
    permissions,
    read_whole,
    workflow,
)
from products.takeback import services
from products.takeback.candidates import offered
from products.takeback.merge_form import MergeForm
from products.takeback.page_context import not_now, proposal_context, tried_out
from products.takeback.shown_merge import shown_of


@form_page
def record_merge(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Without `with` the other record is looked for; with it both stand side by side: what stays,
    what moves, what it does to the targets."""
    scope = scope_of(request.user, timezone.localdate())
    its_kind = permissions.get_kind_or_404(kind)
    if its_kind.slug not in merging.MERGEABLE:
        raise NotForYou(_("Records of this kind are not merged."))
    record = permissions.get_editable_or_404(its_kind, pk, scope)
    data = request.POST if request.method == "POST" else request.GET
    chosen = data.get("with", "")
    if chosen == str(record.pk):
        messages.error(request, _("A record is not merged with itself."))
    if chosen in ("", str(record.pk)):
        return _choose(request, its_kind, record, scope)
    other = permissions.get_editable_or_404(its_kind, read_whole(chosen), scope)
    form = MergeForm(its_kind, record, other, data.dict())
    if request.method == "POST":
        token = editing.token_of(request.POST)
        if url := editing.saved_url(token, request.user):
            return redirect(url)
        try:
            _propose_once(request, form, token)
        except workflow.WorkflowError as error:
            messages.error(request, str(error))
            rows: Any = its_kind.model._default_manager
            form = MergeForm(its_kind, rows.get(pk=pk), rows.get(pk=other.pk), form.data)
        else:
            return redirect(detail.url_of(form.going))
    return render(request, "products/takeback/merge.html", _context(request, form, scope))


def _choose(request: HttpRequest, kind: RecordKind, record: Any, scope: Scope) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    near, found = offered(kind, record, words, scope)
    context = {
        "kind": kind,
        "record": record,
        "problem": not_now(kind, record, Proposal.MERGE),
        "near": near,
        "found": found,
        "q": words,
        "back_url": detail.url_of(record),
    }
    return render(request, "products/takeback/choose.html", context)


def _propose_once(request: HttpRequest, form: MergeForm, token: str) -> None:
    version = read_whole(request.POST.get("version", ""))
    if read_whole(request.POST.get("survivor_version", "")) != form.survivor.version:
        raise workflow.StaleRecord(
            _("Somebody else changed one of the two in the meantime. Look at them again.")
        )
    reason, url = request.POST.get("reason", ""), detail.url_of(form.going)
    merge = form.merge()
    if merge.problem:
        raise workflow.WorkflowError(merge.problem)
    with editing.saved_once_in_transaction(token, request.user, url) as saved:
        if saved is not None:
            plan = merging.plan_of(merge)
            services.propose(
                form.kind, form.going, Proposal.MERGE, request.user, reason, version, plan
            )
            messages.success(request, _("Proposed. Somebody else looks at it and verifies it."))


def _context(request: HttpRequest, form: MergeForm, scope: Scope) -> dict[str, Any]:
    merge = form.merge()
    blocked = " ".join(merge.blocked) or not_now(form.kind, form.going, Proposal.MERGE)
    blocked = blocked or not_now(form.kind, form.survivor, Proposal.MERGE)
    effects: dict[str, Any] = {"effects": [], "blocking_reason": blocked or merge.problem}
    if not effects["blocking_reason"]:
        plan = merging.plan_of(merge)
        effects = tried_out(form.kind, form.going, Proposal.MERGE, scope, plan)
    return {
        **proposal_context(request, form.kind, form.going),
        **effects,
        "blocked": blocked,
        "page_record": form.record,
        "other": form.other,
        "survivor": form.survivor,
        "going": form.going,
        "survivor_version": str(form.survivor.version),
        "choices": form.choices(),
        "merge": shown_of(merge),
        "back_url": detail.url_of(form.record),
    }

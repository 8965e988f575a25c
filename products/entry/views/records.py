"""Pages and forms of entered records, whatever their kind."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import Scope, scope_of
from products.entry.hints import hints_for
from products.entry.session import OF_A_PRODUCT, EditSession, open_new_session, open_session
from products.evidence import record_header_context
from products.records import (
    detail,
    drafts,
    editing,
    form_page,
    named_records,
    permissions,
    read_whole,
    workflow,
)


def _scope(request: HttpRequest) -> Scope:
    return scope_of(request.user, timezone.localdate())


# --- Forms --------------------------------------------------------------------------------------


@form_page
def record_new(request: HttpRequest, kind: str) -> HttpResponse:
    session = open_new_session(
        permissions.get_kind_or_404(kind),
        request.GET.get("product", ""),
        request.user,
        _scope(request),
        timezone.localdate(),
        request.get_full_path(),
    )
    return _form_page(request, session)


@form_page
def record_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    session = open_session(
        permissions.get_kind_or_404(kind),
        pk,
        request.user,
        _scope(request),
        timezone.localdate(),
        request.path,
    )
    if problem := editing.not_changeable(session.kind, session.record):
        messages.error(request, problem)
        return redirect(detail.url_of(session.record))
    return _form_page(request, session)


def _form_page(request: HttpRequest, session: EditSession) -> HttpResponse:
    if request.method != "POST":
        return _show(
            request, session, session.form(start=request.GET.dict() if session.is_new else None)
        )
    token = editing.token_of(request.POST)
    if url := editing.saved_url(token, request.user):
        return redirect(url)
    form = session.form(session.apply_choices(request.POST))
    version = read_whole(request.POST.get("version", ""))
    if not form.is_valid():
        _keep(request, session, version)
        return _show(request, session, form)
    try:
        url = session.save(form, token, version)
    except editing.EditConflict:
        return _conflict(request, session, form, version)
    if url is None:
        return _show(request, session, form)
    messages.success(request, _("Saved."))
    for remark in form.remarks:
        messages.info(request, remark)
    return HttpResponseRedirect(url)


def _keep(request: HttpRequest, session: EditSession, version: int) -> None:
    """What could not be saved is there again, should the page be closed."""
    with suppress(drafts.DraftTooLarge):
        drafts.save_draft(request.user, session.place, dict(request.POST.lists()), version)


def _show(request: HttpRequest, session: EditSession, form: Any) -> HttpResponse:
    draft = None if form.is_bound else session.draft()
    version = request.POST.get("version") if form.is_bound else None
    if draft is not None and draft.version is not None:
        version = str(draft.version)
    context = {
        "form": form,
        "kind": session.kind,
        "record": session.record,
        "is_new": session.is_new,
        "product": getattr(session.record, "product", None)
        if session.kind.slug in OF_A_PRODUCT
        else None,
        "record_header": None
        if session.is_new
        else detail.record_header(session.kind, session.record, session.scope, request.user),
        "draft": draft,
        "place": session.place,
        "version": str(version or session.version),
        **_looked_up(session),
        "token": request.POST.get("token") or editing.new_token(),
        "hints": hints_for(session.kind, form.instance),
        "back_url": _back(session),
    }
    return render(request, "products/entry/form.html", context)


def _looked_up(session: EditSession) -> dict[str, str]:
    """Where the form looks up what is alike and what follows from what was typed, while typing."""
    slug, record = session.kind.slug, session.record
    if slug == "product":
        return {"similar_url": reverse("product-similar", query={"apart": record.pk or 0})}
    if slug not in ("recognition", "ip-right", "rating"):
        return {}
    of = {"product": getattr(record, "product_id", "")} if session.is_new else {"record": record.pk}
    return {"hints_url": reverse("record-hints", args=[slug], query=of)}


def _back(session: EditSession) -> str:
    if not session.is_new:
        return detail.url_of(session.record)
    if session.kind.slug in OF_A_PRODUCT:
        return detail.url_of(session.record.product)
    return "/my-work/"


def _conflict(request: HttpRequest, session: EditSession, form: Any, version: int) -> HttpResponse:
    """Both versions side by side; nothing that was typed is lost."""
    session.reload()
    clashes = session.field_conflicts(form, version)
    last = session.record.history.select_related("history_user").order_by("-history_id").first()
    skipped = {"version", "csrfmiddlewaretoken"}
    context = {
        "kind": session.kind,
        "record": session.record,
        "clashes": clashes,
        "last": last,
        "version": str(session.version),
        "typed": [
            (name, value)
            for name, values in form.data.lists()
            if name not in skipped and not name.startswith("choose-")
            for value in values
        ],
        "back_url": detail.url_of(session.record),
    }
    return render(request, "products/entry/conflict.html", context, status=409)


# --- Pages --------------------------------------------------------------------------------------


@require_safe
def record_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    scope = _scope(request)
    its_kind = permissions.get_kind_or_404(kind)
    record = permissions.get_visible_or_404(its_kind, pk, scope)
    if its_kind.slug in ("product", "rating"):
        return redirect(detail.url_of(record))
    context = {
        "kind": its_kind,
        "record": record,
        "facts": detail.field_values(its_kind, record),
        "product": getattr(record, "product", None),
        "hints": hints_for(its_kind, record),
        **record_header_context(request, its_kind, record, scope),
    }
    return render(request, "products/records/record.html", context)


@require_safe
def record_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    its_kind = permissions.get_kind_or_404(kind)
    scope = _scope(request)
    record = permissions.get_visible_or_404(its_kind, pk, scope)
    context = {
        "kind": its_kind,
        "record": record,
        "entries": detail.history_of(its_kind, record, scope),
        "back_url": detail.url_of(record),
    }
    return render(request, "products/records/history.html", context)


# --- Steps --------------------------------------------------------------------------------------


@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Submit one or many: `item` names each as kind:id:version. All of them go, or none."""
    records = named_records(request.POST.getlist("item"), _scope(request))
    back = detail.url_of(records[0]) if len(records) == 1 else "/my-work/"
    try:
        reason = request.POST.get("reason", "").replace("\0", "")[:500]
        workflow.advance_all(records, "submit", request.user, reason)
    except workflow.WorkflowError as error:
        messages.error(request, str(error))
    else:
        number = len(records)
        messages.success(
            request, _("Submitted: %(number)d. A verifier will look at it.") % {"number": number}
        )
    return redirect(back)


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Discard one draft; `item` names it."""
    (record,) = named_records(request.POST.getlist("item")[:1], _scope(request))
    try:
        reason = request.POST.get("reason", "").replace("\0", "")[:500]
        workflow.discard(record, request.user, reason)
    except workflow.WorkflowError as error:
        messages.error(request, str(error))
        return redirect(detail.url_of(record))
    messages.success(request, _("The draft is discarded; its history stays."))
    return redirect("my-work")


@require_POST
def draft_discard(request: HttpRequest) -> HttpResponse:
    """Forget what was typed into a form and not saved."""
    place = request.POST.get("place", "")
    drafts.delete_draft(request.user, place)
    local = place.startswith("/") and not place.startswith("//") and "\\" not in place
    stays = local and request.POST.get("back") != "work"
    return HttpResponseRedirect(place.replace("\0", "") if stays else "/my-work/")

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
from products.entry.session import OF_A_PRODUCT, Desk, desk_for, desk_for_new
from products.evidence.page_context import box_context
from products.records import detail, drafts, editing, permissions, workflow
from products.records.selection import named_records, read_whole
from products.records.submission import form_page


def _scope(request: HttpRequest) -> Scope:
    return scope_of(request.user, timezone.localdate())


# --- Forms --------------------------------------------------------------------------------------


@form_page
def record_new(request: HttpRequest, kind: str) -> HttpResponse:
    desk = desk_for_new(
        permissions.kind_named(kind),
        request.GET.get("product", ""),
        request.user,
        _scope(request),
        timezone.localdate(),
        request.get_full_path(),
    )
    return _form_page(request, desk)


@form_page
def record_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    desk = desk_for(
        permissions.kind_named(kind),
        pk,
        request.user,
        _scope(request),
        timezone.localdate(),
        request.path,
    )
    return _form_page(request, desk)


def _form_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _show(request, desk, desk.form(start=request.GET.dict() if desk.is_new else None))
    token = editing.token_of(request.POST)
    if url := editing.saved_url(token, request.user):
        return redirect(url)
    form = desk.form(desk.taken_over(request.POST))
    version = read_whole(request.POST.get("version", ""))
    if not form.is_valid():
        _keep(request, desk, version)
        return _show(request, desk, form)
    try:
        url = desk.save(form, token, version)
    except editing.EditConflict:
        return _conflict(request, desk, form, version)
    if url is None:
        return _show(request, desk, form)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(url)


def _keep(request: HttpRequest, desk: Desk, version: int) -> None:
    """What could not be saved is there again, should the page be closed."""
    with suppress(drafts.DraftTooLarge):
        drafts.keep(request.user, desk.place, dict(request.POST.lists()), version)


def _show(request: HttpRequest, desk: Desk, form: Any) -> HttpResponse:
    draft = None if form.is_bound else desk.draft()
    version = request.POST.get("version") if form.is_bound else None
    if draft is not None and draft.version is not None:
        version = str(draft.version)
    context = {
        "form": form,
        "kind": desk.kind,
        "record": desk.record,
        "is_new": desk.is_new,
        "product": getattr(desk.record, "product", None)
        if desk.kind.slug in OF_A_PRODUCT
        else None,
        "box": None
        if desk.is_new
        else detail.box_of(desk.kind, desk.record, desk.scope, request.user),
        "draft": draft,
        "place": desk.place,
        "version": str(version or desk.version),
        **_looked_up(desk),
        "token": request.POST.get("token") or editing.new_token(),
        "hints": hints_for(desk.kind, form.instance),
        "back_url": _back(desk),
    }
    return render(request, "records/form.html", context)


def _looked_up(desk: Desk) -> dict[str, str]:
    """Where the form looks up what is alike and what follows from what was typed, while typing."""
    slug, record = desk.kind.slug, desk.record
    if slug == "product":
        return {"similar_url": reverse("product-similar", query={"apart": record.pk or 0})}
    if slug not in ("recognition", "ip-right", "rating"):
        return {}
    of = {"product": getattr(record, "product_id", "")} if desk.is_new else {"record": record.pk}
    return {"hints_url": reverse("record-hints", args=[slug], query=of)}


def _back(desk: Desk) -> str:
    if not desk.is_new:
        return detail.url_of(desk.record)
    if desk.kind.slug in OF_A_PRODUCT:
        return detail.url_of(desk.record.product)
    return "/my-work/"


def _conflict(request: HttpRequest, desk: Desk, form: Any, version: int) -> HttpResponse:
    """Both versions side by side; nothing that was typed is lost."""
    desk.read_again()
    clashes = desk.clashes(form, version)
    last = desk.record.history.select_related("history_user").order_by("-history_id").first()
    skipped = {"version", "csrfmiddlewaretoken"}
    context = {
        "kind": desk.kind,
        "record": desk.record,
        "clashes": clashes,
        "last": last,
        "version": str(desk.version),
        "typed": [
            (name, value)
            for name, values in form.data.lists()
            if name not in skipped and not name.startswith("choose-")
            for value in values
        ],
        "back_url": detail.url_of(desk.record),
    }
    return render(request, "records/conflict.html", context, status=409)


# --- Pages --------------------------------------------------------------------------------------


@require_safe
def record_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    scope = _scope(request)
    its_kind = permissions.kind_named(kind)
    record = permissions.found(its_kind, pk, scope)
    if its_kind.slug in ("product", "rating"):
        return redirect(detail.url_of(record))
    context = {
        "kind": its_kind,
        "record": record,
        "facts": detail.facts_of(its_kind, record),
        "product": getattr(record, "product", None),
        "hints": hints_for(its_kind, record),
        **box_context(request, its_kind, record, scope),
    }
    return render(request, "records/page.html", context)


@require_safe
def record_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    its_kind = permissions.kind_named(kind)
    scope = _scope(request)
    record = permissions.found(its_kind, pk, scope)
    context = {
        "kind": its_kind,
        "record": record,
        "entries": detail.history_of(its_kind, record, scope),
        "back_url": detail.url_of(record),
    }
    return render(request, "records/history.html", context)


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
    drafts.forget(request.user, place)
    local = place.startswith("/") and not place.startswith("//") and "\\" not in place
    stays = local and request.POST.get("back") != "work"
    return HttpResponseRedirect(place.replace("\0", "") if stays else "/my-work/")

"""The page of published totals and their form; a decision's own list beside the record."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.imports.findings import sentence
from ocop.imports.models import Upload
from ocop.imports.pipeline import redirect_on_lock
from ocop.imports.uploads import services as uploads
from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.reading import MAX_FILE_SIZE
from ocop.organisation.choices import Role
from ocop.organisation.scope import scope_of_request
from ocop.web.downloads import attachment
from ocop.web.page_query import PageQuery, page_query
from products.records import form_page, opened_version, saved_once, token_for
from targets.models import PublishedTotal
from targets.reconciliation import files, lists, mends, page, permissions, services
from targets.reconciliation.forms import TotalForm

LATEST = 8
"""The person's latest files that are offered for a comparison."""
WORKING = frozenset({Role.PROVINCE, Role.LOCAL})


@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Published totals beside the record's figures, and the way to compare a list."""
    query, scope = page_query(request), scope_of_request(request)
    compares = permissions.may_compare_lists(scope)
    own = Upload.objects.filter(user=request.user.pk).only("name", "created_at", "state")
    context = {
        "query": query,
        "built": page.build(request, query, scope, bool(scope.roles & WORKING)),
        "may_enter": permissions.may_enter_totals(scope),
        "compares": compares,
        "files": own[:LATEST] if compares else [],
        "largest": MAX_FILE_SIZE,
    }
    return render(request, "targets/reconciliation/totals.html", context)


# --- Published totals -----------------------------------------------------------------------------


@form_page
def total_new(request: HttpRequest) -> HttpResponse:
    permissions.require_may_enter_totals(scope_of_request(request))
    form = TotalForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, form, {"token": token_for(request)})
    return saved_once(request, lambda: services.enter(form.values, request.user), _on_its_day)


@form_page
def total_edit(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    permissions.require_may_enter_totals(scope)
    total = permissions.get_total_or_404(pk, scope)
    form = TotalForm(request.POST if request.method == "POST" else None, total=total)
    version = opened_version(request, total.version)
    context = {
        "total": total,
        "version": version,
        "steps": total.steps.select_related("who").order_by("-id"),
    }
    if not form.is_valid():
        return _form(request, form, context)
    try:
        services.change(total, form.values, version, request.user)
    except services.TotalConflict:
        return _form(request, form, context | {"conflict": True, "version": total.version}, 409)
    messages.success(request, _("Saved."))
    return redirect(_on_its_day(total))


def _form(
    request: HttpRequest, form: TotalForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    made = {"form": form, **context}
    return render(request, "targets/reconciliation/total_form.html", made, status=status)


def _on_its_day(total: PublishedTotal) -> str:
    """The page with the totals of that year."""
    year = total.period[:4] or page.UNDATED
    return reverse("reconciliation", query={"year": year})


# --- A decision's own list ------------------------------------------------------------------------


@require_POST
@redirect_on_lock
def list_add(request: HttpRequest) -> HttpResponse:
    """Take a list in; the answer is its comparison. Nothing of it is written to the record."""
    permissions.require_may_compare_lists(request.user)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("No file was chosen. Choose a workbook, then hand it in."))
        return redirect("reconciliation")
    if (file.size or 0) > MAX_FILE_SIZE:
        messages.error(request, f"{file.name}: {sentence('too_large', '', '', {})}")
        return redirect("reconciliation")
    uploads.delete_old(request.user)
    upload = uploads.store_upload(file.read(), file.name or "", request.user)
    return redirect("reconciliation-list", pk=upload.pk)


def _compared(request: HttpRequest, pk: uuid.UUID) -> tuple[PageQuery, Upload, Any]:
    """The list of an own file compared in the unit asked for. FileRefused, NotForYou, 403."""
    importer = permissions.require_may_compare_lists(request.user)
    query = page_query(request)
    upload = uploads.get_upload_or_404(pk, request.user)
    return query, upload, lists.compare_list(upload, importer, query.unit)


@require_safe
def list_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    scope = scope_of_request(request)
    try:
        query, upload, found = _compared(request, pk)
    except FileRefused as refusal:
        messages.error(request, sentence(refusal.code, "", "", dict(refusal.params)))
        return redirect("reconciliation")
    context = {
        "query": query,
        "upload": upload,
        "found": found,
        "sections": [
            (name, title, mends.with_mends(pairs, scope))
            for name, title, pairs in files.sections(found)
        ],
    }
    return render(request, "targets/reconciliation/list.html", context)


@require_safe
def list_workbook(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The comparison with both sides, as a workbook."""
    try:
        _query, upload, found = _compared(request, pk)
    except FileRefused as refusal:
        messages.error(request, sentence(refusal.code, "", "", dict(refusal.params)))
        return redirect("reconciliation")
    stem = upload.name.rpartition(".")[0] or upload.name
    stream = files.comparison_workbook(found, upload.name)
    return attachment(request, stream, f"doi-chieu-{stem}.xlsx")


@require_POST
@redirect_on_lock
def list_missing(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand the rows that the record lacks to the import, where they are looked at and confirmed;
    `row` names some of them, without it they are all."""
    try:
        _query, upload, found = _compared(request, pk)
    except FileRefused as refusal:
        messages.error(request, sentence(refusal.code, "", "", dict(refusal.params)))
        return redirect("reconciliation")
    named = set(request.POST.getlist("row"))
    chosen = [
        pair for pair in found.missing if not named or (pair.listed and pair.listed.place in named)
    ]
    if not chosen:
        messages.info(request, _("No row of this list is missing in the record any more."))
        return redirect("reconciliation-list", pk=pk)
    stem = upload.name.rpartition(".")[0] or upload.name
    rows = uploads.store_upload(
        files.missing_workbook(chosen),
        _("missing rows of %(file)s") % {"file": f"{stem}.xlsx"},
        request.user,
    )
    return redirect("upload", pk=rows.pk)

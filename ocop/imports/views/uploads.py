"""A workbook on its way in: handed in, looked at, decided about, imported."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.imports.datasets import registry, run_progress
from ocop.imports.findings import ACCEPTED, sentence
from ocop.imports.models import ImportBatch, Upload, UploadState
from ocop.imports.permissions import require_importer
from ocop.imports.pipeline import importable, redirect_on_lock
from ocop.imports.undo import services
from ocop.imports.uploads import application, decisions, presentation, question_views, row_choices
from ocop.imports.uploads import services as uploads_services
from ocop.lib.spreadsheets.reading import MAX_FILE_SIZE

PAGE_SIZE = 50
NOT_LISTED = (
    *("upload__findings", "upload__choices", "warnings", "effect", "left"),
    *("left_out", "corrections"),
)
"""Columns that the list of imports does not show and that can be large."""


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Where a file is dropped; files not imported yet, and what was imported before."""
    importer = require_importer(request.user)
    run_progress.mark_interrupted()
    done = services.visible_batches(importer).defer(*NOT_LISTED)
    undoings = ImportBatch.objects.defer(*NOT_LISTED[2:])
    done = done.prefetch_related(Prefetch("undoings", undoings))
    page = Paginator(done, PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = Upload.objects.filter(user=request.user.pk).exclude(state=UploadState.APPLIED)
    waiting = waiting.select_related("file").defer("file__content", "findings")
    context = {
        "waiting": Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("waiting")),
        "batches": page.object_list,
        "page_obj": page,
        "pages_shown": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "datasets": presentation.dataset_choices(importable(importer)),
        "largest": MAX_FILE_SIZE,
    }
    return render(request, "imports/list.html", context)


@require_POST
@redirect_on_lock
def upload_add(request: HttpRequest) -> HttpResponse:
    """Take a file in and look at it at once; the answer is its page."""
    importer = require_importer(request.user)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("No file was chosen. Choose a workbook, then hand it in."))
        return redirect("import-list")
    if (file.size or 0) > MAX_FILE_SIZE:
        messages.error(request, f"{file.name}: {sentence('too_large', '', '', {})}")
        return redirect("import-list")
    uploads_services.delete_old(request.user)
    upload = uploads_services.store_upload(file.read(), file.name or "", request.user)
    uploads_services.make_preview(upload, importer)
    return redirect("upload", pk=upload.pk)


@require_safe
@redirect_on_lock
def upload_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    importer = require_importer(request.user)
    run_progress.mark_interrupted()
    upload = uploads_services.get_upload_or_404(pk, request.user)
    if uploads_services.is_stale(upload):
        uploads_services.make_preview(upload, importer)
    findings = upload.findings or {}
    parts = presentation.sheet_import_views(findings)
    typed = upload.choices.get("typed", {})
    questions = question_views.question_views(findings.get("parts", []), typed)
    asked = questions[: question_views.MAX_ASKED]
    apart = presentation.rows_apart(parts)
    to_import = sum(part.to_import for part in parts)
    context = {
        "upload": upload,
        "findings": findings,
        "effects": registry.effects_worded(findings.get("effects", [])),
        "parts": parts,
        "rows_to_import": to_import,
        "may_apply": findings.get("verdict") == ACCEPTED and bool(to_import or apart["drafts"]),
        "errors": sum(part.errors for part in parts),
        "to_decide": sum(one.must for one in questions),
        "to_mend": sum(part.mistakes for part in parts),
        "questions": asked,
        "asked_ids": json.dumps([one.id for one in asked]),
        "question_groups": question_views.question_groups(asked),
        "questions_more": max(len(questions) - question_views.MAX_ASKED, 0),
        "datasets": presentation.dataset_choices(importable(importer)),
        "batches": upload.batches.filter(undoes=None),
        "notice": decisions.notice_message(upload.notice),
        "columns_missing": any(part.missing or part.asks_columns for part in parts) or not parts,
        "nothing_chosen": upload.choices.get("parts") == [],
        "remembered": [part.sheet for part in parts if part.remembered],
        **apart,
        "corrections": row_choices.corrections_of(upload.choices),
    }
    return render(request, "imports/upload.html", context)


@require_POST
@redirect_on_lock
def upload_choose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take over what the person decided, and look at the file again."""
    importer = require_importer(request.user)
    upload = uploads_services.get_upload_or_404(pk, request.user)
    decisions.apply_form(upload, request.POST, importable(importer), str(request.user))
    uploads_services.make_preview(upload, importer)
    return redirect(f"{reverse('upload', args=[upload.pk])}#found")


@require_POST
@redirect_on_lock
def upload_apply(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Import what the confirmed preview showed; for the script the address to go to."""
    importer = require_importer(request.user)
    upload = uploads_services.get_upload_or_404(pk, request.user)
    try:
        applied = application.apply_preview(
            upload,
            request.POST.get("preview", ""),
            importer,
            request.POST.get("reason", ""),
        )
    except application.NotApplied as error:
        messages.error(request, str(error))
        return _on(request, "upload", upload.pk)
    messages.success(request, decisions.applied_message(applied))
    return _on(request, "import", applied[0].pk) if applied else _on(request, "upload", upload.pk)


def _on(request: HttpRequest, name: str, pk: Any) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"url": reverse(name, args=[pk])})
    return redirect(name, pk=pk)


@require_safe
def upload_progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far the running import is: {"state", "percent", "words"}; percent None before it says."""
    require_importer(request.user)
    run_progress.mark_interrupted()
    upload = uploads_services.get_upload_or_404(pk, request.user)
    batch = upload.batches.filter(state="running").first()
    progress = run_progress.progress_of(batch.token) if batch is not None else None
    return JsonResponse({"state": upload.state, **decisions.progress_message(progress)})


@require_POST
@redirect_on_lock
def upload_discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    require_importer(request.user)
    upload = uploads_services.get_upload_or_404(pk, request.user)
    if uploads_services.discard_upload(upload):
        messages.success(request, _("“%(file)s” was discarded.") % {"file": upload.name})
    else:
        messages.error(request, _("This file is kept: an import of it is on record."))
    return redirect("import-list")

"""Downloads: uploads as they came and marked, templates, exports."""

import io
import uuid

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.imports.datasets import DATASETS
from ocop.imports.export import (
    FORMATS,
    LeftOutOfSheet,
    are_all_stored,
    export_file,
    left_out_workbook,
    marked_copy,
    stored_problems,
    template_file,
)
from ocop.imports.permissions import importer_of, require_importer
from ocop.imports.pipeline import batches, office_of
from ocop.imports.undo import services
from ocop.imports.uploads import all_problems, left_out_of_batch, left_out_of_upload
from ocop.imports.uploads import services as uploads_services
from ocop.lib.sandbox import FileRefused
from ocop.organisation.scope import scope_of_request
from ocop.web.errors import NotForYou
from ocop.web.page_query import page_query

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SANDBOX = "sandbox; default-src 'none'"
"""What was handed in runs nothing and loads nothing, whatever a browser takes it for."""


def handed_out(
    data: bytes, name: str, content_type: str = "application/octet-stream"
) -> HttpResponseBase:
    """An attachment, never shown in place."""
    response = FileResponse(
        io.BytesIO(data), as_attachment=True, filename=name, content_type=content_type
    )
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_safe
def upload_original(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    require_importer(request.user)
    upload = uploads_services.get_upload_or_404(pk, request.user)
    return handed_out(batches.content_of(upload), upload.name)


@require_safe
def batch_original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbook that an import's records came out of."""
    batch = services.get_batch_or_404(pk, require_importer(request.user))
    if batch.upload is None:
        raise NotForYou(_("The file of this import was not kept."))
    return handed_out(batches.content_of(batch.upload), batch.file_name)


@require_safe
def upload_marked(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The person's own workbook with every mistake and remark marked in its cell."""
    importer = require_importer(request.user)
    upload = uploads_services.get_upload_or_404(pk, request.user)
    if uploads_services.is_stale(upload):
        uploads_services.make_preview(upload, importer)
    findings, content = upload.findings or {}, batches.content_of(upload)
    try:
        if are_all_stored(findings):
            errors, warnings = (stored_problems(findings, kind) for kind in ("errors", "warnings"))
        else:
            office = office_of(request.user, timezone.localdate())
            errors, warnings = all_problems(upload, content, importer, office)
        name, data = marked_copy(content, upload.name, errors, warnings)
    except FileRefused:
        raise NotForYou(_("This file cannot be opened, so nothing can be marked in it.")) from None
    return handed_out(data, name, XLSX)


@require_safe
def upload_left_out(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The rows that the preview leaves out, as a workbook of their own."""
    importer = require_importer(request.user)
    upload = uploads_services.get_upload_or_404(pk, request.user)
    if uploads_services.is_stale(upload):
        uploads_services.make_preview(upload, importer)
    try:
        found = left_out_of_upload(upload, importer)
    except FileRefused:
        found = []
    return _left_out(upload.name, found)


@require_safe
def batch_left_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that an import left out, as a workbook of their own."""
    batch = services.get_batch_or_404(pk, require_importer(request.user))
    if batch.upload is None:
        raise NotForYou(_("The file of this import was not kept."))
    try:
        found = left_out_of_batch(batch)
    except FileRefused:
        found = []
    return _left_out(batch.file_name, found)


def _left_out(file_name: str, found: list[LeftOutOfSheet]) -> HttpResponseBase:
    if not any(one.rows for one in found):
        raise NotForYou(_("No row was left out."))
    name, data = left_out_workbook(file_name, found)
    return handed_out(data, name, XLSX)


@require_safe
def template(request: HttpRequest, dataset: str) -> HttpResponseBase:
    """An empty workbook of a dataset, with lists to choose from and examples."""
    importer_of(request.user)
    if dataset not in DATASETS:
        raise NotForYou(_("There is no such dataset."))
    name, data = template_file(dataset)
    return handed_out(data, name, XLSX)


@require_safe
def export(request: HttpRequest, dataset: str, form: str) -> HttpResponseBase:
    """A dataset's records within the person's scope, in the columns that the import reads.

    Without as_of everything on record; unit and pending as on every page. With the filters of a
    list's address, or its mark `list=1`, the rows of that list, in its order.
    """
    importer_of(request.user)
    if dataset not in DATASETS or form not in FORMATS:
        raise NotForYou(_("There is no such dataset."))
    query = page_query(request)
    day = query.as_of if request.GET.get("as_of") else None
    listed = DATASETS[dataset]().listed(request, query)
    if listed is not None and not query.past:
        # The list of today: what is recorded as still ahead is said as well.
        day = None
    scope = scope_of_request(request)
    name, data = export_file(dataset, scope, day, query.pending, query.unit, form, listed)
    return handed_out(data, name, XLSX if form == "xlsx" else "text/csv; charset=utf-8")

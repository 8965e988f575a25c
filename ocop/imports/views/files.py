"""Files handed out: uploads as they came."""

import io
import uuid

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.errors import NotForYou
from ocop.imports import batches, uploads
from ocop.imports.access import importer_or_refuse
from ocop.imports.views.done import found

SANDBOX = "sandbox; default-src 'none'"
"""What was handed in runs nothing and loads nothing, whatever a browser takes it for."""


def handed_out(data: bytes, name: str) -> HttpResponseBase:
    """An attachment, never shown in place."""
    response = FileResponse(
        io.BytesIO(data), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_safe
def upload_original(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    importer_or_refuse(request.user)
    upload = uploads.found(pk, request.user)
    return handed_out(batches.content_of(upload), upload.name)


@require_safe
def batch_original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbook that an import's records came out of."""
    batch = found(pk, importer_or_refuse(request.user))
    if batch.upload is None:
        raise NotForYou(_("The file of this import was not kept."))
    return handed_out(batches.content_of(batch.upload), batch.file_name)

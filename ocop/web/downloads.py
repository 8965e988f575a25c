"""Downloads of generated files: always as an attachment, always logged."""

import io
import logging

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

log = logging.getLogger("ocop.exports")

OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def attachment(request: HttpRequest, data: io.BytesIO, name: str) -> HttpResponseBase:
    """`data` as a file called `name`, whose ending tells its kind; never shown in place.

    One line in the log says who took which file, how large.
    """
    size = data.seek(0, io.SEEK_END)
    data.seek(0)
    log.info("%s taken by user %s, %s bytes", name, request.user.pk, size)
    response = FileResponse(
        data,
        as_attachment=True,
        filename=name,
        content_type=CONTENT_TYPES[name.rsplit(".", 1)[-1]],
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

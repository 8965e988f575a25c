"""Error pages: what happened, in words, and where to go from there."""

import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import get_template
from django.utils.formats import number_format
from django.utils.translation import gettext as _


class BadParameter(SuspiciousOperation):
    """A parameter in the address that cannot be understood; its sentence is shown (400)."""


class NotForYou(Http404):
    """A record or unit that this person may not see, or that does not exist (404)."""


def _page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    # What was typed comes back in the sentence; a null byte may not stand in a page.
    context = {"message": message.replace("\0", "\ufffd")}
    return render(request, f"{status}.html", context, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    return _page(request, 400, _too_much(exception))


def _too_much(exception: Any) -> str:
    """The sentence on a request that holds more than is taken in; that of a BadParameter."""
    if isinstance(exception, BadParameter):
        return str(exception)
    if isinstance(exception, TooManyFieldsSent):
        return _(
            "The form was sent with more than %(limit)s fields. Nothing was saved. Open the page "
            "again and send it in smaller parts."
        ) % {"limit": number_format(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, force_grouping=True)}
    if isinstance(exception, RequestDataTooBig):
        return _(
            "More was sent than the %(limit)s this page takes in. Nothing was saved. Shorten the "
            "texts and send it again."
        ) % {"limit": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}
    if isinstance(exception, TooManyFilesSent):
        return _(
            "More than %(limit)s files were sent at once. Nothing was saved. Send fewer at a time."
        ) % {"limit": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
    return ""


@login_not_required
def permission_denied(request: HttpRequest, exception: Any) -> HttpResponse:
    message = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(request, 403, message)


@login_not_required
def page_not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    return _page(request, 404, str(exception) if isinstance(exception, NotForYou) else "")


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database is away. Rendered without context: nothing can be relied on."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    return HttpResponse(get_template(f"{status}.html").render(), status=status)

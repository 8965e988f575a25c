"""A form that is sent once: its token, the version it was opened on, where saving leads."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from products.records import editing
from products.records.selection import read_whole

form_page = require_http_methods(["GET", "HEAD", "POST"])


def token_for(request: HttpRequest) -> str:
    """What names this opened form, so that it is saved once; the same while it is mended."""
    return request.POST.get("token") or editing.new_token()


def opened_version(request: HttpRequest, stored: int) -> int:
    """The version that what was typed lies over: that of the form as it was opened, which stays
    until somebody chooses to save all the same; the stored one for a form that opens now."""
    return read_whole(request.POST.get("version", "")) if request.method == "POST" else stored


def saved_once(
    request: HttpRequest, save: Callable[[], Any], url_of: Callable[[Any], str]
) -> HttpResponse:
    """Save the form that was sent, unless it was saved already, and lead to what it entered."""
    token = editing.token_of(request.POST)
    with editing.saved_once_in_transaction(token, request.user) as saved:
        if saved is not None:
            saved.url = url_of(save())
            messages.success(request, _("Saved."))
    if saved is None:
        messages.info(request, _("This form had been saved already."))
    return redirect((saved.url if saved else editing.saved_url(token, request.user)) or "overview")

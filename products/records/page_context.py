"""What several pages of this app read from a request or show alike."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.organisation.scope import Scope
from ocop.web.errors import BadParameter
from products.evidence import storage
from products.kinds import Kind
from products.records import detail, editing
from products.records.selection import read_whole

PAGE_SIZE = 50
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")

form_page = require_http_methods(["GET", "HEAD", "POST"])


def page_of(request: HttpRequest, records: QuerySet, total: int | None = None) -> Any:
    """The page asked for; BadParameter where the page number is not one of the list's.

    `total`: how many records there are, where that is known already.
    """
    paginator = Paginator(records, PAGE_SIZE)
    if total is not None:
        paginator.count = total  # type: ignore[misc]
    wanted = request.GET.get("page") or "1"
    if not PAGE_NUMBER.fullmatch(wanted) or int(wanted) > paginator.num_pages:
        raise BadParameter(
            _("This list has %(pages)d pages; there is no page “%(page)s”.")
            % {"pages": paginator.num_pages, "page": wanted[:20]}
        )
    return paginator.page(int(wanted))


def order_of(request: HttpRequest, columns: dict[str, str], default: str) -> tuple[str, str]:
    """The order a list is asked for as the address says it ("-" before it for the reverse), and
    the same as `order_by` takes it."""
    sort = request.GET.get("sort") or default
    name = sort.removeprefix("-")
    if name not in columns:
        raise BadParameter(_("This list cannot be sorted by “%(sort)s”.") % {"sort": sort[:40]})
    return sort, f"-{columns[name]}" if sort.startswith("-") else columns[name]


def list_context(request: HttpRequest, heading: str, records: QuerySet) -> dict[str, Any]:
    """What `records/list_base.html` shows of the page of `records` that is asked for."""
    page = page_of(request, records)
    return {
        "heading": heading,
        "page_obj": page,
        "rows": page.object_list,
        "total": page.paginator.count,
    }


def numbered(page: Any) -> dict[str, Any]:
    """The numbers that lead to the other pages, beside back and forth."""
    return {"pages_shown": page.paginator.get_elided_page_range(page.number, on_each_side=2)}


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
    with editing.once(token, request.user) as saved:
        if saved is not None:
            saved.url = url_of(save())
            messages.success(request, _("Saved."))
    if saved is None:
        messages.info(request, _("This form had been saved already."))
    return redirect((saved.url if saved else editing.saved_url(token, request.user)) or "overview")


def box_context(request: HttpRequest, kind: Kind, record: Any, scope: Scope) -> dict[str, Any]:
    """What `records/_box.html` and `evidence/_list.html` show of a record."""
    box = detail.box_of(kind, record, scope, request.user)
    return {
        "box": box,
        "evidence": storage.lines(kind, record, scope),
        "evidence_kind": kind.slug,
        "evidence_record": record,
        "may_add": box.may_enter,
    }

"""Lists page by page."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ocop.web.errors import BadParameter

PAGE_SIZE = 50

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def page_of(request: HttpRequest, records: QuerySet, total: int | None = None) -> Any:
    """The page asked for; BadParameter where the page number is not one of the list's.

    `total`: how many records there are, where that is known already.
    """
    paginator = Paginator(records, PAGE_SIZE)
    if total is not None:
        paginator.count = total  # type: ignore[misc]
    number_asked = request.GET.get("page") or "1"
    if not PAGE_NUMBER.fullmatch(number_asked) or int(number_asked) > paginator.num_pages:
        raise BadParameter(
            _("This list has %(pages)d pages; there is no page “%(page)s”.")
            % {"pages": paginator.num_pages, "page": number_asked[:20]}
        )
    return paginator.page(int(number_asked))


def order_of(request: HttpRequest, columns: dict[str, str], default: str) -> tuple[str, str]:
    """The order a list is asked for as the address says it ("-" before it for the reverse), and
    the same as `order_by` takes it."""
    sort = request.GET.get("sort") or default
    name = sort.removeprefix("-")
    if name not in columns:
        raise BadParameter(_("This list cannot be sorted by “%(sort)s”.") % {"sort": sort[:40]})
    return sort, f"-{columns[name]}" if sort.startswith("-") else columns[name]


def list_context(request: HttpRequest, heading: str, records: QuerySet) -> dict[str, Any]:
    """What `products/entry/list_base.html` shows of the page of `records` that is asked for."""
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

"""Lists and pages of what exists: products, intellectual property rights, science tasks."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.asked import Asked, asked
from ocop.errors import BadParameter, NotForYou
from products import listing
from products.choices import RANK_KEYS, Rank
from products.filters import AskedFilterSet, IPRightFilter, ProductFilter, ScienceTaskFilter
from products.models import Product, ScienceTask

PAGE_SIZE = 50
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def _page(request: HttpRequest, records: QuerySet) -> Any:
    """The page asked for; BadParameter where the page number is not one of the list's."""
    paginator = Paginator(records, PAGE_SIZE)
    wanted = request.GET.get("page") or "1"
    if not PAGE_NUMBER.fullmatch(wanted) or int(wanted) > paginator.num_pages:
        raise BadParameter(
            _("This list has %(pages)d pages; there is no page “%(page)s”.")
            % {"pages": paginator.num_pages, "page": wanted[:20]}
        )
    return paginator.page(int(wanted))


def _list(
    request: HttpRequest,
    wanted: Asked,
    filters: AskedFilterSet,
    sorts: dict[str, str],
    template: str,
    annotate: Any = None,
    add: Any = None,
) -> HttpResponse:
    """Filter, sort and page `filters`' records and render them with what `add` makes of a page."""
    sort = request.GET.get("sort") or "name"
    if sort.removeprefix("-") not in sorts:
        raise BadParameter(_("This list cannot be sorted by “%(sort)s”.") % {"sort": sort[:40]})
    found = filters.chosen_or_refuse()
    records = listing.sorted_by(annotate(found) if annotate else found, sort, sorts, "name")
    page = _page(request, records)
    context = {
        "asked": wanted,
        "filter": filters,
        "sort": sort,
        "page_obj": page,
        "pages_shown": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "total": page.paginator.count,
    }
    if add is not None:
        context |= add(page)
    return render(request, template, context)


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    wanted = asked(request)
    filters = ProductFilter(request.GET, listing.visible_products(wanted), asked=wanted)
    return _list(
        request,
        wanted,
        filters,
        listing.SORTS,
        "products/list.html",
        annotate=lambda found: listing.with_standing(found, wanted),
    )


@require_safe
def product_detail(request: HttpRequest, pk: int) -> HttpResponse:
    wanted = asked(request)
    visible = Product.objects.counted(pending=True).visible_in(wanted.scope).filter(pk=pk)
    product: Any = (
        listing.with_standing(visible, wanted)
        .select_related("producer", "product_set__group", "place__parent", "district")
        .first()
    )
    if product is None:
        raise NotForYou(_("There is no such product, or it is not in your district."))
    rank = product.rank_now
    context = {
        "asked": wanted,
        "product": product,
        "rank_key": RANK_KEYS[Rank(rank)] if rank else "",
        "rank_label": Rank(rank).label if rank else "",
        "recognitions": listing.recognition_lines(product, wanted),
        "enrolments": product.enrolments.counted(pending=True),
        "listings": [
            (one, listing.link_of(one.url))
            for one in product.listings.counted(pending=True).select_related("floor")
        ],
        "ip_rights": product.ip_rights.counted(pending=True),
    }
    return render(request, "products/detail.html", context)


@require_safe
def ip_list(request: HttpRequest) -> HttpResponse:
    wanted = asked(request)
    filters = IPRightFilter(request.GET, listing.visible_rights(wanted), asked=wanted)
    return _list(
        request,
        wanted,
        filters,
        listing.IP_SORTS,
        "ip/list.html",
        add=lambda page: {"rights": [(right, listing.stage_now(right, wanted)) for right in page]},
    )


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    wanted = asked(request)
    tasks = ScienceTask.objects.counted(wanted.pending).visible_in(wanted.scope)
    tasks = tasks.filter(approved_on__lte=wanted.as_of)
    if wanted.district:
        tasks = tasks.filter(district=wanted.district)
    filters = ScienceTaskFilter(request.GET, tasks, asked=wanted)
    return _list(request, wanted, filters, listing.TASK_SORTS, "tasks/list.html")

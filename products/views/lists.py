"""Lists and pages of what exists: products, intellectual property rights, science tasks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.asked import PageQuery, page_query
from ocop.errors import BadParameter, NotForYou
from ocop.organisation.scope import Scope, scope_of_request
from products import access, listing, reading
from products.choices import RANK_KEYS, Rank
from products.filters import (
    AskedFilterSet,
    IPRightFilter,
    ProducerFilter,
    ProductFilter,
    ScienceTaskFilter,
)
from products.kinds import KINDS
from products.models import Producer, ScienceTask
from products.page_parts import box_context, page_of


def _list(
    request: HttpRequest,
    wanted: PageQuery,
    filters: AskedFilterSet,
    sorts: dict[str, str],
    template: str,
    slug: str,
    annotate: Any = None,
    add: Any = None,
) -> HttpResponse:
    """Filter, sort and page `filters`' records and render them with what `add` makes of a page."""
    sort = request.GET.get("sort") or "name"
    if sort.removeprefix("-") not in sorts:
        raise BadParameter(_("This list cannot be sorted by “%(sort)s”.") % {"sort": sort[:40]})
    found = filters.chosen_or_refuse()
    records = listing.sorted_by(annotate(found) if annotate else found, sort, sorts, "name")
    page = page_of(request, records)
    context = {
        "asked": wanted,
        "filter": filters,
        "sort": sort,
        "page_obj": page,
        "pages_shown": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "total": page.paginator.count,
        "new_url": _new_url(scope_of_request(request), slug),
    }
    if add is not None:
        context |= add(page)
    return render(request, template, context)


def _new_url(scope: Scope, slug: str) -> str:
    """Where a new record of this kind is entered; "" for those who enter none."""
    may = access.may_enter_somewhere(scope, KINDS[slug])
    return reverse("record-new", args=[slug]) if may else ""


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    wanted, scope = page_query(request), scope_of_request(request)
    filters = ProductFilter(request.GET, listing.visible_products(wanted, scope), asked=wanted)
    return _list(
        request,
        wanted,
        filters,
        listing.SORTS,
        "products/list.html",
        "product",
        annotate=lambda found: listing.with_standing(found, wanted),
    )


@require_safe
def product_detail(request: HttpRequest, pk: int) -> HttpResponse:
    wanted, scope = page_query(request), scope_of_request(request)
    visible = access.visible(KINDS["product"], scope).filter(pk=pk)
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
        "rights_seen": set(
            access.visible(KINDS["ip-right"], scope)
            .filter(products=product)
            .values_list("pk", flat=True)
        ),
        "ratings": product.ratings.counted(pending=True),
        "begun": reading.begun_of(product, scope),
        "enters": reading.enters_for(product, scope),
        **box_context(request, KINDS["product"], product, scope),
    }
    return render(request, "products/detail.html", context)


@require_safe
def ip_list(request: HttpRequest) -> HttpResponse:
    wanted, scope = page_query(request), scope_of_request(request)
    filters = IPRightFilter(request.GET, listing.visible_rights(wanted, scope), asked=wanted)
    return _list(
        request,
        wanted,
        filters,
        listing.IP_SORTS,
        "ip/list.html",
        "ip-right",
        add=lambda page: {"rights": [(right, listing.stage_now(right, wanted)) for right in page]},
    )


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    wanted, scope = page_query(request), scope_of_request(request)
    tasks = ScienceTask.objects.counted(wanted.pending).visible_in(scope)
    tasks = tasks.filter(approved_on__lte=wanted.as_of)
    if wanted.district:
        tasks = tasks.filter(district=wanted.district)
    filters = ScienceTaskFilter(request.GET, tasks, asked=wanted)
    return _list(request, wanted, filters, listing.TASK_SORTS, "tasks/list.html", "task")


@require_safe
def producer_list(request: HttpRequest) -> HttpResponse:
    """Producers of the unit asked for, with how many products each has on record."""
    wanted, scope = page_query(request), scope_of_request(request)
    producers = Producer.objects.counted(wanted.pending).visible_in(scope)
    if wanted.district:
        producers = producers.filter(district=wanted.district)
    producers = listing.with_products(producers, wanted).select_related("place__parent")
    filters = ProducerFilter(request.GET, producers, asked=wanted)
    return _list(
        request, wanted, filters, listing.PRODUCER_SORTS, "producers/list.html", "producer"
    )

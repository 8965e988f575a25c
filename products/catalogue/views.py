"""Lists and pages of what exists: products, intellectual property rights, science tasks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.organisation.scope import scope_of_request
from ocop.web.errors import NotForYou
from ocop.web.page_query import page_query
from ocop.web.pagination import list_context, numbered, order_of
from products.catalogue import lists, rows
from products.catalogue.filters import (
    IPRightFilter,
    ProducerFilter,
    ProductFilter,
    QueryFilterSet,
    ScienceTaskFilter,
)
from products.choices import RANK_KEYS, Rank
from products.evidence import record_header_context
from products.kinds import KINDS, RecordKind
from products.models import Producer
from products.records import detail, permissions


def _list(
    request: HttpRequest,
    kind: RecordKind,
    heading: str,
    filters: QueryFilterSet,
    sorts: dict[str, str],
) -> dict[str, Any]:
    """What a list shows of the records that `filters` chooses."""
    sort, order = order_of(request, sorts, "name")
    found = filters.chosen_or_refuse().order_by(order, "name_sort", "pk")
    context = list_context(request, heading, found)
    may_enter = permissions.may_enter_somewhere(scope_of_request(request), kind)
    return {
        "query": filters.query,
        "filter": filters,
        "sort": sort,
        "new_url": reverse("record-new", args=[kind.slug]) if may_enter else "",
        **context,
        **numbered(context["page_obj"]),
    }


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    products = rows.with_status(rows.visible_products(query, scope), query)
    filters = ProductFilter(request.GET, products, query=query)
    context = _list(request, KINDS["product"], _("OCOP products"), filters, rows.SORTS)
    for product in context["rows"]:
        product.set_title = rows.set_title(product, query.as_of)
    return render(request, "products/catalogue/products.html", context)


@require_safe
def product_detail(request: HttpRequest, pk: int) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    visible = permissions.readable(KINDS["product"], scope).filter(pk=pk)
    product: Any = (
        rows.with_status(visible, query)
        .select_related("producer", "product_set__group", *rows.PLACE)
        .first()
    )
    if product is None:
        raise NotForYou(_("There is no such product, or it is not in your district."))
    rank = product.rank_now
    context = {
        "query": query,
        "product": product,
        "set_title": rows.set_title(product, query.as_of),
        "rank_key": RANK_KEYS[Rank(rank)] if rank else "",
        "rank_label": Rank(rank).label if rank else "",
        "recognitions": rows.recognition_rows(product, query),
        "enrolments": product.enrolments.counted(pending=True).select_related("system"),
        "listings": [
            (one, rows.link_of(one.url))
            for one in product.listings.counted(pending=True).select_related("floor")
        ],
        "ip_rights": product.ip_rights.counted(pending=True),
        "rights_seen": set(
            permissions.visible(KINDS["ip-right"], scope)
            .filter(products=product)
            .values_list("pk", flat=True)
        ),
        "ratings": product.ratings.counted(pending=True),
        "unverified_records": detail.unverified_records(product, scope),
        "enters": detail.enters_for(product, scope),
        **record_header_context(request, KINDS["product"], product, scope),
    }
    return render(request, "products/catalogue/product.html", context)


@require_safe
def ip_list(request: HttpRequest) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    filters = IPRightFilter(request.GET, rows.visible_rights(query, scope), query=query)
    heading = _("Intellectual property rights")
    context = _list(request, KINDS["ip-right"], heading, filters, rows.IP_SORTS)
    context["rows"] = [(right, rows.stage_now(right, query)) for right in context["rows"]]
    return render(request, "products/catalogue/ip_rights.html", context)


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    filters = ScienceTaskFilter(request.GET, lists.tasks_known(query, scope), query=query)
    heading = _("Science and technology tasks")
    context = _list(request, KINDS["task"], heading, filters, rows.TASK_SORTS)
    return render(request, "products/catalogue/science_tasks.html", context)


@require_safe
def producer_list(request: HttpRequest) -> HttpResponse:
    """Producers of the unit asked for, with how many products each has on record."""
    query, scope = page_query(request), scope_of_request(request)
    producers = Producer.objects.counted(query.pending).visible_in(scope).of_unit(query.unit)
    producers = rows.with_products(producers, query).select_related(*rows.PLACE)
    filters = ProducerFilter(request.GET, producers, query=query)
    context = _list(request, KINDS["producer"], _("Producers"), filters, rows.PRODUCER_SORTS)
    return render(request, "products/catalogue/producers.html", context)

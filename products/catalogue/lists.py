"""The lists that are exported as they stand: page and export filter and sort by one rule."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict

from ocop.organisation.scope import Scope, scope_of_request
from ocop.web.page_query import PageQuery
from ocop.web.pagination import order_of
from products.catalogue import rows
from products.catalogue.filters import (
    IPRightFilter,
    ProductFilter,
    QueryFilterSet,
    ScienceTaskFilter,
)
from products.models import Product, Recognition, ScienceTask, ValiditySpan

MARK = "list"
"""In the address of an export: of the list, even where nothing is filtered."""
SORTS_BY_PRODUCT = {
    "name": "product__name_sort",
    "producer": "product__producer__name_sort",
    "place": "product__district__name_sort",
    "rank": "rank",
    "valid_until": "valid_until",
}


@dataclass(frozen=True)
class RecordList:
    """A list's records before they are filtered, its filter and what it is sorted by.

    `exported` makes of the filtered records those that the list's export holds, which `sorts`
    order; `tie` decides among equal ones.
    """

    filters: type[QueryFilterSet]
    records: Callable[[PageQuery, Scope], QuerySet]
    sorts: dict[str, str]
    exported: Callable[[Any, PageQuery], QuerySet] = lambda found, _query: found
    tie: tuple[str, ...] = ("name_sort", "pk")

    def is_asked_for(self, parameters: QueryDict) -> bool:
        names = (MARK, "sort", *self.filters.base_filters)
        return any(parameters.get(name) for name in names)

    def records_to_export(self, request: HttpRequest, query: PageQuery) -> QuerySet:
        """The records of the list at this address, all its pages, in its order.

        Raises BadParameter for what the list refuses.
        """
        _sort, order = order_of(request, self.sorts, "name")
        scope = scope_of_request(request)
        filters = self.filters(request.GET, self.records(query, scope), query=query)
        found = self.exported(filters.chosen_or_refuse(), query)
        return found.order_by(order, *self.tie)


def counting_recognitions(products: QuerySet[Product], query: PageQuery) -> QuerySet:
    """One recognition of each product: which gives its rank on the day, else the latest known.

    Of a product that was not recognised by then there is none.
    """
    known = Recognition.objects.counted(query.pending).filter(decided_on__lte=query.as_of)
    valid = ValiditySpan.objects.on_basis(query.pending).at(query.as_of)
    later = known.filter(
        Q(decided_on__gt=OuterRef("decided_on"))
        | Q(decided_on=OuterRef("decided_on"), rank__gt=OuterRef("rank")),
        product_id=OuterRef("product_id"),
    )
    lapsed = ~Q(product_id__in=valid.values("product_id")) & ~Exists(later)
    return known.filter(
        Q(pk__in=valid.values("recognition_id")) | lapsed,
        product_id__in=products.order_by().values("pk"),
    )


def tasks_known(query: PageQuery, scope: Scope) -> QuerySet[ScienceTask]:
    """Tasks that `scope` may see in the unit asked for, approved by the day."""
    tasks = ScienceTask.objects.counted(query.pending).visible_in(scope)
    return tasks.of_unit(query.unit).filter(approved_on__lte=query.as_of)


PRODUCTS = RecordList(
    ProductFilter,
    rows.visible_products,
    SORTS_BY_PRODUCT,
    counting_recognitions,
    ("product__name_sort", "product_id"),
)
RIGHTS = RecordList(IPRightFilter, rows.visible_rights, rows.IP_SORTS)
TASKS = RecordList(ScienceTaskFilter, tasks_known, rows.TASK_SORTS)

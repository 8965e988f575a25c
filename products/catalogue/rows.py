"""Rows of the lists and of a product's page, made from records as of a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from ocop.web.page_query import PageQuery
from products.choices import RANK_KEYS, Authority, Rank, RecognitionKind, Status
from products.models import (
    FloorListing,
    IPRight,
    Producer,
    Product,
    Recognition,
    TraceabilityEnrolment,
    ValiditySpan,
)

SORTS = {
    "name": "name_sort",
    "producer": "producer__name_sort",
    "place": "district__name_sort",
    "rank": "rank_now",
    "valid_until": "valid_until_now",
}
PRODUCER_SORTS = {
    "name": "name_sort",
    "place": "district__name_sort",
    "products": "products_now",
}
IP_SORTS = {
    "name": "name_sort",
    "owner": "owner_sort",
    "filed_on": "filed_on",
    "granted_on": "granted_on",
}
TASK_SORTS = {
    "name": "name_sort",
    "lead": "lead_sort",
    "approved_on": "approved_on",
    "budget": "budget",
}


def set_title(product: Product, day: date) -> str:
    """The product's set as the law of `day` calls it; "" where it is not known."""
    return product.product_set.title_at(day) if product.product_set else ""


PLACE = ("place__parent", "district", "commune__parent")
"""What the words about a record's place are read from."""


def visible_products(query: PageQuery, scope: Scope) -> QuerySet[Product]:
    """Products that `scope` may see in the unit asked for, as known on the day.

    One whose first decision comes later is not known yet; one never recognised is. Records
    awaiting verification are among them only where the page asks for them.
    """
    decided = Recognition.objects.counted(query.pending).filter(product_id=OuterRef("pk"))
    products = (
        Product.objects.counted(query.pending)
        .visible_in(scope)
        .of_unit(query.unit)
        .filter(Exists(decided.filter(decided_on__lte=query.as_of)) | ~Exists(decided))
    )
    return products.select_related("producer", "product_set__group", *PLACE)


def with_status(products: QuerySet[Product], query: PageQuery) -> QuerySet[Product]:
    """Adds rank, end of certificate and listings as of the day asked for."""
    spans = ValiditySpan.objects.on_basis(query.pending).at(query.as_of)
    current = spans.filter(product_id=OuterRef("pk"))
    of_product = {"product_id": OuterRef("pk")}
    traced = TraceabilityEnrolment.objects.counted(query.pending).listed_at(query.as_of)
    sold = FloorListing.objects.counted(query.pending).listed_at(query.as_of)
    return products.annotate(
        rank_now=Subquery(current.values("rank")[:1]),
        valid_until_now=Subquery(current.values("certificate_ends")[:1]),
        traced_now=Exists(traced.in_counting_channels().filter(**of_product)),
        sold_now=Exists(sold.in_counting_channels().filter(**of_product)),
    )


def with_products(producers: QuerySet[Producer], query: PageQuery) -> QuerySet[Producer]:
    """Adds the number of products on record, and of those valid on the day asked for."""
    products = Product.objects.counted(query.pending).filter(producer_id=OuterRef("pk"))
    valid = ValiditySpan.objects.on_basis(query.pending).at(query.as_of)
    held = products.filter(pk__in=valid.values("product_id"))
    return producers.annotate(products_now=_number(products), valid_now=_number(held))


def _number(products: QuerySet[Product]) -> Coalesce:
    counted = products.order_by().values("producer_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


# --- A product's history as people read it ----------------------------------------------------


@dataclass(frozen=True)
class RecognitionRow:
    """One recognition with what follows from the product's history."""

    recognition: Recognition
    kind: str
    kind_label: str
    rank_key: str
    status: str
    status_label: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.recognition, name)

    @property
    def rank_label(self) -> str:
        return str(Rank(self.recognition.rank).label)

    @property
    def authority_label(self) -> str:
        authority = self.recognition.authority
        return str(Authority(authority).label) if authority else ""


def kinds_of(recognitions: list[Recognition]) -> dict[int, RecognitionKind]:
    """New, renewed, upgraded or downgraded, by recognition id, from one product's history."""
    kinds = kinds_in_order(recognitions)
    return {recognition.pk: kinds[id(recognition)] for recognition in recognitions}


def kinds_in_order(recognitions: Iterable[Recognition]) -> dict[int, RecognitionKind]:
    """The same by Python's id of each, for those not saved yet.

    The first ever is new; a later one is compared with the one just before it.
    """
    kinds: dict[int, RecognitionKind] = {}
    before: Recognition | None = None
    for recognition in sorted(recognitions, key=lambda r: (r.decided_on, r.rank, r.pk or 2**62)):
        if before is None:
            kind = RecognitionKind.NEW
        elif recognition.rank > before.rank:
            kind = RecognitionKind.UPGRADED
        elif recognition.rank < before.rank:
            kind = RecognitionKind.DOWNGRADED
        else:
            kind = RecognitionKind.RENEWED
        kinds[id(recognition)] = kind
        before = recognition
    return kinds


def certificate_status(recognition: Recognition, day: date) -> tuple[str, str]:
    """(key, words) for how a certificate stands on `day`."""
    if recognition.status == Status.SUBMITTED:
        return "waiting", _("awaiting verification")
    if recognition.revoked_on and recognition.revoked_on <= day:
        return "revoked", _("revoked")
    if recognition.decided_on > day:
        return "future", _("not yet decided on that day")
    if recognition.valid_until < day:
        return "expired", _("certificate expired")
    return "valid", _("valid")


def recognition_rows(product: Product, query: PageQuery) -> list[RecognitionRow]:
    """The product's recognitions, latest first; those awaiting verification are marked."""
    known = list(product.recognitions.counted(pending=True))  # type: ignore[attr-defined]
    kinds = kinds_of(known)
    lines = []
    for recognition in known:
        key, words = certificate_status(recognition, query.as_of)
        kind = kinds[recognition.pk]
        lines.append(
            RecognitionRow(
                recognition,
                kind.value,
                str(kind.label),
                RANK_KEYS[Rank(recognition.rank)],
                key,
                words,
            )
        )
    return lines


def stage_now(right: IPRight, query: PageQuery) -> str:
    """The word for where the right stood on the day asked for."""
    return str(right.stage_at(query.as_of).label)


def link_of(url: str) -> str:
    """`url` where it leads to a web page; empty for anything else, such as javascript:."""
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def visible_rights(query: PageQuery, scope: Scope) -> QuerySet[IPRight]:
    """Rights filed or granted by the day asked for, and those whose dates nobody recorded."""
    undated = Q(filed_on__isnull=True, granted_on__isnull=True)
    known = Q(filed_on__lte=query.as_of) | Q(granted_on__lte=query.as_of)
    rights = IPRight.objects.counted(query.pending).visible_in(scope).of_unit(query.unit)
    return rights.filter(undated | known).select_related("district", "science_task")

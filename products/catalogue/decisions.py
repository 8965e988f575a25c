"""Which records stand behind figures of what was decided on a day, as lists choose them."""

from datetime import date
from typing import Any

from django.db.models import Q

from ocop.web.page_query import PageQuery
from products.choices import Status
from products.legal_terms import decision_key
from products.models import FirstRecognition, Recognition


def decided_on(query: PageQuery, day: date, number: str = "") -> Any:
    """Recognitions decided on `day`; with `number` by the decision of that number, however it is
    written."""
    decided = Recognition.objects.counted(query.pending).filter(decided_on=day)
    if not number:
        return decided
    written = decided.order_by().values_list("decision_number", flat=True).distinct()
    fitting = [one for one in written if decision_key(one) == decision_key(number)]
    return decided.filter(decision_number__in=fitting)


def first_known(query: PageQuery) -> Any:
    """What is known on the day asked for as the first recognition of its product by then."""
    firsts = FirstRecognition.objects.on_basis(query.pending).known_at(query.as_of)
    return firsts.filter(decided_on__lte=query.as_of)


def new_or_left_out(query: PageQuery, left_out: str, year: int) -> Any:
    """What made products new in `year` by the day; or what `left_out` says of the others.

    A product stands in one of them only: new, else revoked, else recognised again.
    """
    of_year = Q(decided_on__year=year, decided_on__lte=query.as_of)
    if left_out == "waiting":
        return Recognition.objects.filter(of_year, status=Status.SUBMITTED)
    first = FirstRecognition.objects.on_basis(query.pending).filter(of_year)
    new = first.known_at(query.as_of)
    annulled = first.filter(counts_until__lte=query.as_of)
    if left_out == "revoked":
        return annulled.exclude(product_id__in=new.values("product_id"))
    if left_out == "again":
        decided = Recognition.objects.counted(query.pending).filter(of_year)
        for others in (new, annulled):
            decided = decided.exclude(product_id__in=others.values("product_id"))
        return decided
    return new

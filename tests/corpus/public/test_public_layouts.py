"""Every public layout comes to exactly what is written beside it."""

from typing import Any

import pytest

from products.models import FloorListing, IPRight, Recognition, TraceabilityEnrolment
from tests.corpus.public.layout import PublicLayout
from tests.corpus.public.listings import COCONUT, ECOMMERCE, HONEY, TRACEABILITY
from tests.corpus.public.recognitions import RECOGNITIONS
from tests.corpus.public.rights import RIGHTS
from tests.imports.workbooks import imported, places
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product

pytestmark = pytest.mark.django_db


def held(dataset: str) -> list[tuple[Any, ...]]:
    """What the records of the dataset hold, as tuples in the form of the layouts' `found`."""
    match dataset:
        case "ecommerce":
            listings = FloorListing.objects.all()
            found = listings.values_list("product__name", "floor__name", "url", "started_on")
        case "traceability":
            enrolments = TraceabilityEnrolment.objects.all()
            found = enrolments.values_list("product__name", "system__name", "code", "started_on")
        case "ip_rights":
            rights = IPRight.objects.all()
            fields = (
                *("kind", "name", "owner", "filing_number", "certificate_number"),
                *("filed_on", "granted_on"),
            )
            found = rights.values_list(*fields)
        case _:
            return sorted(map(recognised, Recognition.objects.select_related("product__district")))
    return sorted(found)


def recognised(one: Recognition) -> tuple[Any, ...]:
    product = one.product
    decision = f"{one.decision_number} {one.decided_on}"
    score = None if one.score is None else float(one.score)
    return product.name, product.producer.name, one.rank, product.district.code, decision, score


@every_case("layout", (*RECOGNITIONS, *ECOMMERCE, *TRACEABILITY, *RIGHTS))
def test_what_becomes_of_a_public_layout(layout: PublicLayout) -> None:
    if layout.dataset in ("ecommerce", "traceability"):
        for name, owner in (HONEY, COCONUT):
            make_product(name, make_producer(owner))
    outcome = imported(layout.dataset, layout.rows, merged=layout.merged)
    assert [(one.kind, one.cells) for one in outcome.questions] == list(layout.asked), (
        outcome.errors
    )
    if layout.answers:
        answers = {
            one.id: layout.answers[one.kind]
            for one in outcome.questions
            if one.kind in layout.answers
        }
        options = {"merged": layout.merged, "answers": answers}
        outcome = imported(layout.dataset, layout.rows, **options)
    assert places(outcome.errors) == list(layout.errors), outcome.errors
    assert held(layout.dataset) == sorted(layout.found)

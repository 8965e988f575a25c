"""Every public layout comes to exactly what is written beside it."""

from typing import Any

import pytest

from ocop.imports.pipeline.pipeline import ImportOutcome
from products.models import (
    FloorListing,
    IPRight,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
)
from tests.corpus.public.groups import GROUPS
from tests.corpus.public.layout import Link, PublicLayout
from tests.corpus.public.listings import COCONUT, ECOMMERCE, HONEY, TRACEABILITY
from tests.corpus.public.recognitions import RECOGNITIONS
from tests.corpus.public.rights import RIGHTS, TASKS
from tests.corpus.public.states import STATES
from tests.imports.workbooks import imported_file, make_book, places
from tests.lib.workbook_files import make_xls, xls_hyperlink
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
        case "science_tasks":
            fields = ("name", "lead", "approved_on", "started_on", "ended_on", "budget")
            found = ScienceTask.objects.values_list(*fields)
        case _:
            found = map(recognised, Recognition.objects.select_related("product__district"))
    return sorted(found, key=str)


def recognised(one: Recognition) -> tuple[Any, ...]:
    product = one.product
    decision = f"{one.decision_number} {one.decided_on}"
    decision += f" – {one.revoked_on}" if one.revoked_on else ""
    score = None if one.score is None else float(one.score)
    return product.name, product.producer.name, one.rank, product.district.code, decision, score


def file_of(layout: PublicLayout) -> tuple[bytes, str]:
    """The layout as a file, with its name."""
    if not layout.of_excel_97:
        return make_book(layout.rows, merged=layout.merged), "bang.xlsx"
    cells, links = {}, b""
    for row, values in enumerate(layout.rows):
        for column, value in enumerate(values):
            if isinstance(value, Link):
                links += xls_hyperlink(row, column, value.address)
            if value is not None:
                text = value.text if isinstance(value, Link) else value
                cells[row, column] = text if isinstance(text, str) else float(text)
    return make_xls(cells, extra=links), "bang.xls"


def run(layout: PublicLayout, answers: dict[str, str] | None = None) -> ImportOutcome:
    data, name = file_of(layout)
    return imported_file(layout.dataset, data, name=name, answers=answers or {})


ALL = (*RECOGNITIONS, *STATES, *GROUPS, *ECOMMERCE, *TRACEABILITY, *RIGHTS, *TASKS)


@every_case("layout", ALL)
def test_what_becomes_of_a_public_layout(layout: PublicLayout) -> None:
    if layout.dataset in ("ecommerce", "traceability"):
        for name, owner in (HONEY, COCONUT):
            make_product(name, make_producer(owner))
    outcome = run(layout)
    assert [(one.kind, one.cells) for one in outcome.questions] == list(layout.asked), (
        outcome.errors
    )
    if layout.answers:
        questions = outcome.questions
        kinds = layout.answers
        outcome = run(layout, {one.id: kinds[one.kind] for one in questions if one.kind in kinds})
    assert places(outcome.errors) == list(layout.errors), outcome.errors
    assert held(layout.dataset) == sorted(layout.found, key=str)

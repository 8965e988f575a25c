"""Floors and systems that nobody knows yet, named in a workbook: asked about, proposed, undone."""

from typing import Any

import pytest

from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from products.models import EcommerceFloor, FloorListing, TraceabilitySystem, ValiditySpan
from tests.imports.workbooks import ECOMMERCE, TRACEABILITY, as_user, imported
from tests.support.factories import (
    make_enrolment,
    make_producer,
    make_product,
    make_recognition,
    system,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = {"*": "new"}


@pytest.fixture
def honey(db: Any) -> Any:
    return make_product("Mật ong", make_producer("HTX Ong Vàng"))


def row(name: str, day: str = "5/6/2023") -> list[Any]:
    return ["Mật ong", "HTX Ong Vàng", name, day, None]


def traced(*rows: list[Any], **options: Any) -> Any:
    return imported("traceability", [TRACEABILITY, *rows], **options)


def undo(outcome: Any) -> Any:
    return services.undo(ImportBatch.objects.get(pk=outcome.batch), system_importer())


def test_equal_names_are_one_question_with_the_near_ones_and_nothing_chosen(honey: Any) -> None:
    outcome = traced(row("VNPT chek"), row("vnpt  CHEK", "6/6/2023"), row("Sổ tay", "7/6/2023"))
    assert [(one.code, one.cell) for one in outcome.errors] == [
        ("unknown_value", cell) for cell in ("C2", "C3", "C4")
    ]
    first, second = outcome.questions
    assert (first.kind, first.cells) == ("system", ["C2", "C3"])
    assert [one["id"] for one in first.choices] == ["same:VNPT Check", "typed:", "new"]
    assert [one["id"] for one in second.choices] == ["typed:", "new"]
    assert all(one.as_json()["answer"] is None for one in outcome.questions)
    assert not TraceabilitySystem.objects.filter(status="proposed").exists()


def test_a_floor_is_asked_about_alike(honey: Any) -> None:
    cells = ["Mật ong", "HTX Ong Vàng", "Shopee Mall", None, "5/6/2023", None]
    outcome = imported("ecommerce", [ECOMMERCE, cells])
    (question,) = outcome.questions
    assert question.kind == "floor"
    assert [one["id"] for one in question.choices] == ["same:Shopee", "typed:", "new"]
    answers = {question.id: "same:Shopee"}
    assert imported("ecommerce", [ECOMMERCE, cells], answers=answers).created == 1
    assert FloorListing.objects.get().floor == EcommerceFloor.objects.get(code="shopee")


def test_another_known_one_can_be_said_by_its_name(honey: Any) -> None:
    cells = ["Mật ong", "HTX Ong Vàng", "Chợ làng", None, "5/6/2023", None]
    (question,) = imported("ecommerce", [ECOMMERCE, cells]).questions
    shown = question.as_json()["choices"][0]
    assert shown["id"] == "typed:" and {"Postmart", "Voso"} <= set(shown["known"])
    wrong = {question.id: "typed:Chợ phố"}
    (again,) = imported("ecommerce", [ECOMMERCE, cells], answers=wrong).questions
    assert again.value == "Chợ phố"
    answers = {question.id: "typed:postmart"}
    assert imported("ecommerce", [ECOMMERCE, cells], answers=answers).created == 1
    assert FloorListing.objects.get().floor.name == "Postmart"


def test_a_new_one_is_proposed_once_with_its_records_and_does_not_count(honey: Any) -> None:
    make_recognition(honey)
    outcome = traced(row("Sổ tay xanh"), row("SỔ TAY XANH", "6/6/2023"), answers=NEW)
    assert (outcome.verdict, outcome.created) == ("accepted", 2)
    made = TraceabilitySystem.objects.get(status="proposed")
    assert (made.name, made.counted, made.enrolments.count()) == ("Sổ tay xanh", False, 2)
    assert made.history.count() == 1
    assert not ValiditySpan.objects.filter(traced_until__isnull=False).exists()
    again = traced(row("sổ tay xanh"))
    assert (again.verdict, again.unchanged, again.questions) == ("accepted", 1, [])


def test_an_officers_new_one_names_the_officer(honey: Any) -> None:
    outcome = traced(row("Sổ tay xanh"), importer=as_user("huyen844"), answers=NEW)
    assert outcome.verdict == "accepted"
    assert TraceabilitySystem.objects.get(name="Sổ tay xanh").created_by.username == "huyen844"


def test_undoing_takes_the_proposed_one_back_where_nothing_else_is_in_it(honey: Any) -> None:
    outcome = traced(row("Sổ tay xanh"), answers=NEW)
    assert undo(outcome).left == []
    assert not TraceabilitySystem.objects.filter(name="Sổ tay xanh").exists()
    outcome = traced(row("Sổ tay xanh"), answers=NEW)
    make_enrolment(make_product(), honey.created_at.date(), system=system("Sổ tay xanh"))
    left = undo(outcome).left
    assert len(left) == 1
    assert TraceabilitySystem.objects.get(name="Sổ tay xanh").enrolments.count() == 1


def test_a_start_outside_the_validity_is_a_remark(honey: Any) -> None:
    outcome = traced(row("truyxuat.gov.vn", "30/9/2024"), row("truyxuat.gov.vn", "1/10/2024"))
    assert outcome.verdict == "accepted"
    assert [(one.code, one.cell) for one in outcome.warnings] == [("out_of_range", "C2")]

"""Who may import what, and in which state it enters."""

import pytest

from products.models import Product, Recognition
from tests.imports.workbooks import (
    ALLOCATIONS,
    DECIDED,
    IP_RIGHTS,
    SCIENCE_TASKS,
    TRACEABILITY,
    as_user,
    everything,
    imported,
    places,
    product_row,
    recognitions,
)
from tests.products.entry.form_data import a_user
from tests.support.factories import district, make_producer, make_product, make_recognition

pytestmark = pytest.mark.django_db


def test_an_officer_enters_the_own_district_for_verification():
    outcome = recognitions(product_row(), importer=as_user("huyen844"))
    assert outcome.verdict == "accepted"
    recognition = Recognition.objects.get()
    assert (recognition.status, recognition.created_by.username) == ("submitted", "huyen844")
    assert Product.objects.get().status == "submitted"


def test_an_officer_enters_no_other_district():
    before = everything()
    outcome = recognitions(
        product_row(), product_row("B", district="Cầu Kè"), importer=as_user("huyen844")
    )
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [("not_permitted", "D3")])
    assert everything() == before


def test_a_group_row_does_not_open_another_district():
    header = ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao", "Ngày quyết định"]
    rows = [[None, "I. HUYỆN CẦU KÈ"], [1, "Dừa sáp", "HTX Dừa", "3 sao", DECIDED]]
    outcome = imported("recognitions", [header, *rows], as_user("huyen844"))
    assert places(outcome.errors) == [("not_permitted", "B3")]


def test_a_product_of_another_district_is_not_reached_through_its_producer():
    product = make_product("Mật ong")
    Product.objects.filter(pk=product.pk).update(district=district("845"))
    row = product_row(producer=product.producer.name)
    outcome = recognitions(row, importer=as_user("huyen844"))
    assert places(outcome.errors) == [("not_permitted", "A2")]


@pytest.mark.parametrize("username", ["bancd", "nguoingoai"])
def test_who_has_no_office_imports_nothing(username, outsider):
    outcome = recognitions(product_row(), importer=as_user(username))
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [("not_permitted", None)])


@pytest.mark.parametrize(
    ("dataset", "rows"),
    [
        ("allocations", [ALLOCATIONS, ["OCOP-NEW", "Càng Long", 2023, 4]]),
        ("science_tasks", [SCIENCE_TASKS, ["A", "Sở A", DECIDED, None]]),
    ],
)
def test_what_concerns_the_province_is_not_for_districts(dataset, rows):
    outcome = imported(dataset, rows, as_user("huyen844"))
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [("not_permitted", None)])
    assert imported(dataset, rows, as_user("tinh")).verdict == "accepted"


def test_the_province_enters_every_district_for_verification():
    assert recognitions(product_row(), importer=as_user("tinh")).verdict == "accepted"
    assert Recognition.objects.get().status == "submitted"


def test_an_officer_does_not_change_what_is_verified():
    product = make_product("Mật ong")
    make_recognition(product, DECIDED, score=65)
    row = product_row(producer=product.producer.name, score=66)
    outcome = recognitions(row, importer=as_user("huyen844"))
    assert places(outcome.errors) == [("not_permitted", "A2")]
    same = product_row(producer=product.producer.name, score=65)
    assert recognitions(same, importer=as_user("huyen844")).unchanged == 1
    assert recognitions(row).updated == 1


def test_an_officer_sees_nothing_of_other_districts_in_suggestions():
    make_product("Dừa sáp say kho", district=district("845"))
    own = make_product("Dừa sáp sấy khô", district=district("844"))
    row = ["Dừa sáp say kho", own.producer.name, "iCheck", DECIDED]
    outcome = imported("traceability", [TRACEABILITY[:4], row], as_user("huyen844"))
    assert places(outcome.errors) == [("unknown_product", "A2")]
    assert "Dừa sáp sấy khô" in outcome.errors[0].message
    elsewhere = district("845")
    make_product("Kẹo dừa", make_producer("HTX Bí Mật Xa", elsewhere))
    row = ["Kẹo dừa", "HTX Bi Mat", "iCheck", DECIDED]
    outcome = imported("traceability", [TRACEABILITY[:4], row], as_user("huyen844"))
    assert places(outcome.errors) == [("unknown_product", "A2")]
    assert "Bí Mật Xa" not in outcome.errors[0].message


def test_rights_are_the_provinces_to_enter():
    right = ["Nhãn hiệu", "Ong Vàng", "HTX Ong", "Càng Long", "4-2022-12345", None, None]
    outcome = imported("ip_rights", [IP_RIGHTS, right], as_user("huyen844"))
    assert places(outcome.errors) == [("not_permitted", None)]
    assert imported("ip_rights", [IP_RIGHTS, right], as_user("tinh")).created == 1


def test_a_provincial_officer_imports_in_the_own_fields_of_work_only():
    a_user("khcn", "province", fields=["ip_science"])
    right = ["Nhãn hiệu", "Ong Vàng", "HTX Ong", None, "4-2022-12345", None, None]
    assert imported("ip_rights", [IP_RIGHTS, right], as_user("khcn")).created == 1
    outcome = recognitions(product_row(), importer=as_user("khcn"))
    assert places(outcome.errors) == [("not_permitted", None)]

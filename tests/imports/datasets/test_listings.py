"""Datasets traceability and ecommerce: products found by name and producer."""

import pytest

from products.models import FloorListing, TraceabilityEnrolment
from tests.imports.workbooks import ECOMMERCE, TRACEABILITY, imported, places
from tests.support.cases import every_case
from tests.support.factories import district, make_producer, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def honey(db):
    return make_product("Mật ong", make_producer("HTX Ong Vàng"))


def traced(*rows):
    return imported("traceability", [TRACEABILITY, *rows])


def sold(*rows):
    return imported("ecommerce", [ECOMMERCE, *rows])


def test_a_product_is_found_by_its_names_whatever_their_case(honey):
    assert traced(["MẬT  ONG", "htx ong vàng", "iCheck", "5/6/2023", None]).created == 1
    again = traced(["Mật ong", "HTX Ong Vàng", "ICHECK", "5/6/2023", "5/6/2024"])
    assert (again.created, again.updated) == (0, 1)
    assert TraceabilityEnrolment.objects.get().product == honey


def test_an_unknown_product_comes_with_a_near_one(honey):
    outcome = traced(
        ["Mật ong", "Ong Vàng (HTX)", "iCheck", "5/6/2023", None],
        ["Ong mật", "Hợp tác xã Ong Vàng", "iCheck", "5/6/2023", None],
        ["Mật ong", "HTX Ong Vàng 2", "iCheck", "5/6/2023", None],
        ["Gì đó", "Ai đó", "iCheck", "5/6/2023", None],
    )
    assert places(outcome.errors) == [("unknown_product", f"A{row}") for row in (2, 3, 4, 5)]
    offered = [[one.instead for one in error.choices] for error in outcome.errors]
    honey_of_ong_vang = {"product": "Mật ong", "producer": "HTX Ong Vàng"}
    # Another number is another producer.
    assert offered == [[honey_of_ong_vang], [honey_of_ong_vang], [], []]


def test_a_weight_or_stars_behind_a_products_name_are_asked_about(honey):
    make_product("Mật ong", make_producer("HTX Khác"))
    written = ["Mật ong (500g)", "Mật ong OCOP 3 sao", "mat ong - hộp 500 ml"]
    rows = [
        [name, "HTX Ong Vàng", "iCheck", f"{day}/6/2023"] for day, name in enumerate(written, 1)
    ]
    outcome = traced(*rows)
    assert [one.choices[0].instead for one in outcome.errors] == [
        {"product": "Mật ong", "producer": "HTX Ong Vàng"}
    ] * 3
    answers = {one.id: one.choices[0]["id"] for one in outcome.questions}
    assert imported("traceability", [TRACEABILITY, *rows], answers=answers).created == 3
    assert honey.enrolments.count() == 3


def test_a_missing_producer_is_asked_about_where_one_product_has_the_name(honey):
    row = ["Mật ong", None, "iCheck", "5/6/2023", None]
    outcome = traced(row)
    assert places(outcome.errors) == [("required", "B2")]
    (question,) = outcome.questions
    answers = {question.id: "same:Mật ong – HTX Ong Vàng"}
    assert imported("traceability", [TRACEABILITY, row], answers=answers).created == 1
    make_product("Mật ong", make_producer("HTX Khác"))
    again = traced(["Mật ong", "-", "VNPT Check", "5/6/2023", None])
    assert (places(again.errors), again.questions) == ([("required", "B2")], [])


def test_a_product_typed_without_diacritics_is_asked_about_never_taken(honey):
    outcome = traced(["mat ong", "htx ong vang", "iCheck", "5/6/2023", None])
    assert places(outcome.errors) == [("unknown_product", "A2")]
    (question,) = outcome.questions
    assert [one["id"] for one in question.choices] == ["same:Mật ong – HTX Ong Vàng"]


def test_a_name_of_several_products_is_a_conflict(honey):
    make_product("Mật ong", make_producer("HTX Ong Vàng", district("845")))
    outcome = traced(["Mật ong", "HTX Ong Vàng", "iCheck", "5/6/2023", None])
    assert places(outcome.errors) == [("conflict", "A2")]


@every_case(
    "written, code",
    [
        ("Voso", "voso"),
        ("VỎ SÒ", "voso"),
        ("https://voso.vn/san-pham/1", "voso"),
        ("WWW.Shopee.vn", "shopee"),
        ("TikTok", "tiktok-shop"),
        ("buudien.vn", "postmart"),
    ],
)
def test_floors_are_known_by_spelling_and_address(honey, written, code):
    assert places(sold(["Mật ong", "HTX Ong Vàng", written, None, "5/6/2023", None]).errors) == []
    assert FloorListing.objects.get().floor.code == code


def test_an_unknown_floor_is_refused_with_the_choices(honey):
    outcome = sold(["Mật ong", "HTX Ong Vàng", "Chợ làng", None, "5/6/2023", None])
    assert places(outcome.errors) == [("unknown_value", "C2")]
    assert "Postmart" in outcome.errors[0].message


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_is_an_address_of_the_web(honey, link):
    outcome = sold(["Mật ong", "HTX Ong Vàng", "Voso", link, "5/6/2023", None])
    assert places(outcome.errors) == [("unknown_value", "D2")]


@pytest.mark.parametrize("link", ["voso.vn/a?b=c:d", "https://voso.vn:443/x", "voso.vn:80/x"])
def test_a_link_may_leave_out_its_scheme(honey, link):
    row = ["Mật ong", "HTX Ong Vàng", "Voso", link, "5/6/2023", None]
    assert places(sold(row).errors) == []
    assert FloorListing.objects.get().url == link


def test_an_end_before_the_start_is_refused(honey):
    outcome = sold(["Mật ong", "HTX Ong Vàng", "Voso", None, "5/6/2023", "4/6/2023"])
    assert places(outcome.errors) == [("conflict", "F2")]
    outcome = traced(["Mật ong", "HTX Ong Vàng", "iCheck", "5/6/2023", "4/6/2023"])
    assert places(outcome.errors) == [("conflict", "E2")]


def test_one_listing_twice_is_refused_even_in_two_spellings(honey):
    outcome = sold(
        ["Mật ong", "HTX Ong Vàng", "Voso", None, "5/6/2023", None],
        ["MẬT ONG", "htx  ong vàng", "voso.vn", None, "05/06/2023", None],
    )
    assert places(outcome.errors) == [("duplicate_row", "A3")]


def test_a_system_without_a_letter_is_refused(honey):
    rows = [["Mật ong", "HTX Ong Vàng", sign, "5/6/2023", None] for sign in ("***", "---.")]
    assert places(traced(*rows).errors) == [("required", "C2"), ("required", "C3")]

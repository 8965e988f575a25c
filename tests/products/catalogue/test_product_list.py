"""The list of products: search, filters, order, pages."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from django.test import Client

from products.choices import Rank, Status
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_listing,
    make_producer,
    make_product,
    make_recognition,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


def names(client: Client, address: str = "/products/", **query: Any) -> list[str]:
    response = client.get(address, query)
    assert response.status_code == 200
    return [product.name for product in response.context["page_obj"]]


@every_case(
    "words", ["dua sap", "Dừa sáp", "DỪA SÁP", "dừa", "sáp dừa", "  dua   sap  ", "dua-sap"]
)
def test_search_finds_with_and_without_diacritics_in_any_order(
    words: str, client_in: Client
) -> None:
    make_product("Dừa sáp")
    make_product("Bưởi da xanh")
    for form in ("NFC", "NFD"):
        assert names(client_in, q=unicodedata.normalize(form, words)) == ["Dừa sáp"]


def test_a_name_entered_decomposed_is_found_composed(client_in: Client) -> None:
    make_product(unicodedata.normalize("NFD", "Dừa sáp"))
    assert names(client_in, q="Dừa sáp") == ["Dừa sáp"]


def test_search_finds_by_producer_and_by_words_of_both(client_in: Client) -> None:
    make_product("Mắm", producer=make_producer("HTX Đông Hải"))
    make_product("Mắm ruốc", producer=make_producer("Cơ sở Út"))
    assert names(client_in, q="dong hai") == ["Mắm"]
    assert names(client_in, q="mam ut") == ["Mắm ruốc"]


@every_case(
    "words,found", [("dua%sap", True), ("dua_sap", True), ("%xoai%", False), ("____x", False)]
)
def test_signs_of_the_database_stand_for_nothing_in_a_search(
    words: str, found: bool, client_in: Client
) -> None:
    make_product("Dừa sáp")
    assert names(client_in, q=words) == (["Dừa sáp"] if found else [])


def test_names_sort_in_vietnamese_order(client_in: Client) -> None:
    order = ["An", "Ăn", "Ân", "Dừa", "Đậu", "Em", "Ơn", "Ưng"]
    for name in reversed(order):
        make_product(name)
    assert names(client_in) == order
    assert names(client_in, sort="name") == order
    assert names(client_in, sort="-name") == order[::-1]


def test_every_head_that_sorts_does_and_ties_stay_in_order_of_names(client_in: Client) -> None:
    high, low = make_product("B"), make_product("A")
    make_recognition(high, date(2022, 8, 22), Rank.FOUR)
    make_recognition(low, date(2022, 12, 30), Rank.THREE)
    day = {"as_of": "2023-01-01"}
    assert names(client_in, sort="rank", **day) == ["A", "B"]
    assert names(client_in, sort="-rank", **day) == ["B", "A"]
    assert names(client_in, sort="valid_until", **day) == ["B", "A"]
    for key in ("producer", "place", "-place"):
        assert len(names(client_in, sort=key, **day)) == 2
    assert names(client_in, sort="place", **day) == ["A", "B"]


@pytest.fixture
def four(db: Any) -> None:
    """One valid and on a floor, one valid and traced, one lapsed, one never recognised."""
    sold = make_product("Còn hiệu lực, trên sàn", producer=make_producer(kind="cooperative"))
    traced = make_product("Còn hiệu lực, truy xuất", district=district("848"))
    lapsed = make_product("Hết hiệu lực")
    make_product("Chưa công nhận")
    make_recognition(sold, date(2022, 8, 22), Rank.FOUR)
    make_recognition(traced, date(2022, 8, 22))
    make_recognition(lapsed, date(2019, 1, 1))
    make_listing(sold, date(2022, 9, 1))
    make_enrolment(traced, date(2022, 9, 1))


@every_case(
    "query,number",
    [
        ({}, 4),
        ({"standing": "valid"}, 2),
        ({"standing": "lapsed"}, 1),
        ({"standing": "never"}, 1),
        ({"traced": "1"}, 1),
        ({"traced": "0"}, 3),
        ({"sold": "1"}, 1),
        ({"sold": "1", "traced": "1"}, 0),
        ({"rank": "rank_4"}, 1),
        ({"rank": "rank_3"}, 1),
        ({"rank": "rank_5"}, 0),
        ({"kind": "cooperative"}, 1),
        ({"unit": "848"}, 1),
        ({"new_in": "2022"}, 2),
        ({"new_in": "2019"}, 1),
        ({"decided_on": "2022-08-22"}, 2),
        ({"ends_on": "2025-08-22"}, 2),
        ({"as_of": "2022-08-31", "sold": "1"}, 0),
        ({"as_of": "2021-06-01", "standing": "valid"}, 1),
    ],
)
def test_filters_narrow_the_list(
    query: dict[str, str], number: int, four: None, client_in: Client
) -> None:
    assert len(names(client_in, **{"as_of": "2022-12-31"} | query)) == number


def test_only_verified_products_are_listed_and_waiting_ones_in_the_preview(
    client_in: Client,
) -> None:
    make_product("Nháp", status=Status.DRAFT)
    make_product("Trả lại", status=Status.RETURNED, status_reason="thiếu")
    make_product("Chờ duyệt", status=Status.SUBMITTED)
    assert names(client_in) == []
    assert names(client_in, pending="1") == ["Chờ duyệt"]


def test_the_list_knows_on_a_day_only_what_was_decided_by_then(client_in: Client) -> None:
    make_recognition(make_product("Trước"), date(2021, 3, 30))
    make_recognition(make_product("Sau"), date(2022, 8, 22))
    assert names(client_in, as_of="2021-12-31") == ["Trước"]
    assert names(client_in, as_of="2022-08-22") == ["Sau", "Trước"]


def test_a_district_officer_finds_no_product_of_another_district(signed_in: Any) -> None:
    make_product("Dừa sáp của ta", district=district("844"))
    make_product("Dừa sáp của họ", district=district("848"))
    assert names(signed_in("officer_of_844"), q="dua sap") == ["Dừa sáp của ta"]


def test_an_empty_list_says_what_it_is_for_and_a_narrowed_one_how_to_widen_it(
    client_in: Client,
) -> None:
    assert "empty-state" in client_in.get("/products/").content.decode()
    make_product("Dừa")
    narrowed = client_in.get("/products/?q=xoai").content.decode()
    assert "empty-state" in narrowed
    assert 'class="btn btn-primary" href="/products/?as_of=' in narrowed


def test_one_product_makes_one_page(client_in: Client) -> None:
    make_product("Dừa")
    page = client_in.get("/products/")
    assert page.context["total"] == 1
    assert 'class="pages"' not in page.content.decode()
    assert client_in.get("/products/?page=2").status_code == 400


def test_120_products_stand_on_three_pages_each_exactly_once(client_in: Client) -> None:
    producer = make_producer()
    for number in range(120):
        make_product(f"Sản phẩm {number:03}", producer=producer)
    seen: list[str] = []
    for number in range(1, 4):
        seen += names(client_in, page=number)
    assert seen == [f"Sản phẩm {number:03}" for number in range(120)]
    assert client_in.get("/products/?page=4").status_code == 400
    middle = client_in.get("/products/?page=2&sort=name").content.decode()
    assert 'rel="prev"' in middle
    assert 'rel="next" href="?page=3&amp;sort=name"' in middle


def test_links_to_a_product_keep_day_unit_and_what_was_looked_for(client_in: Client) -> None:
    product = make_product("Dừa")
    page = client_in.get("/products/?as_of=2022-12-31&unit=844&q=dua").content.decode()
    assert f'href="/products/{product.pk}/?as_of=2022-12-31&amp;unit=844&amp;q=dua"' in page

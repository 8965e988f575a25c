"""Pairs that are probably one thing: found within one's scope, merged, or dismissed."""

from datetime import date
from typing import Any

import pytest

from products.choices import Status
from products.models import NotDouble
from products.takeback.doubles import near_pairs
from tests.support.factories import district, make_ip_right, make_producer, make_product, make_task

pytestmark = pytest.mark.django_db


def pairs(client: Any, kind: str = "product", **query: str) -> set[tuple[str, str]]:
    rows = client.get("/doubles/", {"kind": kind, **query}).context["rows"]
    return {(str(row.first), str(row.second)) for row in rows}


def test_names_near_to_one_another_are_pairs_and_numbers_apart_are_not() -> None:
    keys = {1: "keo dua", 2: "keo dua", 3: "mat hoa rung", 4: "mat hoa rungg", 5: "gao st24"}
    assert near_pairs(keys | {6: "gao st25"}) == {(1, 2), (3, 4)}


@pytest.mark.database
def test_products_are_compared_within_one_producer_or_producers_that_are_a_pair(
    officer: Any,
) -> None:
    one, near, apart = (make_producer(f"Hợp tác xã {x}") for x in ("Mỹ Qui", "Mỹ Quy", "Đại An"))
    make_product("Mật hoa dừa", one)
    make_product("Mật hoa dứa", one)
    make_product("Mật hoa dừa", near)
    make_product("Mật hoa dừa", apart)
    assert pairs(officer, "producer") == {("Hợp tác xã Mỹ Qui", "Hợp tác xã Mỹ Quy")}
    assert sorted(pairs(officer)) == [
        ("Mật hoa dứa", "Mật hoa dừa"),
        ("Mật hoa dừa", "Mật hoa dứa"),
        ("Mật hoa dừa", "Mật hoa dừa"),
    ]


@pytest.mark.database
def test_rights_of_one_kind_name_and_owner_and_tasks_of_near_names_are_pairs(verifier: Any) -> None:
    for number in ("", "4-2022-11111"):
        make_ip_right(name="Trà Vinh", owner="UBND tỉnh", filing_number=number)
    make_ip_right("industrial_design", name="Trà Vinh", owner="UBND tỉnh")
    for name in ("Nhãn hiệu dừa sáp", "Nhãn hiệu dừa sap"):
        make_task(date(2023, 1, 1), name=name)
    assert len(pairs(verifier, "ip-right")) == 1
    assert len(pairs(verifier, "task")) == 1


def test_nothing_of_another_district_is_told(officer: Any, verifier: Any) -> None:
    for _each in range(2):
        make_producer("Hợp tác xã Mỹ Quy", district("848" if _each else "844"))
    producer = make_producer("Cơ sở Ba", district("848"))
    for name in ("Mật hoa dừa", "Mật hoa dứa"):
        make_product(name, producer)
    assert pairs(officer) == pairs(officer, "producer") == set()
    assert len(pairs(verifier)) == len(pairs(verifier, "producer")) == 1


@pytest.mark.database
def test_not_the_same_is_remembered_with_who_and_can_be_looked_at_again(officer: Any) -> None:
    producer = make_producer()
    one, two = (make_product(name, producer) for name in ("Mật hoa dừa", "Mật hoa dứa"))
    choice = officer.get(f"/records/product/{one.pk}/merge/").context
    assert [found for found, _words in choice["near"]] == [two]
    searched = officer.get(f"/records/product/{two.pk}/merge/?q=mat hoa").context
    assert ([one], []) == tuple([one for one, _words in searched[n]] for n in ("near", "found"))
    page = officer.get(f"/products/{one.pk}/").content.decode()
    assert f"/records/product/{one.pk}/merge/?with={two.pk}" in page
    fields = {"kind": "product", "one": two.pk, "two": one.pk}
    for _press in range(2):
        officer.post("/doubles/not/", fields)
    said = NotDouble.objects.get()
    assert (said.first_id, said.second_id, said.said_by.username) == (one.pk, two.pk, "huyen844")
    assert pairs(officer) == set()
    assert pairs(officer, said="1") == {(str(one), str(two))}
    assert "?with=" not in officer.get(f"/products/{one.pk}/").content.decode()
    officer.post("/doubles/not/", {**fields, "undo": "1"})
    assert len(pairs(officer)) == 1


def test_bad_answers_say_nothing(officer: Any) -> None:
    one, foreign = make_product(), make_product(district=district("848"))
    trials = [
        ({"kind": "product", "one": one.pk, "two": one.pk}, 302),
        ({"kind": "product", "one": one.pk, "two": foreign.pk}, 404),
        ({"kind": "product", "one": "x", "two": one.pk}, 404),
        ({"kind": "recognition", "one": one.pk, "two": one.pk}, 404),
        ({}, 404),
    ]
    for fields, status in trials:
        assert officer.post("/doubles/not/", fields).status_code == status, fields
    assert not NotDouble.objects.exists()
    assert officer.get("/doubles/?kind=listing").status_code == 404
    assert officer.get("/doubles/?kind=task").status_code == 403
    assert officer.get("/doubles/?kind=product&page=7").status_code == 400


def test_what_awaits_verification_is_named_and_not_merged_yet(officer: Any) -> None:
    producer = make_producer()
    make_product("Mật hoa dừa", producer)
    make_product("Mật hoa dứa", producer, status=Status.SUBMITTED)
    make_product("Mật hoa dưa", producer, status=Status.DRAFT)
    (row,) = officer.get("/doubles/").context["rows"]
    assert row.merge_url == ""

"""Products and producers entered through forms."""

from typing import Any

import pytest

from products.models import Producer, Product
from tests.products.entry.form_data import commune, edit_url, errors_of, hidden, product_fields
from tests.support.cases import every_case
from tests.support.factories import district, make_producer, make_product

NEW = "/records/product/new/"
pytestmark = pytest.mark.django_db


def test_a_product_and_its_new_producer_enter_as_drafts_with_one_history_row_each(
    officer: Any,
) -> None:
    response = officer.post(NEW, product_fields())
    product = Product.objects.get(name="Mật hoa dừa thử nghiệm")
    assert response["Location"] == f"/products/{product.pk}/"
    assert (product.status, product.producer.status) == ("draft", "draft")
    assert product.district.code == "844" and product.producer.district.code == "844"
    for record in (product, product.producer):
        (row,) = record.history.all()
        assert (row.action, row.history_user.username) == ("create", "huyen844")
        assert row.history_change_reason


def test_the_same_form_sent_twice_saves_once(officer: Any) -> None:
    fields = product_fields()
    first, second = officer.post(NEW, fields), officer.post(NEW, fields)
    assert first["Location"] == second["Location"]
    assert Product.objects.filter(name="Mật hoa dừa thử nghiệm").count() == 1


def test_errors_keep_what_was_typed_and_name_the_field(officer: Any) -> None:
    response = officer.post(NEW, product_fields(place="", name="Mật hoa dừa thử nghiệm"))
    assert "Mật hoa dừa thử nghiệm" in response.content.decode()
    assert 'href="#id_place"' in response.content.decode()
    assert not Product.objects.filter(name="Mật hoa dừa thử nghiệm").exists()


@every_case(
    "fields",
    [
        {"new_producer": "", "new_producer_kind": ""},
        {"new_producer_kind": ""},
        {"product_set": ""},
        {"name": ""},
        {"name": "a\0b"},
        {"name": "x" * 301},
        {"place": "999999"},
        {"place": "99999999999999999999"},
        {"product_set": "không"},
        {"producer": "999999"},
    ],
)
def test_what_cannot_be_is_refused_in_words(officer: Any, fields: dict[str, Any]) -> None:
    response = officer.post(NEW, product_fields(**fields))
    assert response.status_code == 200
    assert len(errors_of(response)) > 80
    assert not Product.objects.exists() and not Producer.objects.exists()


def test_a_producer_on_record_or_a_new_one_but_not_both(officer: Any) -> None:
    producer = make_producer("Cơ sở Ba Rạch")
    response = officer.post(NEW, product_fields(producer=producer.pk))
    assert response.status_code == 200 and not Product.objects.exists()


def test_a_new_producer_that_is_on_record_is_to_be_chosen(officer: Any) -> None:
    make_producer("HỢP TÁC XÃ thử nghiệm")
    response = officer.post(NEW, product_fields())
    assert "HỢP TÁC XÃ thử nghiệm" in errors_of(response)


def test_the_same_name_of_the_same_producer_is_refused(officer: Any) -> None:
    product = make_product("Mật hoa dừa")
    fields = product_fields(name="mật hoa dừa", producer=product.producer_id, new_producer="")
    response = officer.post(NEW, fields | {"warning_reason": "khác"})
    assert response.status_code == 200 and Product.objects.count() == 1


def test_a_near_duplicate_asks_why_and_passes_with_a_reason_that_history_keeps(
    officer: Any,
) -> None:
    product = make_product("Mật hoa dừa Càng Long")
    fields = product_fields(
        name="Mat hoa dua Cang Lonh", producer=product.producer_id, new_producer=""
    )
    response = officer.post(NEW, fields)
    assert "Mật hoa dừa Càng Long" in response.content.decode()
    assert Product.objects.count() == 1
    officer.post(NEW, fields | {"warning_reason": "Đóng chai khác"})
    made = Product.objects.exclude(pk=product.pk).get()
    assert "Đóng chai khác" in made.history.get().history_change_reason


def test_typing_a_name_shows_what_is_on_record(officer: Any) -> None:
    mine = make_product("Mật hoa dừa Càng Long")
    make_product("Mật hoa dừa Càng Longg", district=district("848"))
    page = officer.get(
        "/products/similar/",
        {"name": "mat hoa dua cang long", "producer": mine.producer_id, "apart": "0"},
    ).content.decode()
    assert page.count("<li>") == 1 and f"/products/{mine.pk}/" in page and "<strong>" in page


@every_case("name", ["", "ab", "\0\0\0", "x" * 5000])
def test_names_that_tell_nothing_show_nothing(officer: Any, name: str) -> None:
    response = officer.get("/products/similar/", {"name": name, "producer": "x", "apart": "-1"})
    assert response.status_code == 200 and "<li>" not in response.content.decode()


def test_a_product_stays_in_its_district_however_the_form_is_forged(
    officer: Any, signed_in: Any
) -> None:
    product = make_product("Kẹo dừa", status="draft", place=commune())
    url = edit_url(product)
    forged = product_fields(
        name="Kẹo dừa",
        producer=product.producer_id,
        place=commune("848").pk,
        district=district("848").pk,
        status="verified",
        id=product.pk + 1,
        created_by="",
        verified_by="1",
    )
    for client in (officer, signed_in("provincial_officer")):
        response = client.post(url, forged | {"version": hidden(client, url)})
        assert response.status_code == 200
    product.refresh_from_db()
    assert (product.district.code, product.status) == ("844", "draft")


def test_a_product_is_not_given_to_a_producer_of_another_district(officer: Any) -> None:
    product = make_product("Kẹo dừa", status="draft", place=commune())
    other = make_producer(unit=district("848"))
    fields = product_fields(name="Kẹo dừa", producer=other.pk, version="x")
    assert officer.post(edit_url(product), fields).status_code == 200
    product.refresh_from_db()
    assert product.producer_id != other.pk


def test_status_and_author_cannot_be_slipped_into_a_new_record(officer: Any) -> None:
    officer.post(NEW, product_fields(status="verified", created_by="1", district=1, version=9))
    product = Product.objects.get()
    assert (product.status, product.created_by.username) == ("draft", "huyen844")
    assert product.district.code == "844"


def test_communes_are_shown_with_their_district_and_by_day(signed_in: Any) -> None:
    page = signed_in("provincial_officer").get(NEW).content.decode()
    assert "Phường 1, Thành phố Trà Vinh" in page
    assert "Phường 2, Thành phố Trà Vinh (đến 31/12/2024)" in page


def test_a_district_officer_chooses_among_the_own_communes_only(officer: Any) -> None:
    page = officer.get(NEW).content.decode()
    assert "Huyện Càng Long" in page and "Thành phố Trà Vinh" not in page

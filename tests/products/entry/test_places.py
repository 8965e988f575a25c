"""Places in forms: the communes of the day the record speaks of, and what is asked once."""

import json
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Membership, Unit, User
from products.kinds import KINDS
from products.models import Producer, Product, ScienceTask
from products.records import amendments, locate
from products.records.districts import settled_commune
from products.validity import differing_products
from tests.products.entry.form_data import edit_url, errors_of, product_fields
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product, make_recognition

NEW = "/records/product/new/"
OLD, TODAY = date(2023, 5, 1), date(2026, 12, 1)
pytestmark = pytest.mark.django_db


def unit(code: str, day: date = TODAY) -> Unit:
    return Unit.objects.valid_at(day).get(code=code)


def offered(client: Client, url: str) -> dict[str, str]:
    """{id: text} of the places that the form at `url` offers."""
    form: Any = client.get(url).context["form"]
    groups = [(value, text) for value, text in form.fields["place"].widget.choices if value != ""]
    pairs = [pair for value, text in groups for pair in (text if isinstance(text, list) else ())]
    pairs += [(value, text) for value, text in groups if not isinstance(text, list)]
    return {str(pk): text for pk, text in pairs}


def asked(response: Any) -> dict[str, list[str]]:
    """What the form shows beside the place: {field: names it offers}."""
    form = response.context["form"]
    shown = [field for _title, fields in form.groups for field in fields]
    return {
        field.name: [str(one) for one in field.field.queryset]
        for field in shown
        if field.name in ("district", "commune")
    }


def test_a_new_product_is_offered_the_communes_of_today_and_former_ones_by_name(
    officer: Any,
) -> None:
    texts = list(offered(officer, NEW).values())
    assert texts[:5] == [
        *("Xã Càng Long, Tỉnh Vĩnh Long", "Xã An Trường, Tỉnh Vĩnh Long"),
        *("Xã Tân An, Tỉnh Vĩnh Long", "Xã Bình Phú, Tỉnh Vĩnh Long"),
        "Xã Nhị Long, Tỉnh Vĩnh Long",
    ]
    assert "Thị trấn Càng Long, Huyện Càng Long (đến 30/06/2025)" in texts
    # The district's own 14 former communes and the five that came of them; no others.
    assert len(texts) == 5 + 14


@every_case(
    "decided_on, number, first",
    [
        (date(2025, 6, 30), 14, "Thị trấn Càng Long, Huyện Càng Long (đến 30/06/2025)"),
        (date(2025, 7, 1), 5, "Xã Càng Long, Tỉnh Vĩnh Long"),
    ],
)
def test_a_product_with_a_recognition_is_offered_the_communes_of_its_day(
    officer: Any, decided_on: date, number: int, first: str
) -> None:
    place = unit("29266", decided_on)
    product = make_product(place=place, district=unit("844", OLD))
    make_recognition(product, decided_on)
    for record in (product, product.producer):
        texts = list(offered(officer, edit_url(record)).values())
        assert first in texts
        assert len(texts) == number + (record.place != place)


@every_case(
    "code, day, district, commune",
    [
        ("29266", OLD, "844", "Xã Càng Long"),
        ("29266", TODAY, "844", "Xã Càng Long"),
        ("29281", OLD, "844", "Xã Tân An"),
        ("29251", OLD, "842", "Phường Trà Vinh"),
        ("29518", TODAY, "851", "Xã Long Hữu"),
    ],
)
def test_district_and_commune_follow_from_the_place(
    signed_in: Any, code: str, day: date, district: str, commune: str
) -> None:
    place = unit(code, day)
    signed_in("tinh").post(NEW, product_fields(place=place.pk))
    product = Product.objects.select_related("district", "commune", "producer").get()
    for record in (product, product.producer):
        assert (record.place, record.district.code) == (place, district)
        assert record.commune.name == commune and record.commune.valid_to is None


def test_a_place_across_two_districts_is_asked_about_and_only_then(signed_in: Any) -> None:
    client, place = signed_in("tinh"), unit("29530")
    assert asked(client.get(NEW)) == {}
    fields = product_fields(place=place.pk)
    response = client.post(NEW, fields)
    assert "Xã Ngũ Lạc nằm trên địa bàn Huyện Cầu Ngang, Huyện Duyên Hải" in errors_of(response)
    assert asked(response) == {"district": ["Huyện Cầu Ngang", "Huyện Duyên Hải"]}
    # The server holds to it: no other district is taken, whatever is sent.
    for wrong in (unit("844", OLD).pk, "x", "9" * 30):
        response = client.post(NEW, fields | {"district": wrong})
        assert response.status_code == 200 and not Product.objects.exists()
    client.post(NEW, fields | {"district": unit("850", OLD).pk})
    product = Product.objects.get()
    assert (product.district.code, product.commune, product.place) == ("850", place, place)
    assert product.producer.district.code == "850"


def test_a_district_sent_for_a_place_that_has_one_changes_nothing(signed_in: Any) -> None:
    signed_in("tinh").post(
        NEW, product_fields(place=unit("29266").pk, district=unit("850", OLD).pk)
    )
    assert [one.district.code for one in Product.objects.all()] in ([], ["844"])


def test_a_local_officer_is_asked_only_about_the_own_district(signed_in: Any) -> None:
    client, place = signed_in("huyen850"), unit("29530")
    client.post(NEW, product_fields(place=place.pk))
    assert Product.objects.get().district.code == "850"
    # A place of another district is none of the choices.
    response = client.post(NEW, product_fields(place=unit("29266").pk, name="Khác"))
    assert response.status_code == 200 and Product.objects.count() == 1


def test_an_officer_of_a_commune_enters_its_places_and_former_ones(
    signed_in: Any, client: Any
) -> None:
    commune = unit("29254")
    user = User.objects.create(username="xa29254")
    Membership.objects.create(user=user, role="local", unit=commune, starts_on=date(2025, 7, 1))
    client.force_login(user)
    names = {text.split(",")[0] for text in offered(client, NEW).values()}
    assert names == {"Phường Nguyệt Hóa", "Phường 7", "Phường 8", "Xã Nguyệt Hóa"}
    client.post(NEW, product_fields(place=unit("29395", OLD).pk))
    product = Product.objects.get()
    assert (product.district.code, product.commune) == ("847", commune)


def test_a_record_on_file_stays_in_its_district(officer: Any) -> None:
    producer = make_producer(status="draft")
    fields = {"name": producer.name, "kind": "household", "token": ""}
    response = officer.post(edit_url(producer), fields | {"place": unit("29530").pk})
    producer.refresh_from_db()
    assert response.status_code == 200 and producer.district.code == "844"


def test_what_was_typed_and_not_saved_keeps_the_question(signed_in: Any) -> None:
    client, place = signed_in("tinh"), unit("29530")
    typed = {"place": [str(place.pk)], "district": [str(unit("848", OLD).pk)]}
    body = json.dumps({"place": NEW, "content": typed, "version": None})
    client.post("/drafts/", body, content_type="application/json")
    response = client.get(NEW)
    assert asked(response) == {"district": ["Huyện Cầu Ngang", "Huyện Duyên Hải"]}
    assert response.context["form"]["district"].value() == typed["district"][0]


def test_a_change_written_without_a_commune_gets_the_one_of_its_place(signed_in: Any) -> None:
    product = make_recognition(decided_on=OLD).product
    officer = User.objects.get(username="huyen844")
    values = {"place": unit("29281", OLD).pk}
    amendment = amendments.draft(KINDS["product"], product, officer, "sửa nơi", values=values)
    amendments.apply(amendment, officer)
    product.refresh_from_db()
    assert product.commune == unit("29278")
    assert differing_products() == []


@every_case(
    "place, said, expected",
    [
        (1, None, 10),
        (1, 99, 10),
        # Of several the one that was said; nothing is guessed.
        (2, None, None),
        (2, 20, 20),
        (2, 10, None),
        # A district has none of its own; what was said of the record stays.
        (3, None, None),
        (3, 1, 10),
    ],
)
def test_the_commune_of_a_record_after_successions_changed(
    place: int, said: int | None, expected: int | None
) -> None:
    heirs = {1: {10}, 2: {20, 21}, 10: {10}, 20: {20}, 21: {21}, 99: {99}}
    assert settled_commune(place, said, {k: frozenset(v) for k, v in heirs.items()}) == expected


def test_a_record_is_put_at_its_place_by_one_function() -> None:
    producer = Producer()
    locate(producer, unit("29530"), unit("848", OLD), unit("29530"))
    assert (producer.place, producer.commune, producer.district.code) == (
        *(unit("29530"), unit("29530")),
        "848",
    )


@every_case(
    "district, commune, expected",
    [
        # The district follows, or is asked, or contradicts; neither is the province's own.
        ("", "29266", ("844", "29266")),
        ("850", "29530", ("850", "29530")),
        ("844", "", ("844", None)),
        ("", "", (None, None)),
        ("", "29530", "Xã Ngũ Lạc nằm trên địa bàn Huyện Cầu Ngang, Huyện Duyên Hải"),
        ("845", "29266", "Xã Càng Long không nằm trong Huyện Cầu Kè"),
        ("", "29602", "Xã hiện nay"),
        ("", "x", "Xã hiện nay"),
    ],
)
def test_a_task_belongs_to_the_province_a_district_or_a_commune(
    signed_in: Any, district: str, commune: str, expected: Any
) -> None:
    fields = {
        "token": str(uuid.uuid4()),
        "name": "Nhiệm vụ thử",
        "lead": "Trường thử",
        "approved_on": "2025-08-01",
        "district": unit(district, OLD).pk if district else "",
        "commune": unit(commune).pk if commune.isdecimal() else commune,
    }
    response = signed_in("tinh").post("/records/task/new/", fields)
    task = ScienceTask.objects.select_related("district", "commune").first()
    if isinstance(expected, str):
        assert task is None and expected.lower() in errors_of(response).lower()
        return
    assert task is not None, errors_of(response)
    held = task.district and task.district.code, task.commune and task.commune.code
    assert held == expected

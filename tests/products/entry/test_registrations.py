"""Products registered before their first rating: entered, withdrawn, become dossiers, counted."""

import re
from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit
from products.models import ProductRegistration
from tests.support.factories import commune as commune_of_today
from tests.support.factories import district, make_producer, make_product, make_recognition

pytestmark = pytest.mark.django_db


def commune(code: str = "844") -> Unit:
    return Unit.objects.filter(parent=district(code), level="commune").first()


def fields(**more: Any) -> dict[str, Any]:
    return {
        "name": "Bột chuối xanh",
        "idea": "Sấy lạnh, cần hoàn thiện bao bì",
        "owner": "Bà Thử Thị Mẫu",
        "place": commune().pk,
        "aimed_rank": "30",
        "year": "2023",
        "registered_on": "15/03/2023",
    } | more


@pytest.fixture
def officer(signed_in: Any) -> Any:
    return signed_in("officer_of_844")


def registered(officer: Any, **more: Any) -> ProductRegistration:
    answer = officer.post("/registrations/new/", fields(**more))
    assert answer.status_code == 302, answer.context["form"].errors
    return ProductRegistration.objects.latest("pk")


def stage(client: Any, day: str = "2023-06-30") -> int:
    page = client.get(f"/targets/OCOP-NEW/?as_of={day}&period=2023").context["page"]
    return next(one.number for one, _url in page.stages if one.code == "registered")


@pytest.mark.database
def test_a_registration_is_the_first_stage_until_its_product_is_recognised(
    officer: Any, signed_in: Any
) -> None:
    one = registered(officer)
    assert (one.district, one.owner) == (district("844"), "Bà Thử Thị Mẫu")
    member = signed_in("committee_member")
    assert (stage(member), stage(member, "2023-03-14")) == (1, 0)
    listed = member.get("/registrations/?as_of=2023-06-30&year=2023&state=open")
    assert [row.pk for row in listed.context["rows"]] == [one.pk]
    product = make_product(district=district("844"))
    sent = {"product": product.pk, "version": "1"}
    assert officer.post(f"/registrations/{one.pk}/link/", sent).status_code == 302
    assert stage(member) == 1
    make_recognition(product, date(2023, 6, 1))
    assert (stage(member), stage(member, "2023-05-31")) == (0, 1)
    forecast = member.get("/forecast/?as_of=2023-05-31").context["required_paces"]
    assert any(line.announced.startswith("1") for line in forecast)


def test_what_is_wrong_is_said_at_its_field_and_kept(officer: Any) -> None:
    producer = make_producer(unit=district("844"))
    for name, more in (
        ("producer", {"owner": ""}),
        ("owner", {"producer": producer.pk}),
        ("registered_on", {"registered_on": "01/01/2099", "year": "2099"}),
        ("year", {"year": "2022"}),
        ("place", {"place": commune("848").pk}),
        ("name", {"name": ""}),
    ):
        answer = officer.post("/registrations/new/", fields(**more))
        assert answer.status_code == 200, name
        assert list(answer.context["form"].errors) == [name]
        assert "Sấy lạnh" in answer.content.decode()


def test_a_withdrawn_registration_stays_with_its_reason(officer: Any, signed_in: Any) -> None:
    one = registered(officer)
    path = f"/registrations/{one.pk}/withdraw/"
    refused = officer.post(path, {"on": "01/01/2023", "reason": "Đổi ý", "version": "1"})
    assert "on" in refused.context["form"].errors
    sent = {"on": "01/05/2023", "reason": "Chưa đủ nguyên liệu", "version": "1"}
    assert officer.post(path, sent).status_code == 302
    assert officer.post(path, sent).status_code == 409
    member = signed_in("committee_member")
    assert (stage(member), stage(member, "2023-04-30")) == (0, 1)
    assert "Chưa đủ nguyên liệu" in member.get(f"/registrations/{one.pk}/").content.decode()


def test_the_dossiers_form_begins_with_what_was_registered(officer: Any) -> None:
    one = registered(officer)
    url = officer.get(f"/registrations/{one.pk}/").context["dossier_url"]
    page = officer.get(url).content.decode()
    assert "Bột chuối xanh" in page
    assert "Bà Thử Thị Mẫu" in page


def test_the_district_follows_from_a_commune_of_today_or_is_asked_for(signed_in: Any) -> None:
    def registering(place: Unit, **more: Any) -> Any:
        given = fields(place=place.pk, name=f"Sản phẩm {place.code}", **more)
        page = client.get("/registrations/new/").content.decode()
        given["token"] = re.search(r'name="token" value="([^"]+)"', page)[1]  # type: ignore[index]
        return client.post("/registrations/new/", given)

    client = signed_in("provincial_officer")
    single, across = commune_of_today("29266"), commune_of_today("29530")
    assert registering(single).status_code == 302
    one = ProductRegistration.objects.get(place=single)
    assert (one.district, one.commune) == (district("844"), single)
    answer = registering(across)
    assert answer.status_code == 200 and "Huyện Duyên Hải" in answer.content.decode()
    assert not ProductRegistration.objects.filter(place=across).exists()
    assert registering(across, district=district("850").pk).status_code == 302
    assert ProductRegistration.objects.get(place=across).district == district("850")

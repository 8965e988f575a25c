"""Pages say what a place is now, or what it belonged to before there were no districts."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit
from tests.support.cases import every_case
from tests.support.factories import make_product, make_recognition

pytestmark = pytest.mark.django_db
OLD, TODAY = date(2023, 5, 1), date(2026, 12, 1)


def unit(code: str, day: date) -> Unit:
    return Unit.objects.valid_at(day).get(code=code)


@every_case(
    "code, day, district, commune, note",
    [
        ("29281", OLD, "844", "29278", "nay là Xã Tân An, Tỉnh Vĩnh Long (từ 01/07/2025)"),
        ("29251", OLD, "842", "29242", "nay là Phường Trà Vinh, Tỉnh Vĩnh Long (từ 01/07/2025)"),
        ("29530", TODAY, "850", "29530", "thuộc Huyện Duyên Hải trước 01/07/2025"),
        ("844", OLD, "844", None, ""),
        ("29821", OLD, "862", None, "nay chia cho nhiều xã; biểu mẫu sẽ hỏi là xã nào"),
    ],
)
def test_list_and_page_say_what_became_of_the_place(
    signed_in: Any, code: str, day: date, district: str, commune: str | None, note: str
) -> None:
    product = make_product(
        place=unit(code, day),
        district=unit(district, OLD),
        commune=commune and unit(commune, TODAY),
    )
    make_recognition(product)
    assert product.place_note == note
    client = signed_in("bancd")
    for url in ("/products/?unit=86", f"/products/{product.pk}/"):
        page = client.get(url).content.decode()
        assert note in page and str(product.place) in page


def test_a_districts_page_names_the_communes_of_today(signed_in: Any) -> None:
    client = signed_in("bancd")
    page = client.get("/units/848/").content.decode()
    section = page[page.index('id="territory"') :]
    assert "Từ 01/07/2025 không còn cấp huyện" in " ".join(section.split())
    for name in ("Xã Vinh Kim", "Xã Ngũ Lạc", "Xã Cầu Ngang", "Xã Mỹ Long"):
        assert f"<li>{name}</li>" in section
    assert "<li>Xã Càng Long</li>" not in section

"""Names that only diacritics tell apart are asked about in forms, and days ahead are refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from products.models import Producer, Product, TraceabilityEnrolment
from tests.products.entry.form_data import product_fields
from tests.support.factories import (
    district,
    make_enrolment,
    make_producer,
    make_product,
    make_recognition,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = "/records/product/new/"
TOMORROW = timezone.localdate() + timedelta(days=1)


def test_a_product_that_only_diacritics_tell_from_one_on_record_needs_an_answer(
    officer: Any,
) -> None:
    owner = make_producer("Cơ sở Mẫu Năm", district("844"))
    make_product("Kẹo dừa", owner)
    fields = product_fields(
        name="Kẹo dứa", producer=str(owner.pk), new_producer="", new_producer_kind=""
    )
    response = officer.post(NEW, fields)
    assert response.status_code == 200
    assert "warning_reason" in response.context["form"].errors
    assert Product.objects.count() == 1
    assert officer.post(NEW, {**fields, "warning_reason": "Dứa là thơm"}).status_code == 302
    assert sorted(Product.objects.values_list("name", flat=True)) == ["Kẹo dứa", "Kẹo dừa"]


def test_a_new_producer_that_only_diacritics_tell_from_one_here_needs_an_answer(
    officer: Any,
) -> None:
    make_producer("Hộ Bà Tứ", district("844"))
    fields = product_fields(new_producer="Hộ Bà Tư")
    response = officer.post(NEW, fields)
    assert "new_producer" in response.context["form"].warnings
    assert Producer.objects.count() == 1
    assert officer.post(NEW, {**fields, "warning_reason": "Người khác"}).status_code == 302


def test_a_name_that_is_a_candidate_by_the_rule_of_imports_needs_an_answer(officer: Any) -> None:
    make_producer("HTX Mẫu Qui", district("844"))
    for near in ("Hợp tác xã Mẫu Quy", "Mẫu Qui HTX"):
        response = officer.post(NEW, product_fields(new_producer=near))
        assert "new_producer" in response.context["form"].warnings, near
    assert Producer.objects.count() == 1
    # On record already, whatever its legal form is written like.
    response = officer.post(NEW, product_fields(new_producer="Hợp tác xã Mẫu Qui"))
    assert "new_producer" in response.context["form"].errors
    owner = make_producer("Hộ Ba Nam", district("844"))
    make_product("Gạo ST24", owner)
    fields = product_fields(
        name="Gạo ST25", producer=str(owner.pk), new_producer="", new_producer_kind=""
    )
    assert officer.post(NEW, fields).status_code == 302
    assert officer.post(NEW, product_fields(new_producer="Hộ Bà Năm")).status_code == 302


def test_a_product_of_a_producer_that_may_be_another_needs_an_answer(officer: Any) -> None:
    make_product("Tôm khô", make_producer("HTX Mẫu Qui", district("844")))
    make_product("Tôm khô", make_producer("HTX Khác Hẳn", district("844")))
    other = make_producer("HTX Mẫu Quy", district("844"))
    fields = product_fields(
        name="Tôm khô", producer=str(other.pk), new_producer="", new_producer_kind=""
    )
    response = officer.post(NEW, fields)
    (warning,) = response.context["form"].warnings["name"]
    assert "HTX Mẫu Qui" in warning
    assert officer.post(NEW, {**fields, "warning_reason": "Hai nơi"}).status_code == 302


def test_the_same_name_in_other_capitals_or_with_eth_is_refused_as_on_record(officer: Any) -> None:
    owner = make_producer("Cơ sở Mẫu Năm", district("844"))
    make_product("Đường thốt nốt", owner)
    fields = product_fields(producer=str(owner.pk), new_producer="", new_producer_kind="")
    for name in ("Ðường thốt nốt", "ĐƯỜNG  thốt nốt"):
        response = officer.post(NEW, {**fields, "name": name, "warning_reason": "x"})
        assert response.status_code == 200, name
    assert Product.objects.count() == 1


def test_a_system_that_only_diacritics_tell_from_one_in_use_needs_an_answer(officer: Any) -> None:
    product = make_product("Kẹo", make_producer("HTX A", district("844")))
    make_recognition(product)
    make_enrolment(make_product("Gạo"), date(2023, 1, 1), system="Cổng tỉnh")
    address = f"/records/traceability/new/?product={product.pk}"
    fields = {"system": "new", "system_name": "Cong tinh", "started_on": "05/06/2024"}
    response = officer.post(address, fields)
    assert "system_name" in response.context["form"].warnings
    assert TraceabilityEnrolment.objects.count() == 1


@pytest.mark.parametrize("slug,name", [("traceability", "started_on"), ("listing", "started_on")])
def test_a_listing_that_begins_tomorrow_is_refused(officer: Any, slug: str, name: str) -> None:
    product = make_product("Kẹo", make_producer("HTX A", district("844")))
    make_recognition(product)
    address = f"/records/{slug}/new/?product={product.pk}"
    fields = {name: f"{TOMORROW:%d/%m/%Y}", "system": "Cổng tỉnh", "floor": "1"}
    response = officer.post(address, fields)
    assert name in response.context["form"].errors

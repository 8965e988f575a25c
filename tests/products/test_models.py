"""What the database itself refuses, and what it derives on every save."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ocop.organisation.models import Membership, User
from products.choices import Rank, Status
from products.models import IPRight, Producer, Product, Recognition, ScienceTask
from products.records.history import create_all, update_all
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_producer,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_names_are_kept_composed_with_keys_to_know_find_and_sort_them_by() -> None:
    product = make_product("  Dừa sáp  Hoà Tân ")
    assert product.name == "Dừa sáp Hoà Tân"
    assert product.name_key == "dừa sáp hòa tân"
    assert product.name_search == "dua sap hoa tan"
    assert list(Product.objects.found_by("DUA hoà")) == [product]


def test_products_sort_in_vietnamese_order_on_both_databases() -> None:
    for name in ("Đường", "Dừa", "Ấm", "Ăn", "An", "Bánh", "Êm", "Em"):
        make_product(name)
    names = Product.objects.values_list("name", flat=True)
    assert list(names) == ["An", "Ăn", "Ấm", "Bánh", "Dừa", "Đường", "Em", "Êm"]


def test_a_product_is_one_name_of_one_producer_whatever_the_spelling() -> None:
    producer = make_producer("HTX Hòa Bình")
    make_product("Kẹo dừa", producer)
    refused(lambda: make_product("KẸO  DỪA", producer))
    make_product("Kẹo dứa", producer)
    refused(lambda: make_producer("htx hoà bình"))
    make_producer("HTX Hòa Bình", district("848"))


def test_the_end_of_a_certificate_is_derived_single_and_in_bulk() -> None:
    one = make_recognition(decided_on=date(2022, 8, 31))
    assert one.valid_until == date(2025, 8, 31)
    many = [Recognition(product=make_product(), decided_on=date(2024, 2, 29), rank=Rank.THREE)]
    create_all(many, None, "thử")
    assert many[0].valid_until == date(2027, 2, 28)
    many[0].decided_on = date(2024, 3, 1)
    update_all(many, ["decided_on"], None, "thử")
    again = Recognition.objects.get(pk=many[0].pk)
    assert (again.valid_until, again.version) == (date(2027, 3, 1), 2)
    assert again.history.count() == 2


def test_impossible_records_are_refused_by_the_database() -> None:
    product = make_product()
    refused(lambda: make_recognition(product, rank=20))
    refused(lambda: make_recognition(product, score=101))
    refused(lambda: make_recognition(product, revoked_on=date(2022, 8, 21)))
    refused(lambda: make_recognition(product, status=Status.RETURNED, status_reason=""))
    refused(lambda: make_enrolment(product, date(2022, 2, 1), ended_on=date(2022, 1, 1)))
    refused(lambda: make_task(date(2022, 1, 1), budget=-1))
    refused(lambda: make_ip_right(filed_on=date(2022, 2, 1), granted_on=date(2022, 1, 1)))
    author = User.objects.get(username="huyen844")
    refused(lambda: make_recognition(product, created_by=author, verified_by=author))


def test_the_messages_of_constraints_are_for_people() -> None:
    product = make_product()
    make_recognition(product)
    other = Recognition(product=product, decided_on=date(2022, 8, 22), rank=Rank.THREE)
    with pytest.raises(ValidationError) as refusal:
        other.full_clean()
    assert "đã được công nhận" in str(refusal.value)


def test_a_filing_number_is_recorded_once_and_rights_without_one_by_their_name() -> None:
    make_ip_right(filing_number="4-2022-00001")
    refused(lambda: make_ip_right(filing_number="VN-4-2022-00001"))
    make_ip_right(name="Gạo", owner="UBND")
    refused(lambda: make_ip_right(name="GẠO", owner="ubnd"))
    assert IPRight.objects.count() == 2


def test_only_local_officers_have_a_unit() -> None:
    user = User.objects.create_user("thu")
    refused(lambda: Membership.objects.create(user=user, role="local", starts_on="2022-01-01"))
    refused(
        lambda: Membership.objects.create(
            user=user, role="committee", unit=district(), starts_on="2022-01-01"
        )
    )


def test_models_that_people_enter_keep_history() -> None:
    for model in (Producer, Product, Recognition, IPRight, ScienceTask):
        assert hasattr(model, "history"), model

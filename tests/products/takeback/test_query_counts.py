"""How often pages ask that everybody opens; a form that tries something out asks more."""

from datetime import date
from typing import Any

import pytest

from products.choices import Status
from tests.support.factories import make_listing, make_producer, make_product, make_recognition
from tests.support.query_counts import MOST, queries

pytestmark = pytest.mark.django_db


def test_pages_ask_as_often_for_many_records_as_for_few(officer: Any) -> None:
    producer = make_producer("Hợp tác xã Mỹ Qui")
    product = make_product("Mật hoa dừa", producer)
    recognition = make_recognition(product)
    cancelled = make_recognition(product, date(2021, 1, 1), status=Status.CANCELLED)
    pages = [
        "/doubles/",
        "/doubles/?kind=producer",
        "/cancelled/",
        "/cancelled/?kind=listing",
        f"/products/{product.pk}/",
        f"/records/producer/{producer.pk}/",
        f"/records/recognition/{recognition.pk}/",
        f"/records/recognition/{cancelled.pk}/",
        f"/records/product/{product.pk}/merge/?q=mat",
    ]
    make_producer("Hợp tác xã Mỹ Quy")
    make_listing(make_product("Mật hoa dứa", producer), date(2023, 1, 1), status="cancelled")
    for page in pages:  # What a process keeps from its first page on is not counted.
        officer.get(page)
    few = {page: queries(lambda page=page: officer.get(page)) for page in pages}
    for number in range(10):
        near = make_product(f"Mật hoa dừa {'ab'[number % 2]}ên{'n' * number}", producer)
        make_producer(f"Hợp tác xã Mỹ Qu{'n' * (number + 1)}i")
        make_listing(near, date(2023, 1, 1), status=Status.CANCELLED)
    many = {page: queries(lambda page=page: officer.get(page)) for page in pages}
    assert many == few
    assert {page: number for page, number in many.items() if number > MOST} == {}

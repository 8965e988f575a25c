"""Pages ask the database as often with many records as with few."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.organisation.models import Unit
from products.models import Product, Recognition
from targets import overview
from targets.models import Plan
from tests.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = pytest.mark.django_db
CODES = ["842", "844", "845", "846", "847", "848", "849", "850", "851"]


def grow(number: int) -> None:
    """`number` more products, each with everything a page shows of it."""
    for place in range(number):
        unit = district(CODES[place % len(CODES)])
        product = make_product(district=unit)
        make_recognition(product, date(2022, 8, 22))
        make_enrolment(product, date(2022, 9, 1))
        make_listing(product, date(2022, 9, 1))
        if place % 10 == 0:
            make_ip_right(district=unit, filed_on=date(2022, 5, 1)).products.add(product)
            make_task(date(2022, 5, 1), district=unit)


def queries(act: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    return len(asked)


def test_the_overview_is_built_with_at_most_eight_queries_however_many_products() -> None:
    plan, unit = Plan.objects.get(), Unit.objects.get(code="84", level="province")

    def build() -> None:
        overview.build(plan, unit, date(2024, 6, 30))

    grow(40)
    few = queries(build)
    grow(360)
    assert Product.objects.count() == 400
    assert queries(build) == few <= 8


@pytest.mark.parametrize(
    "path",
    [
        "/?as_of=2024-06-30",
        "/?as_of=2024-06-30&unit=844",
        "/attention/?as_of=2024-06-30",
        "/attention/?as_of=2024-06-30&unit=844",
        "/products/?as_of=2024-06-30",
        "/products/?as_of=2024-06-30&q=san&standing=valid&traced=1&new_in=2022",
        "/ip/?as_of=2024-06-30",
        "/tasks/?as_of=2024-06-30",
        "/charts/heat.json?as_of=2024-06-30",
        "/charts/target.json?code=ECOM-SHARE&as_of=2024-06-30",
        "/targets/OCOP-NEW/?as_of=2022-12-31",
        "/targets/ECOM-SHARE/?as_of=2022-12-31",
        "/targets/IP-TRADEMARK/?as_of=2022-12-31",
        "/targets/ST-TASKS/?as_of=2022-12-31&unit=844",
        "/units/?as_of=2022-12-31&sort=-new&order=on_time&state=met",
        "/units/844/?as_of=2022-12-31",
        "/forecast/?as_of=2024-06-30&renewal=50",
        "/forecast/?as_of=2024-06-30&unit=844&month=2025-07",
        "/forecast/certificates.xlsx?as_of=2024-06-30",
        "/reports/?as_of=2024-06-30",
        "/reports/report.docx?as_of=2024-06-30",
        "/reports/report.xlsx?as_of=2024-06-30",
    ],
)
def test_a_page_asks_as_often_for_60_products_as_for_5(path: str, signed_in: Any) -> None:
    client = signed_in("committee_member")
    grow(5)
    client.get(path)
    few = queries(lambda: client.get(path))
    grow(55)
    assert queries(lambda: client.get(path)) == few


@pytest.mark.parametrize("code", ["OCOP-NEW", "TRACE-SHARE", "IP-TRADEMARK", "ST-TASKS"])
def test_a_targets_page_asks_at_most_ten_times_beside_the_overviews_own_queries(
    code: str, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    grow(20)
    plan, unit = Plan.objects.get(), Unit.objects.get(code="84", level="province")
    of_overview = queries(lambda: overview.build(plan, unit, date(2022, 12, 31)))
    of_frame = queries(lambda: client.get("/tasks/?as_of=2022-12-31&q=khong-co")) - 2
    address = f"/targets/{code}/?as_of=2022-12-31"
    assert queries(lambda: client.get(address)) - of_overview - of_frame <= 10


def test_the_forecast_asks_at_most_ten_times_beyond_the_overview_it_is_made_from(
    signed_in: Any,
) -> None:
    client = signed_in("committee_member")
    grow(20)
    plan, unit = Plan.objects.get(), Unit.objects.get(code="84", level="province")
    path = "/forecast/?as_of=2024-06-30&renewal=50"
    client.get(path)
    for_the_person = queries(lambda: client.get("/products/?as_of=2024-06-30&q=zzz"))
    built = queries(lambda: overview.build(plan, unit, date(2024, 6, 30)))
    assert queries(lambda: client.get(path)) - built <= 10 + for_the_person


@pytest.mark.parametrize(
    "address,unit,most",
    [("/units/844/?as_of=2024-06-30", "844", 10), ("/units/?as_of=2024-06-30", "84", 5)],
)
def test_a_districts_page_asks_at_most_so_often_beside_the_overviews_own_queries(
    address: str, unit: str, most: int, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    grow(20)
    plan, place = (
        Plan.objects.get(),
        Unit.objects.get(code=unit, level__in=["province", "district"]),
    )
    of_overview = queries(lambda: overview.build(plan, place, date(2024, 6, 30)))
    of_frame = queries(lambda: client.get("/tasks/?as_of=2024-06-30&q=khong-co")) - 1
    assert queries(lambda: client.get(address)) - of_overview - of_frame <= most


def test_a_products_page_asks_as_often_for_a_long_history_as_for_a_short_one(
    signed_in: Any,
) -> None:
    client = signed_in("committee_member")
    product = make_recognition().product
    make_listing(product, date(2022, 9, 1))
    make_enrolment(product, date(2022, 9, 1))
    address = f"/products/{product.pk}/"
    client.get(address)
    few = queries(lambda: client.get(address))
    for year in (2023, 2024, 2025):
        make_recognition(product, date(year, 1, 5))
        make_listing(product, date(year, 1, 5), "shopee")
        make_enrolment(product, date(year, 1, 5))
    assert Recognition.objects.filter(product=product).count() == 4
    assert queries(lambda: client.get(address)) == few


def test_attention_asks_at_most_ten_times_beside_the_overviews_rows(signed_in: Any) -> None:
    client = signed_in("committee_member")
    grow(20)
    plan, unit = Plan.objects.get(), Unit.objects.get(code="84", level="province")
    path = "/attention/?as_of=2024-06-30"
    client.get(path)
    of_overview = queries(lambda: overview.build(plan, unit, date(2024, 6, 30)))
    of_frame = queries(lambda: client.get("/tasks/?as_of=2024-06-30&q=khong-co")) - 2
    # The plan, records once for all rules, confirmations twice, what was put aside, the book;
    # and where a share slips, certificates and listings to tell the day.
    assert queries(lambda: client.get(path)) - of_overview - of_frame <= 10

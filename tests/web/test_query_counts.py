"""Pages ask the database as often with many records as with few."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit, User
from products.models import Product, Recognition
from targets.figures import overview
from targets.models import Plan
from tests.conftest import CAST
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
    make_task,
)
from tests.support.query_counts import FIRST, MOST, Asking, asked_by, queries
from tests.support.shared import made_once
from tests.targets.reports.conftest import draw_one_for_all

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


def test_the_overview_is_built_with_as_many_queries_however_many_products() -> None:
    plan, unit = Plan.objects.get(), Unit.objects.get(code="84", level="province")

    def build() -> None:
        overview.build(plan, unit, date(2024, 6, 30))

    grow(10)
    few = queries(build)
    grow(90)
    assert Product.objects.count() == 100
    assert queries(build) == few <= MOST


PAGES = [
    "/?as_of=2024-06-30",
    "/?as_of=2024-06-30&unit=844",
    "/?as_of=2026-12-01",
    "/targets/ECOM-SHARE/?as_of=2026-12-01",
    "/units/844/?as_of=2026-12-01",
    "/attention/?as_of=2024-06-30",
    "/attention/?as_of=2024-06-30&unit=844",
    "/products/?as_of=2024-06-30",
    "/products/?as_of=2024-06-30&q=san&standing=valid&traced=1&new_in=2022",
    "/ip/?as_of=2024-06-30",
    "/tasks/?as_of=2024-06-30",
    "/cancelled/?kind=recognition",
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
    "/allocations/?as_of=2024-06-30",
    "/allocations/first/?target=OCOP-NEW&year=2024",
    "/confirmations/?as_of=2024-06-30",
    "/meetings/",
    "/assignments/",
    "/activities/",
    "/views/",
    "/reports/?as_of=2024-06-30",
    "/reports/report.docx?as_of=2024-06-30",
    "/reports/report.xlsx?as_of=2024-06-30",
]
FILES = "/reports/report.", "/forecast/certificates.", "/forecast/letters."


def asked_for_5() -> dict[str, Asking]:
    """How often each page asks while there are 5 products; 30 when it is done."""
    client = Client()
    client.force_login(User.objects.get(username=CAST["committee_member"]))
    grow(5)
    with pytest.MonkeyPatch.context() as patch:
        draw_one_for_all(patch)
        asked = {path: asked_by(partial(client.get, path)) for path in PAGES}
    grow(25)
    return asked


for_5 = made_once(asked_for_5)


@every_case("path", PAGES)
def test_a_page_asks_as_often_for_30_products_as_for_5(
    path: str, for_5: dict[str, Asking], signed_in: Any, monkeypatch: Any
) -> None:
    draw_one_for_all(monkeypatch)
    assert Product.objects.count() == 30
    few, client = for_5[path], signed_in("committee_member")
    assert asked_by(lambda: client.get(path)) == few
    if not path.startswith(FILES):
        assert max(few.changed, few.again) <= MOST and few.new <= FIRST, few


def test_a_products_page_asks_as_often_for_a_long_history_as_for_a_short_one(
    signed_in: Any,
) -> None:
    client = signed_in("committee_member")
    product = make_recognition().product
    make_listing(product, date(2022, 9, 1))
    make_enrolment(product, date(2022, 9, 1))
    address = f"/products/{product.pk}/"
    few = asked_by(lambda: client.get(address))
    for year in (2023, 2024, 2025):
        make_recognition(product, date(year, 1, 5))
        make_listing(product, date(year, 1, 5), "shopee")
        make_enrolment(product, date(year, 1, 5))
    assert Recognition.objects.filter(product=product).count() == 4
    assert asked_by(lambda: client.get(address)) == few

"""One product: its recognitions with what follows from them, listings, links."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from products.choices import IPKind, Rank, Status
from products.models import Product
from tests.support.cases import every_case
from tests.support.factories import (
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


def shown(client: Client, product: Product, day: str = "2026-01-31") -> Any:
    response = client.get(f"/products/{product.pk}/?as_of={day}")
    assert response.status_code == 200
    return response


def test_kinds_are_worked_out_from_the_history(client_in: Client) -> None:
    product = make_product()
    for day, rank in (
        (date(2019, 1, 10), Rank.THREE),
        (date(2021, 6, 1), Rank.FOUR),
        (date(2022, 12, 30), Rank.FOUR),
        (date(2024, 4, 5), Rank.POTENTIAL_FIVE),
        (date(2025, 5, 5), Rank.THREE),
    ):
        make_recognition(product, day, rank)
    lines = shown(client_in, product).context["recognitions"]
    kinds = [line.kind for line in lines]
    assert kinds == ["downgraded", "upgraded", "renewed", "upgraded", "new"]
    page = shown(client_in, product).content.decode()
    for line in lines:
        assert line.kind_label in page


@every_case(
    "day,certificate",
    [
        ("2022-08-21", "future"),
        ("2022-08-22", "valid"),
        ("2025-08-22", "valid"),
        ("2025-08-23", "expired"),
    ],
)
def test_a_certificate_stands_as_of_the_day_asked_for(
    day: str, certificate: str, client_in: Client
) -> None:
    product = make_recognition(decided_on=date(2022, 8, 22)).product
    page = shown(client_in, product, day)
    assert page.context["recognitions"][0].status == certificate
    assert bool(page.context["product"].rank_now) == (certificate == "valid")


def test_a_revoked_recognition_says_when_and_why(client_in: Client) -> None:
    product = make_recognition(
        decided_on=date(2022, 8, 22),
        revoked_on=date(2023, 5, 1),
        revocation_reason="Vi phạm an toàn thực phẩm",
    ).product
    page = shown(client_in, product)
    assert page.context["recognitions"][0].status == "revoked"
    assert "01/05/2023: Vi phạm an toàn thực phẩm" in page.content.decode()
    assert shown(client_in, product, "2023-04-30").context["recognitions"][0].status == "valid"


def test_a_recognition_that_waits_is_shown_as_waiting_and_gives_no_rank(client_in: Client) -> None:
    product = make_recognition(decided_on=date(2024, 1, 5), status=Status.SUBMITTED).product
    page = shown(client_in, product)
    assert page.context["recognitions"][0].status == "waiting"
    assert page.context["product"].rank_now is None


def test_drafts_and_returned_recognitions_are_not_shown(client_in: Client) -> None:
    product = make_product()
    make_recognition(product, status=Status.DRAFT)
    make_recognition(product, date(2023, 1, 1), status=Status.RETURNED, status_reason="sai")
    assert shown(client_in, product).context["recognitions"] == []


@every_case(
    "url,linked",
    [
        ("https://voso.vn/dua-sap", True),
        ("http://voso.vn/dua-sap", True),
        ("HTTPS://VOSO.VN/", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//evil.example/x", False),
        ("https:///evil", False),
        ("voso.vn/dua-sap", False),
        ("vbscript:msgbox", False),
        ('https://x/" onmouseover="alert(1)', True),
    ],
)
def test_only_web_addresses_become_links(url: str, linked: bool, client_in: Client) -> None:
    product = make_recognition().product
    make_listing(product, date(2022, 9, 1), url=url)
    page = shown(client_in, product).content.decode()
    links = re.findall(r'<a href="([^"]*)" rel="noopener noreferrer nofollow"', page)
    assert len(links) == linked
    assert 'onmouseover="' not in page
    assert "<script>alert" not in page
    assert not re.search(r'href="\s*(javascript|data|vbscript):(?!image)', page, re.IGNORECASE)


def test_listings_tell_since_when_until_when_and_whether_they_count(client_in: Client) -> None:
    product = make_recognition().product
    make_listing(product, date(2022, 9, 1), "facebook", ended_on=date(2023, 9, 1))
    make_enrolment(product, date(2022, 10, 1), code="TX-1", status=Status.SUBMITTED)
    page = shown(client_in, product).content.decode()
    for text in ("01/09/2022", "01/09/2023", "01/10/2022", "TX-1", "Chờ duyệt"):
        assert text in page


def test_rights_that_cover_the_product_are_named(client_in: Client) -> None:
    product = make_recognition().product
    right = make_ip_right(IPKind.TRADEMARK, name="Nhãn Dừa", certificate_number="4-0123")
    right.products.add(product)
    page = shown(client_in, product).content.decode()
    assert "Nhãn Dừa</a> (4-0123)" in page


def test_a_score_stands_with_the_decimals_it_has(client_in: Client) -> None:
    product = make_product()
    make_recognition(product, date(2022, 8, 22), score="70.000")
    make_recognition(product, date(2024, 8, 22), score="69.95")
    page = shown(client_in, product).content.decode()
    assert re.search(r'data-label="Điểm" class="number">70<', page)
    assert re.search(r'data-label="Điểm" class="number">69,95<', page)

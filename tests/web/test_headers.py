"""What every answer says to the browser, and what no page may contain."""

import re
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import User
from tests.conftest import CAST
from tests.support.factories import make_ip_right, make_listing, make_recognition, make_task
from tests.support.shared import made_once

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def ask_for_pages() -> Any:
    recognition = make_recognition()
    make_listing(recognition.product, recognition.decided_on, url="https://voso.vn/1")
    make_ip_right()
    make_task(recognition.decided_on)
    client = Client()
    client.force_login(User.objects.get(username=CAST["committee_member"]))
    addresses = [
        "/",
        "/?as_of=2022-12-31&pending=1",
        "/products/",
        f"/products/{recognition.product_id}/",
        "/ip/",
        "/tasks/",
        "/?as_of=x",
        "/nothing/",
    ]
    answers = {address: client.get(address) for address in addresses}
    return answers | {"/accounts/login/": Client().get("/accounts/login/")}


pages = made_once(ask_for_pages)


def test_every_page_carries_the_policy_and_is_not_kept(pages: Any) -> None:
    for address, response in pages.items():
        policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
        assert policy == POLICY, address
        assert "no-store" in response["Cache-Control"], address
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


def test_charts_are_not_kept_either(signed_in: Any) -> None:
    response = signed_in("committee_member").get("/charts/stock.json")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_page_has_a_script_or_style_in_it(pages: Any) -> None:
    for address, response in pages.items():
        html = response.content.decode()
        # A block of JSON is data: no browser runs it.
        scripts = re.findall(r"<script\b([^>]*)>", html)
        code = [script for script in scripts if 'type="application/json"' not in script]
        assert all("src=" in script for script in code), address
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", html), address


def test_no_page_asks_another_host_for_anything(pages: Any) -> None:
    for address, response in pages.items():
        html = response.content.decode()
        asked = re.findall(r'(?:src|action)="([^"]+)"', html)
        asked += re.findall(r'<link[^>]+href="([^"]+)"', html)
        assert all(one.startswith(("/", "data:")) and one[:2] != "//" for one in asked), address


def test_every_page_is_in_vietnamese_with_one_title_and_one_main_heading(pages: Any) -> None:
    for address, response in pages.items():
        html = response.content.decode()
        assert '<html lang="vi"' in html, address
        assert len(re.findall(r"<h1\b", html)) == 1, address
        assert re.search(r"<title>[^<·]+ · OCOP Trà Vinh</title>", html), address
        identities = re.findall(r'\bid="([^"]+)"', html)
        assert len(identities) == len(set(identities)), address

"""Signing in and out, as the form sends it."""

from typing import Any

import pytest
from django.test import Client

from targets.demonstration.demo_accounts import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, name: str = "bancd", password: str = PASSWORD, **more: str) -> Any:
    fields = {"username": name, "password": password, **more}
    return client.post("/accounts/login/", fields, follow=True)


def test_who_signs_in_sees_the_overview_with_name_and_role() -> None:
    page = sign_in(Client())
    assert page.redirect_chain == [("/", 302)]
    assert "20-CT/TU" in page.content.decode()
    assert "Thành viên Ban Chỉ đạo" in page.content.decode()


def test_a_wrong_password_keeps_the_name_and_says_so() -> None:
    page = sign_in(Client(), password="sai-mat-khau").content.decode()
    alert = page.partition('role="alert"')[2].partition("</div>")[0]
    assert "mật khẩu" in alert
    assert 'value="bancd"' in page
    assert "sai-mat-khau" not in page


def test_after_signing_in_one_is_where_one_wanted_to_go_within_this_site() -> None:
    client = Client()
    wanted = "/products/?as_of=2022-12-31"
    form = client.get(wanted, follow=True)
    assert form.context["next"] == wanted
    assert sign_in(client, next=wanted).redirect_chain == [(wanted, 302)]
    assert sign_in(Client(), next="https://example.org/").redirect_chain == [("/", 302)]


def test_signing_out_ends_the_session() -> None:
    client = Client()
    sign_in(client, "huyen844")
    assert client.get("/products/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/products/")["Location"].startswith("/accounts/login/")

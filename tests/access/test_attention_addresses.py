"""The addresses of attention and saved views that enter something, against every role."""

from typing import Any

import pytest
from django.test import Client

from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
ATTENTION_ADDRESSES = {
    "attention-put-aside": "/attention/put-aside/?unit=844",
    "attention-bring-back": "/attention/bring-back/?unit=844",
}
VIEW_ADDRESSES = {
    "view-list": "/views/",
    "view-change": "/views/999999/",
    "view-delete": "/views/999999/delete/",
}
MAY = ("committee_member", "provincial_officer")
MAY_NOT = ("administrator", "officer_of_844")


@every_case("address", [*ATTENTION_ADDRESSES.values(), *VIEW_ADDRESSES.values()])
def test_nobody_signed_in_enters_nothing(address: str) -> None:
    assert Client().post(address).status_code == 302
    assert Client().post(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ATTENTION_ADDRESSES)
def test_the_committee_and_provincial_officers_put_aside(name: str, signed_in: Any) -> None:
    address = ATTENTION_ADDRESSES[name]
    for role in MAY:
        assert signed_in(role).post(address, {"key": "x"}).status_code == 302, role
        assert signed_in(role).get(address).status_code == 405, role
    for role in MAY_NOT:
        assert signed_in(role).post(address, {"key": "x"}).status_code == 403, role
    assert signed_in("officer_of_848").post(address, {"key": "x"}).status_code == 404


def test_an_account_without_membership_puts_nothing_aside(outsider: Any) -> None:
    client = Client()
    client.force_login(outsider)
    for address in ATTENTION_ADDRESSES.values():
        assert client.post(address, {"key": "x"}).status_code == 404


@every_case("role", [*MAY, *MAY_NOT])
def test_everybody_signed_in_has_views_and_only_the_own(role: str, clients: Any) -> None:
    client = clients[role]
    assert client.get("/views/").status_code == 200
    for name in ("view-change", "view-delete"):
        assert client.post(VIEW_ADDRESSES[name], {"name": "x"}).status_code == 404
        assert client.get(VIEW_ADDRESSES[name]).status_code == 405


def test_an_account_without_membership_keeps_views_of_its_own(outsider: Any) -> None:
    client = Client()
    client.force_login(outsider)
    assert client.get("/views/").status_code == 200

"""Who gets what: every address of the site against every role, by a written table.

An address that is in the URLconf and not in the table fails, so that none is forgotten.
"""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ocop.organisation.models import User
from tests.factories import district, make_product, make_recognition

PUBLIC = {"login": 200, "set_language": 302, "healthz": 200}
ROLES = ("committee_member", "provincial_officer", "administrator", "officer_of_844")
# name → (address for the own district, address for another district)
PAGES = {
    "overview": ("/?unit=844", "/?unit=848"),
    "chart": ("/charts/stock.json?unit=844", "/charts/stock.json?unit=848"),
    "product-list": ("/products/?unit=844", "/products/?unit=848"),
    "product-detail": ("/products/{own}/", "/products/{other}/"),
    "ip-list": ("/ip/?unit=844", "/ip/?unit=848"),
    "task-list": ("/tasks/?unit=844", "/tasks/?unit=848"),
}
ACTIONS = {"logout": "post", "set_language": "post"}


def names_in(patterns: list[Any]) -> list[str]:
    names: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names += names_in(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            names.append(pattern.name or str(pattern.pattern))
    return names


@pytest.fixture
def addresses(db: Any) -> dict[str, tuple[str, str]]:
    products = {}
    for key, code in (("own", "844"), ("other", "848")):
        product = make_product(district=district(code))
        make_recognition(product, date(2022, 8, 22))
        products[key] = product.pk
    return {
        name: tuple(path.format(**products) for path in paths)  # type: ignore[misc]
        for name, paths in PAGES.items()
    }


def test_every_address_of_the_site_is_in_the_table() -> None:
    assert set(names_in(get_resolver().url_patterns)) == {*PUBLIC, *PAGES, *ACTIONS}


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_visitors_are_sent_to_sign_in(name: str, addresses: Any) -> None:
    for address in addresses[name]:
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_members_see_what_their_scope_allows(
    name: str, role: str, addresses: Any, signed_in: Any
) -> None:
    own, other = addresses[name]
    client = signed_in(role)
    assert client.get(own).status_code == 200
    assert client.get(other).status_code == (404 if role == "officer_of_844" else 200)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_that_only_show_take_nothing(
    name: str, method: str, addresses: Any, signed_in: Any
) -> None:
    client = signed_in("administrator")
    assert getattr(client, method)(addresses[name][0]).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_an_account_without_membership_sees_nothing(
    name: str, addresses: Any, outsider: User
) -> None:
    client = Client()
    client.force_login(outsider)
    for address in addresses[name]:
        assert client.get(address).status_code == 404


def test_a_membership_that_has_ended_gives_nothing(addresses: Any, signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    User.objects.get(username="huyen844").memberships.update(ends_on=date(2023, 1, 1))
    assert client.get("/?unit=844").status_code == 404


def test_a_disabled_account_is_out_at_once(addresses: Any, signed_in: Any) -> None:
    client = signed_in("committee_member")
    User.objects.filter(username="bancd").update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_district_officer_sees_the_own_district_without_asking(
    addresses: Any, signed_in: Any
) -> None:
    response = signed_in("officer_of_844").get("/")
    assert response.context["asked"].unit.code == "844"
    assert signed_in("officer_of_844").get("/?unit=84").status_code == 404


@pytest.mark.parametrize("name,status", PUBLIC.items())
def test_public_pages_need_no_account(name: str, status: int, db: Any) -> None:
    from django.urls import reverse

    assert Client().get(reverse(name)).status_code == status

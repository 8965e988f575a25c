"""The addresses that confirm a quarter or grant an exception, against every role."""

from typing import Any

import pytest
from django.test import Client

from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
CONFIRMATION_ADDRESSES = {
    "quarter-confirmation": ("/confirmations/844/2024/2/", {"officer_of_844"}),
    "deadline-grant": ("/confirmations/844/2024/2/grant/", {"provincial_officer"}),
}
ROLES = ("committee_member", "provincial_officer", "administrator", "officer_of_844")


@pytest.mark.parametrize("name", CONFIRMATION_ADDRESSES)
def test_nobody_signed_in_enters_nothing(name: str) -> None:
    assert Client().post(CONFIRMATION_ADDRESSES[name][0]).status_code == 302


@every_case("name", CONFIRMATION_ADDRESSES)
@every_case("role", ROLES)
def test_only_those_whose_part_it_is_enter(name: str, role: str, clients: Any) -> None:
    address, writers = CONFIRMATION_ADDRESSES[name]
    client = clients[role]
    assert client.post(address).status_code == (302 if role in writers else 403)
    assert client.delete(address).status_code == 405


@pytest.mark.parametrize("name", CONFIRMATION_ADDRESSES)
def test_an_officer_of_another_district_finds_nothing_there(name: str, signed_in: Any) -> None:
    assert signed_in("officer_of_848").post(CONFIRMATION_ADDRESSES[name][0]).status_code == 404


@every_case("role", ROLES)
def test_everybody_in_scope_reads_the_quarter(role: str, clients: Any) -> None:
    assert clients[role].get(CONFIRMATION_ADDRESSES["quarter-confirmation"][0]).status_code == 200


def test_an_account_without_membership_finds_nothing(outsider: Any) -> None:
    client = Client()
    client.force_login(outsider)
    for address, _writers in CONFIRMATION_ADDRESSES.values():
        assert client.post(address).status_code == 404

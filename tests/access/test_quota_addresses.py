"""The addresses of quotas and milestones against every role."""

from typing import Any

import pytest
from django.test import Client

from tests.support.cases import every_case
from tests.targets.quotas.made import make_allocation, move

pytestmark = pytest.mark.django_db
QUOTA_ADDRESSES = {
    "quota-first": "/allocations/first/?target=OCOP-NEW&year=2024",
    "quota-move": "/allocations/move/?target=OCOP-NEW&year=2024",
    "quota-counter": "/allocations/moves/{entry}/counter/",
    "milestones": "/allocations/milestones/?target=OCOP-NEW&year=2024",
}
MAY = ("provincial_officer", "administrator")
MAY_NOT = ("committee_member", "officer_of_844")


@pytest.fixture
def addresses() -> dict[str, str]:
    make_allocation("844", 5)
    entry = move({"844": -1, "848": 1})
    return {name: path.format(entry=entry.pk) for name, path in QUOTA_ADDRESSES.items()}


@pytest.mark.parametrize("name", QUOTA_ADDRESSES)
def test_nobody_signed_in_enters_nothing(name: str, addresses: Any) -> None:
    for method in ("get", "post"):
        assert getattr(Client(), method)(addresses[name]).status_code == 302


@every_case("name", QUOTA_ADDRESSES)
@every_case("role", MAY_NOT)
def test_who_may_only_read_is_refused(name: str, role: str, addresses: Any, clients: Any) -> None:
    client = clients[role]
    for method in ("get", "post"):
        assert getattr(client, method)(addresses[name]).status_code == 403


@every_case("name", QUOTA_ADDRESSES)
@every_case("role", MAY)
def test_provincial_officers_and_administrators_are_let_in(
    name: str, role: str, addresses: Any, clients: Any
) -> None:
    client = clients[role]
    assert client.get(addresses[name]).status_code == 200
    assert client.post(addresses[name], {}).status_code == 200
    assert client.delete(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", QUOTA_ADDRESSES)
def test_an_account_without_membership_finds_nothing(
    name: str, addresses: Any, outsider: Any
) -> None:
    client = Client()
    client.force_login(outsider)
    assert client.get(addresses[name]).status_code == 404


@pytest.mark.parametrize("name", ["quota-first", "quota-move", "milestones"])
def test_a_unit_out_of_scope_is_not_there(name: str, addresses: Any, signed_in: Any) -> None:
    address = f"{addresses[name]}&unit=848"
    assert signed_in("officer_of_844").get(address).status_code == 404

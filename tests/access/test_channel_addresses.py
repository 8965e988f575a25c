"""The pages of floors and systems against every role: administrators alone."""

from typing import Any

import pytest
from django.test import Client

from tests.support.cases import every_case
from tests.support.factories import system

pytestmark = pytest.mark.django_db
CHANNEL_ADDRESSES = {
    "channel-list": "/floors-and-systems/",
    "channel": "/floors-and-systems/system/{system}/",
}
MAY_NOT = ("committee_member", "provincial_officer", "officer_of_844")


@pytest.fixture
def addresses() -> dict[str, str]:
    pk = system("VNPT Check").pk
    return {name: path.format(system=pk) for name, path in CHANNEL_ADDRESSES.items()}


@every_case("name", CHANNEL_ADDRESSES)
def test_only_administrators_are_let_in(name: str, addresses: Any, clients: Any) -> None:
    assert Client().get(addresses[name]).status_code == 302
    for role in MAY_NOT:
        assert clients[role].get(addresses[name]).status_code == 403, role
    assert clients["administrator"].get(addresses[name]).status_code == 200
    assert clients["administrator"].delete(addresses[name]).status_code == 405


def test_nobody_else_decides(addresses: Any, clients: Any) -> None:
    sent = {"decision": "counted", "reason": "thử", "version": "1"}
    for role in MAY_NOT:
        assert clients[role].post(addresses["channel"], sent).status_code == 403, role
    assert Client().post(addresses["channel"], sent).status_code == 302
    assert system("VNPT Check").counted
    for path in ("/floors-and-systems/floor/999999/", "/floors-and-systems/x/1/"):
        assert clients["administrator"].get(path).status_code == 404, path

"""The addresses of the reconciliation against every role; the page itself is in the matrix."""

import uuid
from typing import Any, NamedTuple

import pytest
from django.test import Client

from ocop.imports.models import Upload
from ocop.imports.pipeline import batches
from ocop.organisation.models import User
from targets.models import PublishedTotal
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db

TOTAL_ADDRESSES = {
    "published-total-new": "/reconciliation/totals/new/",
    "published-total": "/reconciliation/totals/{total}/",
}
ENTER_TOTALS = ("provincial_officer", "administrator")
READ_TOTALS = ("committee_member", "officer_of_844")


class ListAddress(NamedTuple):
    method: str
    path: str


LIST_ADDRESSES = {
    "reconciliation-list-add": ListAddress("post", "/reconciliation/lists/"),
    "reconciliation-list": ListAddress("get", "/reconciliation/lists/{file}/"),
    "reconciliation-list-xlsx": ListAddress("get", "/reconciliation/lists/{file}/list.xlsx"),
    "reconciliation-list-missing": ListAddress("post", "/reconciliation/lists/{file}/missing/"),
}
RECONCILIATION_ADDRESSES = {*TOTAL_ADDRESSES, *LIST_ADDRESSES}
IMPORTERS = {
    "provincial_officer": "tinh",
    "administrator": "quantri",
    "officer_of_844": "huyen844",
}


def total_path(name: str) -> str:
    return TOTAL_ADDRESSES[name].format(total=PublishedTotal.objects.earliest("pk").pk)


def list_of(username: str) -> uuid.UUID:
    data = make_book([RECOGNITIONS, product_row()])
    return batches.store_file(data, "a.xlsx", User.objects.get(username=username)).pk


def send(client: Client, name: str, file: uuid.UUID) -> int:
    address = LIST_ADDRESSES[name]
    return int(getattr(client, address.method)(address.path.format(file=file)).status_code)


@every_case("name", TOTAL_ADDRESSES)
def test_totals_are_entered_by_the_province_and_administrators(name: str, clients: Any) -> None:
    path = total_path(name)
    for role in ENTER_TOTALS:
        assert clients[role].get(path).status_code == 200, role
        assert clients[role].delete(path).status_code == 405, role
    for role in READ_TOTALS:
        for method in ("get", "post"):
            assert getattr(clients[role], method)(path).status_code == 403, role
    assert Client().get(path).status_code == 302


def test_whoever_imports_recognitions_compares_own_lists(signed_in: Any) -> None:
    for role, username in IMPORTERS.items():
        file = list_of(username)
        for name in LIST_ADDRESSES:
            assert send(signed_in(role), name, file) in (200, 302), (role, name)


def test_somebody_elses_list_is_not_there(signed_in: Any) -> None:
    file, before = list_of("huyen848"), Upload.objects.count()
    for role in IMPORTERS:
        for name in LIST_ADDRESSES:
            if "{file}" in LIST_ADDRESSES[name].path:
                assert send(signed_in(role), name, file) == 404, (role, name)
                assert send(signed_in(role), name, uuid.UUID(int=1)) == 404, (role, name)
    assert Upload.objects.count() == before


def test_readers_strangers_and_visitors_compare_nothing(signed_in: Any, outsider: User) -> None:
    file = list_of("tinh")
    stranger = Client()
    stranger.force_login(outsider)
    User.objects.get(username="tinh").memberships.update(fields=["ip_science"])
    for name in LIST_ADDRESSES:
        assert send(signed_in("committee_member"), name, file) == 403, name
        assert send(signed_in("provincial_officer"), name, file) == 403, "of another field"
        assert send(stranger, name, file) == 404, name
        assert send(Client(), name, file) == 302, name
    for name in TOTAL_ADDRESSES:
        assert stranger.get(total_path(name)).status_code == 404, name


def test_the_other_methods_are_not_allowed(signed_in: Any) -> None:
    client, file = signed_in("provincial_officer"), list_of("tinh")
    for name, address in LIST_ADDRESSES.items():
        path = address.path.format(file=file)
        other = "get" if address.method == "post" else "post"
        assert getattr(client, other)(path).status_code == 405, name
        assert client.delete(path).status_code == 405, name

"""Plans, documents, the committee's members and registered products against every role."""

from datetime import date
from typing import Any, NamedTuple

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from products.models import ProductRegistration
from targets.models import CommitteeMember, Document, Plan
from tests.support.cases import every_case
from tests.support.factories import district
from tests.support.shared import made_once

pytestmark = pytest.mark.django_db
MEMBER, PROVINCE, ADMIN, OWN, OTHER = (
    *("committee_member", "provincial_officer", "administrator"),
    *("officer_of_844", "officer_of_848"),
)
EVERYBODY = frozenset({MEMBER, PROVINCE, ADMIN, OWN, OTHER})
KEEPERS = frozenset({PROVINCE, ADMIN})


class Address(NamedTuple):
    """Who is let in, and who finds nothing there (404); the rest are refused (403)."""

    method: str
    path: str
    let_in: frozenset[str]
    not_found: frozenset[str] = frozenset()


ADMINS = frozenset({ADMIN})
ENTERING = frozenset({PROVINCE, OWN})
PLAN_ADDRESSES = {
    "plan-list": Address("get", "/plans/", ADMINS),
    "plan-new": Address("get", "/plans/new/", ADMINS),
    "plan": Address("get", "/plans/{plan}/", ADMINS),
    "plan-edit": Address("get", "/plans/{plan}/edit/", ADMINS),
    "plan-start": Address("post", "/plans/{plan}/start/", ADMINS),
    "plan-discard": Address("post", "/plans/{plan}/discard/", ADMINS),
    "plan-target-new": Address("get", "/plans/{plan}/targets/new/", ADMINS),
    "plan-target": Address("get", "/plans/{plan}/targets/{target}/", ADMINS),
    "plan-target-remove": Address("post", "/plans/{plan}/targets/{target}/remove/", ADMINS),
    "document-list": Address("get", "/documents/", EVERYBODY),
    "document-new": Address("get", "/documents/new/", KEEPERS),
    "document": Address("get", "/documents/{document}/", EVERYBODY),
    "document-edit": Address("get", "/documents/{document}/edit/", KEEPERS),
    "opinion-new": Address("get", "/documents/{document}/opinions/new/", KEEPERS),
    "committee": Address("get", "/committee/", EVERYBODY),
    "member-new": Address("get", "/committee/members/new/", KEEPERS),
    "member-edit": Address("get", "/committee/members/{member}/", KEEPERS),
    "registration-list": Address("get", "/registrations/", EVERYBODY),
    "registration-new": Address("get", "/registrations/new/", ENTERING | {OTHER}),
    "registration": Address(
        "get", "/registrations/{registration}/", EVERYBODY - {OTHER}, frozenset({OTHER})
    ),
    "registration-edit": Address(
        "get", "/registrations/{registration}/edit/", ENTERING, frozenset({OTHER})
    ),
    "registration-link": Address(
        "post", "/registrations/{registration}/link/", ENTERING, frozenset({OTHER})
    ),
    "registration-withdraw": Address(
        "post", "/registrations/{registration}/withdraw/", ENTERING, frozenset({OTHER})
    ),
}


def make_all() -> dict[str, Any]:
    plan = Plan.objects.get()
    registration = ProductRegistration.objects.create(
        name="Bột chuối xanh",
        owner="Bà Thử",
        place=Unit.objects.filter(parent=district("844"))[0],
        district=district("844"),
        aimed_rank=30,
        year=2023,
        registered_on=date(2023, 3, 1),
    )
    return {
        "plan": plan.pk,
        "target": plan.targets.first().pk,
        "document": Document.objects.get(code="ke-hoach-20-ct-tu").pk,
        "member": CommitteeMember.objects.first().pk,  # type: ignore[union-attr]
        "registration": registration.pk,
    }


made = made_once(make_all)


def send(client: Client, address: Address, made: dict[str, Any]) -> int:
    method = getattr(client, address.method)
    return int(method(address.path.format(**made)).status_code)


@every_case("name", PLAN_ADDRESSES)
@every_case("role", sorted(EVERYBODY))
def test_who_is_let_in_who_is_refused_and_who_finds_nothing(
    name: str, role: str, made: Any, clients: Any
) -> None:
    address = PLAN_ADDRESSES[name]
    status = send(clients[role], address, made)
    if role in address.let_in:
        assert status in (200, 302, 409)
    else:
        assert status == (404 if role in address.not_found else 403)


@every_case("name", PLAN_ADDRESSES)
def test_strangers_find_nothing_and_other_methods_are_not_allowed(
    name: str, made: Any, clients: Any, outsiders_client: Client
) -> None:
    address = PLAN_ADDRESSES[name]
    assert send(Client(), address, made) == 302
    # Whoever has no role learns of nothing; entering products is refused as everywhere.
    assert send(outsiders_client, address, made) in (403, 404)
    path = address.path.format(**made)
    assert clients["administrator"].delete(path).status_code == 405
    if address.method == "post":
        assert clients["administrator"].get(path).status_code == 405

"""Who may add, see, download and remove evidence: as the record it belongs to allows."""

import uuid
from typing import Any

import pytest
from django.test import Client

from products.choices import Status
from products.evidence import storage
from products.models import Evidence
from tests.products.evidence import made_files as make
from tests.support.cases import every_case
from tests.support.factories import make_task

pytestmark = pytest.mark.django_db
# character → (adds, sees, removes); "anonymous" is sent to the sign-in
MATRIX = {
    "officer_of_844": (200, 200, 302),
    "provincial_officer": (200, 200, 302),
    "committee_member": (403, 200, 403),
    "administrator": (403, 200, 403),
    "officer_of_848": (404, 404, 404),
    "nguoingoai": (404, 404, 404),
    "anonymous": (302, 302, 302),
}
SENT_TO_SIGN_IN = "/accounts/login/"


@pytest.fixture
def client_of(signed_in: Any, outsider: Any) -> Any:
    return lambda name: Client() if name == "anonymous" else signed_in(name)


@pytest.mark.parametrize("character", MATRIX)
def test_adding_is_for_those_who_enter_the_record(
    character: str, client_of: Any, record: Any, send: Any, store: Any
) -> None:
    answer = send(client_of(character), record, ("a.pdf", make.pdf()))
    assert answer.status_code == MATRIX[character][0]
    assert Evidence.objects.count() == (1 if answer.status_code == 200 else 0)
    assert store.exists() == (answer.status_code == 200)


@every_case("character", MATRIX)
@every_case("address", ["", "page-1.jpg", "page-2.jpg"])
def test_seeing_is_for_those_who_see_the_record(
    character: str, address: str, client_of: Any, attached: Evidence
) -> None:
    answer = client_of(character).get(f"/evidence/{attached.pk}/{address}")
    assert answer.status_code == MATRIX[character][1]
    if character == "anonymous":
        assert answer["Location"].startswith(SENT_TO_SIGN_IN)


@every_case("character", MATRIX)
def test_removing_is_for_those_who_enter_the_record(
    character: str, client_of: Any, attached: Evidence
) -> None:
    answer = client_of(character).post(f"/evidence/{attached.pk}/remove/")
    assert answer.status_code == MATRIX[character][2]
    attached.refresh_from_db()
    removed = character in ("officer_of_844", "provincial_officer")
    assert (attached.removed_at is not None) == (attached.removed_by is not None) == removed
    assert storage.path_of(attached.pk).exists()


@every_case("status", Status.values)
def test_adding_is_open_until_cancelled_and_removing_until_verified(
    status: str, attached: Evidence, record: Any, signed_in: Any, send: Any
) -> None:
    type(record).objects.filter(pk=record.pk).update(status=status, status_reason="thử")
    client = signed_in("officer_of_844")
    added = send(client, record, ("b.jpg", make.image())).status_code
    assert added == (400 if status == Status.CANCELLED else 200)
    settled = status in (Status.VERIFIED, Status.CANCELLED)
    answer = client.post(f"/evidence/{attached.pk}/remove/")
    assert answer.status_code == (403 if settled else 302)
    lines = storage.evidence_rows(*_asked(record, "officer_of_844"))
    assert all(bool(line.remove_url) != settled for line in lines)


def _asked(record: Any, character: str) -> Any:
    from datetime import date

    from ocop.organisation.models import User
    from ocop.organisation.scope import scope_of
    from products.kinds import kind_of
    from tests.conftest import CAST

    record.refresh_from_db()
    user = User.objects.get(username=CAST[character])
    return kind_of(record), record, scope_of(user, date(2025, 1, 1))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_evidence_of_a_draft_is_hidden_from_those_who_do_not_enter(
    status: str, attached: Evidence, record: Any, signed_in: Any
) -> None:
    type(record).objects.filter(pk=record.pk).update(status=status, status_reason="thử")
    for address in ("", "page-1.jpg"):
        path = f"/evidence/{attached.pk}/{address}"
        assert signed_in("committee_member").get(path).status_code == 404
        assert signed_in("officer_of_844").get(path).status_code == 200


def test_why_evidence_of_a_verified_record_stays_is_said(
    attached: Evidence, record: Any, signed_in: Any
) -> None:
    type(record).objects.filter(pk=record.pk).update(status=Status.VERIFIED)
    client = signed_in("officer_of_844")
    client.cookies["django_language"] = "en"
    answer = client.post(f"/evidence/{attached.pk}/remove/")
    assert "The record is verified: its evidence stays." in answer.content.decode()


def test_removed_evidence_is_gone_for_everybody(
    attached: Evidence, record: Any, signed_in: Any
) -> None:
    client = signed_in("officer_of_844")
    client.post(f"/evidence/{attached.pk}/remove/")
    for address in ("", "page-1.jpg"):
        assert client.get(f"/evidence/{attached.pk}/{address}").status_code == 404
    assert client.post(f"/evidence/{attached.pk}/remove/").status_code == 404
    assert not Evidence.objects.filter(removed_at__isnull=True).exists()


@pytest.mark.parametrize(
    "address", ["/evidence/nothing/1/", "/evidence/recognition/0/", f"/evidence/product/{10**30}/"]
)
def test_forged_kinds_and_ids_are_not_there(address: str, signed_in: Any) -> None:
    assert signed_in("officer_of_844").post(address).status_code == 404


def test_kinds_that_districts_do_not_enter_are_read_only_to_them(signed_in: Any) -> None:
    from datetime import date

    from tests.support.factories import district

    task = make_task(date(2023, 1, 1), district=district("844"))
    assert signed_in("officer_of_844").post(f"/evidence/task/{task.pk}/").status_code == 403


@pytest.mark.parametrize("page", [0, 3, 10**30])
def test_a_page_that_the_file_does_not_have_is_not_there(
    page: int, attached: Evidence, signed_in: Any
) -> None:
    path = f"/evidence/{attached.pk}/page-{page}.jpg"
    assert signed_in("officer_of_844").get(path).status_code == 404


def test_an_id_nobody_has_is_not_there(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    for address in ("", "page-1.jpg"):
        assert client.get(f"/evidence/{uuid.uuid4()}/{address}").status_code == 404
    assert client.post(f"/evidence/{uuid.uuid4()}/remove/").status_code == 404


def test_addresses_take_their_own_method_only(attached: Evidence, signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    root = f"/evidence/{attached.pk}/"
    assert client.get(f"/evidence/recognition/{attached.record_id}/").status_code == 405
    assert client.get(f"{root}remove/").status_code == 405
    for address in (root, f"{root}page-1.jpg"):
        assert client.post(address).status_code == 405


def test_a_form_without_its_token_is_refused(record: Any, attached: Evidence) -> None:
    from ocop.organisation.models import User

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="huyen844"))
    for address in (f"/evidence/recognition/{record.pk}/", f"/evidence/{attached.pk}/remove/"):
        assert client.post(address).status_code == 403

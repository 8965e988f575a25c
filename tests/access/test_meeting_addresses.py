"""Every address of meetings, assignments and activities against every role and district."""

from typing import Any, NamedTuple

import pytest
from django.test import Client

from tests.support.cases import every_case
from tests.support.factories import district
from tests.support.shared import made_once
from tests.targets.committee.made import (
    agency,
    make_activity,
    make_assignment,
    make_meeting,
    opened_meeting,
)

pytestmark = pytest.mark.django_db
MEMBER, PROVINCE, ADMIN, OWN, OTHER = (
    *("committee_member", "provincial_officer", "administrator"),
    *("officer_of_844", "officer_of_848"),
)
EVERYBODY = frozenset({MEMBER, PROVINCE, ADMIN, OWN, OTHER})
PROVINCIAL = frozenset({MEMBER, PROVINCE, ADMIN})
RUNNERS = frozenset({MEMBER, PROVINCE})
ENTERING = frozenset({PROVINCE, OWN, OTHER})


class Address(NamedTuple):
    """Who is let in, and who finds it there and is refused (403); the rest find nothing (404)."""

    method: str
    path: str
    let_in: frozenset[str]
    refused: frozenset[str] = frozenset()


MEETING_ADDRESSES = {
    "meeting-list": Address("get", "/meetings/", PROVINCIAL),
    "meeting": Address("get", "/meetings/{open}/", PROVINCIAL),
    "meeting-screen": Address("get", "/meetings/{open}/screen/", PROVINCIAL),
    "meeting-minutes": Address("get", "/meetings/{open}/minutes.docx", PROVINCIAL),
    "meeting-new": Address("get", "/meetings/new/", RUNNERS, frozenset({ADMIN})),
    "meeting-edit": Address("get", "/meetings/{planned}/edit/", RUNNERS, frozenset({ADMIN})),
    "meeting-discard": Address("get", "/meetings/{planned}/discard/", RUNNERS, frozenset({ADMIN})),
    "meeting-open": Address("post", "/meetings/{planned}/open/", RUNNERS, frozenset({ADMIN})),
    "meeting-close": Address("post", "/meetings/{open}/close/", RUNNERS, frozenset({ADMIN})),
    "topic-new": Address("get", "/meetings/{open}/topics/new/", RUNNERS, frozenset({ADMIN})),
    "topic-conclude": Address(
        "post", "/meetings/{open}/topics/{topic}/", RUNNERS, frozenset({ADMIN})
    ),
    "assignment-list": Address("get", "/assignments/", EVERYBODY),
    "assignment-new": Address("get", "/assignments/new/", RUNNERS, frozenset({ADMIN})),
    "assignment": Address("get", "/assignments/{assignment}/", PROVINCIAL | {OWN}),
    "assignment-report": Address(
        "post", "/assignments/{assignment}/report/", RUNNERS | {OWN}, frozenset({ADMIN})
    ),
    "activity-list": Address("get", "/activities/", EVERYBODY),
    "activity-new": Address("get", "/activities/new/", ENTERING, frozenset({MEMBER, ADMIN})),
    "activity": Address("get", "/activities/{activity}/", PROVINCIAL | {OWN}),
    "activity-edit": Address(
        "get", "/activities/{activity}/edit/", frozenset({PROVINCE, OWN}), {MEMBER, ADMIN}
    ),
}


def make_all() -> dict[str, Any]:
    """A meeting under way and one planned; an assignment and an activity of district 844."""
    meeting = opened_meeting()
    return {
        "open": meeting.pk,
        "planned": make_meeting().pk,
        "topic": meeting.topics.get(position=1).pk,
        "assignment": make_assignment(agency=agency("ubnd-844")).pk,
        "activity": make_activity(district=district("844"), agency=agency("ubnd-844")).pk,
    }


made = made_once(make_all)


def send(client: Client, address: Address, made: dict[str, Any]) -> int:
    path = address.path.format(**made)
    fields = {"conclusion": "", "version": "0", "kind": "reported", "word": "x"}
    if address.method == "get":
        return int(client.get(path).status_code)
    return int(client.post(path, fields).status_code)


@every_case("name", MEETING_ADDRESSES)
@every_case("role", sorted(EVERYBODY))
def test_who_is_let_in_who_is_refused_and_who_finds_nothing(
    name: str, role: str, made: Any, clients: Any
) -> None:
    address = MEETING_ADDRESSES[name]
    status = send(clients[role], address, made)
    if role in address.let_in:
        assert status in (200, 302)
    else:
        assert status == (403 if role in address.refused else 404)


@every_case("name", MEETING_ADDRESSES)
def test_nobody_signed_in_is_sent_to_the_sign_in(name: str, made: Any) -> None:
    assert send(Client(), MEETING_ADDRESSES[name], made) == 302


@every_case("name", MEETING_ADDRESSES)
def test_an_account_without_membership_finds_nothing(
    name: str, made: Any, outsiders_client: Client
) -> None:
    assert send(outsiders_client, MEETING_ADDRESSES[name], made) == 404


@every_case("name", MEETING_ADDRESSES)
def test_other_methods_are_not_allowed(name: str, made: Any, clients: Any) -> None:
    address = MEETING_ADDRESSES[name]
    client = clients["provincial_officer"]
    path = address.path.format(**made)
    assert client.delete(path).status_code == 405
    if address.method == "post":
        assert client.get(path).status_code == 405


def test_an_agencys_own_officer_reports_and_another_agencys_only_reads(signed_in: Any) -> None:
    """Sở Công Thương's assignment: a district finds nothing there."""
    pk = make_assignment(agency=agency("so-ct")).pk
    assert signed_in(OWN).get(f"/assignments/{pk}/").status_code == 404
    assert signed_in(ADMIN).get(f"/assignments/{pk}/").context["form"] is None
    assert signed_in(MEMBER).get(f"/assignments/{pk}/").context["form"] is not None


def test_an_officer_enters_activities_of_the_own_district_only(signed_in: Any) -> None:
    fields = {
        "name": "Lớp tập huấn",
        "kind": "training",
        "starts_on": "2023-03-01",
        "ends_on": "2023-03-02",
        "agency": agency("ubnd-844").pk,
    }
    client = signed_in(OWN)
    for code, status in (("848", 200), ("", 200), ("844", 302)):
        unit = str(district(code).pk) if code else ""
        assert client.post("/activities/new/", fields | {"district": unit}).status_code == status


def test_a_null_byte_in_the_words_looked_for_is_no_fault(signed_in: Any) -> None:
    assert signed_in(MEMBER).get("/meetings/", {"q": "a\0b"}).status_code == 200

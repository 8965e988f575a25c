"""Every address of the site against every role: generated from the URLconf, held by a table.

Four cases for each address that enters something: nobody signed in, somebody of another district,
somebody who may only read, somebody who may write. An address missing from the tables fails.
"""

from datetime import date
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ocop.organisation.models import User
from products.choices import Status
from products.kinds import KINDS
from products.models import Evidence, Rating
from products.records.detail import item_of
from products.scoring.schemes import scheme_at
from tests.access.test_attention_addresses import ATTENTION_ADDRESSES, VIEW_ADDRESSES
from tests.access.test_channel_addresses import CHANNEL_ADDRESSES
from tests.access.test_confirmation_addresses import CONFIRMATION_ADDRESSES
from tests.access.test_import_addresses import IMPORT_ADDRESSES
from tests.access.test_meeting_addresses import MEETING_ADDRESSES
from tests.access.test_plan_addresses import PLAN_ADDRESSES
from tests.access.test_quota_addresses import QUOTA_ADDRESSES
from tests.access.test_reconciliation_addresses import RECONCILIATION_ADDRESSES
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
    make_task,
)
from tests.support.shared import made_once

PUBLIC = {"login": 200, "healthz": 200}
BY_LINK = {"set-password"}
"""For whoever has the link: tests.administration.test_accounts."""
ROLES = ("committee_member", "provincial_officer", "administrator", "officer_of_844")
READERS = ("committee_member", "administrator")
# name → (address for the own district, address for another district)
PAGES = {
    "overview": ("/?unit=844", "/?unit=848"),
    "target-detail": ("/targets/OCOP-NEW/?unit=844", "/targets/OCOP-NEW/?unit=848"),
    "unit-list": ("/units/?unit=844", "/units/?unit=848"),
    "unit-detail": ("/units/844/", "/units/848/"),
    "unit-search": ("/units/search/?unit=844", "/units/search/?unit=848"),
    "chart": ("/charts/stock.json?unit=844", "/charts/stock.json?unit=848"),
    "attention-list": ("/attention/?unit=844", "/attention/?unit=848"),
    "forecast": ("/forecast/?unit=844", "/forecast/?unit=848"),
    "forecast-xlsx": (
        "/forecast/certificates.xlsx?unit=844",
        "/forecast/certificates.xlsx?unit=848",
    ),
    "forecast-letters": (
        "/forecast/letters.docx?unit=844&as_of=2025-06-30&month=2025-07",
        "/forecast/letters.docx?unit=848&as_of=2025-06-30&month=2025-07",
    ),
    "forecast-csv": ("/forecast/certificates.csv?unit=844", "/forecast/certificates.csv?unit=848"),
    "allocation-board": ("/allocations/?unit=844", "/allocations/?unit=848"),
    "confirmation-board": ("/confirmations/?unit=844", "/confirmations/?unit=848"),
    "reconciliation": ("/reconciliation/?unit=844", "/reconciliation/?unit=848"),
    "report-list": ("/reports/?unit=844", "/reports/?unit=848"),
    "report-word": ("/reports/report.docx?unit=844", "/reports/report.docx?unit=848"),
    "report-excel": ("/reports/report.xlsx?unit=844", "/reports/report.xlsx?unit=848"),
    "product-list": ("/products/?unit=844", "/products/?unit=848"),
    "product-detail": ("/products/{product}/", "/products/{product}/"),
    "producer-list": ("/producers/?unit=844", "/producers/?unit=848"),
    "ip-list": ("/ip/?unit=844", "/ip/?unit=848"),
    "task-list": ("/tasks/?unit=844", "/tasks/?unit=848"),
    "record": ("/records/recognition/{recognition}/", "/records/recognition/{recognition}/"),
    "record-history": (
        "/records/product/{product}/history/",
        "/records/product/{product}/history/",
    ),
    "rating-list": ("/ratings/?unit=844", "/ratings/?unit=848"),
    "rating-detail": ("/ratings/{rating}/", "/ratings/{rating}/"),
    "evidence-file": ("/evidence/{evidence}/", "/evidence/{evidence}/"),
    "cancelled-list": ("/cancelled/?kind=recognition", "/records/recognition/{recognition}/"),
    "evidence-page": ("/evidence/{evidence}/page-1.jpg", "/evidence/{evidence}/page-1.jpg"),
}


class Entry(NamedTuple):
    """An address that enters or decides something, and who may."""

    method: str
    path: str
    writers: tuple[str, ...] = ("officer_of_844", "provincial_officer")
    item: str = ""
    scoped: bool = True


PROVINCIAL = ("provincial_officer",)
ENTRIES = {
    "record-new": Entry("get", "/records/recognition/new/?product={product}"),
    "record-edit": Entry("get", "/records/product/{draft}/edit/"),
    "record-cancel": Entry("get", "/records/recognition/{recognition}/cancel/"),
    "record-merge": Entry("get", "/records/product/{product}/merge/"),
    "record-separate": Entry("get", "/records/product/{product}/separate/"),
    "double-list": Entry("get", "/doubles/", scoped=False),
    "not-double": Entry("post", "/doubles/not/", item="double"),
    "record-restore": Entry("get", "/records/recognition/{cancelled}/restore/"),
    "record-several": Entry("get", "/records/listing/several/", scoped=False),
    "record-hints": Entry("post", "/records/recognition/hints/?product={product}"),
    "product-similar": Entry("get", "/products/similar/?name=kẹo", scoped=False),
    "submit": Entry("post", "/records/submit/", item="draft_item"),
    "discard": Entry("post", "/records/discard/", item="draft_item"),
    "rating-sheet": Entry("get", "/ratings/{rating_draft}/sheets/1/"),
    "rating-score": Entry("post", "/ratings/{rating_draft}/sheets/1/score/"),
    "rating-sheet-remove": Entry("post", "/ratings/{rating_draft}/sheets/1/remove/"),
    "evidence-add": Entry("post", "/evidence/product/{draft}/"),
    "evidence-remove": Entry("post", "/evidence/{evidence_draft}/remove/"),
    "verification": Entry("get", "/verification/recognition/{submitted}/", PROVINCIAL),
    "verification-effect": Entry("post", "/verification/", PROVINCIAL, "submitted_item"),
    "verify": Entry("post", "/verification/verify/", PROVINCIAL, "submitted_item"),
    "return": Entry("post", "/verification/return/", PROVINCIAL, "submitted_item"),
    "my-work": Entry("get", "/my-work/", scoped=False),
}
# Of nobody's district: everybody signed in does this for themselves.
OWN = {
    "draft-keep": "post",
    "draft-discard": "post",
    "logout": "post",
    "set_language": "post",
    "password_change": "post",
    "password_change_done": "get",
    "account": "get",
}


def names_in(patterns: list[Any]) -> list[str]:
    names: list[str] = []
    for pattern in patterns:
        if getattr(pattern, "namespace", None) == "admin":
            continue  # Held by tests.access.test_admin_addresses.
        if isinstance(pattern, URLResolver):
            names += names_in(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            names.append(pattern.name or str(pattern.pattern))
    return names


def make_records(**place: Any) -> dict[str, Any]:
    """One record of each sort that the addresses name, in one place."""
    product = make_product(**place)
    recognition = make_recognition(product, date(2022, 8, 22))
    draft = make_product(**place, status=Status.DRAFT)
    submitted = make_recognition(make_product(**place), status=Status.SUBMITTED)
    day = date(2024, 3, 15)
    scheme = scheme_at(day)
    made = {"product": product, "scheme": scheme, "level": "district", "session_on": day}
    rating = Rating.objects.create(**made, status=Status.VERIFIED)
    cancelled = make_recognition(product, date(2022, 8, 23), status=Status.CANCELLED)
    rating_draft = Rating.objects.create(
        **made | {"session_on": date(2024, 3, 16)}, sheets=[{"member": "A", "points": {}}]
    )
    owner = User.objects.get(username="tinh")
    about = {"kind": "product", "content_type": "image/png", "size": 1, "sha256": "0" * 64}
    evidence = Evidence.objects.create(**about, record_id=product.pk, name="a", added_by=owner)
    of_draft = Evidence.objects.create(**about, record_id=draft.pk, name="b", added_by=owner)
    return {
        "product": product.pk,
        "recognition": recognition.pk,
        "cancelled": cancelled.pk,
        "double": {"kind": "product", "one": product.pk, "two": recognition.product_id},
        "rating": rating.pk,
        "rating_draft": rating_draft.pk,
        "draft": draft.pk,
        "draft_item": item_of(draft),
        "submitted": submitted.pk,
        "submitted_item": item_of(submitted),
        "evidence": evidence.pk,
        "evidence_draft": of_draft.pk,
    }


of_both = made_once(
    lambda: {code: make_records(district=district(code)) for code in ("844", "848")}
)


@pytest.fixture
def own(of_both: Any, db: Any) -> dict[str, Any]:
    return of_both["844"]


@pytest.fixture
def other(of_both: Any, db: Any) -> dict[str, Any]:
    return of_both["848"]


def send(client: Client, entry: Entry, records: dict[str, Any]) -> int:
    named = records[entry.item] if entry.item else {}
    fields = named if isinstance(named, dict) else {"item": named, "reason": "Xem lại"}
    path = entry.path.format(**records)
    if entry.method == "get":
        return int(client.get(path).status_code)
    return int(client.post(path, fields).status_code)


# --- The table is whole -------------------------------------------------------------------------


def test_every_address_of_the_site_is_in_the_table() -> None:
    elsewhere = {*IMPORT_ADDRESSES, *QUOTA_ADDRESSES, *CONFIRMATION_ADDRESSES, *MEETING_ADDRESSES}
    elsewhere |= {*ATTENTION_ADDRESSES, *VIEW_ADDRESSES, *RECONCILIATION_ADDRESSES}
    elsewhere |= {*CHANNEL_ADDRESSES, *PLAN_ADDRESSES}
    listed = {*PUBLIC, *BY_LINK, *PAGES, *ENTRIES, *OWN, *elsewhere}
    assert set(names_in(get_resolver().url_patterns)) == listed


@pytest.mark.parametrize("name,status", PUBLIC.items())
def test_public_pages_need_no_account(name: str, status: int, db: Any) -> None:
    assert Client().get(reverse(name)).status_code == status


def test_the_own_password_is_for_everybody_signed_in_and_nobody_else(
    signed_in: Any, outsider: User
) -> None:
    for name in ("password_change", "password_change_done", "account"):
        address = reverse(name)
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            assert answer["Location"].startswith("/accounts/login/?next="), (name, method)
        for person in (*ROLES, outsider.username):
            assert signed_in(person).get(address).status_code == 200, (name, person)


# --- Pages that show ----------------------------------------------------------------------------


@every_case("name", PAGES)
def test_anonymous_visitors_are_sent_to_sign_in(name: str, own: Any) -> None:
    for path in PAGES[name]:
        response = Client().get(path.format(**own))
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=")


@pytest.fixture
def stored_files(settings: Any, tmp_path: Any, monkeypatch: Any) -> None:
    """Files for the evidence rows, so that who may see them really gets them."""
    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    for evidence in Evidence.objects.all():
        folder = tmp_path / "evidence" / str(evidence.pk)[:2]
        folder.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8)).save(folder / str(evidence.pk), "PNG")


@pytest.mark.database
@every_case("name", PAGES)
def test_members_see_what_their_scope_allows(
    name: str, own: Any, other: Any, stored_files: None, one_drawing_for_all: None, clients: Any
) -> None:
    mine, theirs = PAGES[name]
    for role in ROLES:
        client = clients[role]
        assert client.get(mine.format(**own)).status_code == 200, role
        foreign = client.get(theirs.format(**other)).status_code
        assert foreign == (404 if role == "officer_of_844" else 200), role


@every_case("name", PAGES)
def test_pages_that_only_show_take_nothing(name: str, own: Any, clients: Any) -> None:
    client = clients["administrator"]
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(PAGES[name][0].format(**own)).status_code == 405, method


# --- Addresses that enter or decide: four cases -------------------------------------------------


@every_case("name", ENTRIES)
def test_nobody_signed_in_enters_nothing(name: str, own: Any) -> None:
    assert send(Client(), ENTRIES[name], own) == 302


@every_case("name", [name for name, entry in ENTRIES.items() if entry.scoped])
def test_somebody_of_another_district_finds_nothing_there(
    name: str, other: Any, clients: Any
) -> None:
    entry = ENTRIES[name]
    status = send(clients["officer_of_844"], entry, other)
    decides = entry.writers == PROVINCIAL and name != "verification"
    assert status == (403 if decides else 404)


@every_case("name", ENTRIES)
def test_somebody_who_may_only_read_is_refused(name: str, own: Any, clients: Any) -> None:
    # A draft is not shown to readers at all; what they may read is refused as read-only.
    hidden = "draft" in ENTRIES[name].path or ENTRIES[name].item == "draft_item"
    for role in READERS:
        assert send(clients[role], ENTRIES[name], own) == (404 if hidden else 403), role


@pytest.mark.database
@every_case("name", ENTRIES)
@every_case("role", ["officer_of_844", "provincial_officer"])
def test_those_who_may_write_are_let_in(name: str, role: str, own: Any, clients: Any) -> None:
    entry = ENTRIES[name]
    status = send(clients[role], entry, own)
    if role in entry.writers:
        assert status in (200, 302), status
    else:
        assert status == 403


@every_case("name", ENTRIES)
def test_the_other_method_is_not_allowed(name: str, own: Any, clients: Any) -> None:
    entry = ENTRIES[name]
    client = clients["provincial_officer"]
    assert client.delete(entry.path.format(**own)).status_code == 405
    if entry.method == "post":
        assert client.get(entry.path.format(**own)).status_code == 405


@pytest.mark.database
@every_case("kind", KINDS)
def test_every_kind_of_record_is_scoped_alike(kind: str, clients: Any) -> None:
    """The generic addresses name the kind: each is tried, for both districts."""
    member, officer = clients["committee_member"], clients["officer_of_844"]
    for code, seen in (("844", 200), ("848", 404)):
        record = one_of(kind, code)
        page = f"/records/{kind}/{record.pk}/"
        assert officer.get(page, follow=True).status_code == seen
        assert officer.get(f"{page}history/").status_code == seen
        assert member.get(f"{page}edit/").status_code == 403
        may = 200 if KINDS[kind].district_enters else 403
        assert officer.get(f"{page}edit/").status_code == (may if seen == 200 else 404)


def one_of(kind: str, code: str) -> Any:
    unit = district(code)
    if kind in ("ip-right", "task"):
        make = make_ip_right if kind == "ip-right" else lambda **f: make_task(date(2023, 1, 1), **f)
        return make(district=unit)
    product = make_product(district=unit)
    day = date(2024, 3, 15)
    makers: dict[str, Any] = {
        "producer": lambda: product.producer,
        "product": lambda: product,
        "recognition": lambda: make_recognition(product),
        "traceability": lambda: make_enrolment(product, day),
        "listing": lambda: make_listing(product, day),
        "rating": lambda: Rating.objects.create(
            product=product,
            scheme=scheme_at(day),
            level="district",
            session_on=day,
            status=Status.VERIFIED,
        ),
    }
    return makers[kind]()


# --- Accounts -----------------------------------------------------------------------------------


@every_case("name", PAGES)
def test_an_account_without_membership_sees_nothing(
    name: str, own: Any, outsiders_client: Client
) -> None:
    assert outsiders_client.get(PAGES[name][0].format(**own)).status_code == 404


@every_case("name", ENTRIES)
def test_an_account_without_membership_enters_nothing(
    name: str, own: Any, outsiders_client: Client
) -> None:
    assert send(outsiders_client, ENTRIES[name], own) in (403, 404)


def test_a_membership_that_has_ended_gives_nothing(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    User.objects.get(username="huyen844").memberships.update(ends_on=date(2023, 1, 1))
    assert client.get("/?unit=844").status_code == 404


def test_a_disabled_account_is_out_at_once(signed_in: Any) -> None:
    client = signed_in("committee_member")
    User.objects.filter(username="bancd").update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_district_officer_sees_the_own_district_without_asking(signed_in: Any) -> None:
    response = signed_in("officer_of_844").get("/")
    assert response.context["query"].unit.code == "844"
    assert signed_in("officer_of_844").get("/?unit=84").status_code == 404

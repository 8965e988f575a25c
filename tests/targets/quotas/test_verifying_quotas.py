"""Quotas that a provincial officer imports wait in the verifier's queue and count once verified."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.imports.datasets.importer import importer_for
from ocop.organisation.choices import Role, WorkField
from ocop.organisation.models import Membership, User
from targets.models import Allocation
from tests.imports.workbooks import ALLOCATIONS, imported
from tests.targets.quotas.made import DAY, quota_on

pytestmark = pytest.mark.django_db
TODAY = date(2023, 1, 1)


@pytest.fixture
def waiting() -> Allocation:
    importer = importer_for(User.objects.get(username="tinh"), TODAY)
    rows = [[*ALLOCATIONS, "Số văn bản"], ["OCOP-NEW", "Huyện Cầu Kè", 2024, 5, "120/KH-UBND"]]
    assert imported("allocations", rows, importer).created == 1
    return Allocation.objects.get()


@pytest.fixture
def second() -> Client:
    user = User.objects.create_user("tinh2", password="x")
    Membership.objects.create(
        user=user, role=Role.PROVINCE, starts_on=date(2022, 1, 1), fields=[WorkField.ECOMMERCE]
    )
    client = Client()
    client.force_login(user)
    return client


def item(record: Allocation) -> str:
    return f"allocation:{record.pk}:{record.version}"


def page_of(record: Allocation) -> str:
    return f"/verification/allocation/{record.pk}/"


def test_an_imported_quota_waits_in_the_queue_and_counts_once_verified(
    waiting: Allocation, second: Client
) -> None:
    assert (waiting.status, quota_on(DAY, "845")) == ("submitted", None)
    page = second.get("/my-work/")
    (line,) = page.context["work"].to_verify
    assert (line.kind, line.title) == ("Chỉ tiêu giao", str(waiting))
    shown = second.get(line.verify_url)
    assert shown.status_code == 200
    assert "120/KH-UBND" in shown.content.decode()
    effect = second.post("/verification/", {"item": item(waiting)})
    assert [one.unit for one in effect.context["effects"]] == ["Huyện Cầu Kè"]
    second.post("/verification/verify/", {"item": item(waiting)})
    waiting.refresh_from_db()
    assert (waiting.status, quota_on(DAY, "845")) == ("verified", 5)
    assert [row.action for row in waiting.history.all()] == ["verify", "create"]


def test_whoever_imported_a_quota_sees_it_on_its_way_and_does_not_verify_it(
    waiting: Allocation, signed_in: Any
) -> None:
    author = signed_in("provincial_officer")
    assert [one.title for one in author.get("/my-work/").context["work"].submitted] == [
        str(waiting)
    ]
    author.post("/verification/verify/", {"item": item(waiting)})
    waiting.refresh_from_db()
    assert waiting.status == "submitted"


def test_a_returned_quota_comes_back_with_its_reason_and_goes_up_again_by_an_import(
    waiting: Allocation, second: Client, signed_in: Any
) -> None:
    second.post("/verification/return/", {"item": item(waiting), "reason": "Thiếu phụ lục"})
    author = signed_in("provincial_officer")
    (line,) = author.get("/my-work/").context["work"].returned
    assert line.reason == "Thiếu phụ lục"
    assert author.get(line.url).status_code == 200
    importer = importer_for(User.objects.get(username="tinh"), TODAY)
    rows = [ALLOCATIONS, ["OCOP-NEW", "Huyện Cầu Kè", 2024, 5]]
    assert imported("allocations", rows, importer).updated == 1
    waiting.refresh_from_db()
    assert (waiting.status, waiting.value) == ("submitted", 5)
    rows = [ALLOCATIONS, ["OCOP-NEW", "Huyện Cầu Kè", 2024, 6]]
    assert imported("allocations", rows, importer).updated == 1
    waiting.refresh_from_db()
    assert (waiting.status, waiting.value) == ("submitted", 6)


def test_nobody_but_provincial_officers_decides_on_quotas(
    waiting: Allocation, signed_in: Any
) -> None:
    for character in ("officer_of_844", "officer_of_848", "committee_member", "administrator"):
        client = signed_in(character)
        assert client.get(page_of(waiting)).status_code in (403, 404), character
        client.post("/verification/verify/", {"item": item(waiting)})
        waiting.refresh_from_db()
        assert waiting.status == "submitted", character
    for address in ("new/", f"{waiting.pk}/", f"{waiting.pk}/edit/"):
        page = signed_in("provincial_officer").get(f"/records/allocation/{address}")
        assert page.status_code == 404, address

"""What a district confirmed changes only with a reason, and the change is shown."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from ocop.organisation.models import User
from products.choices import Status
from products.kinds import KINDS
from products.models import Product, Recognition, TraceabilityEnrolment
from products.records import ChangeEntry, amendments, workflow
from targets.confirmations import later_changes
from targets.confirmations import services as confirmation_services
from targets.models import Confirmation
from tests.imports.uploads.conftest import ImportSession
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row, recognitions
from tests.products.entry.form_data import edit_url, hidden, recognition_fields, submit, verify
from tests.support.factories import (
    district,
    make_enrolment,
    make_product,
    make_recognition,
    system,
)
from tests.targets.confirmations.made import Q2, confirmed

pytestmark = pytest.mark.django_db
INSIDE, OUTSIDE = "2024-05-02", "2024-07-01"


@pytest.fixture
def product() -> Product:
    return make_product(district=district("844"))


@pytest.fixture
def officer(signed_in: Any) -> Client:
    client: Client = signed_in("officer_of_844")
    return client


def changes() -> list[ChangeEntry]:
    stored = Confirmation.objects.get(quarter=2)
    return later_changes.told_after(stored, timezone.localdate())[0]


def reasons() -> list[str]:
    return [one.reason for one in changes()]


def new(client: Client, product: Product, **fields: Any) -> Any:
    address = f"/records/recognition/new/?product={product.pk}"
    return client.post(address, recognition_fields(**fields))


# --- Forms ----------------------------------------------------------------------------------------


def test_entering_into_a_confirmed_quarter_asks_why_and_keeps_the_answer(
    officer: Client, product: Product
) -> None:
    confirmed()
    page = new(officer, product, decided_on=INSIDE)
    assert "decided_on" in page.context["form"].warnings
    assert "warning_reason" in page.context["form"].errors
    assert not Recognition.objects.exists()
    new(officer, product, decided_on=INSIDE, warning_reason="quyết định đến muộn")
    assert Recognition.objects.count() == 1
    assert reasons() == ["quyết định đến muộn"]


@pytest.mark.parametrize("code,day", [("844", OUTSIDE), ("848", INSIDE)])
def test_another_quarter_or_district_is_entered_as_ever(
    code: str, day: str, signed_in: Any
) -> None:
    confirmed()
    other = make_product(district=district(code))
    new(signed_in(f"huyen{code}"), other, decided_on=day)
    assert Recognition.objects.count() == 1
    assert changes() == []


def test_a_draft_that_leaves_the_quarter_is_asked_about_too(
    officer: Client, product: Product
) -> None:
    draft = make_recognition(product, date(2024, 5, 2), status=Status.DRAFT)
    confirmed()
    address = edit_url(draft)
    sent = recognition_fields(decided_on=OUTSIDE, version=hidden(officer, address))
    assert "decided_on" in officer.post(address, sent).context["form"].warnings
    officer.post(address, sent | {"warning_reason": "ghi nhầm ngày"})
    draft.refresh_from_db()
    assert draft.decided_on == date(2024, 7, 1)
    latest = changes()[0]
    assert latest.reason == "ghi nhầm ngày"
    assert "decided_on" in [one.name for one in latest.changes]


def test_several_at_once_are_asked_for_one_reason(officer: Client, product: Product) -> None:
    make_recognition(product, date(2024, 1, 2))
    confirmed()
    address = "/records/traceability/several/"
    sent = {"started_on": INSIDE, "system": system().pk, "product": [product.pk], "token": ""}
    assert "reason" in officer.post(address, sent).context["form"].errors
    assert not TraceabilityEnrolment.objects.exists()
    officer.post(address, sent | {"reason": "bổ sung danh sách"})
    assert [one for one in reasons() if one] == ["bổ sung danh sách"]


# --- Workflow -------------------------------------------------------------------------------------


def test_a_draft_from_before_is_submitted_with_a_reason(officer: Client, product: Product) -> None:
    draft = make_recognition(product, date(2024, 5, 2), status=Status.DRAFT)
    submit_with = {"item": [f"recognition:{draft.pk}:{draft.version}"]}
    confirmed(date(2100, 1, 1))
    submit(officer, draft)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    officer.post("/records/submit/", submit_with | {"reason": "nộp bổ sung"})
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert draft.history.first().history_change_reason == "nộp bổ sung"


def test_a_draft_entered_with_its_reason_is_submitted_without_another(
    officer: Client, product: Product
) -> None:
    confirmed()
    new(officer, product, decided_on=INSIDE, warning_reason="quyết định đến muộn")
    draft = Recognition.objects.get()
    submit(officer, draft)
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED


def test_what_waited_when_the_quarter_was_confirmed_says_so_when_verified(
    signed_in: Any, product: Product
) -> None:
    waiting = make_recognition(
        product, date(2024, 5, 2), status=Status.SUBMITTED, submitted_at=timezone.now()
    )
    stored = confirmed(date(2100, 1, 1))
    verify(signed_in("provincial_officer"), waiting)
    waiting.refresh_from_db()
    assert waiting.status == Status.VERIFIED
    label = confirmation_services.label(Q2)
    assert label in waiting.history.first().history_change_reason
    assert stored.quarter == 2


def test_a_change_of_a_verified_record_is_told_with_its_reason_and_both_values(
    product: Product,
) -> None:
    recognition = make_recognition(product, date(2024, 5, 2), score=65)
    confirmed()
    author, verifier = (User.objects.get(username=name) for name in ("huyen844", "tinh"))
    change = amendments.propose(
        KINDS["recognition"], recognition, {"score": "68"}, author, "cộng lại điểm"
    )
    workflow.advance(change, "submit", author)
    workflow.advance(change, "verify", verifier)
    shown_text = [one for one in changes() if one.changes]
    assert [(one.reason, one.who) for one in shown_text] == [("cộng lại điểm", str(verifier))]
    assert [(d.name, d.before, d.after) for d in shown_text[0].changes] == [("score", "65", "68")]


# --- Imports --------------------------------------------------------------------------------------


ROW = product_row("Kẹo dừa", "HTX Kẹo", day=date(2024, 5, 2))


def test_an_import_by_its_page_asks_once_for_a_reason(signed_in: Any) -> None:
    confirmed()
    import_session = ImportSession(signed_in("administrator"))
    upload = import_session.hand_in(make_book([RECOGNITIONS, ROW]))
    assert len(import_session.page(upload).context["findings"]["confirmed"]) == 1
    import_session.confirm(upload)
    assert not Recognition.objects.exists()
    assert not ImportBatch.objects.exists()
    import_session.page(upload)
    import_session.confirm(upload, reason="phụ lục gửi bổ sung")
    assert Recognition.objects.count() == 1
    (reason,) = reasons()
    assert reason == f"import {ImportBatch.objects.get().pk}: phụ lục gửi bổ sung"


def test_an_import_into_other_quarters_asks_for_none(signed_in: Any) -> None:
    confirmed()
    import_session = ImportSession(signed_in("administrator"))
    rows = [product_row("Kẹo dừa", "HTX Kẹo", day=date(2024, 7, 1))]
    upload = import_session.hand_in(make_book([RECOGNITIONS, *rows]))
    assert import_session.page(upload).context["findings"]["confirmed"] == []
    import_session.confirm(upload)
    assert Recognition.objects.count() == 1


def test_an_import_by_command_names_its_batch(product: Product) -> None:
    confirmed()
    outcome = recognitions(ROW)
    assert reasons() == [f"import {outcome.batch}"]


def test_taking_an_import_back_asks_for_a_reason_on_its_page_only(signed_in: Any) -> None:
    batch = ImportBatch.objects.get(pk=recognitions(ROW).batch)
    confirmed()
    client = signed_in("administrator")
    address = f"/imports/{batch.pk}/undo/"
    page = client.get(address)
    assert len(page.context["confirmed"]) == 1
    client.post(address, {"digest": page.context["plan"].digest})
    assert Recognition.objects.exists()
    client.post(address, {"digest": page.context["plan"].digest, "reason": "nhập nhầm tệp"})
    assert not Recognition.objects.exists()
    (change,) = [one for one in changes() if not one.url]
    assert change.reason == f"undo of import {batch.pk}: nhập nhầm tệp"


def test_the_command_takes_back_without_one() -> None:
    from ocop.imports.datasets.importer import system_importer

    batch = ImportBatch.objects.get(pk=recognitions(ROW).batch)
    confirmed()
    services.undo(batch, system_importer())
    assert f"undo of import {batch.pk}" in reasons()


# --- Shown ----------------------------------------------------------------------------------------


def test_the_change_is_shown_on_the_quarter_the_record_and_its_history(
    officer: Client, product: Product
) -> None:
    confirmed()
    untouched = make_enrolment(product, date(2024, 7, 2))
    new(officer, product, decided_on=INSIDE, warning_reason="quyết định đến muộn")
    record = Recognition.objects.get()
    page = officer.get("/confirmations/844/2024/2/")
    assert [one.reason for one in page.context["changes"]] == ["quyết định đến muộn"]
    header = officer.get(f"/records/recognition/{record.pk}/").context["record_header"]
    assert header.changed_after.url == "/confirmations/844/2024/2/"
    entries = officer.get(f"/records/recognition/{record.pk}/history/").context["entries"]
    assert [bool(entry.after) for entry in entries] == [True]
    assert (
        officer.get(f"/records/traceability/{untouched.pk}/").context["record_header"].changed_after
        is None
    )


def test_the_quarter_s_page_stands_as_of_its_day(officer: Client, product: Product) -> None:
    confirmed()
    new(officer, product, decided_on=INSIDE, warning_reason="quyết định đến muộn")
    page = officer.get("/confirmations/844/2024/2/?as_of=2024-07-20")
    assert page.context["changes_total"] == 0
    page = officer.get("/confirmations/844/2024/2/?as_of=2024-07-10")
    assert page.context["quarter_status"].confirmation is None

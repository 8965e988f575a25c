"""From draft to verified and back, through the pages."""

from typing import Any

import pytest

from products.models import Amendment, Product, Recognition
from tests.products.entry.form_data import (
    a_user,
    edit_url,
    errors_of,
    hidden,
    named,
    product_fields,
    recognition_fields,
    return_record,
    statuses,
    submit,
    verify,
)
from tests.support.cases import every_case
from tests.support.factories import district, make_product, make_recognition

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(officer: Any) -> tuple[Any, Any, Any]:
    """A producer, its product and a recognition, all drafts."""
    officer.post("/records/product/new/", product_fields())
    product = Product.objects.get()
    officer.post(f"/records/recognition/new/?product={product.pk}", recognition_fields())
    return product.producer, product, Recognition.objects.get()


def test_a_dossier_goes_up_together_and_is_verified_together(
    officer: Any, verifier: Any, dossier: Any
) -> None:
    submit(officer, *dossier)
    assert statuses(*dossier) == ["submitted"] * 3
    verify(verifier, *reversed(dossier))
    assert statuses(*dossier) == ["verified"] * 3
    for record in dossier:
        steps = [row.action for row in record.history.order_by("history_id")]
        assert steps == ["create", "submit", "verify"]


def test_a_record_waits_for_those_it_rests_on(officer: Any, verifier: Any, dossier: Any) -> None:
    _producer, _product, recognition = dossier
    submit(officer, recognition)
    assert statuses(recognition) == ["draft"]
    submit(officer, *dossier)
    verify(verifier, recognition)
    assert statuses(*dossier) == ["submitted"] * 3


def test_many_go_all_or_none(officer: Any, verifier: Any, dossier: Any) -> None:
    submit(officer, *dossier)
    items = [named(record) for record in dossier]
    return_record(verifier, dossier[2], "Thiếu ngày")
    verifier.post("/verification/verify/", {"item": items})
    assert statuses(*dossier) == ["submitted", "submitted", "returned"]


def test_a_return_names_the_reason_beside_the_field_and_on_the_work_page(
    officer: Any, verifier: Any, dossier: Any
) -> None:
    submit(officer, *dossier)
    return_record(verifier, dossier[1], "", name="Thiếu chữ “Càng Long”")
    assert statuses(dossier[1]) == ["returned"]
    for page in ("/my-work/", f"/products/{dossier[1].pk}/", edit_url(dossier[1])):
        assert "Thiếu chữ “Càng Long”" in officer.get(page).content.decode()


def test_a_return_without_any_reason_is_refused_and_keeps_what_was_typed(
    officer: Any, verifier: Any, dossier: Any
) -> None:
    submit(officer, *dossier)
    response = return_record(verifier, dossier[1], "   ")
    assert response.status_code == 200
    assert statuses(dossier[1]) == ["submitted"]


def test_reasons_of_unknown_fields_are_left_out(officer: Any, verifier: Any, dossier: Any) -> None:
    submit(officer, *dossier)
    return_record(verifier, dossier[1], "Xem lại", status="x", password="y", name="Sai")
    dossier[1].refresh_from_db()
    assert dossier[1].field_reasons == {"name": "Sai"}


def test_mended_and_sent_up_again_the_reasons_are_gone(
    officer: Any, verifier: Any, dossier: Any
) -> None:
    submit(officer, *dossier)
    product = dossier[1]
    return_record(verifier, product, "Sai tên", name="Sai")
    url = edit_url(product)
    fields = product_fields(
        name="Mật hoa dừa Càng Long",
        producer=product.producer_id,
        version=hidden(officer, url),
        place=product.place_id,
    )
    officer.post(url, fields)
    submit(officer, product)
    product.refresh_from_db()
    assert (product.status, product.status_reason, product.field_reasons) == ("submitted", "", {})
    assert product.name == "Mật hoa dừa Càng Long"
    page = verifier.get(f"/verification/product/{product.pk}/").content.decode()
    assert "<del>Mật hoa dừa thử nghiệm</del>" in page
    edited = product.history.get(action="edit")
    assert "Sai tên" in edited.history_change_reason


@pytest.mark.parametrize("step", ["creates", "edits", "submits"])
def test_whoever_had_a_hand_in_a_record_does_not_verify_it(
    officer: Any, verifier: Any, signed_in: Any, step: str
) -> None:
    author = verifier if step == "creates" else officer
    author.post("/records/product/new/", product_fields())
    product = Product.objects.get()
    if step == "edits":
        url = edit_url(product)
        fields = product_fields(
            name="Tên khác hẳn", producer=product.producer_id, version=hidden(verifier, url)
        )
        assert verifier.post(url, fields).status_code == 302
    submit(verifier if step == "submits" else officer, product.producer, product)
    verify(verifier, product.producer, product)
    assert statuses(product) == ["submitted"]
    a_user("tinh2", "province", fields=["recognition"])
    verify(signed_in("tinh2"), product.producer, product)
    assert statuses(product) == ["verified"]


def test_a_change_after_the_verifier_looked_is_not_verified_unseen(
    officer: Any, verifier: Any, dossier: Any
) -> None:
    submit(officer, *dossier)
    items = [named(record) for record in dossier]
    url = edit_url(dossier[2])
    version = hidden(officer, url)
    officer.post(url, recognition_fields(rank="40", version=version, warning_reason="x"))
    verifier.post("/verification/verify/", {"item": items})
    assert statuses(*dossier) == ["submitted"] * 3


def test_a_draft_is_discarded_and_its_history_stays(officer: Any, dossier: Any) -> None:
    _producer, product, recognition = dossier
    history = Recognition.history
    officer.post("/records/discard/", {"item": named(product)})
    assert Product.objects.filter(pk=product.pk).exists(), "a recognition rests on it"
    officer.post("/records/discard/", {"item": named(recognition)})
    assert not Recognition.objects.exists()
    rows = history.filter(id=recognition.pk).order_by("history_id")
    assert [row.action for row in rows] == ["create", "delete"]


# --- Verified records ---------------------------------------------------------------------------


@pytest.fixture
def verified(db: Any) -> Recognition:
    return make_recognition(decision_number="12/QĐ-UBND", authority="province")


def change(client: Any, record: Recognition, **fields: Any) -> Any:
    url = edit_url(record)
    given = recognition_fields(
        decided_on="2022-08-22", authority="province", version=hidden(client, url)
    )
    return client.post(url, given | fields)


def test_a_verified_record_keeps_its_values_until_the_change_is_verified(
    officer: Any, verifier: Any, verified: Recognition
) -> None:
    change(officer, verified, decision_number="13/QĐ-UBND", change_reason="Chép sai số")
    verified.refresh_from_db()
    assert (verified.decision_number, verified.status) == ("12/QĐ-UBND", "verified")
    amendment = Amendment.objects.get()
    assert amendment.values == {"decision_number": "13/QĐ-UBND"}
    submit(officer, amendment)
    verify(verifier, amendment)
    verified.refresh_from_db()
    assert verified.decision_number == "13/QĐ-UBND"
    row = verified.history.latest("history_id")
    assert (row.action, row.history_change_reason) == ("amend", "Chép sai số")
    assert row.details["proposed_by"] == "Cán bộ Huyện Càng Long"


def test_a_verified_record_is_not_changed_without_a_reason(
    officer: Any, verified: Recognition
) -> None:
    response = change(officer, verified, decision_number="13/QĐ-UBND")
    assert 'href="#id_change_reason"' in response.content.decode()
    assert not Amendment.objects.exists()


def test_a_change_that_changes_nothing_is_said(officer: Any, verified: Recognition) -> None:
    response = change(officer, verified, change_reason="x")
    assert errors_of(response) and not Amendment.objects.exists()


def test_one_change_at_a_time_is_proposed_and_can_be_gone_on_with(
    officer: Any, verified: Recognition
) -> None:
    change(officer, verified, decision_number="13/QĐ-UBND", change_reason="Chép sai số")
    change(officer, verified, decision_number="14/QĐ-UBND", change_reason="Chép sai lần nữa")
    assert Amendment.objects.get().values == {"decision_number": "14/QĐ-UBND"}


def test_a_change_made_meanwhile_by_an_import_stops_the_proposal(
    officer: Any, verifier: Any, verified: Recognition
) -> None:
    from products.records.history import update_all

    change(officer, verified, decision_number="13/QĐ-UBND", change_reason="Chép sai số")
    amendment = Amendment.objects.get()
    submit(officer, amendment)
    verified.refresh_from_db()
    verified.note = "nhập từ tệp"
    update_all([verified], ["note"], None, "import")
    verify(verifier, amendment)
    verified.refresh_from_db()
    assert verified.decision_number == "12/QĐ-UBND"
    assert statuses(amendment) == ["submitted"]


def test_a_discarded_proposal_leaves_the_record_alone(officer: Any, verified: Recognition) -> None:
    change(officer, verified, decision_number="13/QĐ-UBND", change_reason="Chép sai số")
    officer.post("/records/discard/", {"item": named(Amendment.objects.get())})
    verified.refresh_from_db()
    assert not Amendment.objects.exists() and verified.status == "verified"


def test_verified_records_are_neither_submitted_nor_discarded(
    officer: Any, verified: Recognition
) -> None:
    submit(officer, verified)
    officer.post("/records/discard/", {"item": named(verified)})
    assert statuses(verified) == ["verified"]


@every_case("address", ["/records/submit/", "/records/discard/"])
@every_case(
    "item",
    [
        [],
        ["x"],
        ["product:1"],
        ["product:1:x"],
        ["nothing:1:1"],
        ["product:9999999:1"],
        ["amendment:1:1"],
        ["product:" + "9" * 40 + ":1"],
        ["product:1:1\0"],
    ],
)
def test_items_that_name_nothing_are_refused(officer: Any, address: str, item: list[str]) -> None:
    assert officer.post(address, {"item": item}).status_code in (400, 404)


def test_proposals_of_another_district_are_not_there(
    officer: Any, signed_in: Any, verified: Recognition
) -> None:
    change(officer, verified, decision_number="13/QĐ-UBND", change_reason="Chép sai số")
    amendment = Amendment.objects.get()
    neighbour = signed_in("officer_of_848")
    assert submit(neighbour, amendment).status_code == 404
    assert neighbour.post("/records/discard/", {"item": named(amendment)}).status_code == 404
    member = signed_in("committee_member")
    assert submit(member, amendment).status_code == 404


def test_drafts_are_seen_by_those_who_enter_them_only(signed_in: Any) -> None:
    draft = make_product(status="draft")
    url = f"/products/{draft.pk}/"
    assert signed_in("officer_of_844").get(url).status_code == 200
    assert signed_in("provincial_officer").get(url).status_code == 200
    for character in ("committee_member", "administrator", "officer_of_848"):
        assert signed_in(character).get(url).status_code == 404


def test_a_provincial_officer_works_in_the_own_fields_only(signed_in: Any) -> None:
    a_user("khcn", "province", fields=["ip_science"])
    client = signed_in("khcn")
    product = make_product(status="submitted", district=district("848"))
    assert client.get("/records/ip-right/new/").status_code == 200
    assert client.get("/records/product/new/").status_code == 403
    assert client.get(f"/products/{product.pk}/").status_code == 200
    assert client.get(f"/verification/product/{product.pk}/").status_code == 403
    assert verify(client, product).status_code == 403


def test_a_membership_that_moved_leaves_the_authorship_alone(
    officer: Any, signed_in: Any, dossier: Any
) -> None:
    from datetime import date

    from ocop.organisation.models import Membership, User

    user = User.objects.get(username="huyen844")
    user.memberships.update(ends_on=date(2026, 1, 1))
    Membership.objects.create(
        user=user, role="local", unit=district("848"), starts_on=date(2026, 1, 2)
    )
    product = dossier[1]
    assert officer.get(edit_url(product)).status_code == 404
    product.refresh_from_db()
    assert product.created_by == user
    page = signed_in("provincial_officer").get(f"/records/product/{product.pk}/history/")
    assert "Cán bộ Huyện Càng Long" in page.content.decode()

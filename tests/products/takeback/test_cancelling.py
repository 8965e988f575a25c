"""A verified record entered by mistake is taken back by two people, and can be brought back."""

from datetime import date
from typing import Any

import pytest

from ocop.imports import DATASETS
from products.choices import Status
from products.models import Amendment, FloorListing, IPRight, Rating, Recognition, ValiditySpan
from products.records.editing import AMENDMENTS
from products.scoring.schemes import scheme_at
from tests.products.takeback.steps import (
    figures,
    hidden_fields,
    page_of,
    propose,
    take,
    verify_proposal,
)
from tests.support.factories import (
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2022, 8, 22)


def everything_entered() -> list[Any]:
    """One record of every kind that targets count or people enter, those that rest on others
    before the others."""
    product = make_product()
    rating = Rating.objects.create(
        product=product, scheme=scheme_at(DAY), level="province", session_on=DAY, status="verified"
    )
    recognition = make_recognition(product, DAY, rating=rating)
    task = make_task(date(2023, 1, 5), district=product.district)
    day = date(2023, 2, 1)
    right = make_ip_right(
        filed_on=day, granted_on=day, supported=True, science_task=task, district=product.district
    )
    right.products.add(product)
    enrolment, listing = make_enrolment(product, day), make_listing(product, day)
    return [right, task, recognition, rating, enrolment, listing, product, product.producer]


def test_every_kind_is_cancelled_and_brought_back_and_all_figures_are_as_before(
    verifier: Any, second_verifier: Any
) -> None:
    records = everything_entered()
    before, spans = figures(), list(ValiditySpan.objects.values_list("starts_on", "until"))
    for record in records:
        take(verifier, second_verifier, record, "cancel")
        assert record.status == Status.CANCELLED, record
        assert (
            figures() != []
            and "is-cancelled"
            in verifier.get(
                page_of(record, "history").replace("history/", ""), follow=True
            ).content.decode()
        )
    assert figures() != before
    assert not ValiditySpan.objects.exists()
    assert all(not actual for _day, _code, _period, actual, _of in figures())
    for record in reversed(records):
        take(verifier, second_verifier, record, "restore")
        assert record.status == Status.VERIFIED, record
        steps = list(record.history.order_by("history_id").values_list("action", flat=True))
        assert steps[-2:] == ["cancel", "restore"], record
    assert figures() == before
    assert list(ValiditySpan.objects.values_list("starts_on", "until")) == spans


def test_the_proposer_does_not_verify_it_and_nothing_changes_until_somebody_does(
    verifier: Any,
) -> None:
    recognition = make_recognition()
    before = figures()
    propose(verifier, recognition, "cancel")
    verify_proposal(verifier, recognition)
    recognition.refresh_from_db()
    assert recognition.status == Status.VERIFIED
    assert Amendment.objects.get().status == Status.SUBMITTED
    assert figures() == before


def test_a_cancelled_record_says_who_when_and_why_and_is_found_by_its_kind(
    officer: Any, verifier: Any
) -> None:
    recognition = make_recognition()
    take(officer, verifier, recognition, "cancel", reason="Nhập trùng quyết định cũ")
    page = officer.get(f"/records/recognition/{recognition.pk}/").content.decode()
    people = ("Cán bộ", "Nhập trùng quyết định cũ", "Hồ sơ này đã hủy")
    assert [text for text in people if text not in page] == []
    listed = officer.get("/cancelled/?kind=recognition").content.decode()
    assert "Nhập trùng quyết định cũ" in listed
    assert "(1)" in listed
    assert officer.get(f"/products/{recognition.product_id}/").context["recognitions"] == []


def test_what_others_rest_on_names_them_and_is_not_cancelled(officer: Any, verifier: Any) -> None:
    recognition = make_recognition()
    product = recognition.product
    make_listing(product, date(2023, 1, 1), status=Status.DRAFT)
    page = officer.get(page_of(product, "cancel")).content.decode()
    assert f"/records/recognition/{recognition.pk}/" in page
    assert 'name="reason"' not in page
    officer.post(page_of(product, "cancel"), {"reason": "x", "version": "100000"})
    assert not Amendment.objects.exists()
    # What is entered while the proposal waits stands in the way of its verification.
    lone = make_product()
    propose(officer, lone, "cancel")
    make_recognition(lone)
    answer = verify_proposal(verifier, lone)
    lone.refresh_from_db()
    assert (answer.status_code, lone.status) == (302, Status.VERIFIED)


def test_the_right_one_can_be_entered_in_its_place_and_then_it_cannot_come_back(
    officer: Any, verifier: Any
) -> None:
    wrong = make_listing(make_recognition().product, date(2023, 1, 1), url="https://a.vn/1")
    take(officer, verifier, wrong, "cancel")
    right = make_listing(wrong.product, date(2023, 1, 1), url="https://a.vn/2")
    page = officer.get(page_of(wrong, "restore")).content.decode()
    assert "Lượt lên sàn này đã được ghi nhận." in page
    propose(officer, wrong, "restore", version=str(wrong.version * AMENDMENTS))
    assert not Amendment.objects.unsettled().exists()
    wrong.refresh_from_db()
    assert wrong.status == Status.CANCELLED
    assert FloorListing.objects.get() == right
    assert FloorListing.everything.count() == 2


def test_a_record_that_rests_on_a_cancelled_one_does_not_come_back_before_it(
    officer: Any, verifier: Any
) -> None:
    recognition = make_recognition()
    product = recognition.product
    take(officer, verifier, recognition, "cancel")
    take(officer, verifier, product, "cancel")
    propose(officer, recognition, "restore")
    assert not Amendment.objects.unsettled().exists()
    assert Recognition.everything.get().status == Status.CANCELLED


def test_bad_forms_write_nothing_and_say_why(officer: Any, verifier: Any) -> None:
    recognition = make_recognition()
    url = page_of(recognition, "cancel")
    fields = hidden_fields(officer, url)
    trials = {
        "no reason": {**fields, "reason": "  \0"},
        "no version": {"token": fields["token"], "reason": "x"},
        "old version": {**fields, "version": "1", "reason": "x"},
    }
    for name, sent in trials.items():
        assert officer.post(url, sent).status_code == 200, name
        assert not Amendment.objects.exists(), name
    # Pressed twice, in two tabs, and gone back to: one proposal.
    for reason in ("Nhập nhầm", "Nhập nhầm", "Lý do khác"):
        officer.post(url, {**fields, "reason": reason})
    assert Amendment.objects.get().reason == "Nhập nhầm"
    assert officer.get(url).status_code == 302
    # While it waits the record is not changed, and a change proposed does not slip in.
    assert officer.get(page_of(recognition, "edit")).status_code == 302
    officer.post(page_of(recognition, "edit"), {"version": fields["version"], "reason": "x"})
    assert Amendment.objects.count() == 1
    verify_proposal(verifier, recognition)
    for step in ("edit", "cancel"):
        assert officer.get(page_of(recognition, step)).status_code == 302, step


def test_a_returned_proposal_is_mended_and_sent_up_again_or_dropped(
    officer: Any, verifier: Any
) -> None:
    right: IPRight = make_ip_right(filed_on=date(2023, 1, 1))
    propose(verifier, right, "cancel")
    amendment = Amendment.objects.get()
    amendment.status, amendment.status_reason = Status.RETURNED, "Chưa rõ"
    amendment.save()
    page = verifier.get(page_of(right, "cancel")).content.decode()
    assert "Nhập nhầm" in page
    propose(verifier, right, "cancel", reason="Nhập nhầm: đơn của tỉnh khác")
    amendment.refresh_from_db()
    assert (amendment.status, amendment.reason) == ("submitted", "Nhập nhầm: đơn của tỉnh khác")


def test_no_list_form_or_import_offers_what_is_cancelled(officer: Any, verifier: Any) -> None:
    recognition = make_recognition()
    product = recognition.product
    enrolment = make_enrolment(product, date(2023, 1, 1))
    for record in (enrolment, recognition, product):
        take(officer, verifier, record, "cancel")
    assert product.name not in officer.get("/products/").content.decode()
    assert product.name not in officer.get("/records/listing/several/").content.decode()
    assert officer.get(f"/records/recognition/new/?product={product.pk}").status_code == 404
    work = officer.get("/my-work/").context["work"]
    assert not (work.drafts or work.returned or work.submitted or work.untraced.total)
    for dataset in ("recognitions", "traceability"):
        assert len(DATASETS[dataset]().export()) == 0, dataset

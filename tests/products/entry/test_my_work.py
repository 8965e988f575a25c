"""The page of one person's work, and what verifying would do."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ocop.organisation.models import User
from ocop.organisation.scope import scope_of
from products.models import Product
from products.records import workflow
from targets.verification.effects import verification_effects
from targets.verification.my_work import work_of
from tests.products.entry.form_data import a_user
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 1)


def work(name: str, day: date = TODAY) -> Any:
    user = User.objects.get(username=name)
    return work_of(user, scope_of(user, timezone.localdate()), day)


def test_returned_come_with_reasons_drafts_and_submitted_apart() -> None:
    make_product("Bị trả", status="returned", status_reason="Sai xã", field_reasons={"name": "Sai"})
    make_product("Nháp", status="draft")
    make_product("Đã gửi", status="submitted")
    make_product("Huyện khác", status="draft", district=district("848"))
    mine = work("huyen844")
    assert [line.title for line in mine.returned] == ["Bị trả"]
    assert mine.returned[0].reason == "Sai xã"
    assert mine.returned[0].labelled_reasons == [("Tên", "Sai")]
    assert [line.title for line in mine.drafts] == ["Nháp"]
    assert [line.title for line in mine.submitted] == ["Đã gửi"]


@every_case("left,reminder", [(181, None), (180, 180), (90, 90), (30, 30), (0, 30)])
def test_certificates_that_end_soon_are_listed_with_their_notice_day(
    left: int, reminder: int | None
) -> None:
    recognition = make_recognition(decided_on=date(2022, 8, 22))
    day = recognition.valid_until - timedelta(days=left)
    ending = work("huyen844", day).ending
    assert [one.reminder for one in ending] == ([reminder] if reminder else [])
    for one in ending:
        assert one.notice_by == recognition.valid_until - timedelta(days=30)
        assert one.late is (left < 30)


def test_a_renewed_certificate_no_longer_ends_soon() -> None:
    product = make_recognition(decided_on=date(2022, 8, 22)).product
    make_recognition(product, date(2025, 5, 1))
    assert work("huyen844").ending == []


def test_valid_products_without_traceability_or_floor_are_listed() -> None:
    bare = make_recognition(decided_on=date(2024, 1, 1)).product
    full = make_recognition(decided_on=date(2024, 1, 1)).product
    make_enrolment(full, date(2024, 2, 1))
    make_listing(full, date(2024, 2, 1))
    make_recognition(decided_on=date(2020, 1, 1))
    mine = work("huyen844")
    assert mine.untraced.products == [bare] and mine.unsold.products == [bare]
    assert (mine.untraced.total, mine.unsold.total) == (1, 1)


def test_rights_that_end_soon_are_told_to_those_who_enter_them() -> None:
    make_ip_right(filed_on=date(2015, 8, 1), granted_on=date(2016, 8, 1))
    assert work("huyen844").rights_ending is None
    assert [one.ends_on for one in work("tinh").rights_ending] == [date(2025, 8, 1)]


def test_what_waits_for_verification_comes_the_oldest_first_in_the_own_fields() -> None:
    for number, day in enumerate((3, 1, 2)):
        record = make_product(f"Chờ {number}", status="submitted")
        when = timezone.now() - timedelta(days=day)
        Product.objects.filter(pk=record.pk).update(submitted_at=when)
    assert [line.title for line in work("tinh").to_verify] == ["Chờ 0", "Chờ 2", "Chờ 1"]
    a_user("khcn", "province", fields=["ip_science"])
    assert work("khcn").to_verify == [] and work("huyen844").to_verify is None


def test_the_page_asks_the_database_as_often_for_many_as_for_few(signed_in: Any) -> None:
    def queries(character: str) -> int:
        client = signed_in(character)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get("/my-work/").status_code == 200
        return len(captured)

    def fill(number: int) -> None:
        for _ in range(number):
            for status in ("draft", "submitted", "returned"):
                make_recognition(
                    make_product(status=status, **reason(status)), status=status, **reason(status)
                )
            make_recognition(decided_on=timezone.localdate() - timedelta(days=1000))

    def reason(status: str) -> dict[str, str]:
        return {"status_reason": "x"} if status == "returned" else {}

    fill(2)
    few = {character: queries(character) for character in ("officer_of_844", "provincial_officer")}
    fill(10)
    for character, number in few.items():
        assert queries(character) == number
        assert number <= 45


@pytest.mark.parametrize("character", ["committee_member", "administrator"])
def test_those_who_neither_enter_nor_verify_have_no_such_page(
    character: str, signed_in: Any
) -> None:
    client = signed_in(character)
    assert client.get("/my-work/").status_code == 403
    assert "/my-work/" not in client.get("/").content.decode()


# --- Effects ------------------------------------------------------------------------------------


def verifier() -> User:
    return User.objects.get(username="tinh")


def test_the_effect_is_said_in_figures_and_nothing_is_written() -> None:
    make_recognition(decided_on=date(2022, 8, 22))
    waiting = [make_recognition(decided_on=date(2022, 9, 1), status="submitted") for _ in range(2)]
    sentences = [
        one.sentence for one in verification_effects(waiting, verifier(), date(2022, 12, 31))
    ]
    assert any("2022: từ 1 thành 3" in sentence for sentence in sentences)
    for one in waiting:
        one.refresh_from_db()
        assert (one.status, one.version) == ("submitted", 1)


def test_reaching_the_limit_is_said() -> None:
    for _ in range(24):
        make_recognition(decided_on=date(2022, 8, 22))
    waiting = [make_recognition(decided_on=date(2022, 9, 1), status="submitted")]
    effects = verification_effects(waiting, verifier(), date(2022, 12, 31))
    province = next(one for one in effects if "2022: từ 24 thành 25" in one.sentence)
    assert province.newly_met and "đạt mức 25" in province.sentence


def test_what_moves_nothing_is_said_to_move_nothing() -> None:
    waiting = [make_product(status="submitted")]
    assert verification_effects(waiting, verifier(), date(2022, 12, 31)) == []


def test_what_cannot_be_verified_has_no_effect_but_a_reason() -> None:
    product = make_product(status="submitted")
    waiting = [make_recognition(product, status="submitted")]
    with pytest.raises(workflow.WorkflowError):
        verification_effects(waiting, verifier(), date(2022, 12, 31))


def test_the_effect_said_is_the_effect_had(signed_in: Any) -> None:
    from targets.figures import overview
    from targets.figures.commitments import plan_at

    waiting = [make_recognition(decided_on=date(2024, 9, 1), status="submitted")]
    today = timezone.localdate()
    shown_text = verification_effects(waiting, verifier(), today)
    signed_in("provincial_officer").post(
        "/verification/verify/", {"item": [f"recognition:{waiting[0].pk}:1"]}
    )
    plan = plan_at(today)
    assert plan is not None
    row = next(
        row
        for row in overview.build(plan, plan.unit, today).rows
        if (row.code, row.period) == ("OCOP-NEW", "2024")
    )
    assert any(f"2024: từ 0 thành {row.actual_text}" in one.sentence for one in shown_text)

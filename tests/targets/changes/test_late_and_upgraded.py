"""Records that came late to days already reported, and products recognised at a higher rank."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit, User
from products.choices import Action, Status
from products.models import Recognition, TraceabilityEnrolment
from products.records import RecordChange
from products.records.history import create_all, delete_all, recreate_all, update_all
from targets.changes import Changes, changes_between, revisions
from targets.indicators import Window
from targets.models import Target
from tests.support.factories import (
    district,
    make_enrolment,
    make_product,
    make_recognition,
    system,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EARLIER, LATER = date(2024, 3, 31), date(2024, 6, 30)
OF_2024 = Window("2024", date(2024, 1, 1), date(2024, 12, 31))


def entered(day: date, code: str = "844", status: str = Status.VERIFIED) -> Recognition:
    record = Recognition(
        product=make_product(district=district(code)), rank=30, status=status, decided_on=day
    )
    create_all([record], None, "nhập")
    return record


@pytest.fixture(autouse=True)
def _in_use_before(at: Any) -> None:
    """Something was on file when the earlier day was reported."""
    at(2024, 1, 5)
    entered(date(2023, 5, 5), "848")


def province() -> Unit:
    return Unit.objects.get(code="84", level="province")


def late(code: str = "OCOP-NEW", unit: str = "84", pending: bool = False) -> list[RecordChange]:
    place = Unit.objects.get(code=unit, level__in=["province", "district"])
    target = Target.objects.get(code=code)
    return revisions(target, OF_2024, EARLIER, LATER, place, pending).late


def ids(found: list[RecordChange]) -> list[int]:
    return [one.after.record_id for one in found]


def test_what_is_entered_for_a_day_already_reported_is_late_what_is_of_a_later_day_is_not(
    at: Any,
) -> None:
    at(2024, 5, 2)
    on_the_day = entered(EARLIER)
    entered(date(2024, 4, 1))
    assert ids(late()) == [on_the_day.pk]
    assert late()[0].after.reason == "nhập"


def test_what_was_entered_by_the_earlier_day_or_after_the_later_is_not_late(
    at: Any,
) -> None:
    for day in ((2024, 3, 31), (2024, 7, 1)):
        at(*day)
        entered(date(2024, 2, 1))
    assert late() == []


def test_a_record_verified_late_is_late_with_pending_it_was_counted_already(
    at: Any,
) -> None:
    at(2024, 2, 2)
    waiting = entered(date(2024, 2, 1), status=Status.SUBMITTED)
    at(2024, 5, 2)
    waiting.status = Status.VERIFIED
    update_all([waiting], ["status"], User.objects.get(username="tinh"), "", Action.VERIFY)
    (found,) = late()
    assert (found.after.record_id, found.after.who) == (
        waiting.pk,
        str(User.objects.get(username="tinh")),
    )
    assert late(pending=True) == []


def test_what_waits_still_is_late_with_pending_alone(at: Any) -> None:
    at(2024, 5, 2)
    waiting = entered(date(2024, 2, 1), status=Status.SUBMITTED)
    assert (late(), ids(late(pending=True))) == ([], [waiting.pk])


def test_a_late_record_that_is_corrected_is_told_once_as_each(at: Any) -> None:
    at(2024, 5, 2)
    record = entered(date(2024, 2, 1))
    at(2024, 5, 3)
    record.decided_on = date(2024, 2, 2)
    update_all([record], ["decided_on"], None, "ghi nhầm", Action.AMEND)
    target = Target.objects.get(code="OCOP-NEW")
    found = revisions(target, OF_2024, EARLIER, LATER, province())
    assert (ids(found.late), ids(found.corrected)) == ([record.pk], [record.pk])


def test_a_record_taken_back_and_brought_again_was_counted_before(
    at: Any,
) -> None:
    at(2024, 2, 2)
    record = entered(date(2024, 2, 1))
    stored = Recognition.objects.get(pk=record.pk)
    at(2024, 5, 2)
    delete_all([record], None, "hoàn tác", Action.UNDO)
    recreate_all([stored], None, "khôi phục", Action.UNDO)
    assert late() == []


def test_another_year_s_and_another_district_s_records_are_not_late_here(
    at: Any,
) -> None:
    at(2024, 5, 2)
    entered(date(2023, 2, 1))
    mine, theirs = entered(date(2024, 2, 1)), entered(date(2024, 2, 1), "848")
    assert ids(late(unit="844")) == [mine.pk]
    assert ids(late()) == [mine.pk, theirs.pk]


def test_nothing_is_late_where_nothing_was_on_file_when_the_day_was_reported(at: Any) -> None:
    for month, number in ((4, 0), (5, 1)):
        at(2024, month, 2)
        enrolment = TraceabilityEnrolment(
            product=make_product(),
            system=system(),
            started_on=date(2024, 1, month),
            status=Status.VERIFIED,
        )
        create_all([enrolment], None, "nhập")
        target = Target.objects.get(code="TRACE-SHARE")
        earlier = date(2024, month - 1, 28)
        found = revisions(target, OF_2024, earlier, LATER, province()).late
        assert len(found) == number


def test_late_records_are_told_with_their_day_on_the_targets_page(
    at: Any,
    signed_in: Any,
) -> None:
    at(2024, 5, 2)
    record = entered(date(2024, 2, 1))
    client = signed_in("committee_member")
    page = client.get("/targets/OCOP-NEW/?as_of=2024-06-30&since=2024-03-31")
    (line,) = page.context["changes"].late.lines
    assert (line.title, "01/02/2024" in line.about) == (record.product.name, True)
    assert client.get(line.url).status_code == 200


# --- Upgraded -------------------------------------------------------------------------------------


def between(code: str, earlier: date = EARLIER, later: date = LATER) -> Changes:
    return changes_between(Target.objects.get(code=code), OF_2024, earlier, later, province())


def test_a_valid_product_recognised_at_a_higher_rank_is_upgraded_at_the_same_rank_renewed() -> None:
    upgraded, renewed = make_product(), make_product()
    for product, rank in ((upgraded, 40), (renewed, 30)):
        make_recognition(product, date(2023, 6, 1), rank=30)
        make_recognition(product, date(2024, 5, 2), rank=rank)
    found = between("TRACE-SHARE")
    assert found.records("upgraded") == [upgraded.pk]
    assert found.records("renewed") == [renewed.pk]
    assert (found.numerator, found.denominator) == (0, 0)
    assert {group.events[0].day for group in found.groups} == {date(2024, 5, 2)}


def test_a_product_upgraded_after_its_certificate_lapsed_is_renewed_and_counts_again() -> None:
    product = make_product()
    make_enrolment(product, date(2021, 3, 1))
    make_recognition(product, date(2021, 2, 1), rank=30)
    make_recognition(product, date(2024, 5, 2), rank=40)
    found = between("TRACE-SHARE")
    assert (found.records("upgraded"), found.records("renewed")) == ([], [product.pk])
    assert (found.numerator, found.denominator) == (1, 1)

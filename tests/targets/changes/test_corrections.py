"""Corrections: counted values of verified records that were changed between two days."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from ocop.organisation.models import Unit, User
from products.choices import Action, Status
from products.models import Recognition
from products.records import RecordChange
from products.records.history import create_all, update_all
from targets.changes import revisions
from targets.dashboard.target import changes
from targets.indicators import Window
from targets.models import Target
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_product,
    make_recognition,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EARLIER, LATER = date(2024, 3, 31), date(2024, 6, 30)


def entered(at: Any, **fields: Any) -> Recognition:
    at(2023, 1, 5)
    recognition = Recognition(
        product=make_product(district=district(fields.pop("code", "844"))),
        rank=30,
        status=fields.pop("status", Status.VERIFIED),
        **{"decided_on": date(2023, 1, 5), **fields},
    )
    create_all([recognition], None, "nhập")
    return recognition


def change(recognition: Any, why: str = "ghi nhầm", action: str = Action.AMEND, **to: Any) -> None:
    for name, value in to.items():
        setattr(recognition, name, value)
    update_all([recognition], list(to), User.objects.get(username="tinh"), why, action)


def corrected(
    code: str = "OCOP-NEW", unit: str = "84", pending: bool = False
) -> list[RecordChange]:
    place = Unit.objects.get(code=unit, level__in=["province", "district"])
    target = Target.objects.get(code=code)
    window = Window("2023", date(2023, 1, 1), date(2023, 12, 31))
    return revisions(target, window, EARLIER, LATER, place, pending).corrected


def test_a_changed_day_is_told_with_who_when_why_and_both_values(at: Any) -> None:
    recognition = entered(at)
    at(2024, 5, 2)
    change(recognition, decided_on=date(2023, 1, 6))
    (found,) = corrected()
    assert found.changed == [("decided_on", date(2023, 1, 5), date(2023, 1, 6))]
    assert (found.after.record_id, found.after.reason) == (recognition.pk, "ghi nhầm")
    assert found.after.who == str(User.objects.get(username="tinh"))
    assert timezone.localtime(found.after.when).date() == date(2024, 5, 2)


@every_case(
    "day,hour,shown_text",
    [((2024, 3, 31), 23, 0), ((2024, 4, 1), 0, 1), ((2024, 6, 30), 23, 1), ((2024, 7, 1), 0, 0)],
)
def test_changes_count_from_the_day_after_the_earlier_through_the_later(
    day: tuple[int, int, int], hour: int, shown_text: int, at: Any
) -> None:
    recognition = entered(at)
    at(*day, hour)
    change(recognition, decided_on=date(2023, 1, 6))
    assert len(corrected()) == shown_text


def test_of_several_changes_of_a_record_only_those_in_between_are_told(at: Any) -> None:
    recognition = entered(at)
    for number, day in enumerate([(2024, 3, 30), (2024, 3, 31), (2024, 5, 2), (2024, 7, 1)]):
        at(*day)
        change(recognition, decided_on=date(2023, 1, 10 + number))
    (found,) = corrected()
    assert found.changed == [("decided_on", date(2023, 1, 11), date(2023, 1, 12))]


def test_what_does_not_count_is_no_correction(at: Any) -> None:
    recognition = entered(at)
    at(2024, 5, 2)
    change(recognition, note="ghi thêm", decision_number="12/QĐ")
    assert corrected() == []


def test_a_revocation_on_its_own_day_is_the_course_of_things_a_backdated_one_is_not(
    at: Any,
) -> None:
    ordinary, backdated = entered(at), entered(at)
    at(2024, 5, 2)
    change(ordinary, revoked_on=date(2024, 5, 2), revocation_reason="thu hồi")
    change(backdated, revoked_on=date(2024, 3, 1), revocation_reason="thu hồi")
    assert [one.after.record_id for one in corrected()] == [backdated.pk]


def test_changes_before_verification_are_no_corrections_of_counted_values(at: Any) -> None:
    draft = entered(at, status=Status.DRAFT)
    submitted = entered(at, status=Status.SUBMITTED)
    at(2024, 5, 2)
    change(draft, action=Action.EDIT, decided_on=date(2023, 1, 6))
    change(submitted, action=Action.EDIT, decided_on=date(2023, 1, 6))
    assert corrected() == []
    assert [one.after.record_id for one in corrected(pending=True)] == [submitted.pk]


def test_a_district_is_told_of_its_own_records_only(at: Any) -> None:
    mine, theirs = entered(at, code="844"), entered(at, code="848")
    at(2024, 5, 2)
    for one in (mine, theirs):
        change(one, decided_on=date(2023, 1, 6))
    assert [one.after.record_id for one in corrected(unit="844")] == [mine.pk]
    assert len(corrected()) == 2


def test_shares_are_corrected_by_recognitions_and_by_their_listings(at: Any) -> None:
    enrolment = make_enrolment(make_recognition().product, date(2023, 1, 1))
    recognition = entered(at)
    at(2024, 5, 2)
    change(enrolment, started_on=date(2023, 2, 1))
    at(2024, 5, 3)
    change(recognition, decided_on=date(2023, 1, 6))
    assert [one.after.record_id for one in corrected("TRACE-SHARE")] == [
        enrolment.pk,
        recognition.pk,
    ]
    assert [one.after.record_id for one in corrected("ECOM-SHARE")] == [recognition.pk]


def test_a_right_no_longer_supported_is_a_correction(at: Any) -> None:
    right = make_ip_right(granted_on=date(2023, 1, 1), supported=True)
    at(2024, 5, 2)
    change(right, supported=False)
    (found,) = corrected("IP-TRADEMARK")
    assert found.changed == [("supported", True, False)]


def test_what_another_target_or_another_year_counts_is_none_of_this_ones(at: Any) -> None:
    right = make_ip_right(granted_on=date(2023, 1, 1), supported=True)
    earlier = entered(at, decided_on=date(2022, 1, 5))
    at(2024, 5, 2)
    change(right, granted_on=date(2023, 1, 2))
    change(earlier, decided_on=date(2022, 1, 6))
    assert corrected("IP-GI") == corrected("OCOP-NEW") == []
    assert len(corrected("IP-TRADEMARK")) == 1
    change(earlier, decided_on=date(2023, 1, 6))
    assert len(corrected("OCOP-NEW")) == 1


def test_lines_name_record_change_person_and_reason(at: Any, signed_in: Any) -> None:
    recognition = entered(at)
    at(2024, 5, 2)
    change(recognition, decided_on=date(2023, 1, 6), product_id=make_product("Kẹo dừa").pk)
    client = signed_in("committee_member")
    page = client.get("/targets/OCOP-NEW/?as_of=2024-06-30&since=2024-03-31&period=2023")
    group: changes.ChangeGroupRows = page.context["changes"].corrected
    (line,) = group.lines
    assert (group.number, line.title) == ("1", "Kẹo dừa")
    for text in ("05/01/2023 → 06/01/2023", "→ Kẹo dừa", "ghi nhầm"):
        assert text in line.about
    assert client.get(line.url).status_code == 200

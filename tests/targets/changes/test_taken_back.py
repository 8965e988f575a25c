"""What is cancelled leaves all days; whoever reported or confirmed them is told."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import User
from products.choices import Proposal, Status
from products.kinds import kind_of
from products.records import editing, item_of, workflow
from products.takeback.services import propose
from targets.changes import revisions
from targets.committee.meetings import snapshots
from targets.confirmations import later_changes
from targets.models import Meeting, Target
from tests.support.factories import district, make_recognition
from tests.targets.changes.test_corrections import EARLIER, LATER, Window, entered
from tests.targets.committee.made import opened_meeting
from tests.targets.confirmations.made import confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def taken(record: Any, proposal: Proposal) -> None:
    record.refresh_from_db()
    kind = kind_of(record)
    person = User.objects.get(username="huyen844")
    version = editing.shown_version(kind, record)
    amendment = propose(kind, record, proposal, person, "nhập nhầm", version)
    workflow.advance(amendment, "verify", User.objects.get(username="tinh"))
    record.refresh_from_db()


def told(pending: bool = False) -> dict[str, list[str]]:
    target = Target.objects.get(code="OCOP-NEW")
    window = Window("2023", date(2023, 1, 1), date(2023, 12, 31))
    found = revisions(target, window, EARLIER, LATER, target.plan.unit, pending)
    groups = {"corrected": found.corrected, "late": found.late, "cancelled": found.cancelled}
    return {name: [one.after.action for one in its] for name, its in groups.items()}


def test_a_targets_changes_name_what_was_cancelled_and_brought_back_with_the_reason(
    at: Any,
) -> None:
    recognition = entered(at)
    at(2024, 5, 2)
    taken(recognition, Proposal.CANCEL)
    assert told() == {"corrected": [], "late": [], "cancelled": ["cancel"]}
    at(2024, 5, 9)
    taken(recognition, Proposal.RESTORE)
    assert told()["cancelled"] == ["cancel", "restore"]
    assert told()["late"] == []


def test_a_page_says_it_where_it_compares_two_days(at: Any, signed_in: Any) -> None:
    recognition = entered(at)
    at(2024, 5, 2)
    taken(recognition, Proposal.CANCEL)
    address = "/targets/TRACE-SHARE/?as_of=2024-06-30&since=2024-03-31"
    page = signed_in("committee_member").get(address).content.decode()
    assert "Đã hủy hoặc khôi phục trong thời gian này" in page


def test_a_confirmed_quarter_is_marked_and_its_page_tells_it(at: Any) -> None:
    at(2024, 5, 1)
    inside = make_recognition(district=district("844"), decided_on=date(2024, 5, 1))
    earlier = make_recognition(district=district("844"), decided_on=date(2023, 5, 1))
    long_over = make_recognition(district=district("844"), decided_on=date(2024, 8, 1))
    at(2024, 7, 15)
    confirmation = confirmed()
    at(2024, 9, 1)
    for record in (inside, earlier, long_over):
        taken(record, Proposal.CANCEL)
    entries, number = later_changes.told_after(confirmation, date(2024, 9, 30))
    assert number == 2
    assert {one.action for one in entries} == {"Hủy do nhập nhầm"}
    at(2024, 9, 2)
    taken(inside, Proposal.RESTORE)
    assert later_changes.told_after(confirmation, date(2024, 9, 30))[1] == 3


def test_a_meetings_frozen_figures_stay_and_say_what_reads_differently_now() -> None:
    recognition = make_recognition(decided_on=date(2022, 8, 22))
    meeting = opened_meeting()
    taken(recognition, Proposal.CANCEL)
    shown = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk))
    assert shown.lines["OCOP-NEW"]["current"]["actual_text"] == "1"
    (row,) = [one for one in shown.corrected["OCOP-NEW"] if one.was.startswith("1")]
    assert row.now.startswith("0")
    assert "nhập nhầm" in [one.reason for one in shown.changes]


def test_a_cancelled_record_is_not_advanced_any_further(signed_in: Any) -> None:
    recognition = make_recognition()
    taken(recognition, Proposal.CANCEL)
    client = signed_in("provincial_officer")
    for address in ("/records/submit/", "/records/discard/", "/verification/verify/"):
        client.post(address, {"item": [item_of(recognition)]})
        recognition.refresh_from_db()
        assert recognition.status == Status.CANCELLED, address

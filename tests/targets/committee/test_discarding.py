"""A planned meeting can be discarded with a reason: it stays on record and disturbs nothing."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.organisation.scope import SYSTEM
from targets.choices import AssignmentLogKind, MeetingLogKind, MeetingState
from targets.committee.assignments import services
from targets.committee.assignments.services import ProgressReport
from targets.committee.meetings import days
from targets.committee.meetings import services as meetings_services
from targets.models import Meeting, MeetingLogEntry
from tests.targets.committee.made import make_assignment, make_meeting, opened_meeting, user

pytestmark = pytest.mark.django_db
REASON = "Hoãn vì bão, họp ghép vào quý IV"


def path_of(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/discard/"


def send(client: Any, meeting: Meeting, **fields: Any) -> Any:
    sent = {"reason": REASON, "version": str(meeting.version)} | fields
    return client.post(path_of(meeting), sent, follow=True)


def page_text(answer: Any) -> str:
    return " ".join(str(one) for one in answer.context["messages"])


def test_a_discarded_meeting_leaves_the_planned_ones_and_says_who_when_and_why(
    signed_in: Any,
) -> None:
    meeting, other = make_meeting(title="Họp bị hoãn"), make_meeting(title="Họp khác")
    client = signed_in("committee_member")
    page = send(client, meeting).content.decode()
    assert REASON in page
    assert str(user()) in page
    assert "Việc khác" in page
    step = MeetingLogEntry.objects.get(meeting=meeting, kind=MeetingLogKind.DISCARDED)
    assert (step.before, step.after, step.word) == ("planned", "discarded", REASON)
    planned = client.get("/meetings/", {"state": "planned"}).context["page_obj"].object_list
    assert [one.pk for one in planned] == [other.pk]
    discarded = client.get("/meetings/", {"state": "discarded"}).context["page_obj"].object_list
    assert [one.pk for one in discarded] == [meeting.pk]


def test_discarding_is_asked_first_and_needs_a_reason(signed_in: Any) -> None:
    meeting, client = make_meeting(), signed_in("committee_member")
    assert path_of(meeting) in client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert client.get(path_of(meeting)).status_code == 200
    for nothing in ("", "   "):
        assert "reason" in send(client, meeting, reason=nothing).context["form"].errors
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    with pytest.raises(meetings_services.MeetingRefused):
        meetings_services.discard(meeting, " ", meeting.version, user())


@pytest.mark.parametrize("closed", [False, True])
def test_an_opened_meeting_is_never_discarded(closed: bool, signed_in: Any) -> None:
    meeting, client = make_meeting(), signed_in("committee_member")
    seen = meeting.version
    meetings_services.open_meeting(meeting, user("tinh"), date(2026, 1, 1))
    if closed:
        meetings_services.close_meeting(meeting, user("tinh"))
    shown_text = page_text(send(client, meeting, version=str(seen)))
    assert "mở" in shown_text
    assert path_of(meeting) not in client.get(f"/meetings/{meeting.pk}/").content.decode()
    meeting.refresh_from_db()
    assert meeting.state == ("closed" if closed else "open")
    # Not even by SQL: what was opened has its moment.
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state="discarded", closed_at=None)


def test_a_form_sent_twice_discards_once_and_says_so(signed_in: Any) -> None:
    meeting, client = make_meeting(), signed_in("committee_member")
    send(client, meeting)
    assert page_text(send(client, meeting))
    assert MeetingLogEntry.objects.filter(kind=MeetingLogKind.DISCARDED).count() == 1


def test_a_plan_that_somebody_changed_meanwhile_is_looked_at_first(signed_in: Any) -> None:
    meeting, client = make_meeting(), signed_in("committee_member")
    values = {name: getattr(meeting, name) for name in meetings_services.FIELDS} | {
        "title": "Dời ngày"
    }
    meetings_services.change_meeting(
        meeting, values, [meetings_services.AgendaItem(title="Một")], 1, user("tinh")
    )
    clash = client.post(path_of(meeting), {"reason": REASON, "version": "1"})
    assert clash.status_code == 409
    assert "Dời ngày" in clash.content.decode()
    assert REASON in clash.content.decode()
    # Who has been told and sends once more means it.
    send(client, meeting, version=str(clash.context["version"]))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DISCARDED


def test_nothing_is_done_with_a_discarded_meeting_any_more(signed_in: Any) -> None:
    meeting, client = make_meeting(), signed_in("committee_member")
    meetings_services.discard(meeting, REASON, meeting.version, user())
    home = f"/meetings/{meeting.pk}/"
    for part in ("screen/", "minutes.docx", "edit/", "discard/"):
        answer = client.get(home + part, follow=True)
        assert answer.redirect_chain == [(home, 302)]
        assert page_text(answer)
    client.post(home + "open/")
    fields = {"title": "Khác", "held_on": "2022-10-05", "as_of": "2022-09-30", "version": "2"}
    assert client.post(home + "edit/", fields).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.title) == ("discarded", "Họp Ban Chỉ đạo quý III")


def test_the_next_meeting_carries_over_as_if_the_discarded_one_had_never_been_planned() -> None:
    before = opened_meeting(held_on=date(2022, 7, 5), as_of=date(2022, 6, 30))
    settled = make_assignment(given_on=date(2022, 7, 5), topic=before.topics.first())
    done = ProgressReport(AssignmentLogKind.DONE, date(2022, 7, 20), "Đã làm")
    services.report(settled, done, settled.version, user(), date(2022, 7, 20))
    make_assignment(given_on=date(2022, 7, 5), text="Còn mở")
    between = make_meeting(held_on=date(2022, 8, 5), as_of=date(2022, 7, 31))
    following = make_meeting(held_on=date(2022, 10, 5))
    expected = [one.pk for one in meetings_services.carried_assignments(following)]
    assert settled.pk in expected
    meetings_services.discard(between, REASON, between.version, user())
    assert [one.pk for one in meetings_services.carried_assignments(following)] == expected
    assert meetings_services.previous_meeting(following).get() == before


def test_days_of_discarded_meetings_are_not_offered(signed_in: Any) -> None:
    meeting = make_meeting(as_of=date(2022, 9, 29))
    meetings_services.discard(meeting, REASON, meeting.version, user())
    assert signed_in("committee_member").get("/").status_code == 200
    assert days.meeting_days(SYSTEM) == []
    assert "discarded" in {
        one.after for one in MeetingLogEntry.objects.filter(at__lte=timezone.now())
    }

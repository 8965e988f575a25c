"""A topic added while a meeting is under way is marked so, and leaves what was frozen alone."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from targets.choices import MeetingLogKind
from targets.committee.meetings import services, snapshots
from targets.committee.meetings.services import AgendaItem
from targets.models import FrozenFigures, Meeting, MeetingLogEntry
from tests.support.factories import make_recognition
from tests.targets.committee.made import make_meeting, opened_meeting, target, user

pytestmark = pytest.mark.django_db
TITLE = "Kiến nghị của Sở Công Thương"
MARK = "Thêm trong phiên họp lúc"


def path_of(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/topics/new/"


def words_of(client: Any, meeting: Meeting) -> str:
    """The minutes as text."""
    sent = b"".join(client.get(f"/meetings/{meeting.pk}/minutes.docx").streaming_content)
    body = Document(io.BytesIO(sent)).element.body
    return "\n".join(text.text or "" for text in body.iter(qn("w:t")))


def test_a_topic_of_its_own_comes_last_and_says_when_it_was_added(signed_in: Any) -> None:
    meeting, client = opened_meeting(), signed_in("committee_member")
    assert path_of(meeting) in client.get(f"/meetings/{meeting.pk}/").content.decode()
    token = client.get(path_of(meeting)).context["token"]
    sent = {"title": TITLE, "token": token}
    answer = client.post(path_of(meeting), sent)
    added = meeting.topics.get(title=TITLE)
    assert answer.url == f"/meetings/{meeting.pk}/#topic-{added.pk}"
    assert added.position == 3
    # The same form sent again adds nothing.
    assert client.post(path_of(meeting), sent).url == answer.url
    assert meeting.topics.count() == 3
    (step,) = MeetingLogEntry.objects.filter(kind=MeetingLogKind.ADDED)
    assert (step.topic, step.who, step.word) == (added, user(), TITLE)
    for page in ("", "screen/"):
        shown = client.get(f"/meetings/{meeting.pk}/{page}").content.decode()
        assert TITLE in shown
        assert MARK in shown
        # On the projector in the list of the agenda as well.
        assert shown.count(MARK) == (2 if page else 1)
    text = words_of(client, meeting)
    assert f"3. {TITLE}" in text
    assert text.count("trong phiên họp") == 1


def test_a_target_added_later_shows_the_figures_of_the_opening(signed_in: Any) -> None:
    make_recognition(decided_on=date(2022, 8, 22))
    meeting = opened_meeting(codes=("TRACE-SHARE",))
    before = FrozenFigures.objects.get(meeting=meeting)
    make_recognition(decided_on=date(2022, 8, 23))
    client = signed_in("committee_member")
    client.post(path_of(meeting), {"target": str(target("OCOP-NEW").pk)})
    shown = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk), {"OCOP-NEW"})
    assert shown.lines["OCOP-NEW"]["current"]["actual_text"] == "1"
    assert [one.now.split("/")[0] for one in shown.corrected["OCOP-NEW"]] == ["2"]
    assert shown.intact
    after = FrozenFigures.objects.get(meeting=meeting)
    assert (after.digest, after.content) == (before.digest, before.content)
    topic = client.get(f"/meetings/{meeting.pk}/").context["topics"][-1]
    assert topic.row["actual_text"] == "1"


@pytest.mark.parametrize("fields", [{}, {"title": "  "}, {"title": "A", "target": "first"}])
def test_a_topic_is_one_thing(fields: dict[str, str], signed_in: Any) -> None:
    meeting = opened_meeting()
    sent = fields | ({"target": str(target("IP-GI").pk)} if "target" in fields else {})
    answer = signed_in("committee_member").post(path_of(meeting), sent)
    assert "title" in answer.context["form"].errors
    assert meeting.topics.count() == 2


def test_a_target_on_the_agenda_is_not_offered_and_not_added_twice(signed_in: Any) -> None:
    meeting, client = opened_meeting(), signed_in("committee_member")
    there = target("OCOP-NEW").pk
    offered = client.get(path_of(meeting)).context["form"].fields["target"].choices
    assert there not in [value for value, _label in offered]
    assert len(offered) > 5
    answer = client.post(path_of(meeting), {"target": str(there)})
    assert "đã có trong chương trình" in answer.content.decode()
    assert meeting.topics.count() == 2


def test_topics_are_added_only_while_the_meeting_is_open(signed_in: Any) -> None:
    planned, closed = make_meeting(), opened_meeting()
    services.close_meeting(closed, user())
    client = signed_in("committee_member")
    for meeting in (planned, closed):
        assert path_of(meeting) not in client.get(f"/meetings/{meeting.pk}/").content.decode()
        answer = client.post(path_of(meeting), {"title": TITLE})
        assert answer.status_code == 200
        assert answer.context["form"].non_field_errors()
        assert meeting.topics.count() == 2
        with pytest.raises(services.MeetingRefused):
            services.add_topic(meeting, AgendaItem(title=TITLE), user())


def test_a_topic_added_later_is_concluded_like_any_other() -> None:
    meeting = opened_meeting()
    topic = services.add_topic(meeting, AgendaItem(title=TITLE), user())
    services.conclude(topic, "Đồng ý", 0, user())
    assert meeting.topics.get(title=TITLE).conclusion == "Đồng ý"

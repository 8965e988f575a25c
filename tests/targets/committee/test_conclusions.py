"""Conclusions are written while the meeting is open; two who write at once lose nothing."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from products.models import FormDraft
from targets.choices import MeetingLogKind
from targets.committee.assignments import services
from targets.committee.meetings import services as meetings_services
from targets.models import Assignment, Meeting, MeetingLogEntry, Topic
from tests.targets.committee.made import agency, make_meeting, opened_meeting, target, user

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def topic() -> Topic:
    return opened_meeting().topics.get(position=1)


def address(topic: Topic) -> str:
    return f"/meetings/{topic.meeting_id}/topics/{topic.pk}/"


def test_a_conclusion_becomes_an_assignment_of_the_topics_target(topic: Topic) -> None:
    order = services.NewAssignment("Rà soát", agency("so-ct"), date(2022, 12, 1))
    given = meetings_services.conclude(topic, "Làm gấp", 0, user(), order)
    assert isinstance(given, Assignment)
    assert (given.topic, given.target, given.given_on) == (topic, target(), date(2022, 10, 5))
    assert Topic.objects.get(pk=topic.pk).conclusion == "Làm gấp"


def test_of_two_who_write_at_once_the_second_sees_both_texts(topic: Topic) -> None:
    meetings_services.conclude(topic, "Của người thứ nhất", 0, user())
    with pytest.raises(meetings_services.ConclusionConflict) as clash:
        meetings_services.conclude(
            Topic.objects.get(pk=topic.pk), "Của người thứ hai", 0, user("tinh")
        )
    assert clash.value.topic.conclusion == "Của người thứ nhất"
    assert Topic.objects.get(pk=topic.pk).conclusion == "Của người thứ nhất"


def test_a_clash_gives_no_assignment(topic: Topic) -> None:
    meetings_services.conclude(topic, "Trước", 0, user())
    order = services.NewAssignment("Rà soát", agency(), date(2022, 12, 1))
    with pytest.raises(meetings_services.ConclusionConflict):
        meetings_services.conclude(Topic.objects.get(pk=topic.pk), "Sau", 0, user(), order)
    assert not Assignment.objects.exists()


def test_the_page_of_a_clash_shows_both_texts_and_takes_the_merged_one(
    topic: Topic, signed_in: Any
) -> None:
    meetings_services.conclude(topic, "Của người thứ nhất", 0, user())
    client = signed_in("provincial_officer")
    answer = client.post(address(topic), {"conclusion": "Của người thứ hai", "version": "0"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Của người thứ nhất" in page and "Của người thứ hai" in page
    merged = {"conclusion": "Của cả hai", "version": "1"}
    assert client.post(address(topic), merged).status_code == 302
    assert Topic.objects.get(pk=topic.pk).conclusion == "Của cả hai"


def test_the_projector_gets_the_clash_as_json(topic: Topic, signed_in: Any) -> None:
    meetings_services.conclude(topic, "Của người thứ nhất", 0, user())
    answer = signed_in("provincial_officer").post(
        address(topic),
        {"conclusion": "Khác", "version": "0"},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 409
    assert answer.json()["conclusion"] == "Của người thứ nhất"
    assert answer.json()["version"] == 1


@pytest.mark.parametrize("missing", ["text", "agency", "deadline"])
def test_half_an_assignment_is_refused_and_nothing_is_saved(
    missing: str, topic: Topic, signed_in: Any
) -> None:
    fields = {"text": "Rà soát", "agency": agency().pk, "deadline": "2022-12-01"}
    fields = {name: value for name, value in fields.items() if name != missing}
    client = signed_in("committee_member")
    answer = client.post(address(topic), fields | {"conclusion": "Xong", "version": "0"})
    assert answer.status_code == 400
    assert Topic.objects.get(pk=topic.pk).conclusion == ""
    assert not Assignment.objects.exists()


def test_a_deadline_before_the_meeting_is_refused_with_the_conclusion_unsaved(
    topic: Topic, signed_in: Any
) -> None:
    fields = {"text": "Rà soát", "agency": agency().pk, "deadline": "2022-10-01"}
    client = signed_in("committee_member")
    answer = client.post(address(topic), fields | {"conclusion": "Xong", "version": "0"})
    assert answer.status_code == 400
    assert Topic.objects.get(pk=topic.pk).conclusion == ""


def test_nothing_is_concluded_before_the_opening_or_after_the_closing(topic: Topic) -> None:
    with pytest.raises(meetings_services.MeetingRefused):
        meetings_services.conclude(make_meeting().topics.get(position=1), "Sớm", 0, user())
    meetings_services.close_meeting(topic.meeting, user())
    with pytest.raises(meetings_services.MeetingRefused):
        meetings_services.conclude(topic, "Muộn", 0, user())


def test_every_text_that_was_saved_stays_in_a_row_nobody_changes(topic: Topic) -> None:
    meetings_services.conclude(topic, "Bản một", 0, user())
    meetings_services.conclude(Topic.objects.get(pk=topic.pk), "Bản hai", 1, user("tinh"))
    steps = MeetingLogEntry.objects.filter(kind=MeetingLogKind.CONCLUDED)
    assert [(step.word, step.who) for step in steps] == [
        ("Bản một", user()),
        ("Bản hai", user("tinh")),
    ]
    for act in (steps.delete, lambda: steps.update(word="khác")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_topic_of_another_meeting_is_not_found(topic: Topic, signed_in: Any) -> None:
    other = opened_meeting()
    path = f"/meetings/{other.pk}/topics/{topic.pk}/"
    assert signed_in("committee_member").post(path, {"version": "0"}).status_code == 404


def test_what_was_typed_and_not_saved_is_there_again_and_gone_once_saved(
    topic: Topic, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    page = f"/meetings/{topic.meeting_id}/"
    place = client.get(page).context["topics"][0].place
    draft = {"place": place, "content": {"conclusion": ["Đang gõ dở"]}, "version": 0}
    assert client.post("/drafts/", draft, content_type="application/json").status_code == 200
    assert "Đang gõ dở" in client.get(page).content.decode()
    assert client.get(place).status_code == 200
    client.post(address(topic), {"conclusion": "Xong", "version": "0"})
    assert not FormDraft.objects.exists()


def test_a_text_typed_before_somebody_else_saved_does_not_go_over_theirs(
    topic: Topic, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    page = f"/meetings/{topic.meeting_id}/"
    place = client.get(page).context["topics"][0].place
    draft = {"place": place, "content": {"conclusion": ["Gõ trước"]}, "version": 0}
    client.post("/drafts/", draft, content_type="application/json")
    meetings_services.conclude(topic, "Lưu sau", 0, user("tinh"))
    shown = client.get(page).context["topics"][0]
    assert (shown.typed_conclusion, shown.version) == ("Gõ trước", 0)
    sent = {"conclusion": shown.typed_conclusion, "version": str(shown.version)}
    assert client.post(address(topic), sent).status_code == 409
    assert Topic.objects.get(pk=topic.pk).conclusion == "Lưu sau"


def test_of_two_who_change_the_plan_of_a_meeting_the_second_is_told(signed_in: Any) -> None:
    meeting = make_meeting()
    client = signed_in("provincial_officer")
    fields = {"title": "Khác", "held_on": "2022-10-06", "as_of": "2022-09-30", "version": "1"}
    path = f"/meetings/{meeting.pk}/edit/"
    assert client.post(path, fields).status_code == 302
    assert client.post(path, fields | {"title": "Khác nữa"}).status_code == 409
    assert Meeting.objects.get(pk=meeting.pk).title == "Khác"


def test_the_agenda_follows_the_numbers_given(signed_in: Any) -> None:
    fields = {
        "title": "Họp",
        "held_on": "2022-10-05",
        "as_of": "2022-09-30",
        f"order-{target('TRACE-SHARE').pk}": "2",
        f"order-{target('OCOP-NEW').pk}": "1",
        "title-1": "Việc khác",
    }
    client = signed_in("committee_member")
    assert client.post("/meetings/new/", fields).status_code == 302
    topics = Meeting.objects.get().topics.all()
    assert [topic.target.code if topic.target else topic.title for topic in topics] == [
        *("OCOP-NEW", "TRACE-SHARE", "Việc khác")
    ]


def test_a_place_without_a_topic_is_refused(signed_in: Any) -> None:
    fields = {"title": "Họp", "held_on": "2022-10-05", "as_of": "2022-09-30", "place-1": "3"}
    answer = signed_in("committee_member").post("/meetings/new/", fields)
    assert "title-1" in answer.context["form"].errors
    assert not Meeting.objects.exists()


def test_a_form_sent_twice_gives_its_assignment_once(topic: Topic, signed_in: Any) -> None:
    client = signed_in("committee_member")
    address = f"/meetings/{topic.meeting_id}/topics/{topic.pk}/"
    sent = {"conclusion": "Rà soát", "version": "0", "text": "Lập danh sách"}
    sent |= {"agency": str(agency().pk), "deadline": "2022-12-31", "priority": "normal"}
    assert [client.post(address, sent).status_code for _time in range(2)] == [302, 302]
    again = sent | {"version": "1"}
    assert client.post(address, again).status_code == 302
    assert topic.assignments.count() == 1

"""Assignments: what settles them, what proves them, when they are overdue, what is carried."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from ocop.organisation.agencies import AgencyNames
from targets.choices import AssignmentLogKind, AssignmentState, Priority
from targets.committee.assignments import services
from targets.committee.assignments.services import ProgressReport
from targets.committee.meetings import (
    minutes as meetings_minutes,
)
from targets.committee.meetings import (
    page as meetings_page,
)
from targets.committee.meetings import (
    services as meetings_services,
)
from targets.models import Assignment, AssignmentLogEntry, Meeting
from tests.support.cases import every_case
from tests.support.factories import district, make_product
from tests.targets.committee.made import (
    agency,
    make_activity,
    make_assignment,
    make_meeting,
    opened_meeting,
    target,
    user,
)

pytestmark = pytest.mark.django_db
WRITTEN_ON = date(2023, 1, 10)
K = AssignmentLogKind
TODAY = date(2023, 3, 1)


def take(assignment: Assignment, kind: str, on: date = TODAY, **more: Any) -> None:
    more.setdefault("word", "Đã làm")
    services.report(
        assignment, ProgressReport(kind, on, **more), assignment.version, user("tinh"), TODAY
    )


# --- Steps --------------------------------------------------------------------------------------


def test_done_needs_a_word_on_what_was_done() -> None:
    assignment = make_assignment()
    with pytest.raises(services.AssignmentRefused):
        take(assignment, K.DONE, word="  ")
    take(assignment, K.DONE)
    assert (assignment.state, assignment.settled_on) == (AssignmentState.DONE, TODAY)


def test_high_priority_is_done_only_with_evidence() -> None:
    assignment = make_assignment(priority=Priority.HIGH)
    with pytest.raises(services.AssignmentRefused):
        take(assignment, K.DONE)
    take(assignment, K.DONE, activity=make_activity())
    assert assignment.state == AssignmentState.DONE


def test_evidence_of_an_earlier_report_is_enough() -> None:
    assignment = make_assignment(priority=Priority.HIGH)
    take(assignment, K.REPORTED, link="/records/product/1/", link_title="Sản phẩm")
    take(assignment, K.DONE)
    assert assignment.state == AssignmentState.DONE


@every_case("kind", [K.REPORTED, K.DONE, K.DEADLINE, K.CANCELLED])
def test_what_is_settled_is_only_opened_again(kind: str) -> None:
    assignment = make_assignment()
    take(assignment, K.CANCELLED)
    with pytest.raises(services.AssignmentRefused):
        take(assignment, kind, deadline=date(2024, 1, 1) if kind == K.DEADLINE else None)
    take(assignment, K.REOPENED)
    assert (assignment.state, assignment.settled_on) == (AssignmentState.OPEN, None)


@pytest.mark.parametrize("on", [date(2022, 10, 4), TODAY + timedelta(days=1)])
def test_a_step_lies_between_the_day_given_and_today(on: date) -> None:
    with pytest.raises(services.AssignmentRefused):
        take(make_assignment(), K.DONE, on)


def test_the_second_of_two_who_report_at_once_is_told() -> None:
    assignment = make_assignment()
    stale = Assignment.objects.get(pk=assignment.pk)
    take(assignment, K.REPORTED)
    with pytest.raises(services.AssignmentConflict):
        take(stale, K.DONE)


def test_every_step_stays_with_who_when_from_to_and_word() -> None:
    assignment = make_assignment()
    take(assignment, K.DONE, word="Đã ký")
    given, done = AssignmentLogEntry.objects.filter(assignment=assignment)
    assert (given.kind, given.who) == (K.GIVEN, user())
    assert (done.before, done.after, done.word) == ("open", "done", "Đã ký")
    for act in (
        lambda: AssignmentLogEntry.objects.all().delete(),
        lambda: AssignmentLogEntry.objects.update(word="khác"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_moved_deadline_says_from_which_day_to_which() -> None:
    assignment = make_assignment(deadline=date(2022, 12, 31))
    take(assignment, K.DEADLINE, deadline=date(2023, 6, 30), word="Chờ kinh phí")
    assert assignment.deadline == date(2023, 6, 30)
    assert assignment.steps.last().word == "31/12/2022 → 30/06/2023. Chờ kinh phí"


# --- By day -------------------------------------------------------------------------------------


@every_case(
    "day, state",
    [
        (date(2022, 12, 31), "open"),
        (date(2023, 1, 1), "overdue"),
        (date(2023, 2, 9), "overdue"),
        (date(2023, 2, 10), "done"),
    ],
)
def test_the_state_is_that_of_the_day_asked_for(day: date, state: str, signed_in: Any) -> None:
    assignment = make_assignment(deadline=date(2022, 12, 31))
    take(assignment, K.DONE, date(2023, 2, 10))
    stood = Assignment.objects.as_stood(day).get(pk=assignment.pk)
    assert meetings_page.assignment_row(stood, day, AgencyNames.read()).state == state
    client = signed_in("committee_member")
    for wanted in ("open", "overdue", "done"):
        page = client.get(f"/assignments/?as_of={day}&state={wanted}")
        shown = wanted == state or (wanted == "open" and state == "overdue")
        assert page.context["total"] == int(shown), wanted


@every_case(
    "day, state, settled",
    [
        (date(2022, 11, 30), "open", None),
        (date(2022, 12, 1), "done", date(2022, 12, 1)),
        (date(2023, 1, 14), "done", date(2022, 12, 1)),
        (date(2023, 1, 15), "open", None),
        (date(2023, 2, 1), "cancelled", date(2023, 2, 1)),
    ],
)
def test_what_was_settled_and_opened_again_stood_settled_in_between(
    day: date, state: str, settled: date | None, signed_in: Any
) -> None:
    opened = opened_meeting()
    assignment = make_assignment(topic=opened.topics.first(), deadline=date(2023, 12, 31))
    take(assignment, K.DONE, date(2022, 12, 1))
    take(assignment, K.REOPENED, date(2023, 1, 15))
    take(assignment, K.CANCELLED, date(2023, 2, 1))
    client = signed_in("committee_member")
    listed = client.get(f"/assignments/?as_of={day}").context["rows"]
    alone = client.get(f"/assignments/{assignment.pk}/?as_of={day}").context["line"]
    page = meetings_page.build_agenda(opened, user(), day)
    for line in (listed[0][1], alone, page.topics[0].given[0]):
        assert (line.state, line.settled_on) == (state, settled)
    for wanted in ("open", "done", "cancelled"):
        total = client.get(f"/assignments/?as_of={day}&state={wanted}").context["total"]
        assert total == int(wanted == state), wanted
    counted = meetings_page.meeting_list(day).get(pk=opened.pk)
    assert (counted.given, counted.still_open) == (1, int(state == "open"))
    following = make_meeting(held_on=day, as_of=day)
    carried = [
        (one.state, one.settled_on) for one in meetings_services.carried_assignments(following)
    ]
    assert carried == [(state, settled)]


def moved() -> Assignment:
    """Due at the end of 2022, moved on 15/01/2023 to the end of June and on 01/06 to September."""
    assignment = make_assignment(deadline=date(2022, 12, 31))
    for on, to in (
        (date(2023, 1, 15), date(2023, 6, 30)),
        (date(2023, 6, 1), date(2023, 9, 30)),
    ):
        step = ProgressReport(K.DEADLINE, on, "Chờ kinh phí", deadline=to)
        services.report(assignment, step, assignment.version, user(), date(2024, 1, 1))
    return assignment


@every_case(
    "day, deadline, overdue",
    [
        (date(2022, 12, 31), date(2022, 12, 31), False),
        (date(2023, 1, 14), date(2022, 12, 31), True),
        (date(2023, 1, 15), date(2023, 6, 30), False),
        (date(2023, 5, 31), date(2023, 6, 30), False),
        (date(2023, 6, 1), date(2023, 9, 30), False),
        (date(2023, 10, 1), date(2023, 9, 30), True),
    ],
)
def test_a_past_day_shows_the_deadline_as_it_stood_then(
    day: date, deadline: date, overdue: bool, signed_in: Any
) -> None:
    assignment, client = moved(), signed_in("committee_member")
    listed = client.get(f"/assignments/?as_of={day}").context["rows"]
    alone = client.get(f"/assignments/{assignment.pk}/?as_of={day}").context["line"]
    for line in (listed[0][1], alone):
        assert (line.deadline, line.overdue) == (deadline, overdue)
    late = client.get(f"/assignments/?as_of={day}&state=overdue").context["total"]
    assert late == int(overdue)
    assert Assignment.objects.overdue_at(day).exists() == overdue


def test_a_list_is_sorted_by_the_deadlines_of_its_day(signed_in: Any) -> None:
    first, second = moved(), make_assignment(deadline=date(2023, 3, 31))
    client = signed_in("committee_member")
    for day, order in (
        ("2023-01-14", [first, second]),
        ("2023-01-15", [second, first]),
    ):
        lines = client.get(f"/assignments/?as_of={day}&sort=deadline").context["rows"]
        assert [one for one, _line in lines] == order


def test_meetings_show_deadlines_as_they_stood_on_their_day(signed_in: Any) -> None:
    meeting = opened_meeting()
    topic = meeting.topics.get(position=1)
    assignment = make_assignment(topic=topic, deadline=date(2022, 12, 31))
    following = make_meeting(held_on=date(2023, 1, 10), as_of=date(2022, 12, 31))
    take(assignment, K.DEADLINE, date(2023, 1, 15), deadline=date(2023, 6, 30))
    (carried,) = meetings_services.carried_assignments(following)
    assert (carried.deadline, carried.overdue) == (date(2022, 12, 31), True)
    client = signed_in("committee_member")
    for day, deadline, overdue in (
        ("2023-01-14", date(2022, 12, 31), 1),
        ("2023-01-15", date(2023, 6, 30), 0),
    ):
        page = client.get(f"/meetings/{meeting.pk}/?as_of={day}")
        (line,) = page.context["topics"][0].given
        assert line.deadline == deadline
        listed = client.get(f"/meetings/?as_of={day}").context["page_obj"].object_list
        assert {one.pk: one.overdue for one in listed}[meeting.pk] == overdue
    (minuted,) = meetings_minutes.minutes(
        Meeting.objects.get(pk=meeting.pk), WRITTEN_ON
    ).assignments
    assert minuted.deadline == date(2022, 12, 31)


def test_what_was_given_later_is_not_known_yet(signed_in: Any) -> None:
    make_assignment(given_on=date(2022, 10, 5))
    client = signed_in("committee_member")
    assert client.get("/assignments/?as_of=2022-10-04").context["total"] == 0
    assert client.get("/assignments/?as_of=2022-10-05").context["total"] == 1


def test_the_list_filters_by_agency_target_and_words(signed_in: Any) -> None:
    make_assignment(text="Mở cửa hàng", agency=agency("so-ct"))
    make_assignment(text="Rà soát", target=target("OCOP-NEW"))
    client = signed_in("committee_member")
    for query, texts in (
        ("agency=so-ct", ["Mở cửa hàng"]),
        ("target=OCOP-NEW", ["Rà soát"]),
        ("q=cửa", ["Mở cửa hàng"]),
        ("unit=844", []),
    ):
        page = client.get(f"/assignments/?{query}")
        assert [one.text for one, _line in page.context["rows"]] == texts, query
    assert client.get("/assignments/?agency=khong-co").status_code == 400
    assert client.get("/assignments/?state=x").status_code == 400


# --- Reporting over the page --------------------------------------------------------------------


def test_a_district_officer_reports_with_the_address_of_a_record_as_evidence(
    signed_in: Any,
) -> None:
    assignment = make_assignment(agency=agency("ubnd-844"), priority=Priority.HIGH)
    own, foreign = make_product(district=district("844")), make_product(district=district("848"))
    client = signed_in("officer_of_844")
    path = f"/assignments/{assignment.pk}/report/"
    fields = {"kind": "done", "on": "2023-02-01", "word": "Đã xong", "version": "1"}
    assert client.post(path, fields).status_code == 200
    for link in (f"/products/{foreign.pk}/", "https://example.org/", "/products/", "x" * 50):
        page = client.post(path, fields | {"link": link})
        assert "link" in page.context["form"].errors
    assert Assignment.objects.get(pk=assignment.pk).state == AssignmentState.OPEN
    link = f"http://may-chu/products/{own.pk}/?as_of=2023-01-01"
    assert client.post(path, fields | {"link": link}).status_code == 302
    step = AssignmentLogEntry.objects.get(kind=K.DONE)
    assert step.link == f"/records/product/{own.pk}/"
    assert own.name in step.link_title


@pytest.mark.parametrize("kind", ["cancelled", "deadline", "reopened"])
def test_an_agency_neither_cancels_nor_moves_its_own_deadline(kind: str, signed_in: Any) -> None:
    assignment = make_assignment(agency=agency("ubnd-844"))
    fields = {"kind": kind, "on": "2023-02-01", "word": "x", "version": "1"}
    fields |= {"deadline": "2024-01-01"}
    client = signed_in("officer_of_844")
    assert client.post(f"/assignments/{assignment.pk}/report/", fields).status_code == 200
    stored = Assignment.objects.get(pk=assignment.pk)
    assert (stored.state, stored.version) == (AssignmentState.OPEN, 1)


# --- Carried over -------------------------------------------------------------------------------


def test_a_meeting_begins_with_what_was_open_and_what_was_settled_since_the_last() -> None:
    opened_meeting(held_on=date(2022, 10, 5))
    before = make_assignment(text="Xong từ trước", given_on=date(2022, 9, 1))
    take(before, K.DONE, date(2022, 10, 5))
    since = make_assignment(text="Xong sau phiên trước", given_on=date(2022, 9, 1))
    take(since, K.DONE, date(2022, 10, 6))
    make_assignment(text="Quá hạn", given_on=date(2022, 9, 1), deadline=date(2022, 12, 1))
    make_assignment(text="Còn hạn", given_on=date(2022, 9, 1), deadline=date(2023, 6, 1))
    make_assignment(text="Giao sau", given_on=date(2023, 1, 6), deadline=date(2023, 6, 1))
    meeting = make_meeting(held_on=date(2023, 1, 5))
    assert [
        (one.text, one.state, one.overdue) for one in meetings_services.carried_assignments(meeting)
    ] == [
        ("Quá hạn", "open", True),
        ("Còn hạn", "open", False),
        ("Xong sau phiên trước", "done", False),
    ]


def test_what_a_meeting_began_with_freezes_with_its_figures() -> None:
    assignment = make_assignment(given_on=date(2022, 9, 1), deadline=date(2022, 9, 30))
    meeting = opened_meeting()
    take(assignment, K.DONE, date(2022, 10, 1))
    (line,) = meetings_services.carried_into(Meeting.objects.get(pk=meeting.pk))
    assert (line.state, line.overdue) == ("open", True)


def test_the_minutes_hold_frozen_figures_conclusions_and_assignments() -> None:
    make_assignment(text="Việc cũ", given_on=date(2022, 9, 1))
    meeting = opened_meeting(chair="Trưởng ban", attendees="A\nB")
    topic = meeting.topics.get(position=1)
    order = services.NewAssignment("Rà soát", agency("so-ct"), date(2022, 12, 1), Priority.HIGH)
    meetings_services.conclude(topic, "Làm gấp", 0, user(), order)
    minutes = meetings_minutes.minutes(Meeting.objects.get(pk=meeting.pk), WRITTEN_ON)
    assert (minutes.day, minutes.chair) == (date(2022, 10, 5), "Trưởng ban")
    assert (minutes.attendees, minutes.frozen) == (["A", "B"], True)
    first, free = minutes.topics
    assert (first.figure_text, first.conclusion) == ("0/25–30", "Làm gấp")
    assert first.state_label and first.sentence
    assert (free.title, free.figure_text) == ("Việc khác", "")
    assert [one.text for one in minutes.assignments] == ["Rà soát"]
    assert [one.text for one in minutes.carried] == ["Việc cũ"]


def test_an_assignment_sent_twice_is_given_once(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    sent = {"text": "Mở lớp", "source": "12/KH", "agency": str(agency().pk)}
    sent |= {"deadline": "2099-12-31", "priority": "normal"}
    first, second = (client.post("/assignments/new/", sent) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Assignment.objects.count() == 1

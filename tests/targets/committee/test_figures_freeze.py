"""Opening a meeting keeps its figures; what is corrected afterwards is marked beside them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation

from products.models import Recognition
from products.records.history import update_all
from targets.committee.meetings import services, snapshots
from targets.models import FrozenFigures, Meeting
from tests.support.factories import make_recognition
from tests.targets.committee.made import make_meeting, opened_meeting, user

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BY = date(2022, 8, 22)


def recognise(number: int, day: date = BY) -> list[Recognition]:
    return [make_recognition(decided_on=day) for _each in range(number)]


def figure(meeting: Meeting, code: str = "OCOP-NEW") -> str:
    shown = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk))
    return str(shown.lines[code]["current"]["actual_text"])


def correct(record: Recognition, day: date, reason: str = "ghi nhầm năm") -> None:
    record.decided_on = day
    update_all([record], ["decided_on"], user("tinh"), reason)


def test_a_planned_meeting_follows_the_records() -> None:
    recognise(2)
    meeting = make_meeting()
    assert figure(meeting) == "2"
    recognise(1)
    assert figure(meeting) == "3"
    assert snapshots.meeting_figures(meeting).frozen is None


def test_an_opened_meeting_keeps_its_figures_whatever_is_corrected_later() -> None:
    first, *_others = recognise(3)
    meeting = opened_meeting()
    correct(first, date(2023, 1, 5))
    assert figure(meeting) == "3"
    services.close_meeting(meeting, user())
    assert figure(meeting) == "3"


def test_a_topic_of_an_opened_meeting_says_what_moved_since_the_last_one_and_keeps_that(
    signed_in: Any,
) -> None:
    before = recognise(1, date(2022, 4, 1))[0]
    opened_meeting(held_on=date(2022, 5, 5), as_of=date(2022, 4, 30))
    recognise(2)
    meeting = make_meeting(("OCOP-NEW", "IP-GI"))
    client = signed_in("committee_member")

    def told() -> list[tuple[Any, str, str]]:
        topics = client.get(f"/meetings/{meeting.pk}/").context["topics"]
        lines = [(one.since, one.line) for one in topics if one.line]
        return [(since, line["was"], line["effect"]) for since, line in lines]

    day = date(2022, 4, 30)
    assert told() == [(None, "", "")] * 2
    services.open_meeting(meeting, user(), date(2026, 1, 1))
    correct(before, date(2022, 5, 1))
    assert told() == [(day, "1", "+2"), (day, "0", "")]


def test_a_correction_is_marked_beside_the_frozen_figure_with_who_when_and_why() -> None:
    first, *_others = recognise(3)
    meeting = opened_meeting()
    assert snapshots.meeting_figures(meeting).corrected == {}
    correct(first, date(2023, 1, 5))
    shown = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk))
    (of_2022,) = shown.corrected["OCOP-NEW"]
    assert of_2022.period_label == "2022"
    assert of_2022.was.startswith("3/")
    assert of_2022.now.startswith("2/")
    (change,) = shown.changes
    assert change.who == str(user("tinh"))
    assert change.reason == "ghi nhầm năm"
    assert change.title == first.product.name
    assert timezone.now() - change.when < timedelta(minutes=5)


def test_records_that_the_figures_never_counted_are_no_corrections() -> None:
    first, *_others = recognise(2)
    later = make_recognition(decided_on=date(2022, 12, 30))
    meeting = opened_meeting()
    correct(later, date(2022, 12, 29))
    correct(first, date(2023, 1, 5))
    shown = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk))
    assert [change.title for change in shown.changes] == [first.product.name]


def test_a_record_entered_late_for_an_earlier_day_is_a_correction() -> None:
    recognise(1)
    meeting = opened_meeting()
    recognise(1, date(2022, 9, 1))
    shown = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk))
    assert [one.now.split("/")[0] for one in shown.corrected["OCOP-NEW"]] == ["2"]


def test_figures_freeze_once() -> None:
    meeting = opened_meeting()
    with pytest.raises(services.MeetingRefused):
        services.open_meeting(meeting, user("tinh"), date(2026, 1, 1))
    assert FrozenFigures.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        snapshots.create_snapshot(meeting, [], user())


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_itself_refuses_to_change_frozen_figures(act: str) -> None:
    meeting = opened_meeting()
    found = FrozenFigures.objects.filter(meeting=meeting)
    with pytest.raises(DatabaseError), transaction.atomic():
        found.update(digest="0" * 64) if act == "update" else found.delete()
    assert found.get().digest != "0" * 64


def test_the_check_code_is_that_of_what_is_stored() -> None:
    recognise(2)
    meeting = opened_meeting(codes=("OCOP-NEW", "TRACE-SHARE", "IP-PATENT"))
    frozen = FrozenFigures.objects.get(meeting=meeting)
    assert snapshots.digest_of(frozen.content) == frozen.digest
    assert snapshots.meeting_figures(meeting).intact
    frozen.content["vi"]["lines"][0]["current"]["actual_text"] = "99"
    assert snapshots.digest_of(frozen.content) != frozen.digest


def test_frozen_texts_speak_the_language_of_the_reader() -> None:
    meeting = opened_meeting()
    stored = Meeting.objects.get(pk=meeting.pk)
    labels = {}
    for language in ("vi", "en"):
        with translation.override(language):
            labels[language] = snapshots.meeting_figures(stored).lines["TRACE-SHARE"]["current"][
                "name"
            ]
    assert labels["vi"] != labels["en"]


def test_charts_freeze_along_with_the_figures() -> None:
    first, *_others = recognise(3)
    meeting = opened_meeting()
    correct(first, date(2023, 1, 5))
    payload: Any = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk)).charts[
        "new-products"
    ]
    assert payload["payload"]["data"]["datasets"][0]["data"][0] == 3


def test_a_meeting_without_topics_is_not_opened() -> None:
    meeting = services.plan_meeting(
        {"title": "Trống", "held_on": date(2022, 10, 5), "as_of": date(2022, 9, 30)}, [], user()
    )
    with pytest.raises(services.MeetingRefused):
        services.open_meeting(meeting, user(), date(2026, 1, 1))
    assert not FrozenFigures.objects.exists()


def test_figures_of_a_day_that_has_not_come_do_not_freeze() -> None:
    meeting = make_meeting(as_of=date(2022, 9, 30))
    with pytest.raises(services.MeetingRefused):
        services.open_meeting(meeting, user(), date(2022, 9, 29))
    services.open_meeting(meeting, user(), date(2022, 9, 30))


def test_figures_freeze_as_of_the_day_that_somebody_has_just_set() -> None:
    meeting = make_meeting()
    seen = Meeting.objects.get(pk=meeting.pk)
    values = {name: getattr(meeting, name) for name in services.FIELDS}
    points = [services.AgendaItem(title="Việc khác")]
    services.change_meeting(meeting, values | {"as_of": date(2022, 6, 30)}, points, 1, user())
    services.open_meeting(seen, user(), date(2026, 1, 1))
    assert Meeting.objects.get(pk=meeting.pk).frozen.content["vi"]["as_of"] == "2022-06-30"


def test_corrections_that_leave_the_sum_as_it_was_are_listed_all_the_same() -> None:
    first, *_others = recognise(3)
    meeting = opened_meeting()
    first.revoked_on, first.revocation_reason = date(2022, 9, 1), "sai hồ sơ"
    update_all([first], ["revoked_on", "revocation_reason"], user("tinh"), "thu hồi")
    recognise(1)
    shown = snapshots.meeting_figures(Meeting.objects.get(pk=meeting.pk))
    assert not shown.corrected
    assert {one.reason for one in shown.changes} >= {"thu hồi"}

"""The rows of a meeting's minutes: its figures and conclusions, and its assignments as they stood
on its day."""

from datetime import date

from django.utils import timezone

from ocop.organisation.agencies import AgencyNames
from targets.committee.assignments import services
from targets.committee.meetings import snapshots
from targets.committee.meetings.services import carried_into
from targets.figures import wording
from targets.models import Assignment, Meeting, Topic
from targets.reports.writers import Minutes, MinutesAssignment, MinutesTopic


def minutes(meeting: Meeting, written_on: date) -> Minutes:
    """The rows of the minutes, in the active language; frozen figures once the meeting was
    opened, live ones before. Agencies have the names of the day the minutes are written on."""
    names = AgencyNames.read()
    shown = snapshots.meeting_figures(meeting)
    topics = meeting.topics.select_related("target")
    given = Assignment.objects.filter(topic__meeting=meeting).select_related("agency")
    given = given.as_stood(meeting.held_on).prefetch_related("cooperating")
    return Minutes(
        title=meeting.title,
        day=meeting.held_on,
        place=meeting.place,
        chair=meeting.chair,
        attendees=[line for line in meeting.attendees.splitlines() if line.strip()],
        as_of=meeting.as_of,
        topics=[_minuted(topic, shown) for topic in topics],
        assignments=[
            MinutesAssignment(
                one.text,
                services.agencies_text(one, names, written_on),
                one.deadline_then,
                one.get_priority_display(),
                services.state_label(one.state_then, overdue=False),
            )
            for one in given
        ],
        carried=[
            MinutesAssignment(
                one.text,
                services.named_agencies(one.agency, one.cooperating),
                one.deadline,
                services.priority_label(one.priority),
                services.state_label(one.state, one.overdue),
            )
            for one in carried_into(meeting)
        ],
        frozen=shown.frozen is not None,
        told=meeting.source_id is not None,
    )


def _minuted(topic: Topic, shown: snapshots.MeetingFigures) -> MinutesTopic:
    line = shown.lines.get(topic.target.code) if topic.target else None
    added_at = timezone.localtime(topic.added_at) if topic.added_at else None
    if line is None:
        return MinutesTopic(str(topic), conclusion=topic.conclusion, added_at=added_at)
    row = line["current"]
    return MinutesTopic(
        title=topic.title or row["name"],
        figure_text=row["actual_text"]
        + wording.limit_after(row["actual_text"], row["threshold_text"]),
        state_label=row["state_label"],
        sentence=wording.sentence_of(row),
        conclusion=topic.conclusion,
        added_at=added_at,
    )

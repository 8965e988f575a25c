"""What the page and the projector of a meeting show: its topics beside their figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from targets import assigning, meetings, wording
from targets.choices import AssignmentState, MeetingState
from targets.corrections import Corrected
from targets.freezing import Shown
from targets.models import Assignment, Meeting, Topic


@dataclass(frozen=True)
class AssignmentLine:
    """An assignment as a line of text: its state on the day asked for."""

    pk: int
    text: str
    agency: str
    deadline: date
    high: bool
    state: str
    state_label: str
    overdue: bool
    settled_on: date | None = None


@dataclass(frozen=True)
class TopicShown:
    """A topic with the figures of its target; `line` None for a free topic."""

    topic: Topic
    title: str
    line: dict[str, Any] | None
    sentence: str
    chart: str
    corrected: list[Corrected]
    given: list[AssignmentLine]
    open_before: list[AssignmentLine]

    @property
    def row(self) -> dict[str, Any] | None:
        return self.line["current"] if self.line else None


def line_of(one: Any, day: date) -> AssignmentLine:
    """`one` comes from a queryset `with_state_at(day)`."""
    is_open = one.state_now == AssignmentState.OPEN
    overdue = is_open and one.deadline < day
    return AssignmentLine(
        pk=one.pk,
        text=one.text,
        agency=str(one.agency),
        deadline=one.deadline,
        high=one.priority == "high",
        state="overdue" if overdue else one.state_now,
        state_label=assigning.state_label(one.state_now, overdue),
        overdue=overdue,
        settled_on=None if is_open else one.settled_on,
    )


def topics_of(meeting: Meeting, shown: Shown, day: date) -> list[TopicShown]:
    """The agenda in its order, with the assignments of each topic as they stand on `day`.

    `given` are those the meeting gave; `open_before` older ones of the same target, still open.
    """
    topics = list(meeting.topics.select_related("target", "concluded_by"))
    targets = [topic.target_id for topic in topics if topic.target_id]
    of_meeting = Q(topic__meeting=meeting)
    older = Q(target__in=targets, given_on__lte=meeting.held_on, state=AssignmentState.OPEN)
    found = Assignment.objects.filter(of_meeting | older).with_state_at(day)
    assignments = list(found.select_related("agency").order_by("deadline", "id"))
    mine = {topic.pk for topic in topics}
    return [
        _topic(
            topic,
            shown,
            [line_of(one, day) for one in assignments if one.topic_id == topic.pk],
            [
                line_of(one, day)
                for one in assignments
                if topic.target_id and one.target_id == topic.target_id
                if one.topic_id not in mine
            ],
        )
        for topic in topics
    ]


def _topic(
    topic: Topic, shown: Shown, given: list[AssignmentLine], before: list[AssignmentLine]
) -> TopicShown:
    line = shown.lines.get(topic.target.code) if topic.target else None
    title = topic.title or (line["current"]["short_name"] if line else str(topic))
    return TopicShown(
        topic=topic,
        title=title,
        line=line,
        sentence=wording.sentence_of(line["current"]) if line else "",
        chart=line["chart"] if line else "",
        corrected=shown.corrected.get(line["code"], []) if line else [],
        given=given,
        open_before=before,
    )


def carried_lines(meeting: Meeting) -> list[AssignmentLine]:
    """What the meeting begins with, as lines: frozen at its opening."""
    return [
        AssignmentLine(
            pk=one.pk,
            text=one.text,
            agency=one.agency,
            deadline=one.deadline,
            high=one.priority == "high",
            state="overdue" if one.overdue else one.state,
            state_label=assigning.state_label(one.state, one.overdue),
            overdue=one.overdue,
            settled_on=one.settled_on,
        )
        for one in meetings.carried_by(meeting)
    ]


def charts_of(topics: list[TopicShown], shown: Shown, meeting: Meeting) -> list[dict[str, Any]]:
    """Each chart of the agenda once, in the order of the topics, its JSON sent along."""
    names = dict.fromkeys(topic.chart for topic in topics if topic.chart)
    day = {"as_of": meeting.as_of.isoformat()}
    return [
        {"name": name, "url": reverse("chart", args=[name], query=day), **shown.charts[name]}
        for name in names
        if name in shown.charts
    ]


def listed(day: date, state: str = "", words: str = "") -> Any:
    """Meetings known by `day` or planned, with how many assignments they gave and how many of
    those were open and overdue on that day."""
    open_then = Q(topics__assignments__settled_on__isnull=True)
    open_then |= Q(topics__assignments__settled_on__gt=day)
    open_then &= Q(topics__assignments__isnull=False)
    found = Meeting.objects.annotate(
        given=Count("topics__assignments", distinct=True),
        still_open=Count("topics__assignments", filter=open_then, distinct=True),
        overdue=Count(
            "topics__assignments",
            filter=open_then & Q(topics__assignments__deadline__lt=day),
            distinct=True,
        ),
        points=Count("topics", distinct=True),
    )
    if state in MeetingState.values:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(title__icontains=word)
    return found.order_by("-held_on", "-pk")


def topic_as_json(topic: Topic, day: date) -> dict[str, Any]:
    """What the projector puts in place after a conclusion was written, or where two wrote."""
    found = Assignment.objects.filter(topic=topic).with_state_at(day).select_related("agency")
    lines = [line_of(one, day) for one in found]
    return {
        "version": topic.conclusion_version,
        "conclusion": topic.conclusion,
        "who": str(topic.concluded_by or ""),
        "assignments": [
            {
                "text": line.text,
                "agency": line.agency,
                "deadline": wording.day(line.deadline),
                "state": line.state,
                "label": line.state_label,
                "high": line.high,
            }
            for line in lines
        ],
    }

"""What the page and the projector of a meeting show: its topics beside their figures."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from ocop.organisation.agencies import AgencyNames
from products.models import FormDraft
from targets.charts import CHARTS
from targets.choices import AssignmentState, MeetingState, Priority
from targets.committee.assignments import services
from targets.committee.meetings import services as meetings_services
from targets.committee.meetings import snapshots
from targets.committee.meetings.corrections import CorrectedRow
from targets.committee.meetings.snapshots import MeetingFigures
from targets.figures import wording
from targets.models import Assignment, Meeting, Topic

SHAPES = {"done": "✓", "overdue": "!", "cancelled": "✕"}
"""Beside the word, so that states are told apart without colour; open ones have a circle."""


@dataclass(frozen=True)
class AssignmentRow:
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
    cooperating: str = ""

    @property
    def shape(self) -> str:
        return SHAPES.get(self.state, "○")


@dataclass(frozen=True)
class TopicView:
    """A topic with the figures of its target; `line` None for a free topic.

    `since` is the day that the figure is compared with, None where it is with none.
    """

    topic: Topic
    title: str
    line: dict[str, Any] | None
    sentence: str
    chart: str
    since: date | None
    corrected: list[CorrectedRow]
    given: list[AssignmentRow]
    open_before: list[AssignmentRow]

    @property
    def row(self) -> dict[str, Any] | None:
        return self.line["current"] if self.line else None

    @property
    def place(self) -> str:
        """Where what is typed at the topic is kept until it is saved."""
        return str(self.topic.place)  # type: ignore[attr-defined]

    def typed(self, name: str, saved: str = "") -> str:
        """A field as the person typed it and did not save, else as saved."""
        unsaved = self.topic.typed or {}  # type: ignore[attr-defined]
        return (unsaved.get(name) or [saved])[0]

    @property
    def version(self) -> int:
        """The version that the text in the form was written over: of what was typed before
        somebody else saved, the older one, so that saving it shows both texts."""
        over = self.topic.typed_version  # type: ignore[attr-defined]
        return int(self.topic.conclusion_version if over is None else over)

    @property
    def typed_conclusion(self) -> str:
        return self.typed("conclusion", self.topic.conclusion)

    @property
    def typed_text(self) -> str:
        return self.typed("text")

    @property
    def typed_deadline(self) -> str:
        return self.typed("deadline")


@dataclass(frozen=True)
class Agenda:
    """The topics of a meeting with everything that stands at them, and who can be given work."""

    topics: list[TopicView]
    carried: list[AssignmentRow]
    shown: MeetingFigures
    agencies: list[tuple[int, str]]


def build_agenda(meeting: Meeting, user: Any, day: date) -> Agenda:
    """The agenda in its order; assignments of the meeting stand as of `day`, older ones of the
    same target as the meeting began with them. A constant number of queries."""
    topics = list(_topics(meeting, user))
    shown = snapshots.meeting_figures(meeting, {one.target.code for one in topics if one.target})
    names = AgencyNames.read()
    given = _given(topics, day, names, meeting.held_on) if topics else {}
    carried = meetings_services.carried_into(meeting)
    return Agenda(
        topics=[_topic(topic, shown, given.get(topic.pk, []), carried) for topic in topics],
        carried=[_carried_line(one) for one in carried],
        shown=shown,
        agencies=names.choices(day),
    )


def _topics(meeting: Meeting, user: Any) -> Any:
    """With `typed`: what the person typed there and did not save, over `typed_version`."""
    place = Concat(Value(f"{meeting.get_absolute_url()}?topic="), Cast("pk", CharField()))
    typed = FormDraft.objects.filter(user=user, place=OuterRef("place"))
    topics = meeting.topics.annotate(place=place).annotate(
        typed=Subquery(typed.values("content")[:1]),
        typed_version=Subquery(typed.values("version")[:1]),
    )
    return topics.select_related("target", "concluded_by")


def _given(
    topics: list[Topic], day: date, names: AgencyNames, held_on: date
) -> dict[int, list[AssignmentRow]]:
    """By topic the assignments it gave, as they stand on the day; agencies as they were called
    then."""
    given: dict[int, list[AssignmentRow]] = {}
    found = Assignment.objects.filter(topic__in=topics).as_stood(day).select_related("agency")
    for one in found.prefetch_related("cooperating"):
        given.setdefault(one.topic_id, []).append(assignment_row(one, day, names, held_on))
    return {
        topic: sorted(lines, key=lambda line: (line.deadline, line.pk))
        for topic, lines in given.items()
    }


def _assignment_row(
    agency: str,
    pk: int,
    text: str,
    priority: str,
    deadline: date,
    state: str,
    settled_on: date | None,
    *,
    day: date,
) -> AssignmentRow:
    """Deadline, state and the day it was settled are those of `day`."""
    overdue = state == AssignmentState.OPEN and deadline < day
    return AssignmentRow(
        pk=pk,
        text=text,
        agency=agency,
        deadline=deadline,
        high=priority == Priority.HIGH,
        state="overdue" if overdue else state,
        state_label=services.state_label(state, overdue),
        overdue=overdue,
        settled_on=settled_on,
    )


def assignment_row(
    one: Any, day: date, names: AgencyNames, named_on: date | None = None
) -> AssignmentRow:
    """An assignment with its agencies as a line; annotated by `as_stood(day)`. Agencies have the
    names of `named_on`, else of the day."""
    called = named_on or day
    then = (one.deadline_then, one.state_then, one.settled_then)
    lead, others = names.name(one.agency, called), services.cooperating_text(one, names, called)
    row = _assignment_row(lead, one.pk, one.text, one.priority, *then, day=day)
    return replace(row, cooperating=others)


def _topic(
    topic: Topic,
    shown: MeetingFigures,
    given: list[AssignmentRow],
    carried: list[meetings_services.CarriedAssignment],
) -> TopicView:
    line = shown.lines.get(topic.target.code) if topic.target else None
    code = line["code"] if line else ""
    return TopicView(
        topic=topic,
        title=topic.title or (line["current"]["short_name"] if line else str(topic)),
        line=line,
        sentence=wording.sentence_of(line["current"]) if line else "",
        chart=line["chart"] if line else "",
        since=shown.since,
        corrected=shown.corrected.get(code, []),
        given=given,
        open_before=[
            _carried_line(one)
            for one in carried
            if code and one.target == code and one.state == AssignmentState.OPEN
        ],
    )


def _carried_line(one: meetings_services.CarriedAssignment) -> AssignmentRow:
    """As it stood on the meeting's day."""
    return AssignmentRow(
        pk=one.pk,
        text=one.text,
        agency=one.agency,
        deadline=one.deadline,
        high=one.priority == Priority.HIGH,
        state="overdue" if one.overdue else one.state,
        state_label=services.state_label(one.state, one.overdue),
        overdue=one.overdue,
        settled_on=one.settled_on,
        cooperating=one.cooperating,
    )


def charts_of(
    topics: list[TopicView], shown: MeetingFigures, meeting: Meeting
) -> list[dict[str, Any]]:
    """Each chart of the agenda once, in the order of the topics; frozen ones are sent along."""
    names = dict.fromkeys(topic.chart for topic in topics if topic.chart)
    day = {"as_of": meeting.as_of.isoformat()}
    return [
        {
            "name": name,
            "title": CHARTS[name].title,
            "subtitle": CHARTS[name].subtitle,
            "url": reverse("chart", args=[name], query=day),
            **shown.charts.get(name, {}),
        }
        for name in names
    ]


def meeting_list(day: date, state: str = "", words: str = "") -> Any:
    """Meetings known by `day` or planned, with how many assignments they gave and how many of
    those were open and overdue on that day."""
    given = Assignment.objects.all()
    found = Meeting.objects.annotate(
        given=_assignments(given.given_by(day)),
        still_open=_assignments(given.open_at(day)),
        overdue=_assignments(given.overdue_at(day)),
        points=Count("topics", distinct=True),
    )
    if state in MeetingState.values:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(title__icontains=word)
    return found.order_by("-held_on", "-pk")


def _assignments(chosen: Any) -> Count:
    """How many of the chosen assignments a meeting gave."""
    which = Q(topics__assignments__in=chosen.values("pk"))
    return Count("topics__assignments", filter=which, distinct=True)


def topic_as_json(topic: Topic, day: date) -> dict[str, Any]:
    """What the projector puts in place after a conclusion was written, or where two wrote."""
    found = Assignment.objects.filter(topic=topic).as_stood(day)
    found = found.select_related("agency").prefetch_related("cooperating")
    names = AgencyNames.read()
    lines = [assignment_row(one, day, names) for one in found]
    return {
        "version": topic.conclusion_version,
        "conclusion": topic.conclusion,
        "who": str(topic.concluded_by or ""),
        "assignments": [
            {
                "text": line.text,
                "agency": line.agency,
                "cooperating": line.cooperating,
                "deadline": wording.day(line.deadline),
                "state": line.state,
                "label": line.state_label,
                "high": line.high,
            }
            for line in lines
        ],
    }

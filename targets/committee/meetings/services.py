"""A meeting's way: planned, opened (its figures freeze), conclusions written, closed; or planned
and discarded.

Every step leaves one row that is never changed. Access is the caller's to check
(targets.committee.permissions); the rules of the state are checked here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.agencies import AgencyNames
from targets.choices import NEVER_OPENED, AssignmentState, MeetingLogKind, MeetingState
from targets.committee.assignments import services
from targets.committee.meetings import snapshots
from targets.figures import plan_at
from targets.models import Assignment, Meeting, MeetingLogEntry, Plan, Target, Topic

FIELDS = ("title", "held_on", "place", "chair", "attendees", "as_of")


class MeetingRefused(ValueError):
    """The step does not fit the meeting's state; the message says why."""


class MeetingConflict(Exception):
    """Somebody else changed the meeting since it was looked at."""


class ConclusionConflict(Exception):
    """Somebody else wrote a conclusion meanwhile; `topic` is as stored now."""

    def __init__(self, topic: Topic) -> None:
        super().__init__(str(topic))
        self.topic = topic


@dataclass(frozen=True)
class AgendaItem:
    """One point of an agenda as it is entered: a target, or a title of its own."""

    target: Target | None = None
    title: str = ""


# --- Planning -----------------------------------------------------------------------------------


def plan_meeting(values: dict[str, Any], points: Sequence[AgendaItem], user: Any) -> Meeting:
    """Enter a meeting with its agenda; `values` by the names of FIELDS."""
    with transaction.atomic():
        meeting = Meeting.objects.create(**values, plan=_plan_of(values["as_of"]))
        _set_agenda(meeting, points)
        _note(meeting, MeetingLogKind.PLANNED, user, "", MeetingState.PLANNED)
    return meeting


def change_meeting(
    meeting: Meeting, values: dict[str, Any], points: Sequence[AgendaItem], version: int, user: Any
) -> None:
    """Change a planned meeting over the version seen; MeetingConflict where it is older.

    Once opened only place, chair and attendees can still be mended, and not after the closing.
    """
    with transaction.atomic():
        found = Meeting.objects.filter(pk=meeting.pk, version=version, state=meeting.state)
        if not found.update(**_changeable(meeting, values), version=F("version") + 1):
            raise MeetingConflict
        if meeting.state == MeetingState.PLANNED:
            meeting.topics.all().delete()
            _set_agenda(meeting, points)
        changed = [name for name, value in values.items() if getattr(meeting, name) != value]
        state = meeting.state
        _note(meeting, MeetingLogKind.CHANGED, user, state, state, ", ".join(changed))


def check_changeable(meeting: Meeting) -> None:
    """MeetingRefused where nothing of the meeting can be changed any more."""
    if meeting.state == MeetingState.CLOSED:
        raise MeetingRefused(_("The meeting is closed; nothing of it changes any more."))
    if meeting.state == MeetingState.DISCARDED:
        raise MeetingRefused(_("The meeting was discarded; nothing of it changes any more."))


def _changeable(meeting: Meeting, values: dict[str, Any]) -> dict[str, Any]:
    check_changeable(meeting)
    if meeting.state == MeetingState.PLANNED:
        return {**values, "plan": _plan_of(values["as_of"])}
    return {name: values[name] for name in ("place", "chair", "attendees") if name in values}


def _plan_of(day: date) -> Plan:
    """The plan in force on the day of the figures; MeetingRefused where none is loaded."""
    found = plan_at(day)
    if found is None:
        raise MeetingRefused(_("No plan has been loaded yet. Run: manage.py load_reference"))
    return found


def _set_agenda(meeting: Meeting, points: Sequence[AgendaItem]) -> None:
    Topic.objects.bulk_create(
        Topic(meeting=meeting, position=number, target=point.target, title=point.title)
        for number, point in enumerate(points, start=1)
    )


def discard(meeting: Meeting, reason: str, version: int, user: Any) -> None:
    """Discard a planned meeting over the version seen: it stays on record with its reason.

    MeetingRefused without a reason and where it is planned no longer, MeetingConflict where
    somebody changed its plan since it was looked at.
    """
    if not reason.strip():
        raise MeetingRefused(_("Say why the meeting is discarded."))
    with transaction.atomic():
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        check_planned(stored)
        if stored.version != version:
            raise MeetingConflict
        before, after = MeetingState.PLANNED, MeetingState.DISCARDED
        _advance(meeting, before, after)
        _note(meeting, MeetingLogKind.DISCARDED, user, before, after, reason.strip())


def check_planned(meeting: Meeting) -> None:
    """MeetingRefused where the meeting can no longer be discarded."""
    if meeting.state == MeetingState.DISCARDED:
        raise MeetingRefused(_("The meeting had been discarded already."))
    if meeting.state != MeetingState.PLANNED:
        raise MeetingRefused(_("The meeting was opened meanwhile: it can no longer be discarded."))


def discard_entry_of(meeting: Meeting) -> MeetingLogEntry | None:
    """Who discarded the meeting, when and why; None where nobody did."""
    steps = meeting.steps.filter(kind=MeetingLogKind.DISCARDED)
    return steps.select_related("who").first()


# --- Opening and closing ------------------------------------------------------------------------


def open_meeting(meeting: Meeting, user: Any, today: date) -> None:
    """Freeze the figures and open. Raises MeetingRefused unless planned, with an agenda, and the
    day of its figures has come by `today`.

    Two people who press at once: one opens, the other is refused; the figures freeze once.
    """
    with transaction.atomic():
        _as_planned_now(meeting)
        if not meeting.topics.exists():
            raise MeetingRefused(_("The agenda is empty. Put at least one topic on it."))
        if meeting.as_of > today:
            raise MeetingRefused(_("The day of the figures has not come yet: they cannot freeze."))
        _advance(meeting, MeetingState.PLANNED, MeetingState.OPEN, opened_at=timezone.now())
        snapshots.create_snapshot(
            meeting, [one.plain() for one in carried_assignments(meeting)], user
        )
        _note(meeting, MeetingLogKind.OPENED, user, MeetingState.PLANNED, MeetingState.OPEN)


def _as_planned_now(meeting: Meeting) -> None:
    """The days and the plan as stored, locked: somebody may just have changed them."""
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    for name in ("as_of", "held_on", "plan_id"):
        setattr(meeting, name, getattr(stored, name))


def close_meeting(meeting: Meeting, user: Any) -> None:
    """Close an open meeting: its conclusions change no more."""
    with transaction.atomic():
        _advance(meeting, MeetingState.OPEN, MeetingState.CLOSED, closed_at=timezone.now())
        _note(meeting, MeetingLogKind.CLOSED, user, MeetingState.OPEN, MeetingState.CLOSED)


def _advance(meeting: Meeting, before: str, after: str, **values: Any) -> None:
    found = Meeting.objects.filter(pk=meeting.pk, state=before)
    if not found.update(state=after, version=F("version") + 1, **values):
        raise MeetingRefused(
            _("The meeting is no longer in the state “%(state)s”: look at it again.")
            % {"state": MeetingState(before).label}
        )
    meeting.refresh_from_db(fields=["state", "version", "opened_at", "closed_at"])


def _note(
    meeting: Meeting,
    kind: str,
    user: Any,
    before: str,
    after: str,
    word: str = "",
    topic: Topic | None = None,
) -> None:
    MeetingLogEntry.objects.create(
        meeting=meeting,
        topic=topic,
        kind=kind,
        who=user,
        at=timezone.now(),
        before=before,
        after=after,
        word=word,
    )


# --- Added while the meeting is under way ---------------------------------------------------------


def add_topic(meeting: Meeting, point: AgendaItem, user: Any) -> Topic:
    """Put one more topic at the end of an open meeting's agenda, marked with the moment.

    What was frozen at the opening stays: it holds every target of the plan, so that a target
    added later shows the same figures as it would have from the start. Raises MeetingRefused
    unless the meeting is open, and for a target of another plan or on the agenda already.
    """
    with transaction.atomic():
        _check_open(meeting, _("Topics are added while the meeting is open."))
        topics = Topic.objects.filter(meeting=meeting)
        if point.target and point.target.plan_id != meeting.plan_id:
            raise MeetingRefused(_("This target is not in the plan of that day."))
        if point.target and topics.filter(target=point.target).exists():
            raise MeetingRefused(_("This target is on the agenda already."))
        last = topics.aggregate(last=Max("position"))["last"] or 0
        topic = Topic.objects.create(
            meeting=meeting,
            position=last + 1,
            target=point.target,
            title=point.title,
            added_at=timezone.now(),
        )
        state = MeetingState.OPEN
        _note(meeting, MeetingLogKind.ADDED, user, state, state, str(topic), topic)
    return topic


def _check_open(meeting: Meeting, sentence: str) -> None:
    """MeetingRefused with `sentence` unless the meeting, now locked, is stored as open."""
    locked = Meeting.objects.select_for_update().filter(pk=meeting.pk)
    if locked.values_list("state", flat=True).first() != MeetingState.OPEN:
        raise MeetingRefused(sentence)


# --- Conclusions --------------------------------------------------------------------------------


def conclude(
    topic: Topic,
    text: str,
    version: int,
    user: Any,
    given: services.NewAssignment | None = None,
) -> Assignment | None:
    """Write the conclusion of a topic over the version seen, and give its assignment if any.

    ConclusionConflict where somebody wrote meanwhile (nothing is saved, both texts are kept by
    their writers); MeetingRefused unless the meeting is open. An assignment that the topic gave
    word for word already is not given again: it is a form sent twice.
    """
    meeting = topic.meeting
    with transaction.atomic():
        _check_open(meeting, _("Conclusions are written while the meeting is open."))
        _write(topic, text, version, user)
        if given is None:
            return None
        if already := services.existing_assignment(given, meeting.held_on, topic):
            return already
        return services.create_assignment(given, meeting.held_on, user, topic=topic)


def _write(topic: Topic, text: str, version: int, user: Any) -> None:
    stored = Topic.objects.select_related("concluded_by").get(pk=topic.pk)
    if stored.conclusion == text:
        # Nothing is lost, whoever wrote it; so the same form sent twice meets no clash.
        topic.conclusion_version = stored.conclusion_version
        return
    now = timezone.now()
    written = Topic.objects.filter(pk=topic.pk, conclusion_version=version).update(
        conclusion=text,
        conclusion_version=F("conclusion_version") + 1,
        concluded_by=user,
        concluded_at=now,
    )
    if not written:
        raise ConclusionConflict(stored)
    topic.refresh_from_db()
    state = MeetingState.OPEN
    _note(topic.meeting, MeetingLogKind.CONCLUDED, user, state, state, text, topic)


# --- Carried over -------------------------------------------------------------------------------


@dataclass(frozen=True)
class CarriedAssignment:
    """An assignment that a meeting begins with: where it stood on the meeting's day."""

    pk: int
    text: str
    agency: str
    deadline: date
    priority: str
    state: str
    overdue: bool
    settled_on: date | None
    target: str
    cooperating: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it: days as YYYY-MM-DD."""
        days = {"deadline": self.deadline.isoformat()}
        days["settled_on"] = self.settled_on.isoformat() if self.settled_on else ""
        return {**self.__dict__, **days}


def carried_from(plain: Sequence[dict[str, Any]]) -> list[CarriedAssignment]:
    """The frozen form read back."""
    return [
        CarriedAssignment(
            **one
            | {
                "deadline": date.fromisoformat(one["deadline"]),
                "settled_on": date.fromisoformat(one["settled_on"]) if one["settled_on"] else None,
            }
        )
        for one in plain
    ]


def previous_meeting(meeting: Meeting) -> Any:
    """The last meeting held before this one, as a queryset of one or none."""
    before = Q(held_on__lt=meeting.held_on) | Q(held_on=meeting.held_on, pk__lt=meeting.pk)
    held = Meeting.objects.filter(before).exclude(state__in=NEVER_OPENED)
    return held.order_by("-held_on", "-pk")[:1]


def carried_assignments(meeting: Meeting) -> list[CarriedAssignment]:
    """Assignments given before, still open at the meeting before or settled since, as they
    stand on the meeting's day: overdue first, then open by deadline, then what was settled."""
    last = Subquery(previous_meeting(meeting).values("held_on"))
    settled_since = Q(settled_then__isnull=True) | Q(settled_then__gt=Coalesce(last, date.min))
    found = Assignment.objects.given_by(meeting.held_on).as_stood(meeting.held_on)
    found = found.filter(settled_since).exclude(topic__meeting=meeting)
    found = found.select_related("agency", "target").prefetch_related("cooperating")
    names = AgencyNames.read()
    return sorted(
        (_carried(one, meeting.held_on, names) for one in found),
        key=lambda one: (not one.overdue, one.state != AssignmentState.OPEN, one.deadline),
    )


def _carried(one: Any, day: date, names: AgencyNames) -> CarriedAssignment:
    is_open = one.state_then == AssignmentState.OPEN
    return CarriedAssignment(
        pk=one.pk,
        text=one.text,
        agency=names.name(one.agency, day),
        deadline=one.deadline_then,
        priority=one.priority,
        state=one.state_then,
        overdue=is_open and one.deadline_then < day,
        settled_on=one.settled_then,
        target=one.target.code if one.target else "",
        cooperating=services.cooperating_text(one, names, day),
    )


def carried_into(meeting: Meeting) -> list[CarriedAssignment]:
    """What the meeting began with: as frozen at its opening, as it stands before that."""
    frozen = snapshots.snapshot_of(meeting)
    return (
        carried_assignments(meeting) if frozen is None else carried_from(frozen.content["carried"])
    )

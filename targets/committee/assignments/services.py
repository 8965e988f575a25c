"""Assignments: given in a meeting or by the plan, reported on by their agency, settled with a word.

Every step is one row that is never changed. Access is the caller's to check
(targets.committee.permissions).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.agencies import AgencyNames
from ocop.organisation.models import Agency
from targets.choices import AssignmentLogKind, AssignmentState, Priority
from targets.models import Activity, Assignment, AssignmentLogEntry, Document, Target, Topic

LogKind = AssignmentLogKind
FROM_STATE: Mapping[str, str] = {
    LogKind.REPORTED: AssignmentState.OPEN,
    LogKind.DONE: AssignmentState.OPEN,
    LogKind.DEADLINE: AssignmentState.OPEN,
    LogKind.CANCELLED: AssignmentState.OPEN,
}
"""The state each step needs; opening again needs a settled one."""
TO_STATE: Mapping[str, str] = {
    LogKind.DONE: AssignmentState.DONE,
    LogKind.CANCELLED: AssignmentState.CANCELLED,
    LogKind.REOPENED: AssignmentState.OPEN,
}


class AssignmentRefused(ValueError):
    """The step cannot be taken; the message says why and what is missing."""


class AssignmentConflict(Exception):
    """Somebody else took a step since the assignment was looked at."""


@dataclass(frozen=True)
class NewAssignment:
    """An assignment as it is given: `agency` leads, those `cooperating` help; a document cited."""

    text: str
    agency: Agency
    deadline: date
    priority: str = Priority.NORMAL
    target: Target | None = None
    source: str = ""
    cooperating: tuple[Agency, ...] = ()
    cites: Document | None = None


@dataclass(frozen=True)
class ProgressReport:
    """One step as it is taken: on which day, what was said, what proves it."""

    kind: str
    on: date
    word: str = ""
    activity: Activity | None = None
    link: str = ""
    link_title: str = ""
    deadline: date | None = None

    @property
    def proves(self) -> bool:
        return bool(self.activity or self.link)


def create_assignment(
    order: NewAssignment, day: date, user: Any, topic: Topic | None = None, word: str = ""
) -> Assignment:
    """Enter an assignment given on `day`, with a `word` on it where there is one to say.

    AssignmentRefused where its deadline lies before that day.
    """
    if order.deadline < day:
        raise AssignmentRefused(_("The deadline lies before the day it was given."))
    with transaction.atomic():
        assignment = Assignment.objects.create(
            topic=topic,
            target=order.target or (topic.target if topic else None),
            agency=order.agency,
            text=order.text,
            source=order.source,
            given_on=day,
            deadline=order.deadline,
            priority=order.priority,
            cites=order.cites,
        )
        # Whoever leads does not co-operate with themselves.
        assignment.cooperating.set(one for one in order.cooperating if one != order.agency)
        given = ProgressReport(LogKind.GIVEN, day, word)
        _note(assignment, given, user, "", AssignmentState.OPEN)
    return assignment


def existing_assignment(
    order: NewAssignment, day: date, topic: Topic | None = None
) -> Assignment | None:
    """The assignment given on `day` in these very words: that of a form sent twice."""
    same = Assignment.objects.filter(topic=topic, given_on=day, source=order.source)
    same = same.filter(text=order.text, agency=order.agency, deadline=order.deadline)
    if order.target is not None:
        same = same.filter(target=order.target)
    same = same.filter(priority=order.priority, cites=order.cites)
    others = set(order.cooperating) - {order.agency}
    found = same.prefetch_related("cooperating")
    return next((one for one in found if set(one.cooperating.all()) == others), None)


def report(
    assignment: Assignment, taken: ProgressReport, version: int, user: Any, today: date
) -> None:
    """Take one step over the version seen. Raises AssignmentRefused or AssignmentConflict.

    Done needs a word on what was done and, at high priority, one piece of evidence in this step
    or an earlier one. A step lies between the day the assignment was given and `today`.
    """
    refusal = _refusal(assignment, taken, today)
    if refusal:
        raise AssignmentRefused(refusal)
    before, after = assignment.state, TO_STATE.get(taken.kind, assignment.state)
    settled = None if after == AssignmentState.OPEN else taken.on
    with transaction.atomic():
        found = Assignment.objects.filter(pk=assignment.pk, version=version, state=before)
        changed = found.update(
            state=after,
            settled_on=settled,
            deadline=taken.deadline or F("deadline"),
            version=F("version") + 1,
        )
        if not changed:
            raise AssignmentConflict
        _note(assignment, taken, user, before, after)
    assignment.refresh_from_db()


def _refusal(assignment: Assignment, taken: ProgressReport, today: date) -> str:
    """Why the step cannot be taken; "" where it can."""
    status_wanted = FROM_STATE.get(taken.kind)
    settled = assignment.state != AssignmentState.OPEN
    if (status_wanted is None and not settled) or (status_wanted is not None and settled):
        return _("The assignment is in the state “%(state)s”: this step does not fit it.") % {
            "state": assignment.get_state_display()
        }
    if not taken.word.strip():
        return _("Say in a few words what was done, or why.")
    if not assignment.given_on <= taken.on <= today:
        return _("The day lies between the day it was given and today.")
    if taken.kind == LogKind.DEADLINE and taken.deadline is None:
        return _("Give the new deadline.")
    if taken.deadline is not None and taken.deadline < assignment.given_on:
        return _("The deadline lies before the day it was given.")
    if taken.kind == LogKind.DONE and not _proven(assignment, taken):
        return _(
            "A task of high priority is done with evidence: an activity on record, or the address "
            "of a record in this program."
        )
    return ""


def _proven(assignment: Assignment, taken: ProgressReport) -> bool:
    if assignment.priority != Priority.HIGH or taken.proves:
        return True
    return any(step.is_evidence for step in assignment.steps.all())


def _note(
    assignment: Assignment, taken: ProgressReport, user: Any, before: str, after: str
) -> None:
    word = taken.word.strip()
    if taken.deadline is not None:
        moved = f"{assignment.deadline:%d/%m/%Y} → {taken.deadline:%d/%m/%Y}"
        word = f"{moved}. {word}" if word else moved
    AssignmentLogEntry.objects.create(
        assignment=assignment,
        kind=taken.kind,
        who=user,
        at=timezone.now(),
        on=taken.on,
        deadline=assignment.deadline if taken.kind == LogKind.GIVEN else taken.deadline,
        before=before,
        after=after,
        word=word,
        activity=taken.activity,
        link=taken.link,
        link_title=taken.link_title,
    )


def state_label(state: str, overdue: bool) -> str:
    """The state in words; an open assignment past its deadline says so."""
    return _("Overdue") if overdue else str(AssignmentState(state).label)


def priority_label(priority: str) -> str:
    return str(Priority(priority).label)


def cooperating_text(assignment: Assignment, names: AgencyNames, day: date) -> str:
    """ "Sở Công Thương; Sở Khoa học và Công nghệ": the agencies that co-operate, as they are called
    on `day`, or "".

    Of many assignments read `cooperating` beforehand (prefetch_related).
    """
    return "; ".join(names.name(agency, day) for agency in assignment.cooperating.all())


def agencies_text(assignment: Assignment, names: AgencyNames, day: date) -> str:
    """The agency that leads, and those that co-operate where there are any, as of `day`."""
    others = cooperating_text(assignment, names, day)
    return named_agencies(names.name(assignment.agency, day), others)


def named_agencies(lead: str, others: str) -> str:
    """ "Sở Nông nghiệp (lead); with: Sở Công Thương"; the lead alone where nobody helps."""
    words = {"lead": lead, "others": others}
    return _("%(lead)s (lead); with: %(others)s") % words if others else lead

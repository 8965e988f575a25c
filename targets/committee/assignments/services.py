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

from ocop.organisation.models import Agency
from targets.choices import AssignmentState, AssignmentStepKind, Priority
from targets.models import Activity, Assignment, AssignmentStep, Target, Topic

K = AssignmentStepKind
FROM: Mapping[str, str] = {
    K.REPORTED: AssignmentState.OPEN,
    K.DONE: AssignmentState.OPEN,
    K.DEADLINE: AssignmentState.OPEN,
    K.CANCELLED: AssignmentState.OPEN,
}
"""The state each step needs; opening again needs a settled one."""
TO: Mapping[str, str] = {
    K.DONE: AssignmentState.DONE,
    K.CANCELLED: AssignmentState.CANCELLED,
    K.REOPENED: AssignmentState.OPEN,
}


class AssignmentRefused(ValueError):
    """The step cannot be taken; the message says why and what is missing."""


class AssignmentConflict(Exception):
    """Somebody else took a step since the assignment was looked at."""


@dataclass(frozen=True)
class Order:
    """An assignment as it is given."""

    text: str
    agency: Agency
    deadline: date
    priority: str = Priority.NORMAL
    target: Target | None = None
    source: str = ""


@dataclass(frozen=True)
class Report:
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


def give(order: Order, day: date, user: Any, topic: Topic | None = None) -> Assignment:
    """Enter an assignment given on `day`. AssignmentRefused where its deadline lies before."""
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
        )
        _note(assignment, Report(K.GIVEN, day), user, "", AssignmentState.OPEN)
    return assignment


def given_already(order: Order, day: date, topic: Topic | None = None) -> Assignment | None:
    """The assignment given on `day` in these very words: that of a form sent twice."""
    same = Assignment.objects.filter(topic=topic, given_on=day, source=order.source)
    same = same.filter(text=order.text, agency=order.agency, deadline=order.deadline)
    if order.target is not None:
        same = same.filter(target=order.target)
    return same.filter(priority=order.priority).first()


def report(assignment: Assignment, taken: Report, version: int, user: Any, today: date) -> None:
    """Take one step over the version seen. Raises AssignmentRefused or AssignmentConflict.

    Done needs a word on what was done and, at high priority, one piece of evidence in this step
    or an earlier one. A step lies between the day the assignment was given and `today`.
    """
    refusal = _refusal(assignment, taken, today)
    if refusal:
        raise AssignmentRefused(refusal)
    before, after = assignment.state, TO.get(taken.kind, assignment.state)
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


def _refusal(assignment: Assignment, taken: Report, today: date) -> str:
    """Why the step cannot be taken; "" where it can."""
    wanted = FROM.get(taken.kind)
    settled = assignment.state != AssignmentState.OPEN
    if (wanted is None and not settled) or (wanted is not None and settled):
        return _("The assignment is in the state “%(state)s”: this step does not fit it.") % {
            "state": assignment.get_state_display()
        }
    if not taken.word.strip():
        return _("Say in a few words what was done, or why.")
    if not assignment.given_on <= taken.on <= today:
        return _("The day lies between the day it was given and today.")
    if taken.kind == K.DEADLINE and taken.deadline is None:
        return _("Give the new deadline.")
    if taken.deadline is not None and taken.deadline < assignment.given_on:
        return _("The deadline lies before the day it was given.")
    if taken.kind == K.DONE and not _proven(assignment, taken):
        return _(
            "A task of high priority is done with evidence: an activity on record, or the address "
            "of a record in this program."
        )
    return ""


def _proven(assignment: Assignment, taken: Report) -> bool:
    if assignment.priority != Priority.HIGH or taken.proves:
        return True
    return any(step.is_evidence for step in assignment.steps.all())


def _note(assignment: Assignment, taken: Report, user: Any, before: str, after: str) -> None:
    word = taken.word.strip()
    if taken.deadline is not None:
        moved = f"{assignment.deadline:%d/%m/%Y} → {taken.deadline:%d/%m/%Y}"
        word = f"{moved}. {word}" if word else moved
    AssignmentStep.objects.create(
        assignment=assignment,
        kind=taken.kind,
        who=user,
        at=timezone.now(),
        on=taken.on,
        deadline=assignment.deadline if taken.kind == K.GIVEN else taken.deadline,
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

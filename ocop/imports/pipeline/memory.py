"""What an office answered before: kept when an import is carried out, used at the next check."""

from collections.abc import Iterable, Set
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ocop.imports.datasets import CellDecision
from ocop.imports.findings import NEW, Question
from ocop.imports.models import RememberedAnswer
from ocop.organisation.models import Membership

MAX_REMEMBERED = 5000
"""Answers of one office about one dataset that are looked through."""
QUESTION = ("kind", "column", "words", "scope")
MAX_CHOICE_LENGTH = 400


def office_of(user: Any, day: date) -> str:
    """Whom columns and answers are remembered for: the person's district or agency, else the
    person."""
    if user is None:
        return "system"
    held = Membership.objects.filter(user=user).active_at(day)
    membership = held.select_related("agency", "unit").first()
    if membership is not None and membership.unit is not None:
        return f"unit:{membership.unit.code}"
    if membership is not None and membership.agency is not None:
        return f"agency:{membership.agency.code}"[:60]
    return f"user:{user.pk}"


class Memory:
    """An office's answers for a dataset, but for those in `not_used` (ids). No office: none."""

    def __init__(self, office: str, dataset: str, not_used: Set[int] = frozenset()) -> None:
        self.answers: dict[tuple[str, ...], RememberedAnswer] = {}
        if office:
            stored = RememberedAnswer.objects.filter(office=office, dataset=dataset)
            for one in stored.exclude(pk__in=not_used).order_by("-changed_at")[:MAX_REMEMBERED]:
                self.answers[tuple(getattr(one, name) for name in QUESTION)] = one

    def decisions(self, questions: Iterable[Question]) -> list[dict[str, Any]]:
        """Decisions (Question.decision) about the questions that were answered before, where the
        same answer is still among the choices: a record that is gone is offered no more."""
        found = []
        for question in questions if self.answers else ():
            key = question.memory_key()
            known = self.answers.get(tuple(key[name] for name in QUESTION))
            if known is None:
                continue
            answer = question.choice(known.choice)
            if answer is None or question.memory(answer) is None:
                continue
            # That it is another one was said of those offered then, of no later one.
            offered = {one["id"] for one in question.choices}
            if known.choice != NEW or offered <= set(known.offered):
                remembered = {
                    "id": known.pk,
                    "shown": known.shown,
                    "choice": answer["label"] if not answer.get("typed") else "",
                    "when": known.changed_at.isoformat(),
                }
                found.append({**question.decision(answer), "remembered": remembered})
        return found


def as_cell_decision(stored: dict[str, Any]) -> CellDecision:
    """A decision as it is kept (Question.decision), for the check."""
    said: dict[str, Any] = {}
    if remembered := stored.get("remembered"):
        day = timezone.localtime(datetime.fromisoformat(remembered["when"]))
        said = {"because": "as_before", "when": date_format(day, "SHORT_DATE_FORMAT")}
    return CellDecision(
        stored["given"],
        stored["instead"],
        stored["dataset"],
        stored["sheet"],
        frozenset(stored["rows"]),
        said,
    )


def remember(office: str, user: Any, decisions: Iterable[dict[str, Any]]) -> None:
    """Keep what was answered, in the transaction of the import; a later answer replaces one.

    Decisions without a memory (Question.memory) mean something in their file only.
    """
    for one in decisions:
        memory = one.get("memory")
        if not office or not memory or one.get("remembered"):
            continue
        if len(memory["choice"]) > MAX_CHOICE_LENGTH:
            continue
        question = {name: memory[name] for name in QUESTION}
        values = {name: memory[name] for name in ("shown", "choice", "instead", "offered")}
        RememberedAnswer.objects.update_or_create(
            office=office, dataset=one["dataset"], **question, defaults={**values, "user": user}
        )


def answers_of(office: str) -> QuerySet[RememberedAnswer]:
    return RememberedAnswer.objects.filter(office=office).select_related("user")

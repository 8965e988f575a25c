"""Putting sentences of the attention list aside, and bringing them back.

A sentence stays aside until the day given, and only while its figures are those it was put aside
with: whoever put it aside has seen those and no others. Every step is one row that is never
changed; told as of a day, a step of a later day is not known yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.choices import Role
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from targets.attention import Rule, Sentence
from targets.choices import DismissalKind
from targets.models import Dismissal

MAY = frozenset({Role.COMMITTEE, Role.PROVINCE})
LONGEST = 500
BOOK = 50
"""So many entries of the book are shown, the latest first."""


class NotPutAside(Exception):
    """Nothing was entered: `code` for programs, the message for people.

    Codes: no_reason, day_over, already, not_aside.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Told:
    """A sentence as the page shows it; `entry` is the latest step about its subject, or None.

    `aside`: it is put aside on the day. `changed`: it was, and came back with other figures.
    """

    sentence: Sentence
    entry: Dismissal | None
    aside: bool
    changed: bool


def may_put_aside(scope: Scope) -> bool:
    return bool(scope.roles & MAY)


def refuse_unless_may(scope: Scope) -> None:
    if not may_put_aside(scope):
        raise PermissionDenied(
            _("Sentences are put aside by the committee and by provincial officers.")
        )


# --- What stands aside ----------------------------------------------------------------------------


def sort_out(
    by_rule: Iterable[tuple[Rule, list[Sentence]]], unit: Unit, day: date
) -> list[tuple[Rule, list[Told]]]:
    """What the rules say, each sentence with where it stands on `day` for `unit`. One query."""
    listed = list(by_rule)
    subjects = {one.subject for _rule, sentences in listed for one in sentences}
    latest = {
        (entry.rule, entry.subject): entry
        for entry in Dismissal.objects.filter(unit=unit, on__lte=day, subject__in=subjects)
        .select_related("who")
        .order_by("pk")
    }
    return [
        (rule, [_told(one, latest.get((one.rule, one.subject)), day) for one in sentences])
        for rule, sentences in listed
    ]


def _told(sentence: Sentence, entry: Dismissal | None, day: date) -> Told:
    if entry is None or entry.kind != DismissalKind.PUT_ASIDE:
        return Told(sentence, entry, aside=False, changed=False)
    same = entry.figures == sentence.figures
    in_time = entry.until is None or day <= entry.until
    return Told(sentence, entry, aside=same and in_time, changed=not same)


def standing(sorted_out: Iterable[tuple[Rule, list[Told]]]) -> list[list[Sentence]]:
    """The sentences of each rule that are not put aside."""
    return [[one.sentence for one in told if not one.aside] for _rule, told in sorted_out]


def aside(sorted_out: Iterable[tuple[Rule, list[Told]]]) -> list[Told]:
    return [one for _rule, told in sorted_out for one in told if one.aside]


def book(unit: Unit, day: date) -> list[Dismissal]:
    """The latest steps about a unit by `day`, whether what they are about still holds or not."""
    entries = Dismissal.objects.filter(unit=unit, on__lte=day).select_related("who")
    return list(entries.order_by("-pk")[:BOOK])


# --- Steps ----------------------------------------------------------------------------------------


def put_aside(told: Told, unit: Unit, user: Any, reason: str, until: date | None) -> Dismissal:
    """Put a sentence aside. Access is the caller's to check.

    Raises NotPutAside without a reason, with a day that is over, or where it is aside already.
    """
    reason = reason.replace("\0", "").strip()[:LONGEST]
    if not reason:
        raise NotPutAside("no_reason", _("Say why the sentence is put aside."))
    if until is not None and until < timezone.localdate():
        raise NotPutAside("day_over", _("The day until which it is put aside is over."))
    if told.aside:
        raise NotPutAside("already", _("This sentence has been put aside already."))
    return _enter(told, unit, user, DismissalKind.PUT_ASIDE, reason, until)


def bring_back(told: Told, unit: Unit, user: Any, reason: str = "") -> Dismissal:
    """Bring a sentence back. Raises NotPutAside where it does not stand aside."""
    if not told.aside:
        raise NotPutAside("not_aside", _("This sentence does not stand aside."))
    reason = reason.replace("\0", "").strip()[:LONGEST]
    return _enter(told, unit, user, DismissalKind.BROUGHT_BACK, reason, None)


def _enter(
    told: Told, unit: Unit, user: Any, kind: DismissalKind, reason: str, until: date | None
) -> Dismissal:
    now = timezone.now()
    return Dismissal.objects.create(
        unit=unit,
        rule=told.sentence.rule,
        subject=told.sentence.subject,
        figures=told.sentence.figures,
        kind=kind,
        text=told.sentence.text,
        reason=reason,
        until=until,
        who=user,
        at=now,
        on=timezone.localdate(now),
    )

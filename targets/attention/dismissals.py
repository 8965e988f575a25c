"""Dismissing sentences of the attention list, and restoring them.

A sentence stays dismissed until the day given, and only while its figures are those it was
dismissed with: whoever dismissed it has seen those and no others. Every dismissal is one row that
is never changed; as of a day, those of a later day are not known yet.
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

DISMISSING_ROLES = frozenset({Role.COMMITTEE, Role.PROVINCE})
MAX_REASON_LENGTH = 500
MAX_LOG_ENTRIES = 50
"""So many entries of the log are shown, the latest first."""


class DismissalRefused(Exception):
    """Nothing was entered: `code` for programs, the message for people.

    Codes: no_reason, day_over, already, not_aside.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class ListedSentence:
    """A sentence as the page shows it; `entry` is the latest step about its subject, or None.

    `dismissed_sentences`: it is put aside on the day. `changed`: it was, and came back with other
    figures.
    """

    sentence: Sentence
    entry: Dismissal | None
    dismissed: bool
    changed: bool


def may_dismiss(scope: Scope) -> bool:
    return bool(scope.roles & DISMISSING_ROLES)


def require_may_dismiss(scope: Scope) -> None:
    if not may_dismiss(scope):
        raise PermissionDenied(
            _("Sentences are put aside by the committee and by provincial officers.")
        )


# --- Dismissed sentences --------------------------------------------------------------------------


def apply_dismissals(
    by_rule: Iterable[tuple[Rule, list[Sentence]]], unit: Unit, day: date
) -> list[tuple[Rule, list[ListedSentence]]]:
    """The rules' sentences, each with its dismissal as of `day` for `unit`. One query."""
    listed = list(by_rule)
    subjects = {one.subject for _rule, sentences in listed for one in sentences}
    latest = {
        (entry.rule, entry.subject): entry
        for entry in Dismissal.objects.filter(unit=unit, on__lte=day, subject__in=subjects)
        .select_related("who")
        .order_by("pk")
    }
    return [
        (rule, [_listed(one, latest.get((one.rule, one.subject)), day) for one in sentences])
        for rule, sentences in listed
    ]


def _listed(sentence: Sentence, entry: Dismissal | None, day: date) -> ListedSentence:
    if entry is None or entry.kind != DismissalKind.DISMISSED:
        return ListedSentence(sentence, entry, dismissed=False, changed=False)
    same = entry.figures == sentence.figures
    in_time = entry.until is None or day <= entry.until
    return ListedSentence(sentence, entry, dismissed=same and in_time, changed=not same)


def active_sentences(
    sorted_out: Iterable[tuple[Rule, list[ListedSentence]]],
) -> list[list[Sentence]]:
    """The sentences of each rule that are not dismissed."""
    return [[one.sentence for one in listed if not one.dismissed] for _rule, listed in sorted_out]


def dismissed_sentences(
    sorted_out: Iterable[tuple[Rule, list[ListedSentence]]],
) -> list[ListedSentence]:
    return [one for _rule, listed in sorted_out for one in listed if one.dismissed]


def dismissal_log(unit: Unit, day: date) -> list[Dismissal]:
    """The latest entries about a unit by `day`, whether they still apply or not."""
    entries = Dismissal.objects.filter(unit=unit, on__lte=day).select_related("who")
    return list(entries.order_by("-pk")[:MAX_LOG_ENTRIES])


# --- Steps ----------------------------------------------------------------------------------------


def dismiss(
    listed: ListedSentence, unit: Unit, user: Any, reason: str, until: date | None
) -> Dismissal:
    """Dismiss a sentence. The caller checks access.

    Raises DismissalRefused without a reason, with a day that is over, or where it is aside already.
    """
    reason = reason.replace("\0", "").strip()[:MAX_REASON_LENGTH]
    if not reason:
        raise DismissalRefused("no_reason", _("Say why the sentence is put aside."))
    if until is not None and until < timezone.localdate():
        raise DismissalRefused("day_over", _("The day until which it is put aside is over."))
    if listed.dismissed:
        raise DismissalRefused("already", _("This sentence has been put aside already."))
    return _enter(listed, unit, user, DismissalKind.DISMISSED, reason, until)


def restore(listed: ListedSentence, unit: Unit, user: Any, reason: str = "") -> Dismissal:
    """Restore a sentence. Raises DismissalRefused where it is not dismissed."""
    if not listed.dismissed:
        raise DismissalRefused("not_aside", _("This sentence does not stand aside."))
    reason = reason.replace("\0", "").strip()[:MAX_REASON_LENGTH]
    return _enter(listed, unit, user, DismissalKind.RESTORED, reason, None)


def _enter(
    listed: ListedSentence,
    unit: Unit,
    user: Any,
    kind: DismissalKind,
    reason: str,
    until: date | None,
) -> Dismissal:
    now = timezone.now()
    return Dismissal.objects.create(
        unit=unit,
        rule=listed.sentence.rule,
        subject=listed.sentence.subject,
        figures=listed.sentence.figures,
        kind=kind,
        text=listed.sentence.text,
        reason=reason,
        until=until,
        who=user,
        at=now,
        on=timezone.localdate(now),
    )

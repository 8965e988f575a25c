"""The one place where the status of an entered record changes.

draft → submitted → verified, or submitted → returned (with a reason) → submitted. Whoever
entered, changed or submitted a record does not verify it. Every change is one transaction and
one history row. Verifying an amendment writes it to its record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products import amending
from products.choices import Action, Status
from products.history import note_changes, note_deletion
from products.kinds import KINDS, kind_of
from products.models import Amendment, EnteredRecord, Rating


class WorkflowError(Exception):
    """A change of status that the rules do not allow; `message` says why, for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


class StaleRecord(WorkflowError):
    """Somebody else changed the record since it was read."""


@dataclass(frozen=True)
class Transition:
    sources: frozenset[str]
    target: str
    action: str
    by_verifier: bool = False
    needs_reason: bool = False
    why: Any = ""


TRANSITIONS = {
    "submit": Transition(
        frozenset({Status.DRAFT, Status.RETURNED}),
        Status.SUBMITTED,
        Action.SUBMIT,
        why=_("sent up for verification"),
    ),
    "verify": Transition(
        frozenset({Status.SUBMITTED}),
        Status.VERIFIED,
        Action.VERIFY,
        by_verifier=True,
        why=_("looked at and found right"),
    ),
    "return": Transition(
        frozenset({Status.SUBMITTED}),
        Status.RETURNED,
        Action.RETURN,
        by_verifier=True,
        needs_reason=True,
    ),
}


def advance(
    record: EnteredRecord,
    action: str,
    user: Any = None,
    reason: str = "",
    field_reasons: dict[str, str] | None = None,
) -> None:
    """Take `record` through `action` ("submit", "verify", "return") on behalf of `user`.

    `user` None is the system. `field_reasons` ties the reason of a return to fields by name.
    Raises WorkflowError where the status, the person, a missing reason or another record that
    this one rests on forbids it, StaleRecord where another change came first. Access to the
    record is the caller's to check.
    """
    transition = TRANSITIONS[action]
    if record.status not in transition.sources:
        raise WorkflowError(_("This record is no longer in a state that allows this."))
    if transition.needs_reason and not reason.strip():
        raise WorkflowError(_("Say why the record is returned."))
    if transition.by_verifier and is_author(record, user):
        raise WorkflowError(_("Nobody verifies a record of their own."))
    if problem := hindrance(record, action):
        raise WorkflowError(problem)
    values: dict[str, Any] = {
        "status": transition.target,
        "status_reason": reason.strip() if transition.needs_reason else "",
        "field_reasons": dict(field_reasons or {}) if transition.needs_reason else {},
    }
    if transition.by_verifier:
        values["verified_by"] = user
    else:
        values |= {"submitted_by": user, "submitted_at": timezone.now()}
    with transaction.atomic():
        why = reason.strip() or str(transition.why)
        _write(record, values, user, why, transition.action)
        if action == "verify" and isinstance(record, Amendment):
            _apply(record, user)


def _write(
    record: EnteredRecord, values: dict[str, Any], user: Any, reason: str, action: str
) -> None:
    """Change the row only if its version is still the one read, then write its history row."""
    changed = type(record)._default_manager.filter(pk=record.pk, version=record.version)
    if not changed.update(version=F("version") + 1, updated_at=timezone.now(), **values):
        raise StaleRecord(_("Somebody else changed this record in the meantime."))
    record.refresh_from_db()
    note_changes([record], user, reason, action)


def _apply(amendment: Amendment, user: Any) -> None:
    try:
        amending.apply(amendment, user)
    except amending.AmendmentOvertaken:
        raise WorkflowError(
            _(
                "The record was changed after this change was proposed, so it can no longer be "
                "written over it. Return it, so that it can be proposed again."
            )
        ) from None


def is_author(record: EnteredRecord, user: Any) -> bool:
    """True if `user` entered the record, changed it last or submitted it last."""
    people = (record.created_by_id, record.edited_by_id, record.submitted_by_id)
    return user is not None and user.pk in people


def hindrance(record: EnteredRecord, action: str) -> Any:
    """Why the record cannot be submitted or verified yet, in a sentence; "" where it can."""
    if action == "return" or isinstance(record, Amendment):
        return ""
    if isinstance(record, Rating) and record.stars is None:
        return _("Not every scoring sheet is complete yet; a rating is submitted with its stars.")
    standing = {Status.VERIFIED}
    if action == "submit":
        standing |= {Status.SUBMITTED}
    # Records of other apps, such as allocations, rest on nothing here.
    rests_on = kind_of(record).rests_on if type(record) in ORDER else ()
    for name in rests_on:
        other = getattr(record, name)
        if other is None:
            continue
        # Read anew: it may have been advanced a moment ago through another instance.
        stored = type(other)._default_manager.filter(pk=other.pk).values_list("status", flat=True)
        if stored.get() not in standing:
            words = {"what": kind_of(other).label, "name": str(other)}
            if action == "submit":
                return _("Submit %(what)s “%(name)s” as well: this record rests on it.") % words
            return _("Verify %(what)s “%(name)s” first: this record rests on it.") % words
    return ""


ORDER = {kind.model: place for place, kind in enumerate(KINDS.values())}


def in_order(records: Iterable[EnteredRecord]) -> list[EnteredRecord]:
    """Records after those they rest on; amendments last."""
    return sorted(records, key=lambda record: (ORDER.get(type(record), len(ORDER)), record.pk))


def advance_all(records: Sequence[EnteredRecord], action: str, user: Any) -> None:
    """Take all through `action` ("submit" or "verify") or none.

    Raises WorkflowError with the name of the first record that cannot go.
    """
    with transaction.atomic():
        for record in in_order(records):
            try:
                advance(record, action, user)
            except WorkflowError as error:
                words = {"name": str(record), "why": error.message}
                raise type(error)(_("“%(name)s”: %(why)s") % words) from None


def discard(record: EnteredRecord, user: Any) -> None:
    """Delete a draft or returned record that nothing rests on (once verified, none is either).

    Its history stays, with one row more. Raises WorkflowError, StaleRecord.
    """
    if record.status not in TRANSITIONS["submit"].sources:
        raise WorkflowError(_("Only a draft or a returned record can be discarded."))
    collector = Collector(using="default", origin=record)
    try:
        collector.collect([record])
    except (ProtectedError, RestrictedError):
        raise WorkflowError(
            _("Other records rest on this one: discard them first, then this one.")
        ) from None
    with transaction.atomic():
        manager = type(record)._default_manager
        for field in record._meta.many_to_many:
            getattr(record, field.name).clear()
        if not manager.filter(pk=record.pk, version=record.version)._raw_delete("default"):
            raise StaleRecord(_("Somebody else changed this record in the meantime."))
        note_deletion(record, user)

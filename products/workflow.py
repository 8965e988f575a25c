"""The one place where the status of an entered record changes.

draft → submitted → verified, or submitted → returned (with a reason) → submitted. Author and
verifier differ. Every change is one transaction and one history row.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from products.choices import Status
from products.history import note_changes
from products.models.entered import EnteredRecord


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
    by_verifier: bool = False
    needs_reason: bool = False


TRANSITIONS = {
    "submit": Transition(frozenset({Status.DRAFT, Status.RETURNED}), Status.SUBMITTED),
    "verify": Transition(frozenset({Status.SUBMITTED}), Status.VERIFIED, by_verifier=True),
    "return": Transition(
        frozenset({Status.SUBMITTED}), Status.RETURNED, by_verifier=True, needs_reason=True
    ),
}


def advance(record: EnteredRecord, action: str, user: Any = None, reason: str = "") -> None:
    """Take `record` through `action` ("submit", "verify", "return") on behalf of `user`.

    `user` None is the system. Raises WorkflowError where the status, the person or a missing
    reason forbids it, StaleRecord where another change came first. Access to the record is the
    caller's to check.
    """
    transition = TRANSITIONS[action]
    if record.status not in transition.sources:
        raise WorkflowError(_("This record is no longer in a state that allows this."))
    if transition.needs_reason and not reason.strip():
        raise WorkflowError(_("Say why the record is returned."))
    if transition.by_verifier and user is not None and record.created_by_id == user.pk:
        raise WorkflowError(_("Nobody verifies a record of their own."))
    values: dict[str, Any] = {"status": transition.target, "status_reason": reason.strip()}
    if transition.by_verifier:
        values["verified_by"] = user
    _write(record, values, user, reason)


def _write(record: EnteredRecord, values: dict[str, Any], user: Any, reason: str) -> None:
    """Change the row only if its version is still the one read, then write its history row."""
    model = type(record)
    with transaction.atomic():
        changed = model._default_manager.filter(pk=record.pk, version=record.version).update(
            version=F("version") + 1, **values
        )
        if not changed:
            raise StaleRecord(_("Somebody else changed this record in the meantime."))
        record.refresh_from_db()
        note_changes([record], user, reason or str(values["status"]))

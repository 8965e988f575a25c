"""The one place where the status of an entered record changes.

draft → submitted → verified, or submitted → returned (with a reason) → submitted. Whoever
entered, changed or submitted a record does not verify it. Every change is one transaction and
one history row. Verifying an amendment writes it to its record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products import validity
from products.choices import Action, Status
from products.confirmed_periods import lookup
from products.kinds import KINDS, kind_of
from products.models import Amendment, EnteredRecord, Rating, Recognition
from products.records import proposals
from products.records.history import delete_record, update_record
from products.records.proposals import amendments
from products.scoring import schemes, sheets


class WorkflowError(Exception):
    """A change of status that the rules do not allow; `message` says why, for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


class StaleRecord(WorkflowError):
    """Somebody else changed the record since it was read."""


class ReasonForConfirmed(WorkflowError):
    """A record of a period that was confirmed since it was last entered or changed."""


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
        if isinstance(record, Amendment):
            amendments.lock_record_of(record)
        if problem := blocking_reason(record, action):
            raise WorkflowError(problem)
        why = reason.strip() or _reason_for_confirmed(record, action, str(transition.why))
        _write(record, values, user, why, transition.action)
        if action == "verify" and isinstance(record, Amendment):
            _apply(record, user)


def _reason_for_confirmed(record: EnteredRecord, action: str, why: str) -> str:
    """Why, where nobody said it: not enough for a record of a period confirmed since.

    What awaited verification when the period was confirmed says so; a draft from before is
    submitted with a reason. Amendments have theirs.
    """
    if type(record) not in ORDER or action == "return":
        return why
    kind = kind_of(record)
    period = lookup.unexplained_period(kind, record)
    if period is None:
        return why
    if action == "submit":
        raise ReasonForConfirmed(lookup.reason_needed_message(period.label))
    if record.submitted_at is None or record.submitted_at > period.at:
        return why
    waited = _("it awaited verification when %(period)s was confirmed") % {"period": period.label}
    return f"{why} · {waited}"


def _write(
    record: EnteredRecord, values: dict[str, Any], user: Any, reason: str, action: str
) -> None:
    """Change the row only if its version is still the one read."""
    _lock_unchanged(record)
    record.refresh_from_db()
    for name, value in values.items():
        setattr(record, name, value)
    update_record(record, list(values), user, reason, action)


def _lock_unchanged(record: EnteredRecord) -> None:
    """Inside a transaction: nobody else changes the row until it ends."""
    rows = type(record)._default_manager.select_for_update()
    if rows.filter(pk=record.pk, version=record.version).first() is None:
        raise StaleRecord(_("Somebody else changed this record in the meantime."))


def _apply(amendment: Amendment, user: Any) -> None:
    try:
        with transaction.atomic():
            proposals.apply(amendment, user)
    except IntegrityError:
        raise WorkflowError(
            _("Another record has the same values by now. Return this change with that reason.")
        ) from None
    except proposals.ProposalRefused as refused:
        raise WorkflowError(refused.message) from None
    except proposals.ProposalOvertaken:
        raise WorkflowError(
            _(
                "The record, or one that this change refers to, was changed after it was proposed. "
                "Return it, so that it can be proposed again."
            )
        ) from None


def is_author(record: EnteredRecord, user: Any) -> bool:
    """True if `user` entered the record, or changed or submitted it since it was last verified."""
    if user is None:
        return False
    people = (record.created_by_id, record.edited_by_id, record.submitted_by_id)
    if user.pk in people:
        return True
    rows: Any = record.history  # type: ignore[attr-defined]
    verified = rows.filter(action__in=(Action.VERIFY, Action.AMEND))
    since = verified.aggregate(last=Max("history_id"))["last"] or 0
    hands_in = rows.filter(
        action__in=(Action.CREATE, Action.EDIT, Action.SUBMIT), history_user=user
    )
    return bool(hands_in.filter(history_id__gt=since).exists())


def blocking_reason(record: EnteredRecord, action: str) -> Any:
    """Why the record cannot be submitted or verified yet, in a sentence; "" where it can."""
    if action == "return":
        return ""
    problem = ""
    if isinstance(record, Amendment):
        problem = proposals.blocking_reason(record)
    elif isinstance(record, Rating):
        problem = _differs_from_sheets(record)
    elif isinstance(record, Recognition):
        problem = _unexplained(record)
    return problem or _missing_dependency(record, action)


def _differs_from_sheets(rating: Rating) -> Any:
    if rating.stars is None:
        return _("Not every scoring sheet is complete yet; a rating is submitted with its stars.")
    if rating.sheets and not sheets.is_up_to_date(rating):
        return _(
            "The product's set was changed after these sheets were scored: they no longer give "
            "this result. Score it again by the criteria of the present set."
        )
    return ""


def _unexplained(recognition: Recognition) -> Any:
    rating = recognition.rating
    if rating is None or schemes.agrees(recognition.rank, rating.stars):
        return ""
    if recognition.difference_reason.strip():
        return ""
    return _("Rating and decision give different stars, and no reason is given for it yet.")


def _missing_dependency(record: EnteredRecord, action: str) -> Any:
    """Another record that has to be submitted or verified before this one, in a sentence."""
    stored_status = {Status.VERIFIED}
    if action == "submit":
        stored_status |= {Status.SUBMITTED}
    for other in _dependencies(record):
        # Read anew: it may have been advanced a moment ago through another instance.
        stored = type(other)._default_manager.filter(pk=other.pk).values_list("status", flat=True)
        if stored.first() not in stored_status:
            words = {"what": kind_of(other).label, "name": str(other)}
            if other.status == Status.CANCELLED:
                return _("%(what)s “%(name)s” is cancelled: this record cannot rest on it.") % words
            if action == "submit":
                return _("Submit %(what)s “%(name)s” as well: this record rests on it.") % words
            return _("Verify %(what)s “%(name)s” first: this record rests on it.") % words
    return ""


def _dependencies(record: EnteredRecord) -> list[Any]:
    """The records that this one, or the change that it proposes, depends on."""
    if isinstance(record, Amendment):
        kind = KINDS[record.kind]
        related = amendments.related_in(kind, record)
        return [one for name in kind.depends_on for one in related.get(name, []) if one]
    # Records of other apps, such as allocations, rest on nothing here.
    names = kind_of(record).depends_on if type(record) in ORDER else ()
    return [other for name in names if (other := getattr(record, name)) is not None]


ORDER = {kind.model: place for place, kind in enumerate(KINDS.values())}


def in_dependency_order(records: Iterable[EnteredRecord]) -> list[EnteredRecord]:
    """Records after those they rest on; amendments last."""
    return sorted(records, key=lambda record: (ORDER.get(type(record), len(ORDER)), record.pk))


def advance_all(records: Sequence[EnteredRecord], action: str, user: Any, reason: str = "") -> None:
    """Take all through `action` ("submit" or "verify") or none.

    Raises WorkflowError with the name of the first record that cannot go.
    """
    with transaction.atomic(), validity.rebuilt_together():
        for record in in_dependency_order(records):
            try:
                advance(record, action, user, reason)
            except WorkflowError as error:
                words = {"name": str(record), "why": error.message}
                raise type(error)(_("“%(name)s”: %(why)s") % words) from None


def discard(record: EnteredRecord, user: Any, reason: str = "") -> None:
    """Delete a draft or returned record without dependents (once verified, it is neither).

    Its history stays, with one row more. Raises WorkflowError, StaleRecord; ReasonForConfirmed
    where it was there when its period was confirmed and no reason is given.
    """
    if record.status not in TRANSITIONS["submit"].sources:
        raise WorkflowError(_("Only a draft or a returned record can be discarded."))
    period = lookup.unexplained_period(kind_of(record), record) if type(record) in ORDER else None
    if period is not None and not reason.strip():
        raise ReasonForConfirmed(lookup.reason_needed_message(period.label))
    with transaction.atomic():
        if isinstance(record, Amendment):
            amendments.lock_record_of(record)
        _lock_unchanged(record)
        try:
            delete_record(record, user, reason.strip())
        except (ProtectedError, RestrictedError):
            raise WorkflowError(
                _("Other records rest on this one: discard them first, then this one.")
            ) from None

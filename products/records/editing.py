"""Saving what people enter: once, over the version they saw, and never over a verified record.

A draft, returned or submitted record is changed in place. A verified one keeps its values; the
change becomes an amendment beside it, which counts when somebody else has verified it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from products.choices import Action, Proposal, Status
from products.kinds import RecordKind
from products.models import Amendment, EnteredRecord, SavedForm
from products.records.content import (
    Difference,
    content_of,
    in_words,
    label_of,
    set_content,
    set_related,
)
from products.records.history import create_record, update_record
from products.records.proposals import amendments

AMENDMENTS = 100_000
"""Amendment versions lie below this, so that one number tells record and amendment version."""


class EditConflict(Exception):
    """Somebody else changed the record since the form was opened; `record` is as stored now."""

    def __init__(self, record: EnteredRecord) -> None:
        super().__init__(str(record))
        self.record = record


class ReasonNeeded(Exception):
    """A verified record is changed only with a reason."""


class NotChangeable(Exception):
    """The record is cancelled, or something else than a change is proposed of it."""


class NothingChanged(Exception):
    """What was sent is what the verified record says already."""


# --- Once ---------------------------------------------------------------------------------------


def new_token() -> str:
    """A token for one opened form."""
    return str(uuid.uuid4())


def token_of(data: QueryDict) -> str:
    """The token of a sent form together with what was sent.

    The same form sent twice is saved once; one gone back to and changed is another form.
    """
    sent = sorted((name, values) for name, values in data.lists() if name != "csrfmiddlewaretoken")
    return str(uuid.uuid5(_uuid(data.get("token", "")), repr(sent)))


def saved_url(token: str, user: Any) -> str | None:
    """Where the form of that token led when `user` saved it; None if it was not saved yet."""
    saved = SavedForm.objects.filter(token=_uuid(token), user=user).first()
    return saved.url if saved else None


@contextmanager
def saved_once_in_transaction(token: str, user: Any, url: str = "") -> Iterator[SavedForm | None]:
    """One transaction in which a form is saved; yields None where its token was used before.

    Set `.url` on what is yielded where the address is known only after saving.
    """
    with transaction.atomic():
        saved = _taken(token, user, url)
        yield saved
        if saved is not None and saved.url != url:
            saved.save(update_fields=["url"])


def _taken(token: str, user: Any, url: str) -> SavedForm | None:
    try:
        with transaction.atomic():
            return SavedForm.objects.create(token=_uuid(token), user=user, url=url)
    except IntegrityError:
        return None


def _uuid(token: str) -> uuid.UUID:
    """A token that is none (forged) stands for a form never saved before."""
    try:
        return uuid.UUID(token)
    except (ValueError, AttributeError, TypeError):
        return uuid.uuid4()


# --- What a form starts from --------------------------------------------------------------------


def shown_content(kind: RecordKind, record: Any) -> dict[str, Any]:
    """The record's plain content with its unsettled amendment laid over it."""
    amendment = amendments.unsettled_of(kind, record)
    return content_of(record, kind.content) | (amendment.values if amendment else {})


def shown_version(kind: RecordKind, record: EnteredRecord) -> int:
    """The number that a form carries, to find out whether anything changed since."""
    amendment = amendments.unsettled_of(kind, record)
    return record.version * AMENDMENTS + (amendment.version if amendment else 0)


def content_at(kind: RecordKind, record: Any, version: int) -> dict[str, Any]:
    """The content as shown at that version, from history; empty where it is not known."""
    own, of_amendment = divmod(version, AMENDMENTS)
    row = record.history.filter(version=own).order_by("-history_id").first()
    if row is None:
        return {}
    values = {}
    if of_amendment:
        rows = Amendment.history.filter(  # type: ignore[attr-defined]
            kind=kind.slug, record_id=record.pk, version=of_amendment
        )
        amended = rows.order_by("-history_id").first()
        values = amended.values if amended else {}
    return content_of(row, kind.content) | values


# --- Saving -------------------------------------------------------------------------------------


def create(record: Any, related: dict[str, Any], user: Any, reason: str) -> None:
    """Insert a new draft with its many-to-many values; one history row."""
    record.status, record.created_by = Status.DRAFT, user
    with transaction.atomic():
        details = {name: [[], value] for name, value in related.items() if value}
        create_record(record, user, reason, {"related": details} if details else None)
        set_related(record, related)


def change(
    kind: RecordKind, record: Any, values: dict[str, Any], user: Any, reason: str, version: int
) -> EnteredRecord:
    """Write plain `values` to the record, or for a verified one to its amendment.

    `version` is the `shown_version` that the form carried. Returns the record or the amendment.
    Raises EditConflict, NotChangeable; of a verified record ReasonNeeded, NothingChanged.
    """
    with transaction.atomic():
        stored: Any = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if shown_version(kind, stored) != version:
            raise EditConflict(stored)
        if not_changeable(kind, stored):
            raise NotChangeable
        if stored.status == Status.VERIFIED:
            return _amend(kind, stored, values, user, reason)
        fields, related = set_content(stored, values), set_related(stored, values)
        if fields or related:
            details = {"related": related} if related else None
            update_record(stored, fields, user, reason, Action.EDIT, details)
        return stored


def not_changeable(kind: RecordKind, record: Any) -> str:
    """Why the record's content cannot be changed now, in a sentence; "" where it can."""
    if record.status == Status.CANCELLED:
        return _("This record is cancelled. Bring it back first, then change it.")
    amendment = amendments.unsettled_of(kind, record)
    if amendment is None or amendment.proposal == Proposal.CHANGE:
        return ""
    return _("“%(proposal)s” waits for this record: it is settled first.") % {
        "proposal": amendment.get_proposal_display()
    }


def _amend(
    kind: RecordKind, record: Any, values: dict[str, Any], user: Any, reason: str
) -> Amendment:
    if not reason.strip():
        raise ReasonNeeded
    amendment = amendments.unsettled_of(kind, record)
    now = content_of(record, kind.content)
    new_values = (amendment.values if amendment else {}) | values
    new_values = {name: value for name, value in new_values.items() if now.get(name) != value}
    if not new_values:
        raise NothingChanged
    if amendment is None:
        return amendments.propose(kind, record, new_values, user, reason)
    amendment.values, amendment.reason = new_values, reason
    amendment.base_version = record.version
    update_record(amendment, ["values", "reason", "base_version"], user, reason)
    return amendment


# --- Two people at once -------------------------------------------------------------------------


@dataclass(frozen=True)
class FieldConflict(Difference):
    """One field given differently by both (`before` theirs, `after` mine).

    `choice` is "mine" or "theirs" where only one side changed it since the form was opened, ""
    where the person has to choose.
    """

    choice: str = ""


def field_conflicts(
    kind: RecordKind, record: Any, mine: dict[str, Any], version: int, names: tuple[str, ...]
) -> list[FieldConflict]:
    """What the person's values and the stored ones disagree on, in the order of the content."""
    base, theirs = content_at(kind, record, version), shown_content(kind, record)
    found = []
    for name in names:
        if name not in mine or mine[name] == theirs.get(name):
            continue
        choice = ""
        if name in base:
            choice = "theirs" if mine[name] == base[name] else choice
            choice = "mine" if theirs.get(name) == base[name] else choice
        words = (in_words(kind, name, theirs.get(name)), in_words(kind, name, mine[name]))
        found.append(FieldConflict(name, label_of(kind, name), *words, choice))
    return found

"""Taking back a verified record that was entered by mistake, and bringing it back.

A cancelled record should never have been: it counts on no day, as if a value were corrected, and
keeps nobody's place. It stays to be read, with its history.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from products.choices import Action, Proposal, Status
from products.kinds import KINDS, RecordKind, kind_of
from products.models import Amendment, EnteredRecord
from products.models.entered import standing
from products.records.history import update_record
from products.records.proposals.amendments import details_of, locked_record, record_of
from products.records.proposals.refusal import ProposalRefused

MOST_NAMED = 5


# --- What rests on a record -----------------------------------------------------------------------


def resting_on(record: EnteredRecord) -> list[Any]:
    """The records that refer to this one and are not cancelled, drafts among them."""
    return [one for rows in _referring(record) for one in rows]


def _referring(record: EnteredRecord) -> Iterator[Any]:
    for kind, field in references_to(type(record)):
        rows = kind.model._default_manager.filter(standing(), **{field.name: record.pk})
        yield rows.select_related("product") if kind.of_product else rows


def references_to(model: type[models.Model]) -> list[tuple[RecordKind, Any]]:
    """(kind, field) of every way in which an entered record refers to one of `model`, in the
    order in which kinds rest on one another."""
    return [
        (kind, relation.field)
        for kind in KINDS.values()
        for relation in model._meta.related_objects
        if relation.related_model is kind.model
    ]


# --- What stands in the way -----------------------------------------------------------------------


def blocking_cancel(amendment: Amendment) -> Any:
    """Why the record cannot be cancelled now, in a sentence; "" where it can."""
    record = record_of(amendment)
    if record.status != Status.VERIFIED:
        return _("Only a verified record is cancelled.")
    return said_to_rest_on(resting_on(record))


def said_to_rest_on(records: list[Any]) -> str:
    """The sentence that names records which must be cancelled or changed first; "" for none."""
    if not records:
        return ""
    names = [f"{kind_of(one).label} “{one}”" for one in records[:MOST_NAMED]]
    if more := len(records) - MOST_NAMED:
        names += [_("%(number)d more") % {"number": more}] if more > 0 else []
    return _("Other records rest on this one; cancel or change them first: %(names)s.") % {
        "names": "; ".join(names)
    }


def blocking_restore(amendment: Amendment) -> Any:
    """Why the record cannot be brought back now, in a sentence; "" where it can."""
    record = record_of(amendment)
    if record.status != Status.CANCELLED:
        return _("Only a cancelled record is brought back.")
    notice = notice_of(record)
    if notice is not None and notice.merged:
        return _("This record went into another by a merge: the merge is taken back instead.")
    kind = kind_of(record)
    for other in (getattr(record, name) for name in kind.depends_on):
        if other is not None and other.status != Status.VERIFIED:
            words = {"what": kind_of(other).label, "name": str(other)}
            return _("%(what)s “%(name)s” is not verified: this record rests on it.") % words
    return _place_taken(record)


def _place_taken(record: Any) -> str:
    """What the database would say were the record to stand again: another has its place."""
    again = copy(record)
    again.status = Status.VERIFIED
    try:
        again.validate_constraints()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


# --- Applied --------------------------------------------------------------------------------------


def cancel(amendment: Amendment, user: Any) -> None:
    _take(amendment, user, blocking_cancel, Status.CANCELLED, Action.CANCEL)


def restore(amendment: Amendment, user: Any) -> None:
    _take(amendment, user, blocking_restore, Status.VERIFIED, Action.RESTORE)


def _take(amendment: Amendment, user: Any, blocked: Any, status: str, action: str) -> None:
    record = locked_record(amendment)
    if problem := blocked(amendment):
        raise ProposalRefused(problem)
    record.status = status
    update_record(record, ["status"], user, amendment.reason, action, details_of(amendment))


# --- Told -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CancelledNotice:
    """Who cancelled a record, when and why. `merged`: it went into another record by a merge,
    which `into` names by kind and id."""

    when: datetime
    proposed_by: str
    verified_by: str
    reason: str
    merged: bool
    amendment: int | None
    into: tuple[Any, ...] = ()

    @property
    def headline(self) -> str:
        if self.merged:
            return _("This record was merged into another and counts no more:")
        return _("This record is cancelled: it was entered by mistake and counts on no day.")


def notice_of(record: EnteredRecord) -> CancelledNotice | None:
    """What the page of a cancelled record says at its top; None for any other record. One query."""
    if record.status != Status.CANCELLED:
        return None
    return notices_of(kind_of(record), [record.pk]).get(record.pk)


def notices_of(kind: RecordKind, ids: list[int]) -> dict[int, CancelledNotice]:
    """The same for cancelled records of one kind, by id; one query."""
    rows: Any = kind.model.history.filter(  # type: ignore[attr-defined]
        id__in=ids, action__in=(Action.CANCEL, Action.MERGE), status=Status.CANCELLED
    )
    latest = rows.select_related("history_user").order_by("history_id")
    return {row.id: _notice(row) for row in latest}


def _notice(row: Any) -> CancelledNotice:
    """Where a merged record went is followed by `gone_to`."""
    details = row.details or {}
    return CancelledNotice(
        when=row.history_date,
        proposed_by=details.get("proposed_by") or _("the system"),
        verified_by=str(row.history_user or _("the system")),
        reason=row.history_change_reason or "",
        merged=row.action == Action.MERGE,
        amendment=details.get("amendment"),
        into=tuple(details.get("into") or ()),
    )


def gone_to(notice: CancelledNotice) -> Any:
    """The record that a merged one went into; None where it went into none."""
    if not notice.into:
        return None
    slug, pk = notice.into
    return KINDS[slug].model._default_manager.filter(pk=pk).first()


def allowed_for(kind: RecordKind, record: Any) -> tuple[Proposal, ...]:
    """What can be proposed for a record as it stands, besides a change."""
    if record.status == Status.VERIFIED:
        mergeable = kind.slug in ("producer", "product", "task", "ip-right")
        return (Proposal.CANCEL, Proposal.MERGE) if mergeable else (Proposal.CANCEL,)
    if record.status != Status.CANCELLED:
        return ()
    notice = notice_of(record)
    if notice is None or not notice.merged:
        return (Proposal.RESTORE,)
    folded = notice.amendment is None or not _is_about(notice.amendment, kind, record)
    return () if folded else (Proposal.SEPARATE,)


def _is_about(amendment: int, kind: RecordKind, record: Any) -> bool:
    about = Amendment.objects.filter(pk=amendment, kind=kind.slug, record_id=record.pk)
    return bool(about.exists())

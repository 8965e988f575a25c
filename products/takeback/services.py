"""Proposing that a record is taken back: sent up at once, and tried out before."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ocop.hooks import hook
from ocop.organisation.scope import Scope
from products.choices import Proposal, Status
from products.kinds import RecordKind, kind_of
from products.models import Amendment
from products.records import amendments, detail, editing, update_record, workflow

PROPOSED_ANEW = (Status.DRAFT, Status.RETURNED)
MAX_REASON = 1000
MAX_LINKED = 20


def propose(
    kind: RecordKind,
    record: Any,
    proposal: Proposal,
    user: Any,
    reason: str,
    version: int,
    plan: dict[str, Any] | None = None,
) -> Amendment:
    """Propose `proposal` of `record` and send it up; one that was returned is proposed anew.

    `version` is the shown version that the form carried. `user` None is the system, which tries
    something out. Raises WorkflowError with what stands in the way, StaleRecord where the record
    changed since. Whether the person enters the record is the caller's to check.
    """
    reason = reason.replace("\0", "").strip()[:MAX_REASON]
    if not reason:
        raise workflow.WorkflowError(_("Say why: the reason stays in the record's history."))
    with transaction.atomic():
        stored: Any = kind.model._default_manager.select_for_update().get(pk=record.pk)
        if editing.shown_version(kind, stored) != version:
            raise workflow.StaleRecord(
                _("Somebody else changed this record in the meantime. Look at it, then try again.")
            )
        amendment = _drafted(kind, stored, proposal, user, reason, plan)
        workflow.advance(amendment, "submit", user)
    return amendment


def _drafted(
    kind: RecordKind,
    record: Any,
    proposal: Proposal,
    user: Any,
    reason: str,
    plan: dict[str, Any] | None,
) -> Amendment:
    amendment = amendments.unsettled_of(kind, record)
    if amendment is None:
        try:
            with transaction.atomic():
                return amendments.draft(kind, record, user, reason, proposal=proposal, plan=plan)
        except IntegrityError:
            raise workflow.WorkflowError(_waiting_message()) from None
    if amendment.proposal != proposal or amendment.status not in PROPOSED_ANEW:
        raise workflow.WorkflowError(_waiting_message())
    amendment.reason, amendment.base_version, amendment.plan = reason, record.version, plan
    update_record(amendment, ["reason", "base_version", "plan"], user, reason)
    return amendment


def _waiting_message() -> str:
    return _("Something is already proposed of this record and not yet settled.")


def waits_otherwise(kind: RecordKind, record: Any, proposal: Proposal) -> str:
    """Why `proposal` cannot be proposed beside what waits already; "" where it can."""
    amendment = amendments.unsettled_of(kind, record)
    if amendment is None:
        return ""
    anew = amendment.proposal == proposal and amendment.status in PROPOSED_ANEW
    return "" if anew else _waiting_message()


def reason_of_returned(kind: RecordKind, record: Any) -> str:
    """The reason of a proposal that was returned, to be mended; "" where there is none."""
    amendment = amendments.unsettled_of(kind, record)
    return str(amendment.reason) if amendment else ""


def linked(records: Iterable[Any], scope: Scope) -> list[tuple[str, str]]:
    """(what and which, address) of records; "" for the address of what the person may not see."""
    found = []
    for one in list(records)[:MAX_LINKED]:
        kind = kind_of(one)
        seen = scope.sees(kind.area_of(one))
        found.append((f"{kind.label}: {one}", detail.url_of(one) if seen else ""))
    return found


def effects_of(
    kind: RecordKind,
    record: Any,
    proposal: Proposal,
    scope: Scope,
    plan: dict[str, Any] | None = None,
) -> list[Any]:
    """What the proposal would do to the targets today, in the units that `scope` sees.

    Tried out and rolled back. Raises WorkflowError with what stands in the way.
    """

    def act() -> None:
        version = editing.shown_version(kind, record)
        amendment = propose(kind, record, proposal, None, "–", version, plan)
        workflow.advance(amendment, "verify", None)

    tried: Callable[..., list[Any]] = hook("proposal_effects")
    return tried(act, scope)

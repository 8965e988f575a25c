"""Verified proposals take effect, each in its own way."""

from collections.abc import Callable
from typing import Any

from products.choices import Proposal
from products.models import Amendment
from products.records.proposals import amendments, cancellation, merge_steps, merging

APPLY: dict[str, Callable[[Amendment, Any], None]] = {
    Proposal.CHANGE: amendments.apply,
    Proposal.CANCEL: cancellation.cancel,
    Proposal.RESTORE: cancellation.restore,
    Proposal.MERGE: merge_steps.merge,
    Proposal.SEPARATE: merge_steps.separate,
}
BLOCKED: dict[str, Callable[[Amendment], Any]] = {
    Proposal.CANCEL: cancellation.blocking_cancel,
    Proposal.RESTORE: cancellation.blocking_restore,
    Proposal.MERGE: merging.blocking_merge,
    Proposal.SEPARATE: merge_steps.blocking_separate,
}


def apply(amendment: Amendment, user: Any) -> None:
    """Do what the verified `amendment` proposes, inside the caller's transaction.

    Raises ProposalOvertaken where a record is not what it was, ProposalRefused where something
    stands in the way, IntegrityError where another record has the place.
    """
    APPLY[amendment.proposal](amendment, user)


def blocking_reason(amendment: Amendment) -> Any:
    """What stands in the way of submitting or verifying it, in a sentence; "" for nothing."""
    blocked = BLOCKED.get(amendment.proposal)
    return blocked(amendment) if blocked else ""

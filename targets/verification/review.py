"""A submitted record as its verifier sees it, and what the verifier may decide."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou
from products.choices import Proposal, Status
from products.kinds import KINDS, RecordKind, kind_of, verified_kinds
from products.models import Amendment, EnteredRecord
from products.records import (
    Difference,
    amendments,
    content_of,
    detail,
    in_words,
    label_of,
    merging,
    permissions,
    workflow,
)
from products.takeback import ShownMerge, shown_of

CONSEQUENCES: dict[str, Any] = {
    Proposal.CANCEL: _lazy(
        "Once verified, the record counts on no day, as if it had never been entered. It stays to "
        "be read and can be brought back."
    ),
    Proposal.MERGE: _lazy(
        "Once verified, both are one record. The one that goes stays to be read, and the merge can "
        "be taken back as long as nothing of it was changed since."
    ),
    Proposal.SEPARATE: _lazy("Once verified, both stand again as they stood before the merge."),
    Proposal.RESTORE: _lazy("Once verified, the record stands again as before it was cancelled."),
}


@dataclass(frozen=True)
class ReviewedRecord:
    """`waiting` is what is decided on: a record, or the amendment of `record`."""

    kind: RecordKind
    waiting: Any
    record: Any
    facts: list[tuple[str, str, str]]
    changes: list[Difference]
    same_product: list[Any]
    own: bool
    merge: ShownMerge | None = None

    @property
    def item(self) -> str:
        return detail.item_of(self.waiting)

    @property
    def is_amendment(self) -> bool:
        return isinstance(self.waiting, Amendment)

    @property
    def consequence(self) -> Any:
        """What verifying does to the record, in a sentence; "" for a change of its values."""
        return CONSEQUENCES.get(getattr(self.waiting, "proposal", ""), "")


def get_to_verify_or_404(slug: str, pk: int, scope: Scope) -> Any:
    """The record or amendment, if the person verifies its kind. NotForYou, PermissionDenied."""
    if slug == "amendment":
        amendment = permissions.visible_amendments(scope).filter(pk=pk).first()
        if amendment is None:
            raise NotForYou(_("There is no such record, or it is not in your district."))
        permissions.require_may_verify(scope, KINDS[amendment.kind])
        return amendment
    kind = permissions.get_kind_or_404(slug, verifying=True)
    record = permissions.get_visible_or_404(kind, pk, scope)
    permissions.require_may_verify(scope, kind)
    return record


def review_of(user: Any, waiting: Any, scope: Scope) -> ReviewedRecord:
    """Everything the verifier needs to see on one page."""
    record = amendments.record_of(waiting) if isinstance(waiting, Amendment) else waiting
    kind = kind_of(record)
    if isinstance(waiting, Amendment):
        changes = detail.proposed_changes(waiting, record)
        content = content_of(record, kind.content) | waiting.values
        facts = [
            (name, label_of(kind, name), in_words(kind, name, value))
            for name, value in content.items()
            if name not in detail.HIDDEN
        ]
    else:
        changes = detail.changed_since_verified(kind, record)
        facts = detail.field_values(kind, record)
    return ReviewedRecord(
        kind,
        waiting,
        record,
        facts,
        changes,
        _same_product(record, waiting, scope, user),
        workflow.is_author(waiting, user),
        _merge(waiting),
    )


def _merge(waiting: Any) -> ShownMerge | None:
    """What a proposed merge does, as records stand now; None for anything else, or once done."""
    proposed = isinstance(waiting, Amendment) and waiting.proposal == Proposal.MERGE
    if not proposed or waiting.status == Status.VERIFIED:
        return None
    return shown_of(merging.proposed_merge(waiting))


def _same_product(
    record: Any, waiting: Any, scope: Scope, user: Any
) -> list[detail.UnverifiedRecord]:
    """Other submitted records of the same product: a dossier is decided on together."""
    product = record if kind_of(record).slug == "product" else getattr(record, "product", None)
    if product is None:
        return []
    return [
        one
        for one in detail.unverified_records(product, scope)
        if one.record.status == Status.SUBMITTED
        and not workflow.is_author(one.record, user)
        and (type(one.record), one.record.pk) != (type(waiting), waiting.pk)
    ]


def return_for_correction(
    waiting: EnteredRecord, kind: RecordKind, user: Any, reason: str, by_field: dict[str, str]
) -> None:
    """Return a record with its reason, tied to fields where given. Raises WorkflowError."""
    reasons = {
        name: text.replace("\0", "").strip()[:500]
        for name, text in by_field.items()
        if name in kind.content and text.strip()
    }
    reason = reason.replace("\0", "")
    if not reason.strip() and reasons:
        reason = _("See the fields marked.")
    workflow.advance(waiting, "return", user, reason[:1000], reasons)


def require_may_verify_any(scope: Scope) -> None:
    if not any(permissions.may_verify(scope, kind) for kind in verified_kinds().values()):
        raise PermissionDenied(_("Verifying these records is not part of your role."))

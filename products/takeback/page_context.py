"""What every form of a proposal shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from products.choices import Proposal
from products.kinds import RecordKind
from products.records import cancellation, detail, editing, token_for, workflow
from products.takeback import services


def not_now(kind: RecordKind, record: Any, proposal: Proposal) -> str:
    """Why the form does not open for the record as it stands; "" where it does."""
    if proposal not in cancellation.allowed_for(kind, record):
        return _("This record is no longer in a state that allows this.")
    return services.waits_otherwise(kind, record, proposal)


def proposal_context(request: HttpRequest, kind: RecordKind, record: Any) -> dict[str, Any]:
    """What every form of a proposal shows: the record, the reason typed, token and version."""
    return {
        "kind": kind,
        "record": record,
        "facts": detail.field_values(kind, record),
        "reason": request.POST.get("reason") or services.reason_of_returned(kind, record),
        "opened_version": str(editing.shown_version(kind, record)),
        "token": token_for(request) if request.method != "POST" else editing.new_token(),
        "back_url": detail.url_of(record),
    }


def tried_out(
    kind: RecordKind,
    record: Any,
    proposal: Proposal,
    scope: Scope,
    plan: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """`effects` on the targets, or `blocking_reason`: what stands in the way."""
    try:
        effects = services.effects_of(kind, record, proposal, scope, plan)
    except workflow.WorkflowError as error:
        return {"effects": [], "blocking_reason": str(error)}
    return {"effects": effects, "blocking_reason": ""}

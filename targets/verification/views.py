"""One person's work, and the verifier's decisions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.choices import Role
from ocop.organisation.scope import scope_of
from ocop.web.errors import NotForYou
from products.entry import hints_for
from products.evidence import storage
from products.records import detail, named_records, workflow
from targets.verification import my_work, review
from targets.verification.effects import verification_effects


@require_safe
def my_work_page(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    scope = scope_of(request.user, day)
    if not scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    if not scope.roles & {Role.LOCAL, Role.PROVINCE}:
        raise PermissionDenied(_("This page is for those who enter or verify records."))
    work = my_work.work_of(request.user, scope, day)
    context = {
        "work": work,
        "unsaved": [(draft, my_work.place_in_words(draft)) for draft in work.unsaved],
        "day": day,
    }
    return render(request, "targets/verification/my_work.html", context)


@require_safe
def verification_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One record beside its evidence, what changed, and what verifying it would do."""
    scope = scope_of(request.user, timezone.localdate())
    return _verification(request, review.get_to_verify_or_404(kind, pk, scope), {})


def _verification(request: HttpRequest, waiting: Any, typed: dict[str, str]) -> HttpResponse:
    """The page of one decision; `typed` are reasons that could not be taken yet."""
    scope = scope_of(request.user, timezone.localdate())
    shown = review.review_of(request.user, waiting, scope)
    context = {
        "shown": shown,
        "fields": [(*fact, typed.get(f"reason-{fact[0]}", "")) for fact in shown.facts],
        "reason": typed.get("reason", ""),
        "hints": hints_for(shown.kind, shown.record),
        "evidence": storage.evidence_rows(shown.kind, shown.record, scope, to_look_at=True),
        "evidence_kind": shown.kind.slug,
        "evidence_record": shown.record,
        "may_add": False,
        "sheets_url": detail.url_of(shown.record) if shown.kind.slug == "rating" else "",
        **_effect(request, [waiting, *(one.record for one in shown.same_product)]),
    }
    return render(request, "targets/verification/verification.html", context)


def _effect(request: HttpRequest, records: list[Any]) -> dict[str, Any]:
    """`effects` of verifying the records, or `hindrance`: why they cannot be verified."""
    try:
        effects = verification_effects(records, request.user, timezone.localdate())
    except workflow.WorkflowError as error:
        return {"effects": [], "blocking_reason": str(error)}
    return {"effects": effects, "blocking_reason": ""}


@require_POST
def verification_effect(request: HttpRequest) -> HttpResponse:
    """Before several records are verified: which they are, and what it does to the targets."""
    scope = scope_of(request.user, timezone.localdate())
    review.require_may_verify_any(scope)
    records = named_records(request.POST.getlist("item"), scope, verifying=True)
    context = {
        "records": [
            (detail.item_of(one), detail.title_of(one), detail.url_of(one)) for one in records
        ],
        "number": len(records),
        **_effect(request, records),
    }
    return render(request, "targets/verification/effect.html", context)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Verify one or many; all of them, or none."""
    scope = scope_of(request.user, timezone.localdate())
    review.require_may_verify_any(scope)
    records = named_records(request.POST.getlist("item"), scope, verifying=True)
    try:
        workflow.advance_all(records, "verify", request.user)
    except workflow.WorkflowError as error:
        messages.error(request, str(error))
        return redirect("my-work")
    messages.success(request, _("Verified: %(number)d.") % {"number": len(records)})
    return redirect("my-work")


@require_POST
def return_record(request: HttpRequest) -> HttpResponse:
    """Return one record with a reason; reasons of fields come as reason-<field>."""
    scope = scope_of(request.user, timezone.localdate())
    review.require_may_verify_any(scope)
    (waiting,) = named_records(request.POST.getlist("item")[:1], scope, verifying=True)
    shown = review.review_of(request.user, waiting, scope)
    by_field = {
        name.removeprefix("reason-"): text
        for name, text in request.POST.items()
        if name.startswith("reason-") and isinstance(text, str)
    }
    try:
        review.return_for_correction(
            waiting, shown.kind, request.user, request.POST.get("reason", ""), by_field
        )
    except workflow.WorkflowError as error:
        messages.error(request, str(error))
        fresh = type(waiting)._default_manager.get(pk=waiting.pk)
        return _verification(request, fresh, request.POST.dict())
    messages.success(request, _("Returned with your reason."))
    return redirect("my-work")

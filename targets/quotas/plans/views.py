"""Plans: list, draft with its targets, forms, checks, start. For administrators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.choices import Role
from ocop.organisation.scope import scope_of_request
from ocop.web.errors import NotForYou
from products.records import form_page, opened_version, read_whole, saved_once, token_for
from targets.figures import plan_at
from targets.models import Plan, PlanLogEntry, Target
from targets.quotas.plans import checks, services
from targets.quotas.plans.forms import PlanForm, TargetForm, values_formset


def _require_administrator(request: HttpRequest) -> None:
    scope = scope_of_request(request)
    if not scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    if Role.ADMINISTRATOR not in scope.roles:
        raise PermissionDenied(_("This page is for administrators."))


def _get_or_404(pk: int) -> Plan:
    found = Plan.everything.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise NotForYou(_("There is no such plan."))
    return found  # type: ignore[no-any-return]


def _draft(request: HttpRequest, pk: int) -> Plan | None:
    """The draft of that id; None (and a sentence) where it was started already."""
    _require_administrator(request)
    found = _get_or_404(pk)
    if found.draft:
        return found
    messages.info(
        request,
        _("This plan has been started: single corrections are made in the administration pages."),
    )
    return None


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Plans in force, ended, coming; drafts."""
    _require_administrator(request)
    plans = list(Plan.everything.select_related("unit").prefetch_related("targets"))
    today = timezone.localdate()
    started = [plan for plan in plans if not plan.draft]
    shown = plan_at(today, started)
    context = {
        "drafts": [plan for plan in plans if plan.draft],
        "started": [(plan, plan == shown, plan.ends_on < today) for plan in started],
    }
    return render(request, "targets/quotas/plans/list.html", context)


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its targets and values; of a draft what still keeps it from being started."""
    _require_administrator(request)
    plan = _get_or_404(pk)
    targets = Target.everything.filter(plan=plan).select_related("lead_agency", "stands_in")
    context = {
        "plan": plan,
        "targets": targets.prefetch_related("values").order_by("position", "pk"),
        "documents": plan.documents.all(),
        "problems": checks.problems(plan) if plan.draft else [],
        "steps": PlanLogEntry.objects.filter(plan=plan).select_related("who"),
    }
    return render(request, "targets/quotas/plans/plan.html", context)


@form_page
def plan_new(request: HttpRequest) -> HttpResponse:
    _require_administrator(request)
    last = Plan.objects.order_by("-ends_on").first()
    start = {"like": last, "starts_on": services.first_day_after(Plan.objects.all())}
    form = PlanForm(request.POST if request.method == "POST" else None, plan=None, start=start)
    if not form.is_valid():
        context = {"form": form, "plan": None, "token": token_for(request)}
        context["back_url"] = reverse("plan-list")
        return render(request, "targets/quotas/plans/form.html", context)
    given = form.cleaned_data
    return saved_once(
        request,
        lambda: services.create(form.values, given["documents"], given["like"]),
        lambda plan: reverse("plan", args=[plan.pk]),
    )


@form_page
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _draft(request, pk)
    if plan is None:
        return redirect("plan", pk)
    form = PlanForm(request.POST if request.method == "POST" else None, plan=plan, start={})
    version = opened_version(request, plan.version)
    context = {"form": form, "plan": plan, "version": version}
    context["back_url"] = reverse("plan", args=[pk])
    if not form.is_valid():
        return render(request, "targets/quotas/plans/form.html", context)
    try:
        services.change(plan, form.values, form.cleaned_data["documents"], version)
    except services.PlanConflict:
        context |= {"conflict": True, "version": plan.version}
        return render(request, "targets/quotas/plans/form.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("plan", pk)


# --- Targets of a draft ---------------------------------------------------------------------------


@form_page
def plan_target(request: HttpRequest, pk: int, target_pk: int | None = None) -> HttpResponse:
    """A target of the draft with its values: new without `target_pk`."""
    plan = _draft(request, pk)
    if plan is None:
        return redirect("plan", pk)
    target = _target_or_404(plan, target_pk) if target_pk else None
    data = request.POST if request.method == "POST" else None
    form = TargetForm(data, plan=plan, target=target)
    values = values_formset(data, plan, target)
    version = opened_version(request, plan.version)
    context = {"form": form, "values": values, "plan": plan, "target": target, "version": version}
    if data is None or not _all_right(form, values):
        return render(request, "targets/quotas/plans/target.html", context)
    carries_out = form.cleaned_data["carries_out"]
    try:
        services.save_target(plan, target, form.values, carries_out, values.limits, version)
    except services.PlanConflict:
        context |= {"conflict": True, "version": plan.version}
        return render(request, "targets/quotas/plans/target.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("plan", pk)


def _all_right(form: TargetForm, values: Any) -> bool:
    """Both are checked, so that every error is told at once."""
    right = form.is_valid()
    return values.check(form) and right


def _target_or_404(plan: Plan, pk: int) -> Target:
    found = Target.everything.filter(plan=plan, pk=pk).first()
    if found is None:
        raise NotForYou(_("There is no such target in this plan."))
    return found  # type: ignore[no-any-return]


# --- Steps ----------------------------------------------------------------------------------------


def _step(request: HttpRequest, pk: int, act: Any, done: str, to: str = "plan") -> HttpResponse:
    """Take one step over the version seen; back to the plan with what was refused."""
    plan = _draft(request, pk)
    if plan is None:
        return redirect("plan", pk)
    try:
        act(plan, read_whole(request.POST.get("version", "")))
    except services.PlanConflict:
        messages.error(request, _("Somebody changed the draft meanwhile: look at it again."))
    except services.PlanRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
        return redirect(to) if to != "plan" else redirect("plan", pk)
    return redirect("plan", pk)


@require_POST
def plan_start(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        lambda plan, version: services.start(plan, version, request.user),
        _("The plan has been started. First quotas are entered on the page of quotas."),
    )


@require_POST
def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.discard, _("The draft is discarded."), "plan-list")


@require_POST
def plan_target_remove(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    def remove(plan: Plan, version: int) -> None:
        services.remove_target(plan, _target_or_404(plan, target_pk), version)

    return _step(request, pk, remove, _("The target is taken out of the draft."))

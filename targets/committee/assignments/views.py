"""Assignments: list, one with its steps, a new one, a step taken."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.agencies import AgencyNames
from ocop.organisation.scope import Scope, memberships_of_request, scope_of_request
from ocop.web.page_query import PageQuery, page_query
from ocop.web.pagination import list_context, order_of
from products.records import form_page, read_whole
from targets.choices import AssignmentState
from targets.committee import permissions
from targets.committee.assignments import services
from targets.committee.assignments.forms import AssignmentFilter, NewAssignmentForm, ReportForm
from targets.committee.meetings import assignment_row
from targets.models import Assignment

SORTS = {"deadline": "deadline_then", "given": "given_on", "agency": "agency__name_sort"}


@require_safe
def assignment_list(request: HttpRequest) -> HttpResponse:
    """Assignments as they stand on the day asked for, within what the person may see."""
    query, scope = page_query(request), scope_of_request(request)
    agencies = permissions.agencies_of(memberships_of_request(request))
    found = permissions.visible_assignments(scope, agencies)
    found = permissions.of_unit(found, query.unit).given_by(query.as_of).as_stood(query.as_of)
    filters = AssignmentFilter(request.GET, found, query=query)
    sort, order = order_of(request, SORTS, "deadline")
    chosen = filters.chosen_or_refuse().select_related("agency", "target", "topic__meeting")
    chosen = chosen.prefetch_related("cooperating")
    names = AgencyNames.read()
    context = list_context(request, _("Assignments"), chosen.order_by(order, "pk"))
    context |= {
        "query": query,
        "filter": filters,
        "sort": sort,
        "sees_meetings": scope.everything,
        "rows": [(one, assignment_row(one, query.as_of, names)) for one in context["rows"]],
        "may_run": permissions.may_run(scope),
    }
    return render(request, "targets/committee/assignments/list.html", context)


@form_page
def assignment_new(request: HttpRequest) -> HttpResponse:
    """An assignment that comes from no meeting."""
    today = timezone.localdate()
    permissions.require_may_run(scope_of_request(request))
    form = NewAssignmentForm(request.POST if request.method == "POST" else None, day=today)
    if not form.is_valid():
        return render(request, "targets/committee/assignments/form.html", {"form": form})
    given = services.existing_assignment(form.order, today)
    given = given or services.create_assignment(form.order, today, request.user)
    messages.success(request, _("Saved."))
    return redirect("assignment", given.pk)


@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment, everything that was done about it, and the form of the next step."""
    query, scope = page_query(request), scope_of_request(request)
    agencies = permissions.agencies_of(memberships_of_request(request))
    found = permissions.get_assignment_or_404(pk, scope, agencies)
    form = None
    if permissions.may_report(found, scope, agencies):
        form = _form(None, found, scope, query.today)
    return render(
        request,
        "targets/committee/assignments/assignment.html",
        _context(found, query, scope, form),
    )


def _form(data: Any, found: Assignment, scope: Scope, day: date) -> ReportForm | None:
    """The form of the next step; None where the person can take none."""
    runs = permissions.may_run(scope)
    if found.state != AssignmentState.OPEN and not runs:
        return None
    return ReportForm(data, assignment=found, scope=scope, runs=runs, day=day)


def _context(found: Assignment, query: PageQuery, scope: Scope, form: Any) -> dict[str, Any]:
    steps = found.steps.select_related("who", "activity")
    stood = Assignment.objects.as_stood(query.as_of).select_related("agency").get(pk=found.pk)
    return {
        "query": query,
        "assignment": found,
        "line": assignment_row(stood, query.as_of, AgencyNames.read()),
        "meeting": found.topic.meeting if found.topic else None,
        "sees_meetings": scope.everything,
        "steps": list(steps),
        "form": form,
        "version": found.version,
    }


@require_POST
def assignment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step; what is missing is said beside what was typed."""
    query, scope = page_query(request), scope_of_request(request)
    agencies = permissions.agencies_of(memberships_of_request(request))
    found = permissions.get_assignment_or_404(pk, scope, agencies)
    permissions.require_may_report(found, scope, agencies)
    form = _form(request.POST, found, scope, query.today)
    status = 200
    if form is not None and form.is_valid():
        version = read_whole(request.POST.get("version", ""))
        try:
            services.report(found, form.report, version, request.user, query.today)
        except services.AssignmentRefused as refusal:
            form.add_error(None, str(refusal))
        except services.AssignmentConflict:
            status = 409
            form.add_error(None, _("Somebody else took a step meanwhile: it stands below."))
            found.refresh_from_db()
        else:
            messages.success(request, _("Saved."))
            return redirect("assignment", pk)
    context = _context(found, query, scope, form)
    return render(request, "targets/committee/assignments/assignment.html", context, status=status)

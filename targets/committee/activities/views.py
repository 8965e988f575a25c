"""Activities that carry the plan: list, page, form."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.organisation.scope import memberships_of_request, scope_of_request
from ocop.web.page_query import page_query
from ocop.web.pagination import list_context, order_of
from products.records import form_page, opened_version, saved_once, token_for
from targets.committee import permissions
from targets.committee.activities import services
from targets.committee.activities.forms import ActivityFilter, ActivityForm
from targets.models import Activity

SORTS = {"name": "name_sort", "start": "starts_on", "participants": "participants"}


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """Activities begun by the day asked for, of the unit asked for."""
    query, scope = page_query(request), scope_of_request(request)
    found = Activity.objects.visible_in(scope).of_unit(query.unit)
    found = found.filter(starts_on__lte=query.as_of)
    filters = ActivityFilter(request.GET, found, query=query)
    sort, order = order_of(request, SORTS, "-start")
    chosen = filters.chosen_or_refuse().select_related("district", "commune", "agency")
    chosen = chosen.annotate(number_of_products=Count("products"))
    context = {
        "query": query,
        "filter": filters,
        "sort": sort,
        "sees_meetings": scope.everything,
        "may_enter": permissions.may_enter_activities(scope),
        **list_context(request, _("Activities"), chosen.order_by(order, "name_sort", "pk")),
    }
    return render(request, "targets/committee/activities/list.html", context)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    found = permissions.get_activity_or_404(pk, scope)
    proofs = found.proofs.select_related("assignment")
    if not scope.everything:
        agencies = permissions.agencies_of(memberships_of_request(request))
        mine = permissions.visible_assignments(scope, agencies)
        proofs = proofs.filter(assignment__in=mine)
    products = found.products.visible_in(scope).select_related("producer")
    context = {
        "query": query,
        "activity": found,
        "products": products.order_by("name_sort"),
        "producers": found.producers.visible_in(scope).order_by("name_sort"),
        "below": [one for one in services.below_three_stars(found) if one in products],
        "steps": found.steps.select_related("who").order_by("-id"),
        "proofs": proofs,
        "may_change": services.may_change(found, scope),
        "sees_every_product": scope.everything,
    }
    return render(request, "targets/committee/activities/activity.html", context)


@form_page
def activity_new(request: HttpRequest) -> HttpResponse:
    scope = scope_of_request(request)
    permissions.require_may_enter_activities(scope)
    agencies = (one.agency_id for one in memberships_of_request(request) if one.agency_id)
    data = request.POST if request.method == "POST" else None
    form = ActivityForm(data, activity=None, scope=scope, agency=next(agencies, None))
    if not form.is_valid():
        context = {"form": form, "activity": None, "token": token_for(request)}
        return render(request, "targets/committee/activities/form.html", context)
    return saved_once(
        request,
        lambda: services.enter(
            form.values, form.related["products"], request.user, form.related["producers"]
        ),
        lambda entered: reverse("activity", args=[entered.pk]),
    )


@form_page
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    found = permissions.get_activity_or_404(pk, scope)
    permissions.require_may_enter_activities(scope)
    data = request.POST if request.method == "POST" else None
    form = ActivityForm(data, activity=found, scope=scope)
    version = opened_version(request, found.version)
    context = {"form": form, "activity": found, "version": version}
    if not form.is_valid():
        return render(request, "targets/committee/activities/form.html", context)
    try:
        services.change(found, form.values, form.related, version, request.user)
    except services.ActivityConflict:
        context |= {"conflict": True, "version": found.version}
        return render(request, "targets/committee/activities/form.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("activity", pk)

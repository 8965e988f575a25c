"""The steering committee: who sits in it on a day, and entering it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.organisation.installation import steering_committee
from ocop.organisation.scope import scope_of_request
from ocop.web.errors import NotForYou
from ocop.web.page_query import page_query
from products.records import form_page, opened_version, saved_once, token_for
from targets.committee import permissions
from targets.committee.members import services
from targets.committee.members.forms import MemberForm
from targets.models import CommitteeMember

FORM = "products/entry/plain_form.html"


@require_safe
def committee(request: HttpRequest) -> HttpResponse:
    """Head, deputies, members and supporting team on the day asked for; former and later ones."""
    query, scope = page_query(request), scope_of_request(request)
    members = list(CommitteeMember.objects.select_related("agency"))
    then = set(CommitteeMember.objects.at(query.as_of).values_list("pk", flat=True))
    context = {
        "query": query,
        "committee": steering_committee(),
        "heading": _("Steering committee"),
        "members": [one for one in members if one.pk in then],
        "others": [one for one in members if one.pk not in then],
        "sees_meetings": scope.everything,
        "may_enter": permissions.may_keep_documents(scope),
    }
    return render(request, "targets/committee/members/committee.html", context)


@form_page
def member_new(request: HttpRequest) -> HttpResponse:
    permissions.require_may_keep_documents(scope_of_request(request))
    if steering_committee() is None:
        raise NotForYou(_("No steering committee is on record. Run: manage.py load_reference"))
    form = MemberForm(request.POST if request.method == "POST" else None, member=None)
    if not form.is_valid():
        context = {"heading": _("New member"), "form": form, "back_url": reverse("committee")}
        return render(request, FORM, context | {"token": token_for(request)})
    return saved_once(
        request, lambda: services.enter(form.cleaned_data), lambda entered: reverse("committee")
    )


@form_page
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    permissions.require_role(scope)
    found = CommitteeMember.objects.filter(pk=pk).first()
    if found is None:
        raise NotForYou(_("There is no such member."))
    permissions.require_may_keep_documents(scope)
    form = MemberForm(request.POST if request.method == "POST" else None, member=found)
    version = opened_version(request, found.version)
    context = {"heading": _("Change the entry"), "form": form, "back_url": reverse("committee")}
    context |= {"version": version}
    if not form.is_valid():
        return render(request, FORM, context)
    try:
        services.change(found, form.cleaned_data, version)
    except services.MemberConflict:
        context |= {"conflict": True, "version": found.version}
        return render(request, FORM, context, status=409)
    messages.success(request, _("Saved."))
    return redirect("committee")

"""Saved views: the list of one's own and of those shared, saving, renaming, deleting."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ocop.organisation.scope import Scope, scope_of_request
from ocop.web.errors import BadParameter, NotForYou
from ocop.web.page_query import figures_units, read_day
from targets.choices import Sharing
from targets.dashboard.saved_views import addresses
from targets.dashboard.saved_views.forms import NameForm, ViewForm
from targets.models import SavedView

MAX_VIEWS = 200
"""So many views one person keeps."""


@dataclass(frozen=True)
class SavedViewRow:
    """A view as the list shows it: `link` with the host, for copying; `day` None means today;
    `problem` says why it leads nowhere, or is empty."""

    view: SavedView
    link: str
    day: date | None
    problem: str


@require_http_methods(["GET", "HEAD", "POST"])
def view_list(request: HttpRequest) -> HttpResponse:
    """The views of the person and those shared with them; a POST saves a new one."""
    today = timezone.localdate()
    scope = scope_of_request(request)
    given: dict[str, Any] = {"host": request.get_host(), "today": today}
    if request.method == "POST":
        form = ViewForm(request.POST, **given)
        if form.is_valid() and _saved(request, form, scope):
            messages.success(request, _("Saved."))
            return redirect("view-list")
    else:
        start = {"address": request.GET.get("address", "")[: addresses.MAX_ADDRESS_LENGTH]}
        form = ViewForm(initial={"day": "today", "sharing": Sharing.NOBODY, **start}, **given)
    found = SavedView.objects.select_related("owner")
    codes = {unit.code for unit in figures_units() if scope.sees_unit(unit)}
    own = found.filter(owner_id=request.user.pk)
    shared = found.filter(_shared_with(scope)).exclude(owner_id=request.user.pk)
    context = {
        "form": form,
        "own": [_line(request, view, codes) for view in own],
        "shared": [_line(request, view, codes) for view in shared],
        "sharing": Sharing.choices,
    }
    return render(request, "targets/dashboard/saved_views/list.html", context)


def _shared_with(scope: Scope) -> Q:
    """Shared with all who have a role here, or with one of the person's roles."""
    if not scope.roles:
        return Q(pk__in=[])
    return Q(sharing=Sharing.ALL) | Q(sharing=Sharing.ROLE, role__in=scope.roles)


def _line(request: HttpRequest, view: SavedView, codes: set[str]) -> SavedViewRow:
    day, trouble = None, ""
    unit = addresses.unit_of(view.address)
    try:
        if text := addresses.day_of(view.address):
            day = read_day(text)
    except BadParameter as problem:
        trouble = str(problem)
    if not addresses.leads_to_a_page(view.address):
        trouble = _("This page no longer exists.")
    elif unit and unit not in codes:
        trouble = _("This page is about a unit that you do not see.")
    return SavedViewRow(view, request.build_absolute_uri(view.address), day, trouble)


def _saved(request: HttpRequest, form: ViewForm, scope: Scope) -> bool:
    """Write the view; False where the form says what hinders it."""
    person: Any = request.user
    own = SavedView.objects.filter(owner=person)
    if own.count() >= MAX_VIEWS:
        form.add_error(
            None, _("You keep %(most)d views already: delete one.") % {"most": MAX_VIEWS}
        )
        return False
    view = SavedView(owner=person, address=form.chosen_address)
    return _written(view, form, scope)


def _written(view: SavedView, form: NameForm, scope: Scope) -> bool:
    view.name = form.cleaned_data["name"]
    view.sharing = form.cleaned_data["sharing"]
    view.role = min(scope.roles, default="") if view.sharing == Sharing.ROLE else ""
    if view.sharing != Sharing.NOBODY and not scope.roles:
        form.add_error("sharing", _("Your account has no role yet: a view stays your own."))
        return False
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        form.add_error("name", _("You already have a view of that name."))
        return False
    return True


def _own(request: HttpRequest, pk: int) -> SavedView:
    view = SavedView.objects.filter(owner_id=request.user.pk, pk=pk).first()
    if view is None:
        raise NotForYou(_("There is no such view among yours."))
    return view


@require_POST
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, or shared with others."""
    view = _own(request, pk)
    form = NameForm(request.POST)
    if form.is_valid() and _written(view, form, scope_of_request(request)):
        messages.success(request, _("Saved."))
    else:
        for errors in form.errors.values():
            for error in errors:
                messages.error(request, str(error))
    return redirect("view-list")


@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request, pk).delete()
    messages.success(request, _("Deleted."))
    return redirect("view-list")

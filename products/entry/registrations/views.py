"""Registered products: list, page, form, withdrawing, the dossier each has become."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import Scope, scope_of_request
from ocop.web.errors import NotForYou
from ocop.web.page_query import page_query
from ocop.web.pagination import list_context, order_of
from products.entry.registrations import services
from products.entry.registrations.forms import (
    LinkForm,
    RegistrationFilter,
    RegistrationForm,
    WithdrawForm,
)
from products.kinds import KINDS, area_of
from products.models import ProductRegistration
from products.records import (
    form_page,
    opened_version,
    permissions,
    read_whole,
    saved_once,
    token_for,
)

SORTS = {"name": "name_sort", "year": "year", "registered": "registered_on"}


def _get_or_404(pk: int, scope: Scope) -> ProductRegistration:
    found = ProductRegistration.objects.visible_in(scope).filter(pk=pk)
    related = ("producer", "place__parent", "district", "product__producer", "product_set")
    registration: ProductRegistration | None = found.select_related(*related).first()
    if registration is None:
        raise NotForYou(_("There is no such record, or it is not in your district."))
    return registration


def _editable(pk: int, scope: Scope) -> ProductRegistration:
    found = _get_or_404(pk, scope)
    permissions.require_may_enter(scope, KINDS["product"], area_of(found))
    return found


@require_safe
def registration_list(request: HttpRequest) -> HttpResponse:
    """Registered by the day asked for, in the unit asked for."""
    query, scope = page_query(request), scope_of_request(request)
    found = ProductRegistration.objects.visible_in(scope).filter(registered_on__lte=query.as_of)
    found = found.of_unit(query.unit)
    filters = RegistrationFilter(request.GET, found, query=query)
    sort, order = order_of(request, SORTS, "-year")
    chosen = filters.chosen_or_refuse().select_related("producer", "place__parent", "product")
    context = list_context(
        request, _("Registered products"), chosen.order_by(order, "name_sort", "pk")
    )
    context |= {
        "query": query,
        "filter": filters,
        "sort": sort,
        "may_enter": permissions.may_enter_somewhere(scope, KINDS["product"]),
    }
    return render(request, "products/entry/registrations/list.html", context)


@form_page
def registration_new(request: HttpRequest) -> HttpResponse:
    scope = scope_of_request(request)
    permissions.require_may_enter_somewhere(scope, KINDS["product"])
    data = request.POST if request.method == "POST" else None
    form = RegistrationForm(data, registration=None, scope=scope, day=timezone.localdate())
    if not form.is_valid():
        context = {"form": form, "heading": _("Register a product"), "token": token_for(request)}
        context["back_url"] = reverse("registration-list")
        return render(request, "products/entry/registrations/form.html", context)
    return saved_once(
        request,
        lambda: services.enter(form.values, request.user),
        lambda entered: reverse("registration", args=[entered.pk]),
    )


@form_page
def registration_edit(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    found = _editable(pk, scope)
    data = request.POST if request.method == "POST" else None
    form = RegistrationForm(data, registration=found, scope=scope, day=timezone.localdate())
    version = opened_version(request, found.version)
    context = {"form": form, "heading": _("Change the registration"), "version": version}
    context["back_url"] = reverse("registration", args=[pk])
    if not form.is_valid():
        return render(request, "products/entry/registrations/form.html", context)
    try:
        services.change(found, form.values, version)
    except services.RegistrationConflict:
        context |= {"conflict": True, "version": found.version}
        return render(request, "products/entry/registrations/form.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("registration", pk)


@require_safe
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    return _show(request, _get_or_404(pk, scope), scope)


def _show(
    request: HttpRequest,
    found: ProductRegistration,
    scope: Scope,
    linking: Any = None,
    withdrawing: Any = None,
    status: int = 200,
) -> HttpResponse:
    changes = services.may_change(found, scope)
    today = timezone.localdate()
    context = {
        "registration": found,
        "may_change": changes,
        "dossier_url": _dossier_url(found),
        "link_form": None,
        "withdraw_form": None,
        "form": linking or withdrawing,
    }
    if changes:
        context["link_form"] = linking or LinkForm(registration=found, scope=scope)
        first = found.registered_on
        context["withdraw_form"] = withdrawing or WithdrawForm(first=first, day=today)
    return render(request, "products/entry/registrations/registration.html", context, status=status)


def _dossier_url(found: ProductRegistration) -> str:
    """The form of a new product with what the registration says in it."""
    start = {
        "name": found.name,
        "producer": found.producer_id,
        "new_producer": found.owner,
        "place": found.place_id,
        "product_set": found.product_set_id,
    }
    query = {name: value for name, value in start.items() if value}
    return reverse("record-new", args=["product"], query=query)


@require_POST
def registration_link(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    found = _editable(pk, scope)
    form = LinkForm(request.POST, registration=found, scope=scope)
    if not form.is_valid():
        return _show(request, found, scope, linking=form)
    product = form.cleaned_data["product"]
    return _step(request, found, scope, form, lambda seen: services.link(found, product, seen))


@require_POST
def registration_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    found = _editable(pk, scope)
    form = WithdrawForm(request.POST, first=found.registered_on, day=timezone.localdate())
    if not form.is_valid():
        return _show(request, found, scope, withdrawing=form)
    given = form.cleaned_data
    return _step(
        request,
        found,
        scope,
        form,
        lambda seen: services.withdraw(found, given["on"], given["reason"], seen),
    )


def _step(
    request: HttpRequest, found: ProductRegistration, scope: Scope, form: Any, act: Any
) -> HttpResponse:
    """Take one step over the version seen; what is refused stands on the form."""
    status = 200
    try:
        act(read_whole(request.POST.get("version", "")))
    except services.RegistrationConflict:
        status = 409
        form.add_error(None, _("Somebody else changed this meanwhile: look at it and send again."))
    except services.RegistrationRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("Saved."))
        return redirect("registration", found.pk)
    kind = {"linking" if isinstance(form, LinkForm) else "withdrawing": form}
    return _show(request, _get_or_404(found.pk, scope), scope, status=status, **kind)

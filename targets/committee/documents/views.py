"""Documents: list, page with what rests on it, form, opinions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.organisation.scope import Scope, scope_of_request
from ocop.web.errors import NotForYou
from ocop.web.page_query import page_query
from ocop.web.pagination import list_context, order_of
from products.records import form_page, opened_version, saved_once, token_for
from targets.choices import DocumentState
from targets.committee import permissions
from targets.committee.documents import services
from targets.committee.documents.forms import DocumentFilter, DocumentForm, OpinionForm
from targets.models import Document

SORTS = {"date": "dated", "number": "number", "kind": "kind"}
FORM = "products/entry/plain_form.html"


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    filters = DocumentFilter(request.GET, Document.objects.all(), query=query)
    sort, order = order_of(request, SORTS, "-date")
    found = filters.chosen_or_refuse().select_related("issuer").order_by(order, "title", "pk")
    context = {
        "query": query,
        "filter": filters,
        "sort": sort,
        "sees_meetings": scope.everything,
        "may_enter": permissions.may_keep_documents(scope),
        **list_context(request, _("Documents"), found),
    }
    return render(request, "targets/committee/documents/list.html", context)


def _get_or_404(pk: int, scope: Scope) -> Document:
    permissions.require_role(scope)
    found: Document | None = Document.objects.select_related("issuer").filter(pk=pk).first()
    if found is None:
        raise NotForYou(_("There is no such document."))
    return found


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document with the clauses and targets that rest on it, and the opinions on it."""
    scope = scope_of_request(request)
    found = _get_or_404(pk, scope)
    context = {
        "document": found,
        "carries_out": found.carries_out.all(),
        "carried_out_by": found.carried_out_by.all(),
        "resting": services.resting_on(found),
        "opinions": found.opinions.select_related("agency", "entered_by"),
        "may_enter": permissions.may_keep_documents(scope),
        "takes_opinions": found.state == DocumentState.DRAFT,
        "sees_meetings": scope.everything,
    }
    return render(request, "targets/committee/documents/document.html", context)


def _about(heading: str, form: Any, back: str) -> dict[str, Any]:
    return {"heading": heading, "form": form, "back_url": back}


@form_page
def document_new(request: HttpRequest) -> HttpResponse:
    permissions.require_may_keep_documents(scope_of_request(request))
    form = DocumentForm(request.POST if request.method == "POST" else None, document=None)
    if not form.is_valid():
        context = _about(_("New document"), form, reverse("document-list"))
        return render(request, FORM, context | {"token": token_for(request)})
    return saved_once(
        request,
        lambda: services.enter(form.values, form.cleaned_data["carries_out"]),
        lambda entered: entered.get_absolute_url(),
    )


@form_page
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    found = _get_or_404(pk, scope)
    permissions.require_may_keep_documents(scope)
    form = DocumentForm(request.POST if request.method == "POST" else None, document=found)
    version = opened_version(request, found.version)
    context = _about(_("Change the document"), form, found.get_absolute_url())
    context |= {"version": version}
    if not form.is_valid():
        return render(request, FORM, context)
    try:
        services.change(found, form.values, form.cleaned_data["carries_out"], version)
    except services.DocumentConflict:
        context |= {"conflict": True, "version": found.version}
        return render(request, FORM, context, status=409)
    messages.success(request, _("Saved."))
    return redirect(found)


@form_page
def opinion_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what somebody said of a draft; it stays as it was entered."""
    scope = scope_of_request(request)
    found = _get_or_404(pk, scope)
    permissions.require_may_keep_documents(scope)
    if found.state != DocumentState.DRAFT:
        messages.info(request, _("The document is issued: opinions are entered on drafts."))
        return redirect(found)
    data = request.POST if request.method == "POST" else None
    form = OpinionForm(data, day=timezone.localdate())
    if not form.is_valid():
        context = _about(_("Enter an opinion"), form, found.get_absolute_url())
        context |= {"about": found.title, "token": token_for(request)}
        return render(request, FORM, context)
    return saved_once(
        request,
        lambda: services.enter_opinion(found, form.cleaned_data, request.user),
        lambda entered: found.get_absolute_url(),
    )

"""Records that lack what counting needs: listed by district, completed in one form each."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.imports.findings import Importer
from ocop.imports.incomplete import completion, presentation
from ocop.imports.models import IncompleteRecord
from ocop.imports.permissions import require_importer
from ocop.imports.pipeline import importable, incomplete, redirect_on_lock
from ocop.web.errors import NotForYou

PAGE_SIZE = 50


@require_safe
def incomplete_records(request: HttpRequest) -> HttpResponse:
    importer = require_importer(request.user)
    waiting = incomplete.visible(importer, importable(importer))
    waiting = waiting.select_related("district", "batch__user")
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [presentation.IncompleteView(one) for one in page.object_list]
    context = {"page_obj": page, "districts": presentation.by_district(lines)}
    return render(request, "imports/incomplete/list.html", context)


def _get_or_404(pk: int, importer: Importer) -> IncompleteRecord:
    waiting = incomplete.visible(importer, importable(importer))
    record = waiting.select_related("batch", "district").filter(pk=pk).first()
    if record is None:
        raise NotForYou(_("There is no such record, or it is not in your district."))
    return record


@require_http_methods(["GET", "HEAD", "POST"])
@redirect_on_lock
def incomplete_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one; posted, the row goes through the checks of an import."""
    importer = require_importer(request.user)
    record = _get_or_404(pk, importer)
    if request.method != "POST":
        form = presentation.CompletionForm(record, record.texts)
        return render(request, "imports/incomplete/form.html", {"form": form})
    form = presentation.CompletionForm.posted(record, request.POST)
    try:
        outcome, periods = completion.complete(
            record, form.texts, importer, form.answers, form.reason
        )
    except completion.AlreadySettled:
        return _settled_before(request)
    if outcome.verdict != "accepted" or periods:
        form.take(outcome, periods)
        return render(request, "imports/incomplete/form.html", {"form": form})
    messages.success(request, _("Completed: %(record)s.") % {"record": record})
    return redirect("incomplete-records")


@require_POST
def incomplete_discard(request: HttpRequest, pk: int) -> HttpResponse:
    importer = require_importer(request.user)
    record = _get_or_404(pk, importer)
    try:
        completion.discard(record, importer)
    except completion.AlreadySettled:
        return _settled_before(request)
    messages.success(request, _("Discarded: %(record)s.") % {"record": record})
    return redirect("incomplete-records")


def _settled_before(request: HttpRequest) -> Any:
    messages.error(request, _("Somebody else has completed or discarded this record already."))
    return redirect("incomplete-records")

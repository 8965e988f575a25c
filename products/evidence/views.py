"""Evidence: uploaded, shown page by page, downloaded as attachments, removed from view."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import Scope, scope_of
from products.choices import Status
from products.evidence import storage
from products.kinds import RecordKind
from products.records import detail, permissions

SANDBOX = "sandbox; default-src 'none'"
"""What was handed in runs nothing and loads nothing, whatever a browser takes it for."""


def _scope(request: HttpRequest) -> Scope:
    return scope_of(request.user, timezone.localdate())


@require_POST
def evidence_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    scope, its_kind = _scope(request), permissions.get_kind_or_404(kind)
    record = permissions.get_editable_or_404(its_kind, pk, scope)
    files = request.FILES.getlist("files")
    cancelled = record.status == Status.CANCELLED
    stored, refused = storage.add(its_kind, record, [] if cancelled else files, request.user)
    sentences = [(one.name, one.message) for one in refused]
    if cancelled:
        sentences = [("", _("This record is cancelled: no file is added to it."))]
    elif not stored and not refused:
        sentences = [("", _("No file was chosen. Choose a PDF file or a picture, then add it."))]
    if request.headers.get("X-Requested-With") == "fetch":
        return _answer(request, its_kind, record, scope, {str(row.pk) for row in stored}, sentences)
    for _name, sentence in sentences:
        messages.error(request, sentence)
    if stored:
        messages.success(request, _added(len(stored)))
    return _back(request, record)


def _added(number: int) -> str:
    return ngettext("%(number)d file added.", "%(number)d files added.", number) % {
        "number": number
    }


def _answer(
    request: HttpRequest,
    kind: RecordKind,
    record: Any,
    scope: Scope,
    stored: set[str],
    sentences: list[tuple[str, str]],
) -> JsonResponse:
    """For the script: what came in, what did not and why, and the list as it stands now."""
    lines = storage.evidence_rows(kind, record, scope)
    context = {"evidence": lines, "evidence_kind": kind.slug, "evidence_record": record}
    answer = {
        "files": [line.as_json() for line in lines if line.id in stored],
        "errors": [{"name": name, "message": message} for name, message in sentences],
        "html": render_to_string("products/evidence/_lines.html", context, request),
    }
    return JsonResponse(answer, status=200 if stored else 400)


def _back(request: HttpRequest, record: Any) -> HttpResponse:
    """To the page that asked, if it is one of ours; else to the record's."""
    referer = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        referer = detail.url_of(record) + "#evidence"
    return HttpResponseRedirect(referer)


@require_safe
def evidence_file(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    evidence = storage.get_evidence_or_404(pk, _scope(request))
    response = FileResponse(
        storage.opened(evidence),
        as_attachment=True,
        filename=storage.download_name(evidence),
        content_type=evidence.content_type,
    )
    response["Cache-Control"] = "no-store, private"
    return _sandboxed(response)


@require_safe
def evidence_page(request: HttpRequest, pk: uuid.UUID, number: int) -> FileResponse:
    evidence = storage.get_evidence_or_404(pk, _scope(request))
    path = storage.picture_of(evidence, number)
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, max-age=3600"
    return _sandboxed(response)


def _sandboxed(response: FileResponse) -> FileResponse:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def evidence_remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    scope = _scope(request)
    evidence = storage.get_evidence_or_404(pk, scope)
    kind = permissions.get_kind_or_404(evidence.kind)
    record = permissions.get_editable_or_404(kind, evidence.record_id, scope)
    storage.remove(kind, evidence, request.user)
    messages.success(request, _("“%(name)s” is removed from the record.") % {"name": evidence.name})
    return _back(request, record)

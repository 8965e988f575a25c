"""An import that was carried out: its page that stays, and taking it back."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop.imports.datasets import DATASETS, registry
from ocop.imports.findings import Importer, apart
from ocop.imports.models import BatchState, ImportBatch
from ocop.imports.permissions import require_importer
from ocop.imports.pipeline import Correction, incomplete, redirect_on_lock
from ocop.imports.undo import services
from ocop.imports.uploads import presentation, problem_views

IS_ID = re.compile(r"[0-9]{1,18}")
PAGE_SIZE = 50
MAX_STEPS = 300


@require_safe
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, when, which file, the verdict, each record it touched, the effect, and the way back."""
    importer = require_importer(request.user)
    batch = services.get_batch_or_404(pk, importer)
    page = Paginator(batch.changes.order_by("id"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "dataset": presentation.label_of(batch.dataset),
        "page_obj": page,
        "touched": DATASETS[batch.dataset]().touched(list(page.object_list), importer.scope),
        "left": services.shown_left(batch, importer.scope),
        "effects": registry.effects_worded(batch.effect),
        "groups": problem_views.groups_of_stored(batch.warnings),
        "left_out": [apart.LeftOutRow(**one) for one in batch.left_out],
        "incomplete": list(batch.incomplete.all()[:MAX_STEPS]),
        "corrections": [Correction.from_json(one) for one in batch.corrections],
        "undone_by": _shown(batch.undone_by, importer),
        "may_undo": batch.state == BatchState.APPLIED and batch.undone_by is None,
    }
    return render(request, "imports/import.html", context)


def _shown(undoing_batch: ImportBatch | None, importer: Importer) -> ImportBatch | None:
    """The undoing of an import, if the person may see that one too."""
    if undoing_batch is None:
        return None
    return services.visible_batches(importer).filter(pk=undoing_batch.pk).first()


@require_http_methods(["GET", "HEAD", "POST"])
@redirect_on_lock
def batch_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking the import back would do; and, confirmed, doing it."""
    importer = require_importer(request.user)
    batch = services.get_batch_or_404(pk, importer)
    try:
        if request.method == "POST":
            return _undone(request, batch, importer)
        plan = services.plan_undo(batch, importer)
    except services.CannotUndo as error:
        messages.error(request, str(error))
        return redirect("import", pk=batch.pk)
    context: dict[str, Any] = {
        "batch": batch,
        "dataset": presentation.label_of(batch.dataset),
        "plan": plan,
        "clean": plan.clean[:MAX_STEPS],
        "confirmed": services.confirmed_in(step for step in plan.steps if not step.blocking_reason),
        "incomplete": incomplete.concerned_by_undo(batch).count(),
        "deletes": sum(step.action == services.DELETE for step in plan.clean),
        "restores": sum(step.action == services.RESTORE for step in plan.clean),
        "recreates": sum(step.action == services.RECREATE for step in plan.clean),
    }
    return render(request, "imports/undo.html", context)


def _undone(request: HttpRequest, batch: ImportBatch, importer: Importer) -> HttpResponse:
    ticked = request.POST.getlist("overwrite")
    overwrite = {int(text) for text in ticked if IS_ID.fullmatch(text)}
    reason = request.POST.get("reason", "")
    done = services.undo(batch, importer, overwrite, request.POST.get("digest", ""), reason)
    messages.success(request, _("Import no. %(number)d was taken back.") % {"number": batch.pk})
    return redirect("import", pk=done.batch.pk)

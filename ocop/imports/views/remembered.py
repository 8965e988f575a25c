"""What the person's office answered before: listed, and forgotten."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.imports.permissions import require_importer
from ocop.imports.pipeline import memory, office_of
from ocop.imports.uploads import question_views

PAGE_SIZE = 100


@require_safe
def remembered_answers(request: HttpRequest) -> HttpResponse:
    require_importer(request.user)
    answers = memory.answers_of(office_of(request.user, timezone.localdate()))
    page = Paginator(answers, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "answers": [question_views.RememberedView(one) for one in page.object_list],
    }
    return render(request, "imports/findings/remembered.html", context)


@require_POST
def forget_answers(request: HttpRequest) -> HttpResponse:
    """Forget the answers named by `answer` (ids), of the person's own office only."""
    require_importer(request.user)
    ids = [int(text) for text in request.POST.getlist("answer") if question_views.IS_ID(text)]
    answers = memory.answers_of(office_of(request.user, timezone.localdate()))
    count, _models = answers.filter(pk__in=ids).delete()
    messages.success(
        request, _("Forgotten: %(number)d. It will be asked again.") % {"number": count}
    )
    return redirect("remembered-answers")

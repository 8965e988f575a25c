"""The list of probable doubles, and saying that two are not one thing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import scope_of, scope_of_request
from ocop.web.errors import NotForYou
from products.kinds import RecordKind
from products.records import merging, permissions, read_whole
from products.takeback import doubles, doubles_page


def _kind(slug: str) -> RecordKind:
    if slug not in merging.MERGEABLE:
        raise NotForYou(_("Records of this kind are not merged."))
    return permissions.get_kind_or_404(slug)


@require_safe
def double_list(request: HttpRequest) -> HttpResponse:
    """Pairs of one kind that the person enters and that are probably one thing."""
    kind, scope = _kind(request.GET.get("kind") or "product"), scope_of_request(request)
    permissions.require_may_enter_somewhere(scope, kind)
    said = request.GET.get("said") == "1"
    context = doubles_page.context_of(request, kind, scope, said)
    return render(request, "products/takeback/doubles.html", context)


@require_POST
def not_double(request: HttpRequest) -> HttpResponse:
    """Remember that two records are not one thing; with `undo` forget that again."""
    scope = scope_of(request.user, timezone.localdate())
    kind = _kind(request.POST.get("kind", ""))
    one, two = (
        permissions.get_editable_or_404(kind, read_whole(request.POST.get(name, "")), scope)
        for name in ("one", "two")
    )
    if one.pk == two.pk:
        messages.error(request, _("Two different records are needed."))
    elif request.POST.get("undo"):
        doubles.forget_not_double(kind, one, two)
        messages.success(request, _("The pair is looked at again."))
    else:
        doubles.say_not_double(kind, one, two, request.user)
        messages.success(request, _("Remembered: these two are not one thing."))
    return redirect(f"{reverse('double-list')}?kind={kind.slug}")

"""The list of cancelled records, one kind at a time."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou
from ocop.web.pagination import list_context, numbered
from products.choices import Status
from products.kinds import KINDS, RecordKind
from products.records import cancellation, detail, permissions


def cancelled_context(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """What the page shows; NotForYou for an unknown kind. One query a kind, and two a page."""
    if not scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    found = {kind.slug: _cancelled(kind, scope) for kind in KINDS.values()}
    numbers = {slug: records.count() for slug, records in found.items()}
    fullest = max(numbers, key=lambda slug: numbers[slug])
    chosen = permissions.get_kind_or_404(request.GET.get("kind") or fullest)
    context = list_context(request, _("Cancelled records"), found[chosen.slug])
    notices = cancellation.notices_of(chosen, [one.pk for one in context["rows"]])
    return {
        **context,
        "kind": chosen,
        "kinds": [
            (kind, number, f"{reverse('cancelled-list')}?kind={kind.slug}")
            for kind, number in zip(KINDS.values(), numbers.values(), strict=True)
        ],
        "rows": [
            (detail.title_of(one), detail.url_of(one), notices.get(one.pk))
            for one in context["rows"]
        ],
        **numbered(context["page_obj"]),
    }


def _cancelled(kind: RecordKind, scope: Scope) -> Any:
    records = permissions.readable(kind, scope).filter(status=Status.CANCELLED)
    names = {field.name for field in kind.model._meta.fields}
    related = sorted({"product", "producer", "floor"} & names)
    return records.select_related(*related).order_by("-updated_at", "-pk")

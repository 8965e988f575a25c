"""Answers while somebody types: drafts kept, near duplicates, what follows by rule."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import scope_of
from products.entry.hints import hints_for
from products.entry.session import open_new_session, open_session
from products.kinds import KINDS
from products.models import Producer
from products.records import drafts, permissions, read_whole, similar


@require_POST
def draft_keep(request: HttpRequest) -> JsonResponse:
    """Keep a form's content as typed: JSON of place, version and content (name → texts)."""
    try:
        if len(request.body) > drafts.MAX_BYTES:
            raise drafts.DraftTooLarge
        sent = json.loads(request.body)
        place, content, version = sent["place"], sent["content"], sent.get("version")
        lists = {str(name): list(map(str, values)) for name, values in content.items()}
        whole = read_whole(str(version)) if version is not None else None
        draft = drafts.save_draft(request.user, str(place), lists, whole)
    except drafts.DraftTooLarge:
        return JsonResponse({"error": _("This is more text than a draft can hold.")}, status=400)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return JsonResponse({"error": _("This draft could not be read.")}, status=400)
    saved_at = timezone.localtime(draft.saved_at)
    return JsonResponse({"saved_at": date_format(saved_at, "H:i:s")})


@require_safe
def similar_products(request: HttpRequest) -> HttpResponse:
    """A fragment: products that may be the one being typed (`name`, `producer`, `apart`)."""
    scope = scope_of(request.user, timezone.localdate())
    permissions.require_may_enter_somewhere(scope, KINDS["product"])
    producer_id = max(read_whole(request.GET.get("producer", "")), 0)
    producer = (
        permissions.visible(KINDS["producer"], scope).filter(pk=producer_id).first()
        if producer_id < 2**63
        else None
    )
    new_producer = request.GET.get("new_producer", "")[:300]
    found = similar.similar_products(
        request.GET.get("name", "")[:300],
        producer if isinstance(producer, Producer) else new_producer,
        scope,
        apart=min(max(read_whole(request.GET.get("apart", "")), 0), 2**62),
    )
    return render(request, "products/entry/_similar.html", {"similar": found})


@require_POST
def hints(request: HttpRequest, kind: str) -> HttpResponse:
    """A fragment: what follows by rule from the form as typed. Writes nothing."""
    its_kind = permissions.get_kind_or_404(kind)
    day = timezone.localdate()
    scope = scope_of(request.user, day)
    pk = request.GET.get("record", "")
    session: Any
    if pk:
        number = read_whole(pk)
        session = open_session(its_kind, min(max(number, 0), 2**62), request.user, scope, day, "")
    else:
        product = request.GET.get("product", "")
        session = open_new_session(its_kind, product, request.user, scope, day, "")
    form = session.form(request.POST)
    form.is_valid()
    return render(
        request, "products/entry/_hints.html", {"hints": hints_for(its_kind, form.instance)}
    )

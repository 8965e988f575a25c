"""Traceability systems and floors: what is proposed, what counts. For administrators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.organisation.choices import Role
from ocop.organisation.scope import scope_of
from ocop.web.errors import NotForYou
from products.channels import ChannelOvertaken
from products.choices import ChannelStatus
from products.records import editing, form_page, token_for
from targets.verification import channels
from targets.verification.channel_forms import DecisionForm, forms_of


def _require_administrator(request: HttpRequest) -> None:
    scope = scope_of(request.user, timezone.localdate())
    if not scope.roles:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    if Role.ADMINISTRATOR not in scope.roles:
        raise PermissionDenied(_("This page is for administrators."))


@require_safe
def channel_list(request: HttpRequest) -> HttpResponse:
    _require_administrator(request)
    proposed, in_use, merged = [], [], []
    for kind, label in channels.LABELS.items():
        rows = channels.rows_of(kind)
        waiting = [row for row in rows if row.channel.status == ChannelStatus.PROPOSED]
        channels.name_products(kind, waiting)
        proposed += waiting
        in_use.append((kind, label, [row for row in rows if row.channel.is_confirmed]))
        merged += [row for row in rows if row.channel.status == ChannelStatus.MERGED]
    context = {"proposed": proposed, "in_use": in_use, "merged": merged}
    return render(request, "targets/verification/channels.html", context)


@form_page
def channel_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One of them with its records, what counting it would do, and the decisions about it."""
    _require_administrator(request)
    channel = channels.get_channel_or_404(kind, pk)
    sent = None
    if request.method == "POST":
        token = editing.token_of(request.POST)
        if url := editing.saved_url(token, request.user):
            return redirect(url)
        sent = _sent_form(request, channel)
        if sent is not None and sent.is_valid() and _decide(request, sent, token):
            return redirect("channel-list")
        channel = channels.get_channel_or_404(kind, pk)
    return _show(request, kind, channel, sent)


def _sent_form(request: HttpRequest, channel: Any) -> DecisionForm | None:
    """The form that was sent; None where its decision cannot be made any more."""
    decision = request.POST.get("decision", "")
    fitting = [form for form in forms_of(channel) if form.decision == decision]
    if not fitting:
        messages.error(request, _("Somebody has decided on this meanwhile. Look at it again."))
        return None
    return fitting[0](request.POST, channel=channel)


def _decide(request: HttpRequest, form: DecisionForm, token: str) -> bool:
    """True where decided now or before; False with the reason on the form."""
    try:
        with editing.saved_once_in_transaction(token, request.user, "/floors-and-systems/") as once:
            if once is not None:
                form.decide(request.user)
    except ChannelOvertaken as error:
        form.add_error(None, str(error))
        return False
    except IntegrityError:
        form.add_error(None, _("Somebody else has just entered the same. Look at it again."))
        return False
    messages.success(request, _("Decided: %(name)s.") % {"name": form.channel.name})
    return True


def _show(request: HttpRequest, kind: str, channel: Any, sent: DecisionForm | None) -> HttpResponse:
    forms = [
        sent if sent is not None and isinstance(sent, form) else form(channel=channel)
        for form in forms_of(channel)
    ]
    records = channels.records_of(channel)
    total = len(records)
    if total == channels.SHOWN_RECORDS:
        total = channels.number_of_records(channel)
    day = timezone.localdate()
    open_to_decide = channel.status != ChannelStatus.MERGED
    context = {
        "channel": channel,
        "kind": kind,
        "kind_label": channel._meta.verbose_name,
        "record_kind": "traceability" if kind == "system" else "listing",
        "facts": channels.facts_of(channel),
        "effect_title": channels.effect_title(channel),
        "records": records,
        "total": total,
        "more": total - len(records),
        "forms": forms,
        "errors_of": sent if sent is not None and sent.errors else None,
        "effects": channels.effects_of_counting(channel, request.user, day)
        if open_to_decide and records
        else [],
        "history": channels.history_of(channel),
        "token": token_for(request),
    }
    return render(request, "targets/verification/channel.html", context)

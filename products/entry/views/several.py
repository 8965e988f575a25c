"""The same traceability system or floor for several products at once."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.scope import scope_of
from ocop.web.errors import NotForYou
from products.entry.forms import SeveralForm
from products.records import create_record, drafts, editing, form_page, permissions


@form_page
def several(request: HttpRequest, kind: str) -> HttpResponse:
    """Tick products, give system or floor and day: one draft for each, all or none."""
    its_kind = permissions.get_kind_or_404(kind)
    if its_kind.slug not in ("traceability", "listing"):
        raise NotForYou(_("There is no such kind of record."))
    day = timezone.localdate()
    scope = scope_of(request.user, day)
    permissions.require_may_enter_somewhere(scope, its_kind)
    place, token = request.path, editing.token_of(request.POST)
    if request.method == "POST":
        form = SeveralForm(request.POST, kind=its_kind, scope=scope, day=day)
        if url := editing.saved_url(token, request.user):
            return redirect(url)
        if form.is_valid() and _save(request, form, token):
            drafts.delete_draft(request.user, place)
            messages.success(
                request,
                _("Drafts made: %(number)d. Submit them below.") % {"number": len(form.records)},
            )
            for remark in form.remarks:
                messages.info(request, remark)
            return redirect("/my-work/")
    else:
        draft = drafts.get_draft(request.user, place)
        data = drafts.as_post(draft) if draft else None
        form = SeveralForm(data, kind=its_kind, scope=scope, day=day)
        if data is None:
            form.initial["started_on"] = day
    context = {
        "form": form,
        "kind": its_kind,
        "place": place,
        "draft": None if request.method == "POST" else drafts.get_draft(request.user, place),
        "wanted": request.GET.getlist("product"),
        "token": request.POST.get("token") or editing.new_token(),
    }
    return render(request, "products/entry/several.html", context)


def _save(request: HttpRequest, form: SeveralForm, token: str) -> bool:
    """True where saved now or before; False with the reason on the form."""
    try:
        with editing.saved_once_in_transaction(token, request.user, "/my-work/") as saved:
            if saved is not None:
                why = form.cleaned_data["reason"].strip() or _("entered for several products")
                form.propose_channel(request.user, why)
                for record in form.records:
                    record.created_by = request.user
                    create_record(record, request.user, why)
    except IntegrityError:
        form.add_error(None, _("Somebody else has just entered the same. Look at the list again."))
        return False
    return True

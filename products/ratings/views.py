"""Ratings: their list, their page, and the scoring sheets of the members."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import scope_of, scope_of_request
from ocop.web.errors import NotForYou
from ocop.web.page_query import page_query
from ocop.web.pagination import list_context, numbered
from products.evidence.page_context import box_context
from products.kinds import KINDS
from products.models import Rating
from products.ratings.conflicts import initial_of, sheet_clashes
from products.ratings.filters import RatingFilter, ratings_shown
from products.ratings.forms import SheetForm
from products.ratings.sheet_session import SheetConflict, SheetDesk
from products.records import detail, editing, permissions
from products.records.selection import read_whole
from products.records.submission import form_page
from products.scoring import sheets as scoring_sheets
from products.scoring import wording
from products.scoring.arithmetic import ScoringError
from products.scoring.wording import in_figures

KIND = KINDS["rating"]


# --- Reading ------------------------------------------------------------------------------------


@require_safe
def rating_list(request: HttpRequest) -> HttpResponse:
    wanted, scope = page_query(request), scope_of_request(request)
    filters = RatingFilter(request.GET, ratings_shown(wanted, scope), asked=wanted)
    found = filters.chosen_or_refuse().order_by("-session_on", "-pk")
    context = list_context(request, _("Ratings"), found)
    context |= {
        "asked": wanted,
        "filter": filters,
        "rows": [(one, _total(one), "★" * (one.stars or 0)) for one in context["rows"]],
        **numbered(context["page_obj"]),
    }
    return render(request, "ratings/list.html", context)


def _total(rating: Rating) -> str:
    return "–" if rating.total is None else in_figures(rating.total)


@require_safe
def rating_detail(request: HttpRequest, pk: int) -> HttpResponse:
    wanted, scope = page_query(request), scope_of_request(request)
    rating = permissions.found(KIND, pk, scope)
    criteria = scoring_sheets.criteria_for(rating)
    context = {
        "asked": wanted,
        "rating": rating,
        "product": rating.product,
        "criteria": criteria,
        "lines": wording.sheet_lines(criteria, rating.sheets),
        "follows": wording.what_follows(rating),
        "steps": wording.way_up(_of_product(rating, scope)),
        "recognitions": permissions.visible(KINDS["recognition"], scope).filter(rating=rating),
        "new_sheet_url": "",
        **_result(criteria, rating.sheets, None),
        **box_context(request, KIND, rating, scope),
    }
    if context["box"].may_enter:
        desk = SheetDesk(permissions.found(KIND, pk, scope), request.user, len(rating.sheets) + 1)
        desk.number = len(desk.sheets) + 1
        context["new_sheet_url"] = "" if desk.hindrance else desk.address
    return render(request, "ratings/detail.html", context)


def _of_product(rating: Rating, scope: Any) -> list[tuple[Rating, str]]:
    """This product's ratings with their totals, the earliest first."""
    ratings = permissions.visible(KIND, scope).filter(product_id=rating.product_id)
    return [(one, _total(one)) for one in ratings.order_by("session_on", "pk")]


def _result(criteria: Any, sheets: Any, place: int | None) -> dict[str, Any]:
    """`result` of the sheets, or `trouble`: why there is none, in a sentence."""
    try:
        return {"result": wording.result_of(criteria, sheets, place), "trouble": ""}
    except ScoringError as error:
        return {"result": None, "trouble": wording.trouble_in_words(error, sheets)}


# --- One sheet ----------------------------------------------------------------------------------


def _desk(request: HttpRequest, pk: int, number: int) -> SheetDesk:
    """The person's desk for that sheet. NotForYou (404), PermissionDenied (403).

    A sheet sent for a place that is gone meanwhile is a new one: nothing typed is lost.
    """
    scope = scope_of(request.user, timezone.localdate())
    desk = SheetDesk(permissions.found_to_enter(KIND, pk, scope), request.user, number)
    most = scoring_sheets.MOST_SHEETS if request.method == "POST" else len(desk.sheets) + 1
    if not 0 < number <= most:
        raise NotForYou(_("This rating has no sheet of that number."))
    return desk


@form_page
def rating_sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    desk = _desk(request, pk, number)
    if request.method != "POST" or desk.hindrance:
        return _show(request, desk, desk.form())
    token = editing.token_of(request.POST)
    if url := editing.saved_url(token, request.user):
        return redirect(url)
    form = desk.form(desk.taken_over(request.POST))
    if not form.is_valid() or "reckon" in request.POST:
        return _show(request, desk, form)
    version = read_whole(request.POST.get("version", ""))
    try:
        url = desk.save(form, token, version, go_on="next" in request.POST)
    except SheetConflict as conflict:
        return _conflict(request, desk, form, conflict)
    if url is None:
        return _show(request, desk, form)
    _say_saved(request, len(form.missing_fields()))
    return HttpResponseRedirect(url)


def _say_saved(request: HttpRequest, missing: int) -> None:
    if not missing:
        messages.success(request, _("The sheet is saved and complete."))
        return
    words = ngettext(
        "The sheet is saved; %(number)d criterion still needs points.",
        "The sheet is saved; %(number)d criteria still need points.",
        missing,
    )
    messages.warning(request, words % {"number": missing})


def _show(request: HttpRequest, desk: SheetDesk, form: SheetForm) -> HttpResponse:
    draft = None if form.is_bound else desk.draft()
    version = request.POST.get("version") if form.is_bound else None
    if draft is not None and draft.version is not None:
        version = str(draft.version)
    context = {
        "form": form,
        "rating": desk.rating,
        "product": desk.rating.product,
        "criteria": desk.criteria,
        "hindrance": desk.hindrance,
        "lines": wording.sheet_lines(desk.criteria, desk.sheets),
        "number": str(desk.number),
        "next_number": str(len(desk.sheets) + 1),
        "is_new": desk.is_new,
        "may_add": not any(scoring_sheets.is_summary(sheet) for sheet in desk.sheets),
        "verified": desk.verified,
        "draft": draft,
        "place": desk.address,
        "version": str(version or desk.version),
        "stored_version": str(desk.version),
        "token": request.POST.get("token") or editing.new_token(),
        "remove_token": editing.new_token(),
        "back_url": detail.url_of(desk.rating),
        **_outcome(desk, form),
    }
    return render(request, "ratings/sheet.html", context)


def _outcome(desk: SheetDesk, form: SheetForm) -> dict[str, Any]:
    """What the sheets come to with the form as it stands, saved or not."""
    if desk.criteria.hindrance:
        return {"result": None, "trouble": ""}
    if not form.is_bound:
        form = desk.form({**initial_of(desk.criteria, None), **form.initial})
    form.is_valid()
    sheets, place = desk.with_sheet(form.sheet())
    return _result(desk.criteria, sheets, place)


@require_POST
def rating_score(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The result of the sheet as it stands in the form, as a fragment. Writes nothing."""
    desk = _desk(request, pk, number)
    return render(request, "ratings/_outcome.html", _outcome(desk, desk.form(request.POST)))


def _conflict(
    request: HttpRequest, desk: SheetDesk, form: SheetForm, conflict: SheetConflict
) -> HttpResponse:
    """Both versions of the sheet side by side; nothing that was chosen is lost."""
    merged = conflict.merged
    skipped = {"version", "csrfmiddlewaretoken"}
    last: Any = desk.last_saved()
    sent: Any = form.data
    context = {
        "rating": desk.rating,
        "clashes": sheet_clashes(form, merged.base, merged.theirs or {}),
        "who": str(last.edited_by or "–"),
        "when": last.updated_at,
        "action": desk.address_of(merged.place + 1),
        "version": str(desk.version),
        "typed": [
            (name, value)
            for name, values in sent.lists()
            if name not in skipped and not name.startswith("choose-")
            for value in values
        ],
        "back_url": reverse("rating-detail", args=[desk.rating.pk]),
    }
    return render(request, "ratings/conflict.html", context, status=409)


@require_POST
def rating_sheet_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    desk = _desk(request, pk, number)
    if editing.saved_url(editing.token_of(request.POST), request.user):
        return redirect("rating-detail", pk=pk)
    if desk.is_new:
        raise NotForYou(_("This rating has no sheet of that number."))
    version = read_whole(request.POST.get("version", ""))
    reason = request.POST.get("reason", "").replace("\0", "")
    problem = desk.remove(editing.token_of(request.POST), version, reason)
    if problem:
        messages.error(request, problem)
        return redirect(desk.address)
    messages.success(request, _("The sheet is removed; the history keeps it."))
    return redirect("rating-detail", pk=pk)

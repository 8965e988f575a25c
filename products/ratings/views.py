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
from products.evidence import record_header_context
from products.kinds import KINDS
from products.models import Rating
from products.ratings.conflicts import initial_of, sheet_conflicts
from products.ratings.filters import RatingFilter, ratings_shown
from products.ratings.forms import SheetForm
from products.ratings.sheet_session import SheetConflict, SheetSession
from products.records import detail, editing, form_page, permissions, read_whole
from products.scoring import ScoringError, format_points, wording
from products.scoring import sheets as scoring_sheets

KIND = KINDS["rating"]


# --- Reading ------------------------------------------------------------------------------------


@require_safe
def rating_list(request: HttpRequest) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    filters = RatingFilter(request.GET, ratings_shown(query, scope), query=query)
    found = filters.chosen_or_refuse().order_by("-session_on", "-pk")
    context = list_context(request, _("Ratings"), found)
    context |= {
        "query": query,
        "filter": filters,
        "rows": [(one, _total(one), "★" * (one.stars or 0)) for one in context["rows"]],
        **numbered(context["page_obj"]),
    }
    return render(request, "products/ratings/list.html", context)


def _total(rating: Rating) -> str:
    return "–" if rating.total is None else format_points(rating.total)


@require_safe
def rating_detail(request: HttpRequest, pk: int) -> HttpResponse:
    query, scope = page_query(request), scope_of_request(request)
    rating = permissions.get_visible_or_404(KIND, pk, scope)
    criteria = scoring_sheets.criteria_for(rating)
    context = {
        "query": query,
        "rating": rating,
        "product": rating.product,
        "set_title": _set_title(rating),
        "criteria": criteria,
        "lines": wording.sheet_rows(criteria, rating.sheets),
        "follows": wording.consequence(rating),
        "steps": wording.results_by_council(_of_product(rating, scope)),
        "recognitions": permissions.visible(KINDS["recognition"], scope).filter(rating=rating),
        "new_sheet_url": "",
        **_result(criteria, rating.sheets, None),
        **record_header_context(request, KIND, rating, scope),
    }
    if context["record_header"].may_enter:
        session = SheetSession(
            permissions.get_visible_or_404(KIND, pk, scope), request.user, len(rating.sheets) + 1
        )
        session.number = len(session.sheets) + 1
        context["new_sheet_url"] = "" if session.blocking_reason else session.address
    return render(request, "products/ratings/detail.html", context)


def _set_title(rating: Rating) -> str:
    """The product's set as the law of the session's scheme calls it; "" where it is not known."""
    product_set = rating.product.product_set
    day = min(rating.session_on, rating.scheme.valid_to or rating.session_on)
    return product_set.title_at(day) if product_set else ""


def _of_product(rating: Rating, scope: Any) -> list[tuple[Rating, str]]:
    """This product's ratings with their totals, the earliest first."""
    ratings = permissions.visible(KIND, scope).filter(product_id=rating.product_id)
    return [(one, _total(one)) for one in ratings.order_by("session_on", "pk")]


def _result(criteria: Any, sheets: Any, place: int | None) -> dict[str, Any]:
    """`result` of the sheets, or `trouble`: why there is none, in a sentence."""
    try:
        return {"result": wording.result_of(criteria, sheets, place), "problem": ""}
    except ScoringError as error:
        return {"result": None, "problem": wording.scoring_problem(error, sheets)}


# --- One sheet ----------------------------------------------------------------------------------


def _open_session(request: HttpRequest, pk: int, number: int) -> SheetSession:
    """The person's session for that sheet. NotForYou (404), PermissionDenied (403).

    A sheet sent for a place that is gone meanwhile is a new one: nothing typed is lost.
    """
    scope = scope_of(request.user, timezone.localdate())
    session = SheetSession(permissions.get_editable_or_404(KIND, pk, scope), request.user, number)
    most = scoring_sheets.MAX_SHEETS if request.method == "POST" else len(session.sheets) + 1
    if not 0 < number <= most:
        raise NotForYou(_("This rating has no sheet of that number."))
    return session


@form_page
def rating_sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    session = _open_session(request, pk, number)
    if request.method != "POST" or session.blocking_reason:
        return _show(request, session, session.form())
    token = editing.token_of(request.POST)
    if url := editing.saved_url(token, request.user):
        return redirect(url)
    form = session.form(session.apply_choices(request.POST))
    if not form.is_valid() or "reckon" in request.POST:
        return _show(request, session, form)
    version = read_whole(request.POST.get("version", ""))
    try:
        url = session.save(form, token, version, go_on="next" in request.POST)
    except SheetConflict as conflict:
        return _conflict(request, session, form, conflict)
    if url is None:
        return _show(request, session, form)
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


def _show(request: HttpRequest, session: SheetSession, form: SheetForm) -> HttpResponse:
    draft = None if form.is_bound else session.draft()
    version = request.POST.get("version") if form.is_bound else None
    if draft is not None and draft.version is not None:
        version = str(draft.version)
    context = {
        "form": form,
        "rating": session.rating,
        "product": session.rating.product,
        "set_title": _set_title(session.rating),
        "criteria": session.criteria,
        "blocking_reason": session.blocking_reason,
        "lines": wording.sheet_rows(session.criteria, session.sheets),
        "number": str(session.number),
        "next_number": str(len(session.sheets) + 1),
        "is_new": session.is_new,
        "may_add": not any(scoring_sheets.is_summary(sheet) for sheet in session.sheets),
        "verified": session.verified,
        "draft": draft,
        "place": session.address,
        "version": str(version or session.version),
        "stored_version": str(session.version),
        "token": request.POST.get("token") or editing.new_token(),
        "remove_token": editing.new_token(),
        "back_url": detail.url_of(session.rating),
        **_outcome(session, form),
    }
    return render(request, "products/ratings/sheet.html", context)


def _outcome(session: SheetSession, form: SheetForm) -> dict[str, Any]:
    """What the sheets come to with the form as it stands, saved or not."""
    if session.criteria.blocking_reason:
        return {"result": None, "problem": ""}
    if not form.is_bound:
        form = session.form({**initial_of(session.criteria, None), **form.initial})
    form.is_valid()
    sheets, place = session.with_sheet(form.sheet())
    return _result(session.criteria, sheets, place)


@require_POST
def rating_score(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The result of the sheet as it stands in the form, as a fragment. Writes nothing."""
    session = _open_session(request, pk, number)
    return render(
        request, "products/ratings/_outcome.html", _outcome(session, session.form(request.POST))
    )


def _conflict(
    request: HttpRequest, session: SheetSession, form: SheetForm, conflict: SheetConflict
) -> HttpResponse:
    """Both versions of the sheet side by side; nothing that was chosen is lost."""
    merged = conflict.merged
    skipped = {"version", "csrfmiddlewaretoken"}
    last: Any = session.last_saved()
    sent: Any = form.data
    context = {
        "rating": session.rating,
        "clashes": sheet_conflicts(form, merged.base, merged.theirs or {}),
        "who": str(last.edited_by or "–"),
        "when": last.updated_at,
        "action": session.address_of(merged.place + 1),
        "version": str(session.version),
        "typed": [
            (name, value)
            for name, values in sent.lists()
            if name not in skipped and not name.startswith("choose-")
            for value in values
        ],
        "back_url": reverse("rating-detail", args=[session.rating.pk]),
    }
    return render(request, "products/ratings/conflict.html", context, status=409)


@require_POST
def rating_sheet_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    session = _open_session(request, pk, number)
    if editing.saved_url(editing.token_of(request.POST), request.user):
        return redirect("rating-detail", pk=pk)
    if session.is_new:
        raise NotForYou(_("This rating has no sheet of that number."))
    version = read_whole(request.POST.get("version", ""))
    reason = request.POST.get("reason", "").replace("\0", "")
    problem = session.remove(editing.token_of(request.POST), version, reason)
    if problem:
        messages.error(request, problem)
        return redirect(session.address)
    messages.success(request, _("The sheet is removed; the history keeps it."))
    return redirect("rating-detail", pk=pk)

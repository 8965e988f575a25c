"""The board of quotas, movements between districts, milestones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop.organisation.scope import scope_of_request
from ocop.web.errors import BadParameter, NotForYou
from ocop.web.page_query import PageQuery, page_query
from products.records import editing, token_for
from targets.charts import overview_for
from targets.figures import Overview, PlanData, sub_units, sub_units_shown, wording
from targets.indicators import Window
from targets.models import QuotaMove, Target
from targets.quotas import board, first_quotas, milestones, services, waiting
from targets.quotas.forms import FirstQuotasForm, MilestonesForm, MoveForm, ReversalForm

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _target(request: HttpRequest, targets: list[Target]) -> Target:
    """The target of the address among `targets`; the first where none is named."""
    code = request.GET.get("target", "")
    fitting = [target for target in targets if target.code == code] if code else targets
    if not fitting:
        raise BadParameter(
            _("“%(code)s” is no target that is divided among districts.") % {"code": code[:30]}
        )
    return fitting[0]


def _year(request: HttpRequest, plan_data: PlanData, day_year: int) -> int:
    """The year of the address; without one the year of the figures, within the plan."""
    years, text = board.years_of(plan_data), request.GET.get("year", "")
    if not text:
        return min(max(day_year, years[0]), years[-1])
    if text not in {str(year) for year in years}:
        raise BadParameter(
            _("The plan runs from %(first)d to %(last)d; there is no year “%(text)s”.")
            % {"first": years[0], "last": years[-1], "text": text[:10]}
        )
    return int(text)


@dataclass(frozen=True)
class QuotaPage:
    """What a page of quotas is about: read from the address, access judged."""

    query: PageQuery
    overview: Overview
    target: Target
    year: int

    @property
    def window(self) -> Window:
        return board.window_of(self.overview.plan_data, self.target, self.year)

    @property
    def board_url(self) -> str:
        more = {"target": self.target.code, "year": self.year}
        return reverse("allocation-board", query=self.query.query(**more))


def _default_first(plan_data: PlanData) -> list[Target]:
    """Counted targets, those with years first: they are what is divided most."""
    targets = board.counted_targets(plan_data)
    return sorted(targets, key=lambda target: target.period != "year")


def _quota_page(request: HttpRequest, targets: Any = _default_first) -> QuotaPage:
    query = page_query(request)
    overview = overview_for(query)
    target = _target(request, targets(overview.plan_data))
    return QuotaPage(query, overview, target, _year(request, overview.plan_data, query.as_of.year))


def _require_may_move(request: HttpRequest) -> None:
    if not services.may_move(scope_of_request(request)):
        raise PermissionDenied(
            _("Quotas and milestones are entered by provincial officers and administrators.")
        )


@require_safe
def allocation_board(request: HttpRequest) -> HttpResponse:
    """The districts' quotas of one counted target as of the day, and the entries behind them."""
    place = _quota_page(request)
    query, overview = place.query, place.overview
    districts = sub_units_shown(overview.plan, query.units, overview.unit)
    whole = len(districts) > 1
    scope = scope_of_request(request)
    may_move = services.may_move(scope)
    shown = board.board(overview, place.target, place.year, districts)
    context = {
        "query": query,
        "plan": overview.plan,
        "board": shown,
        "name": wording.in_language(place.target, "name"),
        "targets": board.counted_targets(overview.plan_data),
        "sums": board.allocation_sums(overview, districts) if whole else [],
        "whole": whole,
        "entries": board.entries(place.target, place.year, query.as_of, query.unit),
        "milestones": milestones.milestones_of(
            overview.plan_data, place.target, place.window, query.as_of
        ),
        "may_move": may_move,
        "waiting": waiting.waiting_quotas(
            place.target, place.year, query, scope, shown.balance, may_move
        ),
    }
    return render(request, "targets/quotas/board.html", context)


@form_page
def quota_first(request: HttpRequest) -> HttpResponse:
    """Enter the first quotas of districts for a year; a second person verifies them."""
    place = _quota_page(request)
    query = place.query
    _require_may_move(request)
    districts = sub_units(place.overview.plan, query.units)
    recorded = first_quotas.on_record(place.target, place.year)
    form = FirstQuotasForm(request.POST or None, districts=districts, recorded=recorded)
    now = first_quotas.as_seen(recorded)
    if request.method == "POST" and form.is_valid():

        def enter() -> None:
            document, seen = form.cleaned_data["document"], request.POST.get("seen", "")
            first_quotas.give(place.target, place.year, form.values(), document, request.user, seen)

        if done := _entered(request, form, enter, place.board_url):
            return done
    fields = {unit.pk: form[name] for name, unit in form.names.items()}
    context = {
        **_about(place, form, request),
        "seen": _seen(request, form, now),
        "lines": [(unit, recorded.get(unit.pk), fields.get(unit.pk)) for unit in districts],
        "balance": board.board(place.overview, place.target, place.year, districts).balance,
    }
    return render(request, "targets/quotas/first.html", context)


@form_page
def quota_move(request: HttpRequest) -> HttpResponse:
    """Enter one movement between districts and the reserve."""
    place = _quota_page(request)
    query = place.query
    _require_may_move(request)
    districts = sub_units(place.overview.plan, query.units)
    options: dict[str, Any] = {"districts": districts, "today": query.today}
    start = {"effective_from": min(query.today, date(place.year, 12, 31))}
    form = MoveForm(request.POST or None, initial=start, **options)
    if request.method == "POST" and form.is_valid():

        def enter() -> None:
            services.move_quota(
                place.target, place.year, form.changes(), form.entered_document(), request.user
            )

        if done := _entered(request, form, enter, place.board_url):
            return done
    plan_data = place.overview.plan_data
    context = {
        **_about(place, form, request),
        "lines": [
            (unit, board.latest(plan_data, place.target, unit, place.year), field)
            for unit, field in form.change_fields
        ],
    }
    return render(request, "targets/quotas/move.html", context)


def _about(place: QuotaPage, form: Any, request: HttpRequest) -> dict[str, Any]:
    return {
        "form": form,
        "target": place.target,
        "name": wording.in_language(place.target, "name"),
        "year": place.year,
        "back_url": place.board_url,
        "token": token_for(request),
    }


def _entered(request: HttpRequest, form: Any, enter: Any, url: str) -> HttpResponse | None:
    """Enter once; None with the refusal on the form."""
    try:
        with editing.saved_once_in_transaction(
            editing.token_of(request.POST), request.user, url
        ) as saved:
            if saved is not None:
                enter()
    except (services.MoveRefused, milestones.MilestonesRefused) as refusal:
        form.add_error(None, ValidationError(refusal.message, code=refusal.code))
        return None
    messages.success(request, _("Entered."))
    return HttpResponseRedirect(url)


@form_page
def quota_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one movement back by its opposite."""
    query = page_query(request)
    _require_may_move(request)
    entry = QuotaMove.objects.select_related("target__plan").filter(pk=pk).first()
    if entry is None:
        raise NotForYou(_("There is no such entry."))
    more = {"target": entry.target.code, "year": entry.year}
    url = reverse("allocation-board", query=query.query(**more))
    start = {"effective_from": entry.effective_from}
    form = ReversalForm(request.POST or None, initial=start, today=query.today)
    if request.method == "POST" and form.is_valid():

        def enter() -> None:
            services.reverse_move(entry, form.entered_document(), request.user)

        if done := _entered(request, form, enter, url):
            return done
    (shown,) = board.visible_entries([entry], query.as_of, entry.target.plan.unit)
    context = {
        "form": form,
        "entry": shown,
        "name": wording.in_language(entry.target, "name"),
        "back_url": url,
        "token": token_for(request),
    }
    return render(request, "targets/quotas/counter.html", context)


def _seen(request: HttpRequest, form: Any, now: str) -> str:
    """What the form was typed over; what is there now once the person has been told of it."""
    was_told = form.is_bound and form.has_error(NON_FIELD_ERRORS, "meanwhile")
    return now if was_told else request.POST.get("seen", now)


def _every_target(plan_data: PlanData) -> list[Target]:
    return plan_data.targets


@form_page
def milestone_page(request: HttpRequest) -> HttpResponse:
    """Enter and change the milestones of one target and window."""
    place = _quota_page(request, _every_target)
    query, plan_data = place.query, place.overview.plan_data
    _require_may_move(request)
    window, limit = (
        place.window,
        milestones.limit_of(plan_data, place.target, place.window, query.as_of),
    )
    now = milestones.milestones_of(plan_data, place.target, window)
    form = MilestonesForm(
        request.POST or None, milestones=[(one.day, one.value) for one in now], today=query.today
    )
    url = reverse("milestones", query=query.query(target=place.target.code, year=place.year))
    if request.method == "POST" and form.is_valid():

        def enter() -> None:
            points, document = form.points(), form.entered_document()
            seen = request.POST.get("seen")
            milestones.change_milestones(
                place.target, window, limit, points, document, request.user, seen
            )

        if done := _entered(request, form, enter, url):
            return done
    context = {
        **_about(place, form, request),
        "query": query,
        "targets": plan_data.targets,
        "years": board.years_of(plan_data),
        "window": window,
        "seen": _seen(request, form, milestones.as_seen((one.day, one.value) for one in now)),
        "limit": wording.number(limit),
        "changes": milestones.changes_of(place.target, window),
        "then": milestones.milestones_of(plan_data, place.target, window, query.as_of)
        if query.past
        else None,
    }
    return render(request, "targets/quotas/milestones.html", context)

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
from products.records import editing
from products.records.submission import token_for
from targets.charts.base import overview_for
from targets.figures import wording
from targets.figures.commitments import Promises
from targets.figures.measures import Window
from targets.figures.overview import Overview
from targets.models import QuotaMove, Target
from targets.quotas import board, milestones, services
from targets.quotas.forms import MilestonesForm, MoveForm, TakenBackForm

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


def _year(request: HttpRequest, kept: Promises, day_year: int) -> int:
    """The year of the address; without one the year of the figures, within the plan."""
    years, text = board.years_of(kept), request.GET.get("year", "")
    if not text:
        return min(max(day_year, years[0]), years[-1])
    if text not in {str(year) for year in years}:
        raise BadParameter(
            _("The plan runs from %(first)d to %(last)d; there is no year “%(text)s”.")
            % {"first": years[0], "last": years[-1], "text": text[:10]}
        )
    return int(text)


@dataclass(frozen=True)
class Place:
    """What a page of quotas is about: read from the address, access judged."""

    wanted: PageQuery
    overview: Overview
    target: Target
    year: int

    @property
    def window(self) -> Window:
        return board.window_of(self.overview.kept, self.target, self.year)

    @property
    def board_url(self) -> str:
        more = {"target": self.target.code, "year": self.year}
        return reverse("allocation-board", query=self.wanted.query(**more))


def _default_first(kept: Promises) -> list[Target]:
    """Counted targets, those with years first: they are what is divided most."""
    targets = board.counted_targets(kept)
    return sorted(targets, key=lambda target: target.period != "year")


def _place(request: HttpRequest, targets: Any = _default_first) -> Place:
    wanted = page_query(request)
    overview = overview_for(wanted)
    target = _target(request, targets(overview.kept))
    return Place(wanted, overview, target, _year(request, overview.kept, wanted.as_of.year))


def _refuse_unless_moves(request: HttpRequest) -> None:
    if not services.may_move(scope_of_request(request)):
        raise PermissionDenied(
            _("Quotas and milestones are entered by provincial officers and administrators.")
        )


@require_safe
def allocation_board(request: HttpRequest) -> HttpResponse:
    """The districts' quotas of one counted target as of the day, and the entries behind them."""
    place = _place(request)
    wanted, overview = place.wanted, place.overview
    districts = board.districts_of(wanted.units, wanted.unit)
    whole = len(districts) > 1
    context = {
        "asked": wanted,
        "plan": overview.plan,
        "board": board.board(overview, place.target, place.year, districts),
        "name": wording.in_language(place.target, "name"),
        "targets": board.counted_targets(overview.kept),
        "sums": board.sums(overview, districts) if whole else [],
        "whole": whole,
        "entries": board.entries(place.target, place.year, wanted.as_of, wanted.unit),
        "milestones": milestones.kept_of(overview.kept, place.target, place.window, wanted.as_of),
        "may_move": services.may_move(scope_of_request(request)),
    }
    return render(request, "allocations/board.html", context)


@form_page
def quota_move(request: HttpRequest) -> HttpResponse:
    """Enter one movement between districts and the reserve."""
    place = _place(request)
    wanted = place.wanted
    _refuse_unless_moves(request)
    districts = board.districts_of(wanted.units, wanted.units[0])
    options: dict[str, Any] = {"districts": districts, "today": wanted.today}
    start = {"effective_from": min(wanted.today, date(place.year, 12, 31))}
    form = MoveForm(request.POST or None, initial=start, **options)
    if request.method == "POST" and form.is_valid():

        def enter() -> None:
            services.move(place.target, place.year, form.changes(), form.paper(), request.user)

        if done := _entered(request, form, enter, place.board_url):
            return done
    kept = place.overview.kept
    context = {
        **_about(place, form, request),
        "lines": [
            (unit, board.latest(kept, place.target, unit, place.year), field)
            for unit, field in form.change_fields
        ],
    }
    return render(request, "allocations/move.html", context)


def _about(place: Place, form: Any, request: HttpRequest) -> dict[str, Any]:
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
        with editing.once(editing.token_of(request.POST), request.user, url) as saved:
            if saved is not None:
                enter()
    except (services.MoveRefused, milestones.MilestonesRefused) as refusal:
        form.add_error(None, ValidationError(refusal.message, code=refusal.code))
        return None
    messages.success(request, _("Entered."))
    return HttpResponseRedirect(url)


@form_page
def quota_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one movement back by its opposite."""
    wanted = page_query(request)
    _refuse_unless_moves(request)
    entry = QuotaMove.objects.select_related("target__plan").filter(pk=pk).first()
    if entry is None:
        raise NotForYou(_("There is no such entry."))
    more = {"target": entry.target.code, "year": entry.year}
    url = reverse("allocation-board", query=wanted.query(**more))
    start = {"effective_from": entry.effective_from}
    form = TakenBackForm(request.POST or None, initial=start, today=wanted.today)
    if request.method == "POST" and form.is_valid():

        def enter() -> None:
            services.counter(entry, form.paper(), request.user)

        if done := _entered(request, form, enter, url):
            return done
    (shown,) = board.shown([entry], wanted.as_of, wanted.units[0])
    context = {
        "form": form,
        "entry": shown,
        "name": wording.in_language(entry.target, "name"),
        "back_url": url,
        "token": token_for(request),
    }
    return render(request, "allocations/counter.html", context)


def _seen(request: HttpRequest, form: MilestonesForm, now: str) -> str:
    """What the form was typed over; what is there now once the person has been told of it."""
    told = form.is_bound and form.has_error(NON_FIELD_ERRORS, "meanwhile")
    return now if told else request.POST.get("seen", now)


def _every_target(kept: Promises) -> list[Target]:
    return kept.targets


@form_page
def milestone_page(request: HttpRequest) -> HttpResponse:
    """Enter and change the milestones of one target and window."""
    place = _place(request, _every_target)
    wanted, kept = place.wanted, place.overview.kept
    _refuse_unless_moves(request)
    window, limit = (
        place.window,
        milestones.limit_of(kept, place.target, place.window, wanted.as_of),
    )
    now = milestones.kept_of(kept, place.target, window)
    form = MilestonesForm(
        request.POST or None, kept=[(one.day, one.value) for one in now], today=wanted.today
    )
    url = reverse("milestones", query=wanted.query(target=place.target.code, year=place.year))
    if request.method == "POST" and form.is_valid():

        def enter() -> None:
            points, paper = form.points(), form.paper()
            seen = request.POST.get("seen")
            milestones.change(place.target, window, limit, points, paper, request.user, seen)

        if done := _entered(request, form, enter, url):
            return done
    context = {
        **_about(place, form, request),
        "asked": wanted,
        "targets": kept.targets,
        "years": board.years_of(kept),
        "window": window,
        "seen": _seen(request, form, milestones.as_seen((one.day, one.value) for one in now)),
        "limit": wording.number(limit),
        "changes": milestones.changes_of(place.target, window),
        "then": milestones.kept_of(kept, place.target, window, wanted.as_of)
        if wanted.past
        else None,
    }
    return render(request, "allocations/milestones.html", context)

"""Districts confirm their quarters; the committee sees who did."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import scope_of_request
from ocop.web.caching import cached
from ocop.web.errors import BadParameter, NotForYou
from ocop.web.page_query import EARLIEST, LATEST, PageQuery, page_query, read_day, read_unit
from targets.choices import ConfirmationState, State
from targets.confirmations import board, later_changes, services
from targets.confirmations.services import Standing
from targets.figures import wording
from targets.figures.commitments import plan_at
from targets.models import Plan, Target
from targets.periods import Quarter
from targets.quotas import board as quotas_board

LONGEST = 1000


def _plan(day: date) -> Plan:
    plan = plan_at(day)
    if plan is None:
        raise NotForYou(_("No plan has been loaded yet. Run: manage.py load_reference"))
    return plan


def _years(wanted: PageQuery) -> list[int]:
    """The years with quarters begun by the day; the plan's first where none has."""
    begun = board.years_begun(Plan.objects.all(), wanted.as_of)
    return begun or [_plan(wanted.as_of).starts_on.year]


@require_safe
def board_page(request: HttpRequest) -> HttpResponse:
    """Districts × quarters of one year, as of the day."""
    wanted = page_query(request)
    state = request.GET.get("state", "")
    if state and state not in ConfirmationState.values:
        raise BadParameter(_("There is no state called “%(state)s”.") % {"state": state[:20]})
    years = _years(wanted)
    text = request.GET.get("year", "")
    if text and text not in {str(year) for year in years}:
        raise BadParameter(_("There are no quarters of the year “%(text)s”.") % {"text": text[:10]})
    year = int(text) if text else years[-1]
    plan = _plan(date(year, 12, 31))
    units = quotas_board.districts_of(wanted.units, wanted.unit)
    context = {
        "asked": wanted,
        "plan": plan,
        "board": cached(
            "board",
            wanted,
            lambda: board.board(plan, units, wanted.as_of, year, state),
        ),
        "years": years,
        "state": state,
    }
    return render(request, "confirmations/board.html", context)


@dataclass(frozen=True)
class Place:
    """One district's quarter, found within what the person may see."""

    wanted: PageQuery
    plan: Plan
    unit: Unit
    quarter: Quarter


def _place(request: HttpRequest, code: str, year: int, number: int) -> Place:
    wanted = page_query(request)
    unit = read_unit(code, [one for one in wanted.units if one.level == UnitLevel.DISTRICT])
    quarter = Quarter(year, number)
    if 1 <= number <= 4 and EARLIEST.year <= year <= LATEST.year:
        # The last quarter of a plan is confirmed when the next plan runs already.
        first = services.first_day(quarter)
        plan = _plan(first)
        if quarter in services.quarters_begun(plan, wanted.as_of):
            return Place(wanted, plan, unit, quarter)
    raise NotForYou(_("The plan has no such quarter, or it has not begun yet."))


def _text(request: HttpRequest, name: str) -> str:
    """What was typed, without what no database keeps."""
    return request.POST.get(name, "").replace("\0", "").strip()[:LONGEST]


@require_http_methods(["GET", "HEAD", "POST"])
def quarter_confirmation(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """What a district confirms of a quarter, the button, and what changed since."""
    place = _place(request, code, year, number)
    if request.method != "POST":
        return _page(request, place)
    if not services.may_confirm(scope_of_request(request), place.unit):
        raise PermissionDenied(_("A quarter is confirmed by an officer of its district."))
    note, digest = _text(request, "note"), request.POST.get("digest", "")
    try:
        services.confirm(place.plan, place.unit, place.quarter, request.user, note, digest)
    except services.NotConfirmed as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Confirmed."))
    return redirect(later_changes.page_url(place.unit.code, place.quarter))


def _standing(place: Place) -> tuple[Standing, dict[str, str]]:
    """Where the quarter stands, and the names of the plan's targets by code."""
    (standing,) = services.standings(place.plan, [place.unit], place.wanted.as_of, [place.quarter])
    targets = Target.objects.filter(plan=place.plan)
    return standing, {one.code: wording.in_language(one, "short_name") for one in targets}


def _figures(place: Place, standing: Standing) -> tuple[dict[str, Any], list[Any], int]:
    """What was confirmed, what changed since and how often; what there is to confirm where
    nothing was."""
    confirmation = standing.confirmation
    if confirmation is None:
        return services.figures_of(place.plan, place.unit, place.quarter), [], 0
    confirmation.unit = place.unit
    steps = later_changes.steps_of(confirmation, place.wanted.as_of)
    changes = later_changes.told(steps[: later_changes.MOST])
    return confirmation.figures, changes, len(steps)


def _page(request: HttpRequest, place: Place) -> HttpResponse:
    wanted, scope = place.wanted, scope_of_request(request)
    standing, names = _standing(place)
    figures, changes, number = cached("figures", wanted, lambda: _figures(place, standing))
    context: dict[str, Any] = {
        "asked": wanted,
        "unit": place.unit,
        "label": services.label(place.quarter),
        "last_day": services.last_day(place.quarter),
        "standing": standing,
        "figures": [
            (
                names.get(row.code, row.code),
                wording.period_label(row.period),
                row,
                str(State(row.state).label),
            )
            for row in board.shown_figures(figures)
        ],
        "stock": figures["stock"],
        "records": board.shown_records(figures["records"]),
        "digest": services.digest_of(figures),
        "changes": changes,
        "changes_total": number,
        "may_confirm": services.may_confirm(scope, place.unit)
        and standing.waits
        and wanted.as_of == wanted.today,
        "may_grant": services.may_grant(scope) and standing.state != "on_time",
    }
    return render(request, "confirmations/quarter.html", context)


@require_POST
def deadline_grant(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """A later day or an excuse, by a provincial officer."""
    place = _place(request, code, year, number)
    if not services.may_grant(scope_of_request(request)):
        raise PermissionDenied(_("Exceptions are granted by provincial officers."))
    text, reason = _text(request, "until"), _text(request, "reason")
    excused = request.POST.get("what") == "excused"
    try:
        if not excused and not text:
            raise BadParameter(_("Give the later day, or excuse the district."))
        until = None if excused else read_day(text)
        services.grant(place.plan, place.unit, place.quarter, request.user, reason, until)
    except (services.NotConfirmed, BadParameter) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Entered."))
    return redirect(later_changes.page_url(place.unit.code, place.quarter))

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

from ocop.organisation.models import Unit
from ocop.organisation.scope import scope_of_request
from ocop.web.caching import cached
from ocop.web.errors import BadParameter, NotForYou
from ocop.web.page_query import EARLIEST, LATEST, PageQuery, page_query, read_day, read_unit
from targets.choices import ConfirmationState, State
from targets.confirmations import board, later_changes, services
from targets.confirmations.services import QuarterStatus
from targets.figures import part_of, plan_at, sub_units_shown, wording
from targets.models import Plan, Target
from targets.periods import Quarter

MAX_TEXT_LENGTH = 1000


def _plan(day: date, unit: Unit) -> Plan:
    plan = plan_at(day, unit=unit)
    if plan is None:
        raise NotForYou(_("No plan has been loaded yet. Run: manage.py load_reference"))
    return plan


def _years(query: PageQuery) -> list[int]:
    """The years with quarters begun by the day; the plan's first where none has."""
    begun = board.years_begun(Plan.objects.all(), query.as_of)
    return begun or [_plan(query.as_of, query.unit).starts_on.year]


@require_safe
def board_page(request: HttpRequest) -> HttpResponse:
    """Sub-units × quarters of one year, as of the day."""
    query = page_query(request)
    state = request.GET.get("state", "")
    if state and state not in ConfirmationState.values:
        raise BadParameter(_("There is no state called “%(state)s”.") % {"state": state[:20]})
    years = _years(query)
    text = request.GET.get("year", "")
    if text and text not in {str(year) for year in years}:
        raise BadParameter(_("There are no quarters of the year “%(text)s”.") % {"text": text[:10]})
    year = int(text) if text else years[-1]
    plan = _plan(date(year, 12, 31), query.unit)
    units = sub_units_shown(plan, query.units, query.unit)
    context = {
        "query": query,
        "plan": plan,
        "board": cached(
            "board",
            query,
            lambda: board.board(plan, units, query.as_of, year, state),
        ),
        "years": years,
        "state": state,
    }
    return render(request, "targets/confirmations/board.html", context)


@dataclass(frozen=True)
class QuarterPage:
    """One district's quarter, found within what the person may see."""

    query: PageQuery
    plan: Plan
    unit: Unit
    quarter: Quarter


def _quarter_page(request: HttpRequest, code: str, year: int, number: int) -> QuarterPage:
    query = page_query(request)
    quarter = Quarter(year, number)
    if 1 <= number <= 4 and EARLIEST.year <= year <= LATEST.year:
        # The last quarter of a plan is confirmed when the next plan runs already.
        last = services.last_day(quarter)
        parts = [one for one in query.units if part_of(one) is not None]
        unit = read_unit(code, parts, last)
        plan = _plan(last, unit)
        begun = quarter in services.quarters_begun(plan, query.as_of)
        if begun and services.takes_part(plan, unit, quarter):
            return QuarterPage(query, plan, unit, quarter)
    raise NotForYou(_("The plan has no such quarter, or it has not begun yet."))


def _text(request: HttpRequest, name: str) -> str:
    """What was typed, without what no database keeps."""
    return request.POST.get(name, "").replace("\0", "").strip()[:MAX_TEXT_LENGTH]


@require_http_methods(["GET", "HEAD", "POST"])
def quarter_confirmation(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """What a district confirms of a quarter, the button, and what changed since."""
    quarter_page = _quarter_page(request, code, year, number)
    if request.method != "POST":
        return _page(request, quarter_page)
    if not services.may_confirm(scope_of_request(request), quarter_page.unit):
        raise PermissionDenied(_("A quarter is confirmed by an officer of its district."))
    note, digest = _text(request, "note"), request.POST.get("digest", "")
    try:
        services.confirm(
            quarter_page.plan, quarter_page.unit, quarter_page.quarter, request.user, note, digest
        )
    except services.NotConfirmed as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Confirmed."))
    return redirect(later_changes.page_url(quarter_page.unit.code, quarter_page.quarter))


def _quarter_status(quarter_page: QuarterPage) -> tuple[QuarterStatus, dict[str, str]]:
    """Where the quarter stands, and the names of the plan's targets by code."""
    (quarter_status,) = services.quarter_statuses(
        quarter_page.plan, [quarter_page.unit], quarter_page.query.as_of, [quarter_page.quarter]
    )
    targets = Target.objects.filter(plan=quarter_page.plan)
    return quarter_status, {one.code: wording.in_language(one, "short_name") for one in targets}


def _figures(
    quarter_page: QuarterPage, quarter_status: QuarterStatus
) -> tuple[dict[str, Any], list[Any], int]:
    """What was confirmed, what changed since and how often; what there is to confirm where
    nothing was."""
    confirmation = quarter_status.confirmation
    if confirmation is None:
        return (
            services.figures_of(quarter_page.plan, quarter_page.unit, quarter_page.quarter),
            [],
            0,
        )
    confirmation.unit = quarter_page.unit
    changes, number = later_changes.told_after(confirmation, quarter_page.query.as_of)
    return confirmation.figures, changes, number


def _page(request: HttpRequest, quarter_page: QuarterPage) -> HttpResponse:
    query, scope = quarter_page.query, scope_of_request(request)
    quarter_status, names = _quarter_status(quarter_page)
    figures, changes, number = cached(
        "figures", query, lambda: _figures(quarter_page, quarter_status)
    )
    context: dict[str, Any] = {
        "query": query,
        "unit": quarter_page.unit,
        "label": services.label(quarter_page.quarter),
        "last_day": services.last_day(quarter_page.quarter),
        "quarter_status": quarter_status,
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
        "may_confirm": services.may_confirm(scope, quarter_page.unit)
        and quarter_status.waits
        and query.as_of == query.today,
        "may_grant": services.may_grant(scope) and quarter_status.state != "on_time",
    }
    return render(request, "targets/confirmations/quarter.html", context)


@require_POST
def deadline_grant(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """A later day or an excuse, by a provincial officer."""
    quarter_page = _quarter_page(request, code, year, number)
    if not services.may_grant(scope_of_request(request)):
        raise PermissionDenied(_("Exceptions are granted by provincial officers."))
    text, reason = _text(request, "until"), _text(request, "reason")
    excused = request.POST.get("what") == "excused"
    try:
        if not excused and not text:
            raise BadParameter(_("Give the later day, or excuse the district."))
        until = None if excused else read_day(text)
        services.grant(
            quarter_page.plan, quarter_page.unit, quarter_page.quarter, request.user, reason, until
        )
    except (services.NotConfirmed, BadParameter) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Entered."))
    return redirect(later_changes.page_url(quarter_page.unit.code, quarter_page.quarter))

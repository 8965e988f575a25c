"""Days offered beside the date of the figures."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ocop.hooks import hook
from ocop.organisation.scope import Scope, scope_of_request

QuickDay = tuple[date, str]


def quick_days(today: date) -> list[QuickDay]:
    """Days often asked for, in their order: the ends of recent years and of last quarter, today,
    the ends of this quarter and this year. Two names of one day stand apart."""
    year, month = today.year, today.month
    ends = [
        (date(one, 12, 31), _("end of %(year)s") % {"year": one}) for one in range(year - 4, year)
    ]
    return [
        *ends,
        (_month_before(year, 3 * ((month - 1) // 3) + 1), _("end of last quarter")),
        (today, _("today")),
        (_month_before(year, 3 * ((month - 1) // 3) + 4), _("end of this quarter")),
        (date(year, 12, 31), _("end of this year")),
    ]


def meeting_days(scope: Scope) -> list[QuickDay]:
    """The days of meetings that `scope` may see, the latest first."""
    found: list[QuickDay] = hook("meeting_days")(scope)
    return found


def meeting_days_of_request(request: Any) -> list[QuickDay]:
    """Those that the person of the request may see, read once for all parts of a page."""
    if not hasattr(request, "meeting_days"):
        request.meeting_days = meeting_days(scope_of_request(request))
    found: list[QuickDay] = request.meeting_days
    return found


def _month_before(year: int, month: int) -> date:
    """The last day of the month before `month`; 13 is January of the year after."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - timedelta(days=1)

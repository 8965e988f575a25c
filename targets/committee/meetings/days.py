"""The days of the committee's meetings, offered wherever figures are looked at as of a day."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from targets.choices import NEVER_OPENED
from targets.figures import wording
from targets.models import Meeting

MAX_MEETING_DAYS = 24
"""Meetings offered, the latest ones: six years of one a quarter."""


def meeting_days(scope: Scope) -> list[tuple[date, str]]:
    """(day of its figures, "meeting of 30/06/2024") of the latest meetings begun or closed, the
    latest day first; none for those who see no meetings."""
    if not scope.everything:
        return []
    found = [
        (one.as_of, _("meeting of %(day)s") % {"day": wording.day(one.held_on)})
        for one in _held()[:MAX_MEETING_DAYS]
    ]
    return sorted(found, key=lambda one: one[0], reverse=True)


def days_held() -> list[date]:
    """The days of the figures of all meetings begun or closed."""
    return list(_held().values_list("as_of", flat=True))


def _held() -> Any:
    return Meeting.objects.exclude(state__in=NEVER_OPENED).order_by("-held_on", "-pk")

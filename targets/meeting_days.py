"""The days of the committee's meetings, offered wherever figures are looked at as of a day."""

from datetime import date

from django.utils.translation import gettext as _

from ocop.asked import Asked
from targets import wording
from targets.choices import NEVER_OPENED
from targets.models import Meeting

MOST = 24
"""Meetings offered, the latest ones: six years of one a quarter."""


def held(asked: Asked) -> list[tuple[date, str]]:
    """(day of its figures, "meeting of 30/06/2024") of every meeting begun or closed; none for
    those who see no meetings. One query."""
    if not asked.scope.everything:
        return []
    begun = Meeting.objects.exclude(state__in=NEVER_OPENED)
    found = begun.order_by("-held_on", "-pk").values_list("as_of", "held_on")[:MOST]
    return [(as_of, _("meeting of %(day)s") % {"day": wording.day(on)}) for as_of, on in found]

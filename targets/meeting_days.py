"""The days of the committee's meetings, offered wherever figures are looked at as of a day."""

from datetime import date

from django.utils.translation import gettext as _

from ocop import small_tables
from ocop.asked import Asked
from targets import wording
from targets.choices import NEVER_OPENED
from targets.models import Meeting

MOST = 24
"""Meetings offered, the latest ones: six years of one a quarter."""


BEGUN = "meetings begun"
small_tables.offer(
    BEGUN,
    small_tables.SmallTable(
        lambda: Meeting.objects.exclude(state__in=NEVER_OPENED), of=("targets",)
    ),
)


def held(asked: Asked) -> list[tuple[date, str]]:
    """(day of its figures, "meeting of 30/06/2024") of the latest meetings begun or closed; none
    for those who see no meetings."""
    if not asked.scope.everything:
        return []
    latest = sorted(asked.tables[BEGUN], key=lambda one: (one.held_on, one.pk), reverse=True)
    return [
        (one.as_of, _("meeting of %(day)s") % {"day": wording.day(one.held_on)})
        for one in latest[:MOST]
    ]

"""Changes of a district's quarter after its confirmation, read from the records' history."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from products.confirmed_periods import ConfirmedPeriod
from products.records import ChangeEntry, changes, later_changes
from targets.confirmations import services
from targets.confirmations.record_counts import end_of_day
from targets.models import Confirmation
from targets.periods import Quarter

MAX_CHANGES_SHOWN = 200
"""Changes listed on a page; how many there are in all is said beside it."""


def page_url(unit_code: str, quarter: Quarter) -> str:
    return reverse("quarter-confirmation", args=[unit_code, quarter.year, quarter.number])


def confirmed_periods() -> list[ConfirmedPeriod]:
    """Every confirmed quarter of every unit. One query."""
    rows = Confirmation.objects.values_list(
        "unit_id", "unit__code", "year", "quarter", "confirmed_at"
    )
    return [_period(unit, code, Quarter(year, number), at) for unit, code, year, number, at in rows]


def period_of(confirmation: Confirmation) -> ConfirmedPeriod:
    """The confirmed quarter as those see it who change records."""
    quarter = Quarter(confirmation.year, confirmation.quarter)
    unit = confirmation.unit
    return _period(unit.pk, unit.code, quarter, confirmation.confirmed_at)


def _period(unit: int, code: str, quarter: Quarter, at: datetime) -> ConfirmedPeriod:
    first, last = services.first_day(quarter), services.last_day(quarter)
    return ConfirmedPeriod(unit, first, last, services.label(quarter), at, page_url(code, quarter))


def changes_after(
    periods: Iterable[ConfirmedPeriod], day: date, content: bool = False
) -> dict[ConfirmedPeriod, list[later_changes.LaterChange]]:
    """{period: the changes after its confirmation, by the end of `day`, that touch it}, in order.

    One query for all of them; none for no period. With `content` they can be told.
    """
    listed = list(periods)
    if not listed:
        return {}
    units = {one.unit for one in listed}
    found = later_changes.changes_since(units, min(one.at for one in listed), content)
    known = [change for change in found if change.after.when < end_of_day(day)]
    return {one: [change for change in known if change.is_after(one)] for one in listed}


def told_after(confirmation: Confirmation, day: date) -> tuple[list[ChangeEntry], int]:
    """The latest of the changes after `confirmation`, by the end of `day`, that touch it, the
    latest first, and how many there are in all.

    One query, and one a model that changed values refer to.
    """
    period = period_of(confirmation)
    found = changes_after([period], day, content=True)[period][::-1]
    return changes.entries_of(found[:MAX_CHANGES_SHOWN]), len(found)

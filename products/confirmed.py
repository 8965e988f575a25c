"""Periods that a district has confirmed: what was confirmed changes only with a reason.

Who confirms what is not this app's to know: another room says which days of which district are
confirmed (`tell_by`). A record lies in the period of its counting day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from products.choices import Action
from products.kinds import Kind

COUNTING_DAYS = {
    "recognition": "decided_on",
    "traceability": "started_on",
    "listing": "started_on",
    "task": "approved_on",
    "ip-right": "granted_on",
}
"""By kind the field of the day on which its records count."""

Pair = tuple[int, date]


@dataclass(frozen=True)
class Confirmed:
    """One confirmed period: what people call it, when it was confirmed, its page."""

    label: str
    at: datetime
    url: str


_told_by: list[Callable[[set[Pair]], dict[Pair, Confirmed]]] = []


def tell_by(function: Callable[[set[Pair]], dict[Pair, Confirmed]]) -> None:
    """`function({(district's id, day)})` gives the confirmed period of each pair in one."""
    _told_by[:] = [function]


def periods(pairs: Iterable[tuple[int | None, date | None]]) -> dict[Pair, Confirmed]:
    """The confirmed periods among (district's id, day); None stands for no district or day."""
    wanted = {(district, day) for district, day in pairs if district is not None and day}
    return _told_by[0](wanted) if wanted and _told_by else {}


def period_of(kind: Kind, record: Any, *other_days: date | None) -> Confirmed | None:
    """The latest confirmed period that the record, or one of the other days of it, lies in."""
    name = COUNTING_DAYS.get(kind.slug)
    if name is None:
        return None
    district = kind.district_of(record)
    found = periods((district, day) for day in {getattr(record, name), *other_days})
    return max(found.values(), key=lambda one: one.at, default=None)


def stored_day(kind: Kind, record: Any) -> date | None:
    """The counting day as stored now; None for a new record or a kind that has none."""
    name = COUNTING_DAYS.get(kind.slug)
    if name is None or record.pk is None:
        return None
    rows: Any = kind.model._default_manager.filter(pk=record.pk)
    day: date | None = rows.values_list(name, flat=True).first()
    return day


def unexplained(kind: Kind, record: Any) -> Confirmed | None:
    """The confirmed period of a record that nobody gave a reason for since it was confirmed.

    A reason is asked for by every form; so whoever entered or changed it since has given one.
    """
    period = period_of(kind, record)
    if period is None:
        return None
    steps = record.history.filter(
        action__in=(Action.CREATE, Action.EDIT), history_date__gt=period.at
    )
    return None if steps.exists() else period

"""Periods that a district has confirmed: what was confirmed changes only with a reason.

Who confirms what is not this app's to know: another room says which days of which district are
confirmed (`tell_by`). A record lies in the period of its counting day.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from products.choices import Action
from products.kinds import KINDS, Kind
from products.models import Product

COUNTING_DAYS = {
    "recognition": "decided_on",
    "traceability": "started_on",
    "listing": "started_on",
    "task": "approved_on",
    "ip-right": "granted_on",
}
"""By kind the field of the day on which its records count."""

Pair = tuple[int, date]
CHUNK = 500


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


def reached(records: Iterable[tuple[Any, Mapping[str, Any] | None]]) -> list[str]:
    """The labels of confirmed periods that records, or what they were before, lie in.

    Each record with its columns as plain values before the change, or None. Two queries at most,
    however many records.
    """
    slugs = {KINDS[slug].model: slug for slug in COUNTING_DAYS}
    by_product: set[tuple[int, date]] = set()
    pairs: set[tuple[int | None, date | None]] = set()
    for record, before in records:
        if (slug := slugs.get(type(record))) is None:
            continue
        name = COUNTING_DAYS[slug]
        for day in {_day(getattr(record, name)), _day((before or {}).get(name))}:
            if day is None:
                continue
            if not hasattr(record, "product_id"):
                pairs.add((record.district_id, day))
            elif product := type(record).product.field.get_cached_value(record, default=None):
                # Also new ones, that have no id yet or had one that was taken back.
                pairs.add((product.district_id, day))
            else:
                by_product.add((record.product_id, day))
    found = periods(pairs | _by_district(by_product)).values()
    return [one.label for one in sorted(set(found), key=lambda one: (one.url, one.label))]


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _by_district(by_product: set[tuple[int, date]]) -> set[tuple[int | None, date | None]]:
    """The same days by the districts of the products."""
    districts: dict[int, int | None] = {}
    listed = sorted({product for product, _day in by_product})
    for some in (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK)):
        # History knows those too that an undoing deleted; the latest row holds.
        rows = Product.history.filter(id__in=some).order_by("history_id")  # type: ignore[attr-defined]
        districts |= dict(rows.values_list("id", "district_id"))
    return {(districts.get(product), day) for product, day in by_product}


def changed_since(kind: Kind, record: Any) -> Confirmed | None:
    """The confirmed period that the record lies in and was changed after; None where neither."""
    period = period_of(kind, record)
    if period is None:
        return None
    later = record.history.filter(history_date__gt=period.at).exclude(action=Action.RETURN)
    return period if later.exists() else None


def asks_why(label: str) -> str:
    """What is said where something is entered or changed in a confirmed period."""
    return _(
        "%(period)s is confirmed by the district. Say why something is entered or changed there."
    ) % {"period": label}


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

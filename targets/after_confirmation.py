"""What changed in a district's quarter after it was confirmed, told from the records' history."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from products.choices import Action
from products.confirmed import COUNTING_DAYS, Confirmed, Pair
from products.content import Difference, content_of, differences
from products.kinds import KINDS, Kind
from products.models import Product
from targets import confirming
from targets.models import Confirmation
from targets.periods import Quarter, quarter_of
from targets.quarter_records import after

MOST = 200
"""Changes listed on a page; how many there are in all is said beside it."""
TOLD = frozenset(set(Action.values) - {Action.RETURN})
"""A record that is returned changes nothing that was confirmed."""


@dataclass(frozen=True)
class LateChange:
    """One step after the confirmation: who, when, why, old → new."""

    when: datetime
    who: str
    kind: str
    title: str
    url: str
    action: str
    reason: str
    changes: list[Difference]


def page_url(unit_code: str, quarter: Quarter) -> str:
    return reverse("quarter-confirmation", args=[unit_code, quarter.year, quarter.number])


def confirmed_periods(pairs: set[Pair]) -> dict[Pair, Confirmed]:
    """The confirmed quarter of each (district's id, day) that lies in one. One query."""
    rows = Confirmation.objects.filter(unit_id__in={district for district, _day in pairs})
    known = {(one.unit_id, one.year, one.quarter): one for one in rows.select_related("unit")}
    found = {}
    for district, day in pairs:
        quarter = quarter_of(day)
        if one := known.get((district, *quarter)):
            url = page_url(one.unit.code, quarter)
            found[district, day] = Confirmed(confirming.label(quarter), one.confirmed_at, url)
    return found


def changes_after(confirmation: Confirmation, day: date) -> list[LateChange]:
    """Every step after `confirmation`, by the end of `day`, of records that lay in its quarter
    before or after the step; the latest first. A query a kind, and one a related value named."""
    quarter = Quarter(confirmation.year, confirmation.quarter)
    found: list[LateChange] = []
    for slug in COUNTING_DAYS:
        kind = KINDS[slug]
        for before, row in _steps(kind, confirmation, quarter):
            if confirmation.confirmed_at < row.history_date < after(day) and row.action in TOLD:
                found.append(_told(kind, before, row))
    return sorted(found, key=lambda one: one.when, reverse=True)


def _steps(kind: Kind, confirmation: Confirmation, quarter: Quarter) -> Iterator[tuple[Any, Any]]:
    """(row before or None, row) of every record of the quarter that changed since."""
    name = COUNTING_DAYS[kind.slug]
    first, last = confirming.first_day(quarter), confirming.last_day(quarter)
    history: Any = kind.model.history  # type: ignore[attr-defined]
    inside = history.filter(_of_district(kind, confirmation.unit_id)).filter(
        **{f"{name}__gte": first, f"{name}__lte": last}
    )
    since = history.filter(history_date__gt=confirmation.confirmed_at)
    rows = history.filter(id__in=inside.values("id")).filter(id__in=since.values("id"))
    related = [
        field.name
        for field in rows.model._meta.fields
        if field.is_relation and field.name in ("product", "floor", "history_user")
    ]
    previous: Any = None
    for row in rows.select_related(*related).order_by("id", "history_id"):
        before = previous if previous is not None and previous.id == row.id else None
        previous = row
        days = {getattr(one, name) for one in (before, row) if one is not None}
        if any(day is not None and first <= day <= last for day in days):
            yield before, row


def _of_district(kind: Kind, district: int) -> Q:
    """History rows of a district's records; those of products that are gone by now among them."""
    if "product" not in kind.rests_on:
        return Q(district_id=district)
    products = Product.history.filter(district_id=district)  # type: ignore[attr-defined]
    return Q(product_id__in=products.values("id"))


def _told(kind: Kind, before: Any, row: Any) -> LateChange:
    changes = []
    if before is not None:
        changes = differences(kind, content_of(before, kind.content), content_of(row, kind.content))
    gone = row.history_type == "-"
    return LateChange(
        when=row.history_date,
        who=str(row.history_user) if row.history_user else _("the system"),
        kind=str(kind.label),
        title=str(getattr(row, "product", "") or getattr(row, "name", "")),
        url="" if gone else reverse("record", args=[kind.slug, row.id]),
        action=_("Deleted") if gone else str(Action(row.action).label),
        reason=row.history_change_reason or "",
        changes=changes,
    )


def first_of(changes: Iterable[LateChange]) -> list[LateChange]:
    return list(changes)[:MOST]

"""Changes in the records' histories that affect counted figures, compared with confirmed periods.

Where a product changes its place or its producer, the change belongs to the product, and the
records about the product change with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from products.choices import Action, Status
from products.confirmed_periods import (
    PLACE_COLUMNS,
    PRODUCT_RECORDS,
    ConfirmedPeriod,
    Pair,
    RecordPlace,
    RecordVersion,
    lookup,
    touches,
)
from products.kinds import COUNTED_KINDS, RecordKind
from products.records.changes import (
    HistoryRow,
    RecordChange,
    changes_in,
    content_columns,
    history_of,
    read_rows,
)

PRODUCT = "product"
SLUGS = (*COUNTED_KINDS, PRODUCT)


@dataclass(frozen=True, slots=True)
class LaterChange(RecordChange):
    """A change with what it did to the versions of records that figures hold."""

    pairs: list[Pair]

    def is_after(self, period: ConfirmedPeriod) -> bool:
        """True where it came after the period was confirmed, and touches it.

        A record that is returned changes nothing that was confirmed.
        """
        if self.after.when <= period.at or self.after.action == Action.RETURN:
            return False
        return touches(self.pairs, period.unit, period.first, period.last)


def changes_since(
    units: Iterable[int], since: datetime, content: bool = False
) -> list[LaterChange]:
    """Every change after `since` of records that lay in one of the units, in order. One query.

    Changes before it may be among them. With `content` also what they changed of what people give.
    """
    listed = list(units)
    inside = Q(district_id__in=listed) | Q(commune_id__in=listed)
    here = history_of(PRODUCT).filter(inside).values("id")
    changed = history_of(PRODUCT).filter(history_date__gt=since, id__in=here).values("id")
    rows = {PRODUCT: history_of(PRODUCT).filter(id__in=changed)}
    for slug in COUNTED_KINDS:
        later = Q(id__in=history_of(slug).filter(history_date__gt=since).values("id"))
        if slug in PRODUCT_RECORDS:
            # All records about a changed product: it may have taken them to another district.
            about = history_of(slug).filter(later | Q(product_id__in=changed))
            rows[slug] = about.filter(product_id__in=here)
        else:
            own = history_of(slug).filter(inside).values("id")
            rows[slug] = history_of(slug).filter(later, id__in=own)
    return _read(rows, content)


def changes_of_record(kind: RecordKind, record: Any) -> list[LaterChange]:
    """Every change of one record, in order; none for a kind that no target counts. One query."""
    if kind.slug not in SLUGS:
        return []
    product = record.pk if kind.slug == PRODUCT else getattr(record, "product_id", None)
    rows = {kind.slug: history_of(kind.slug).filter(id=record.pk)}
    if product is not None:
        rows[PRODUCT] = history_of(PRODUCT).filter(id=product)
    if kind.slug == PRODUCT:
        rows |= {slug: history_of(slug).filter(product_id=product) for slug in PRODUCT_RECORDS}
    return [
        one
        for one in _read(rows)
        if (one.after.kind, one.after.record_id) == (kind.slug, record.pk)
    ]


def _read(rows: dict[str, Any], content: bool = False) -> list[LaterChange]:
    """The changes that the history rows of several kinds hold, by time."""
    return _later_changes(
        read_rows({slug: (some, _columns(slug, content)) for slug, some in rows.items()})
    )


def _columns(slug: str, content: bool) -> list[str]:
    """What versions of records are made of; the place of the product is that of now."""
    of_product = ("product_id", *(f"product__{name}" for name in PLACE_COLUMNS))
    about = of_product if slug in PRODUCT_RECORDS else ()
    return list(
        dict.fromkeys(
            (*lookup.columns_of(slug), *about, *(content_columns(slug) if content else ()))
        )
    )


def _later_changes(rows: Sequence[HistoryRow]) -> list[LaterChange]:
    products: dict[int, list[HistoryRow]] = {}
    about: dict[int, list[HistoryRow]] = {}
    for row in rows:
        if row.kind == PRODUCT:
            products.setdefault(row.record_id, []).append(row)
        elif (product := row.values.get("product_id")) is not None:
            about.setdefault(product, []).append(row)
    found = []
    for one in changes_in(rows):
        row = one.after
        if row.kind == PRODUCT:
            pairs = _moved(one, about.get(row.record_id, []))
        else:
            place = _place_at(row, products.get(row.values.get("product_id") or 0, []))
            pairs = [(_version(one.before, place), _version(row, place))]
        found.append(LaterChange(one.before, row, pairs))
    return sorted(found, key=lambda one: (one.after.when, one.after.history_id))


def _version(row: HistoryRow | None, place: RecordPlace) -> RecordVersion | None:
    """`place` is that of its product at the time; what belongs to none has a district itself."""
    if row is None or row.gone or row.status == Status.CANCELLED:
        return None
    own = lookup.own_place(row.values) if "district_id" in row.values else place
    return lookup.version_of(row.kind, row.values, own)


def _place_at(row: HistoryRow, product: list[HistoryRow]) -> RecordPlace:
    """Where the row's product was when the row was written; as it is now where it never moved."""
    known = [one for one in product if one.when <= row.when] or product[:1]
    if known:
        return _place_of(known[-1])
    return RecordPlace(*(row.values.get(f"product__{name}") for name in PLACE_COLUMNS))


def _place_of(row: HistoryRow) -> RecordPlace:
    return RecordPlace(*(row.values[name] for name in PLACE_COLUMNS))


def _moved(change: RecordChange, about: list[HistoryRow]) -> list[Pair]:
    """How a product's change affects the records about it, as they were at the time."""
    if change.before is None or change.before.gone or change.after.gone:
        return []
    old, new = _place_of(change.before), _place_of(change.after)
    if old == new:
        return []
    as_stored: dict[tuple[str, int], HistoryRow] = {}
    for one in about:
        if one.when <= change.after.when:
            as_stored[one.kind, one.record_id] = one
    versions = [_version(one, old) for one in as_stored.values()]
    return [(one, replace(one, place=new)) for one in versions if one is not None]

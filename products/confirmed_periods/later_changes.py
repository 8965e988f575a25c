"""Changes in the records' histories that affect counted figures, compared with confirmed periods.

One query reads the history of all kinds. Where a product changes its district or its producer,
the change belongs to the product, and the records about the product change with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from products.choices import Action, Status
from products.confirmed_periods.lookup import (
    EFFECTIVE_DATE_FIELDS,
    END_DATE_FIELDS,
    PRODUCT_RECORDS,
    ConfirmedPeriod,
)
from products.confirmed_periods.rules import Pair, RecordPlace, RecordVersion, touches
from products.kinds import KINDS, RecordKind
from products.models import Product

PRODUCT = "product"
SLUGS = (*EFFECTIVE_DATE_FIELDS, PRODUCT)
MAX_END_DATES = max(len(names) for names in END_DATE_FIELDS.values())
CLASSIFICATION: dict[str, Any] = {
    "recognition": F("rank"),
    "listing": F("floor_id"),
    "ip-right": Concat(
        F("kind"), Case(When(supported=True, then=Value(" +")), default=Value(" -"))
    ),
}


class _HistoryRow(NamedTuple):
    kind: str
    history_id: int
    record_id: int
    when: datetime
    type: str
    action: str
    status: str
    product: int | None
    district: int | None
    producer: int | None
    day: date | None
    classification: str | None
    end_dates: tuple[date | None, ...]

    @property
    def gone(self) -> bool:
        return self.type == "-"


@dataclass(frozen=True)
class HistoryChange:
    """One history row (`history_id`; the one before it in `before_id`) and what it changed."""

    kind: str
    record_id: int
    history_id: int
    before_id: int | None
    when: datetime
    action: str
    pairs: list[Pair]

    def is_after(self, period: ConfirmedPeriod) -> bool:
        """True where it came after the period was confirmed, and touches it.

        A record that is returned changes nothing that was confirmed.
        """
        if self.when <= period.at or self.action == Action.RETURN:
            return False
        return touches(self.pairs, period.district, period.first, period.last)


def history_changes_since(districts: Iterable[int], since: datetime) -> list[HistoryChange]:
    """Every change after `since` of records that lay in one of the districts, in order. One query.

    Changes before it may be among them.
    """
    history: Any = Product.history  # type: ignore[attr-defined]
    here = history.filter(district_id__in=list(districts)).values("id")
    changed = history.filter(history_date__gt=since, id__in=here).values("id")
    rows = {}
    for slug in SLUGS:
        of_kind: Any = KINDS[slug].model.history  # type: ignore[attr-defined]
        later = Q(id__in=of_kind.filter(history_date__gt=since).values("id"))
        if slug == PRODUCT:
            rows[slug] = of_kind.filter(id__in=changed)
        elif slug in PRODUCT_RECORDS:
            # All records about a changed product: it may have taken them to another district.
            rows[slug] = of_kind.filter(later | Q(product_id__in=changed), product_id__in=here)
        else:
            own = of_kind.filter(district_id__in=list(districts)).values("id")
            rows[slug] = of_kind.filter(later, id__in=own)
    return _history_changes(_read(rows))


def history_changes_of(kind: RecordKind, record: Any) -> list[HistoryChange]:
    """Every change of one record, in order; none for a kind that no target counts. One query."""
    if kind.slug not in SLUGS:
        return []
    product = record.pk if kind.slug == PRODUCT else getattr(record, "product_id", None)
    rows: dict[str, Any] = {kind.slug: record.history.all()}
    if product is not None:
        rows[PRODUCT] = Product.history.filter(id=product)  # type: ignore[attr-defined]
    if kind.slug == PRODUCT:
        for slug in PRODUCT_RECORDS:
            rows[slug] = KINDS[slug].model.history.filter(product_id=product)  # type: ignore[attr-defined]
    found = _history_changes(_read(rows))
    return [one for one in found if (one.kind, one.record_id) == (kind.slug, record.pk)]


# --- Read -----------------------------------------------------------------------------------------


def _read(rows: dict[str, Any]) -> list[_HistoryRow]:
    """The history rows of several kinds in one query, each record's own in order."""
    first, *others = (_columns(slug, some) for slug, some in rows.items())
    found = first.union(*others, all=True) if others else first
    fixed = len(_HistoryRow._fields) - 1
    read = [_HistoryRow._make((*values[:fixed], values[fixed:])) for values in found]
    return sorted(read, key=lambda row: (row.kind, row.record_id, row.history_id))


def _product_column(name: str) -> Subquery:
    """A column of the row's product as it is now; NULL where the product is gone."""
    return Subquery(Product.objects.filter(pk=OuterRef("product_id")).values(name)[:1])


def _columns(slug: str, rows: Any) -> Any:
    """One kind's rows as the columns of _Row, all typed: a literal NULL has no type."""
    of_product = slug in PRODUCT_RECORDS
    product = F("product_id") if of_product else F("id") if slug == PRODUCT else Value(None)
    producer: Any = F("producer_id") if slug == PRODUCT else Value(None)
    end_dates: list[Any] = [F(name) for name in END_DATE_FIELDS.get(slug, ())]
    end_dates += [Value(None)] * (MAX_END_DATES - len(end_dates))
    whole = BigIntegerField()
    columns = {
        "a_kind": Cast(Value(slug), CharField(max_length=20)),
        "a_history": F("history_id"),
        "a_record": F("id"),
        "a_when": F("history_date"),
        "a_type": F("history_type"),
        "a_action": F("action"),
        "a_status": F("status"),
        "a_product": Cast(product, whole),
        "a_district": Cast(
            _product_column("district_id") if of_product else F("district_id"), whole
        ),
        "a_producer": Cast(_product_column("producer_id") if of_product else producer, whole),
        "a_day": Cast(
            F(EFFECTIVE_DATE_FIELDS[slug]) if slug != PRODUCT else Value(None), DateField()
        ),
        "a_trait": Cast(CLASSIFICATION.get(slug, Value(None)), CharField(max_length=80)),
        **{f"a_out_{n}": Cast(out, DateField()) for n, out in enumerate(end_dates)},
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


# --- Told -----------------------------------------------------------------------------------------


def _history_changes(rows: list[_HistoryRow]) -> list[HistoryChange]:
    """Each row with what it changed, by time."""
    products: dict[int, list[_HistoryRow]] = {}
    about: dict[int, list[_HistoryRow]] = {}
    for row in rows:
        if row.kind == PRODUCT:
            products.setdefault(row.record_id, []).append(row)
        elif row.product is not None:
            about.setdefault(row.product, []).append(row)
    changes = []
    previous: _HistoryRow | None = None
    for row in rows:
        known = previous is not None and previous[0] == row.kind
        before = previous if known and previous and previous.record_id == row.record_id else None
        previous = row
        if row.kind == PRODUCT:
            pairs = _moved(before, row, about.get(row.record_id, []))
        else:
            place = _place_at(row, products.get(row.product or 0, []))
            pairs = [(_version(before, place), _version(row, place))]
        before_id = before.history_id if before else None
        changes.append(
            HistoryChange(
                row.kind, row.record_id, row.history_id, before_id, row.when, row.action, pairs
            )
        )
    return sorted(changes, key=lambda step: (step.when, step.history_id))


def _version(row: _HistoryRow | None, place: RecordPlace | None) -> RecordVersion | None:
    """`place`: that of its product at the time; None for the row's own district."""
    if row is None or row.gone:
        return None
    verified = row.status == Status.VERIFIED
    return RecordVersion(
        row.kind,
        place or RecordPlace(row.district),
        row.day,
        row.end_dates,
        row.classification,
        verified,
    )


def _place_at(row: _HistoryRow, product: list[_HistoryRow]) -> RecordPlace | None:
    """Where the row's product was when the row was written; as it is now where it never moved."""
    if row.product is None:
        return None
    known = [one for one in product if one.when <= row.when] or product[:1]
    last = known[-1] if known else row
    return RecordPlace(last.district, last.producer)


def _moved(before: _HistoryRow | None, row: _HistoryRow, about: list[_HistoryRow]) -> list[Pair]:
    """How a product's change affects the records about it, as they were at the time."""
    if before is None or before.gone or row.gone:
        return []
    old, new = (RecordPlace(one.district, one.producer) for one in (before, row))
    if old == new:
        return []
    as_stored: dict[tuple[str, int], _HistoryRow] = {}
    for one in about:
        if one.when <= row.when:
            as_stored[one.kind, one.record_id] = one
    versions = [_version(one, old) for one in as_stored.values()]
    return [(one, replace(one, place=new)) for one in versions if one is not None]

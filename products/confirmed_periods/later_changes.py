"""Steps of records' histories as changes of what counts, to be held against confirmed periods.

One query reads the steps of all kinds. Where a product changes its district or its producer, the
step is its own, and what changes are the records about it.
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
from products.confirmed_periods.lookup import COUNTING_DAYS, OF_PRODUCTS, OUT_DAYS, Confirmed
from products.confirmed_periods.rules import Pair, Place, Version, touches
from products.kinds import KINDS, Kind
from products.models import Product

PRODUCT = "product"
SLUGS = (*COUNTING_DAYS, PRODUCT)
MOST_OUTS = max(len(names) for names in OUT_DAYS.values())
TRAIT: dict[str, Any] = {
    "recognition": F("rank"),
    "listing": F("floor_id"),
    "ip-right": Concat(
        F("kind"), Case(When(supported=True, then=Value(" +")), default=Value(" -"))
    ),
}


class _Row(NamedTuple):
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
    trait: str | None
    outs: tuple[date | None, ...]

    @property
    def gone(self) -> bool:
        return self.type == "-"


@dataclass(frozen=True)
class Step:
    """One history row (`history_id`; the one before it in `before_id`) and what it changed."""

    kind: str
    record_id: int
    history_id: int
    before_id: int | None
    when: datetime
    action: str
    pairs: list[Pair]

    def is_after(self, period: Confirmed) -> bool:
        """True where it came after the period was confirmed, and touches it.

        A record that is returned changes nothing that was confirmed.
        """
        if self.when <= period.at or self.action == Action.RETURN:
            return False
        return touches(self.pairs, period.district, period.first, period.last)


def steps_since(districts: Iterable[int], since: datetime) -> list[Step]:
    """Every step after `since` of records that lay in one of the districts, in order. One query.

    Steps before it may be among them.
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
        elif slug in OF_PRODUCTS:
            # All records about a changed product: it may have taken them to another district.
            rows[slug] = of_kind.filter(later | Q(product_id__in=changed), product_id__in=here)
        else:
            own = of_kind.filter(district_id__in=list(districts)).values("id")
            rows[slug] = of_kind.filter(later, id__in=own)
    return _steps(_read(rows))


def steps_of(kind: Kind, record: Any) -> list[Step]:
    """Every step of one record, in order; none for a kind that counts nowhere. One query."""
    if kind.slug not in SLUGS:
        return []
    product = record.pk if kind.slug == PRODUCT else getattr(record, "product_id", None)
    rows: dict[str, Any] = {kind.slug: record.history.all()}
    if product is not None:
        rows[PRODUCT] = Product.history.filter(id=product)  # type: ignore[attr-defined]
    if kind.slug == PRODUCT:
        for slug in OF_PRODUCTS:
            rows[slug] = KINDS[slug].model.history.filter(product_id=product)  # type: ignore[attr-defined]
    found = _steps(_read(rows))
    return [one for one in found if (one.kind, one.record_id) == (kind.slug, record.pk)]


# --- Read -----------------------------------------------------------------------------------------


def _read(rows: dict[str, Any]) -> list[_Row]:
    """The history rows of several kinds in one query, each record's own in order."""
    first, *others = (_columns(slug, some) for slug, some in rows.items())
    found = first.union(*others, all=True) if others else first
    fixed = len(_Row._fields) - 1
    read = [_Row._make((*values[:fixed], values[fixed:])) for values in found]
    return sorted(read, key=lambda row: (row.kind, row.record_id, row.history_id))


def _now(name: str) -> Subquery:
    """A column of the row's product as it is now; NULL where the product is gone."""
    return Subquery(Product.objects.filter(pk=OuterRef("product_id")).values(name)[:1])


def _columns(slug: str, rows: Any) -> Any:
    """One kind's rows as the columns of _Row, all typed: a literal NULL has no type."""
    of_product = slug in OF_PRODUCTS
    product = F("product_id") if of_product else F("id") if slug == PRODUCT else Value(None)
    producer: Any = F("producer_id") if slug == PRODUCT else Value(None)
    outs: list[Any] = [F(name) for name in OUT_DAYS.get(slug, ())]
    outs += [Value(None)] * (MOST_OUTS - len(outs))
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
        "a_district": Cast(_now("district_id") if of_product else F("district_id"), whole),
        "a_producer": Cast(_now("producer_id") if of_product else producer, whole),
        "a_day": Cast(F(COUNTING_DAYS[slug]) if slug != PRODUCT else Value(None), DateField()),
        "a_trait": Cast(TRAIT.get(slug, Value(None)), CharField(max_length=80)),
        **{f"a_out_{n}": Cast(out, DateField()) for n, out in enumerate(outs)},
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


# --- Told -----------------------------------------------------------------------------------------


def _steps(rows: list[_Row]) -> list[Step]:
    """Each row with what it changed, by time."""
    products: dict[int, list[_Row]] = {}
    about: dict[int, list[_Row]] = {}
    for row in rows:
        if row.kind == PRODUCT:
            products.setdefault(row.record_id, []).append(row)
        elif row.product is not None:
            about.setdefault(row.product, []).append(row)
    steps = []
    previous: _Row | None = None
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
        steps.append(
            Step(row.kind, row.record_id, row.history_id, before_id, row.when, row.action, pairs)
        )
    return sorted(steps, key=lambda step: (step.when, step.history_id))


def _version(row: _Row | None, place: Place | None) -> Version | None:
    """`place`: that of its product at the time; None for the row's own district."""
    if row is None or row.gone:
        return None
    verified = row.status == Status.VERIFIED
    return Version(row.kind, place or Place(row.district), row.day, row.outs, row.trait, verified)


def _place_at(row: _Row, product: list[_Row]) -> Place | None:
    """Where the row's product was when the row was written; as it is now where it never moved."""
    if row.product is None:
        return None
    known = [one for one in product if one.when <= row.when] or product[:1]
    last = known[-1] if known else row
    return Place(last.district, last.producer)


def _moved(before: _Row | None, row: _Row, about: list[_Row]) -> list[Pair]:
    """What a product's step does to the records about it, as they stood at the time."""
    if before is None or before.gone or row.gone:
        return []
    old, new = (Place(one.district, one.producer) for one in (before, row))
    if old == new:
        return []
    standing: dict[tuple[str, int], _Row] = {}
    for one in about:
        if one.when <= row.when:
            standing[one.kind, one.record_id] = one
    versions = [_version(one, old) for one in standing.values()]
    return [(one, replace(one, place=new)) for one in versions if one is not None]

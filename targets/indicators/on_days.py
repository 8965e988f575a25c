"""Figures of many days and units at once, in a number of queries that does not grow with them.

What a page of one day shows comes from `collect_facts`; this answers the same questions for lists
of figures of many days (published totals), by the same spans and columns.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, Value

from ocop.organisation.models import Unit
from ocop.organisation.scope import Area, lies_in
from products.choices import RANK_KEYS, Basis, IPKind, ProducerKind
from products.legal_terms import decision_key
from products.models import FirstRecognition, IPRight, Recognition, ValiditySpan
from products.models.entered import counted_statuses
from products.models.validity import first_known_at
from targets.choices import TotalMeasure, TotalScope
from targets.indicators.facts import Arm, ByUnit, by_unit_in_arms, total

AT_ONCE = 100
"""Arms of one union; SQLite allows 500."""
STOCK = {"total", *RANK_KEYS.values()}
PRODUCERS = {"producers", *ProducerKind.values}
DECIDED = STOCK | PRODUCERS | {TotalMeasure.NEW, TotalMeasure.AGAIN}


class DayFigure(NamedTuple):
    """What is asked: `measure` as `scope` counts it, of one unit or (None) the whole.

    `first` and `day` are the first and the last day of the period; only what is within the period
    reads the first. `number` narrows decisions of the day to one, by its key (`decision_key`).
    """

    scope: str
    measure: str
    unit: Unit | None
    first: date
    day: date
    number: str = ""


class Decided(NamedTuple):
    """A recognition decided on a day, as far as totals of a batch ask."""

    day: date
    number: str
    area: Area
    rank: int
    product: int
    producer: int
    kind: str


Found = dict[DayFigure, int]


def answers(
    asked: Iterable[DayFigure], pending: bool = False, decided: "DecidedDays | None" = None
) -> Found:
    """What the record holds of each figure asked; those that it cannot answer are left out.

    `decided`: what was decided on the days asked for, where somebody has read it already.
    """
    by_reader: dict[Callable[..., Found], list[DayFigure]] = defaultdict(list)
    for one in dict.fromkeys(asked):
        if (reader := _reader(one)) is not None:
            by_reader[reader].append(one)
    found: Found = {}
    for reader, some in by_reader.items():
        if reader is _decided:
            found |= _decided(some, pending, decided or DecidedDays(days_of_batches(some)))
        else:
            found |= reader(some, pending)
    return found


def days_of_batches(asked: Iterable[DayFigure]) -> set[date]:
    """The days of which decisions are asked."""
    return {one.day for one in asked if one.scope == TotalScope.BATCH}


def _reader(one: DayFigure) -> Callable[..., Found] | None:
    if one.measure in IPKind.values:
        return None if one.scope == TotalScope.EVER else _rights
    if one.scope == TotalScope.VALID and one.measure in STOCK:
        return _stock
    if one.scope == TotalScope.VALID and one.measure in PRODUCERS:
        return _producers
    if one.scope == TotalScope.BATCH and one.measure in DECIDED:
        return _decided
    ever = one.scope == TotalScope.EVER and one.measure == TotalMeasure.PRODUCTS
    within = one.scope == TotalScope.PERIOD and one.measure == TotalMeasure.NEW
    return _firsts if ever or within else None


def _chunks(some: Collection[Any]) -> Iterator[list[Any]]:
    listed = sorted(some, key=str)
    return (listed[at : at + AT_ONCE] for at in range(0, len(listed), AT_ONCE))


def _stock(asked: list[DayFigure], pending: bool) -> Found:
    """Products valid on each day, in all and by rank."""
    spans = ValiditySpan.objects.on_basis(pending)
    found: Found = {}
    for days in _chunks({one.day for one in asked}):
        place = {day: f"d{number}_" for number, day in enumerate(days)}
        rows = by_unit_in_arms(
            [Arm(spans.at(day), "district_id", _by_rank(prefix)) for day, prefix in place.items()]
        )
        for one in asked:
            if one.day in place:
                found[one] = total(rows, place[one.day] + one.measure, one.unit)
    return found


def _by_rank(prefix: str) -> dict[str, Count]:
    ranks = {f"{prefix}{key}": Count("pk", filter=Q(rank=rank)) for rank, key in RANK_KEYS.items()}
    return {f"{prefix}total": Count("pk"), **ranks}


def _producers(asked: list[DayFigure], pending: bool) -> Found:
    """Producers that hold a valid certificate, in all and by kind: each once in its unit."""
    spans = ValiditySpan.objects.on_basis(pending)
    found: Found = {}
    for places in _chunks({(one.day, one.unit) for one in asked}):
        arms = [
            spans.at(day)
            .of_unit(unit)
            .order_by()
            .values_list(Value(number), "producer__kind")
            .annotate(n=Count("producer", distinct=True))
            for number, (day, unit) in enumerate(places)
        ]
        first, *others = arms
        by_place: dict[Any, dict[str, int]] = {place: {} for place in places}
        for number, kind, producers in first.union(*others, all=True):
            by_place[places[number]][kind] = producers
        for one in asked:
            if (by_kind := by_place.get((one.day, one.unit))) is None:
                continue
            kinds = by_kind if one.measure == TotalMeasure.PRODUCERS else [one.measure]
            found[one] = sum(by_kind.get(kind, 0) for kind in kinds)
    return found


def _firsts(asked: list[DayFigure], pending: bool) -> Found:
    """Products by their first recognition: all by the day, or those of a period."""
    firsts = FirstRecognition.objects.on_basis(pending)
    return _counted(
        asked,
        lambda one: firsts.filter(
            first_known_at(one.day), decided_on__lte=one.day, decided_on__gte=_begin(one)
        ),
        "district_id",
    )


def _rights(asked: list[DayFigure], pending: bool) -> Found:
    """Rights granted on the day, within the period or by the day, and not cancelled by it."""
    rights = IPRight.objects.counted(pending)
    return _counted(
        asked,
        lambda one: rights.filter(
            kind=one.measure, granted_on__lte=one.day, granted_on__gte=_begin(one)
        ).active_at(one.day),
        "district_id",
    )


def _begin(one: DayFigure) -> date:
    """From which day on it is counted."""
    if one.scope == TotalScope.BATCH:
        return one.day
    return one.first if one.scope == TotalScope.PERIOD else date.min


def _counted(
    asked: list[DayFigure], records_of: Callable[[DayFigure], Any], path: str
) -> dict[DayFigure, int]:
    found: Found = {}
    for some in _chunks({one._replace(unit=None) for one in asked}):
        column = {one: f"n{number}" for number, one in enumerate(some)}
        rows = by_unit_in_arms(
            [Arm(records_of(one), path, {name: Count("pk")}) for one, name in column.items()]
        )
        for one in asked:
            if (name := column.get(one._replace(unit=None))) is not None:
                found[one] = total(rows, name, one.unit)
    return found


# --- What was decided on a day ------------------------------------------------------------------


class DecidedDays:
    """The recognitions decided on some days, and of which products they were the first; on both
    bases. Two queries."""

    def __init__(self, days: Collection[date]) -> None:
        columns = (
            *("decided_on", "decision_number", "product__district_id", "product__commune_id"),
            *("rank", "product_id", "product__producer_id", "product__producer__kind", "status"),
        )
        self._rows: dict[date, list[tuple[Decided, str]]] = defaultdict(list)
        decided = Recognition.objects.counted(pending=True).filter(decided_on__in=set(days))
        rows = decided.order_by().values_list(*columns)
        for day, number, *area, rank, product, producer, kind, status in rows:
            one = Decided(day, number, Area(*area), rank, product, producer, kind)
            self._rows[one.day].append((one, status))
        self._first: set[tuple[date, int, str]] = set()
        firsts = FirstRecognition.objects.filter(decided_on__in=set(days))
        known = ("decided_on", "product_id", "basis", "counts_from", "counts_until")
        for day, product, basis, since, until in firsts.values_list(*known):
            if since <= day and (until is None or until > day):
                self._first.add((day, product, basis))

    def rows(self, day: date, pending: bool = False) -> list[Decided]:
        """What was decided on the day, as it counts on that basis."""
        statuses = counted_statuses(pending)
        return [one for one, status in self._rows.get(day, ()) if status in statuses]

    def is_new(self, one: Decided, pending: bool) -> bool:
        """Whether the decision was known on its day as the product's first."""
        own = Basis.PENDING if pending else Basis.VERIFIED
        return any((one.day, one.product, basis) in self._first for basis in (own, Basis.BOTH))


def _decided(asked: list[DayFigure], pending: bool, decided: DecidedDays) -> Found:
    """Of the recognitions of each day: products, ranks, new and again, producers."""
    return {one: len(_counted_in(one, decided, pending)) for one in asked}


def _counted_in(one: DayFigure, decided: DecidedDays, pending: bool) -> set[int]:
    """The products or producers among a day's decisions that the figure counts, each once."""
    of_unit = [
        row
        for row in decided.rows(one.day, pending)
        if lies_in(one.unit, row.area)
        and (not one.number or decision_key(row.number) == one.number)
    ]
    if one.measure == TotalMeasure.PRODUCERS:
        return {row.producer for row in of_unit}
    if one.measure in PRODUCERS:
        return {row.producer for row in of_unit if row.kind == one.measure}
    if one.measure in (TotalMeasure.NEW, TotalMeasure.AGAIN):
        wanted = one.measure == TotalMeasure.NEW
        return {row.product for row in of_unit if decided.is_new(row, pending) == wanted}
    ranks = {key: rank for rank, key in RANK_KEYS.items()}
    rank = ranks.get(one.measure)
    return {row.product for row in of_unit if rank is None or row.rank == rank}


def lapsed_by(days: Collection[date], pending: bool = False) -> dict[date, ByUnit]:
    """By day and unit: products no longer valid (`lapsed`), those of them whose certificate
    was revoked (`revoked`). One query."""
    spans = ValiditySpan.objects.on_basis(pending)
    found: dict[date, ByUnit] = {}
    for some in _chunks(set(days)):
        arms = []
        for number, day in enumerate(some):
            within_term = Count("pk", filter=Q(certificate_ends__gte=day))
            columns = {f"lapsed{number}": Count("pk"), f"revoked{number}": within_term}
            arms.append(Arm(spans.lapsed_by(day), "district_id", columns))
        rows = by_unit_in_arms(arms)
        for number, day in enumerate(some):
            found[day] = {
                unit: Counter({name: row[f"{name}{number}"] for name in ("lapsed", "revoked")})
                for unit, row in rows.items()
            }
    return found

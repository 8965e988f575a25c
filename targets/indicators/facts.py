"""What is counted at one day for all units at once; shared by the indicators of one overview.

Exact numbers only: nothing here compares or rounds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Value

from ocop.db.consistent_read import consistent_read
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import Area, commune_path, holds_everything
from products.choices import RANK_KEYS
from products.models import ValiditySpan
from targets.progress import Actual

ALL = Q()
ByUnit = dict[int | None, Counter[str]]
"""Id of a district or commune → column → number; a record stands under both of its own.

None: records of no place, the province's own. WHOLE: all records there are.
"""
WHOLE = 0


class Window(NamedTuple):
    """A window of a target; both days belong to it."""

    label: str
    first: date
    last: date


Line = tuple[Any, Window]
"""A target with one of its windows."""


@dataclass(frozen=True)
class Measurement(Actual):
    """One target in one window for one unit as of the day the window is judged on: what
    targets.progress compares, and its working.

    `now_…` is a share on the day asked for where the window is over (None otherwise). `left_out`
    names records found and not counted, by reason; `pipeline` those on their way (None where the
    indicator knows none).
    """

    now_numerator: int | None = None
    now_denominator: int | None = None
    pipeline: int | None = None
    left_out: dict[str, int] = field(default_factory=dict)


class Days(NamedTuple):
    day: date
    end: date | None
    first: date | None


def _listed(day: date, among: Q = ALL, prefix: str = "") -> dict[str, Count]:
    """How many spans are `among` them, and of how many the product is traced and sold on `day`."""
    columns = {f"{prefix}total": Count("pk", filter=among)}
    for name in ("traced", "sold"):
        listed = among & Q(**{f"{name}_until__gt": day})
        columns[f"{prefix}{name}"] = Count("pk", filter=listed)
    return columns


def _by_rank(day: date, prefix: str = "") -> dict[str, Count]:
    """`_listed`, and how many spans are of each rank."""
    ranks = {f"{prefix}{key}": Count("pk", filter=Q(rank=rank)) for rank, key in RANK_KEYS.items()}
    return _listed(day, prefix=prefix) | ranks


def _without_prefix(row: Counter[str], prefix: str) -> Counter[str]:
    """The columns of a row that bear the prefix, by their names without it."""
    return Counter(
        {name.removeprefix(prefix): n for name, n in row.items() if name.startswith(prefix)}
    )


class FactsReader:
    """Reads facts as of `day`; `pending` counts submitted records too.

    What several indicators ask for is read once.
    """

    def __init__(self, day: date, pending: bool) -> None:
        self.day, self.pending = day, pending
        self._products: dict[Days, ByUnit] = {}

    def products(self, day: date, end: date | None = None, first: date | None = None) -> ByUnit:
        """Products valid on `day` by unit: in all (`total`) and by rank, how many are `traced`
        and `sold`; once recognised and not valid (`lapsed`), those of them because of a revocation
        (`revoked`).

        With `end` the same of those that stay valid through that day (`end_…`), with `first` of
        those valid on that day (`first_…`). One query.
        """
        days = Days(day, end, first)
        if end is None and first is None:
            days = next((known for known in self._products if known.day == day), days)
        if days not in self._products:
            self._products[days] = self._read_products(days)
        return self._products[days]

    def _read_products(self, days: Days) -> ByUnit:
        """Arms of a union, so that each looks at few spans: the conditions cost more than they."""
        day, spans = days.day, self._spans
        valid = _by_rank(day)
        if days.end is not None:
            valid |= _listed(days.end, Q(certificate_ends__gte=days.end), "end_")
        within_term = Count("pk", filter=Q(certificate_ends__gte=day))
        lapsed = {"lapsed": Count("pk"), "revoked": within_term}
        arms = [
            Arm(spans.at(day), "district_id", valid),
            Arm(spans.lapsed_by(day), "district_id", lapsed),
        ]
        if days.first is not None:
            then = _listed(days.first, prefix="first_")
            arms.append(Arm(spans.at(days.first), "district_id", then))
        if day != self.day:
            arms.append(Arm(spans.at(self.day), "district_id", _by_rank(self.day, "now_")))
        found = by_unit_in_arms(arms)
        if day != self.day:
            # Whoever looks back at a window that is over asks for the stock of the day as well.
            self._products[Days(self.day, None, None)] = {
                unit: _without_prefix(row, "now_") for unit, row in found.items()
            }
        return found

    @property
    def _spans(self) -> Any:
        return ValiditySpan.objects.on_basis(self.pending)


def add(found: ByUnit, area: Area, numbers: Mapping[str, int]) -> None:
    """Add what was counted in an area to what is known of its units."""
    for key in _own_keys(area):
        found.setdefault(key, Counter()).update(numbers)


def _own_keys(area: Area) -> set[int | None]:
    """The keys under which a record of an area stands."""
    return {WHOLE, *(set(area) - {None} or {None})}


def by_unit(records: Any, path: str, columns: dict[str, Any]) -> ByUnit:
    """`records` counted in `columns` for each unit; the id of their district stands at `path`."""
    other = commune_path(path)
    found: ByUnit = {}
    for group in records.order_by().values(path, other).annotate(**columns):
        add(found, Area(group.pop(path), group.pop(other)), group)
    return found


class Arm(NamedTuple):
    """Records, the path to their district's id, and the columns they are counted in."""

    records: Any
    path: str
    columns: dict[str, Any]


def by_unit_in_arms(arms: list[Arm]) -> ByUnit:
    """`by_unit` of several queries in one: the arms of a union, told apart by their places."""
    most = max(len(arm.columns) for arm in arms)
    queries = []
    for place, (records, path, columns) in enumerate(arms):
        places = {"arm": Value(place), "district_of": F(path), "commune_of": F(commune_path(path))}
        grouped = records.order_by().values(**places).annotate(**columns)
        unused = {f"unused_{n}": Value(0) for n in range(most - len(columns))}
        queries.append(grouped.annotate(**unused).values_list(*places, *columns, *unused))
    first, *others = queries
    found: ByUnit = {}
    for place, district, commune, *numbers in first.union(*others, all=True):
        counted = dict(zip(arms[place].columns, numbers, strict=False))
        add(found, Area(district, commune), counted)
    return found


def total(rows: ByUnit, column: str, unit: Unit | None) -> int:
    """A column's number in a unit (ocop.organisation.scope.unit_condition); of all for None."""
    return sum(rows[key][column] for key in _keys(unit) if key in rows)


def numbers_of(rows: ByUnit, unit: Unit | None) -> Counter[str]:
    """All columns' numbers in a unit."""
    found: Counter[str] = Counter()
    for key in _keys(unit):
        found.update(rows.get(key, {}))
    return found


def _keys(unit: Unit | None) -> Iterable[int | None]:
    """Under which keys a unit's records stand, each once."""
    if unit is None or holds_everything(unit):
        return (WHOLE,)
    return (*unit.district_ids, None) if unit.level == UnitLevel.PROVINCE else (unit.pk,)


def nonzero(**reasons: int) -> dict[str, int]:
    return {reason: number for reason, number in reasons.items() if number}


Collect = Callable[[list[Line], FactsReader], Any]
"""Counts what some lines need, in a constant number of queries."""


@dataclass(frozen=True)
class Facts:
    """Everything an overview's rows are read from, as of `day`.

    `valid` is the stock on the day, `found` what each way of counting found.
    """

    day: date
    pending: bool
    valid: ByUnit
    found: dict[Collect, Any]

    @property
    def has_records(self) -> bool:
        """False where no record of any kind is known by the day, whatever its status."""
        return bool(self.valid) or any(map(bool, self.found.values()))

    @cached_property
    def _holders(self) -> dict[int | None, set[int]]:
        """The producers of valid products under the keys of ByUnit. One query."""
        spans = ValiditySpan.objects.on_basis(self.pending).at(self.day).order_by()
        holders = spans.values_list("district_id", "commune_id", "producer_id").distinct()
        found: dict[int | None, set[int]] = {}
        for *area, producer in holders:
            for key in _own_keys(Area(*area)):
                found.setdefault(key, set()).add(producer)
        return found

    def producers(self, unit: Unit | None) -> int:
        """How many hold a valid certificate in the unit; one may in several of its parts."""
        return len(set().union(*(self._holders.get(key, set()) for key in _keys(unit))))

    def measure(self, target: Any, window: Window, unit: Unit | None) -> Measurement:
        """One target in one window of the lines collected, for a unit or (None) the whole."""
        indicator = target.indicator
        measured: Measurement = indicator.read(self.found[indicator.collect], target, window, unit)
        return measured

    def valid_products(self, unit: Unit | None) -> int:
        """How many products are valid on the day."""
        return total(self.valid, "total", unit)

    def stock(self, unit: Unit | None) -> dict[str, int]:
        """Valid products on the day: `total`, one number per rank, and their `producers`."""
        numbers = {key: total(self.valid, key, unit) for key in ("total", *RANK_KEYS.values())}
        return {**numbers, "producers": self.producers(unit)}


def collect_facts(lines: Iterable[Line], day: date, pending: bool = False) -> Facts:
    """Count as of `day` for all units what `lines` (target, window) read, at one moment."""
    grouped: dict[Collect, list[Line]] = {}
    for target, window in lines:
        grouped.setdefault(target.indicator.collect, []).append((target, window))
    reader = FactsReader(day, pending)
    with consistent_read():
        found = {collect: collect(some, reader) for collect, some in grouped.items()}
        return Facts(day, pending, reader.products(day), found)

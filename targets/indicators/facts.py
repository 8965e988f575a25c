"""What is counted at one day for all districts at once; shared by the indicators of one overview.

Exact numbers only: nothing here compares or rounds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Value

from ocop.db.consistent_read import consistent_read
from products.choices import RANK_KEYS
from products.models import ValiditySpan
from targets.progress import Actual

ALL = Q()
ByDistrict = dict[int | None, dict[str, int]]
"""District id (None: records of the province itself) → column → number."""


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


def _without_prefix(row: dict[str, int], prefix: str) -> dict[str, int]:
    """The columns of a row that bear the prefix, by their names without it."""
    return {
        name.removeprefix(prefix): number for name, number in row.items() if name.startswith(prefix)
    }


class FactsReader:
    """Reads facts as of `day`; `pending` counts submitted records too.

    What several indicators ask for is read once.
    """

    def __init__(self, day: date, pending: bool) -> None:
        self.day, self.pending = day, pending
        self._products: dict[Days, ByDistrict] = {}

    def products(self, day: date, end: date | None = None, first: date | None = None) -> ByDistrict:
        """Products valid on `day` by district: in all (`total`) and by rank, how many are `traced`
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

    def _read_products(self, days: Days) -> ByDistrict:
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
        found = by_district_in_arms(arms)
        if day != self.day:
            # Whoever looks back at a window that is over asks for the stock of the day as well.
            self._products[Days(self.day, None, None)] = {
                district: _without_prefix(row, "now_") for district, row in found.items()
            }
        return found

    @property
    def _spans(self) -> Any:
        return ValiditySpan.objects.on_basis(self.pending)


def by_district(records: Any, path: str, columns: dict[str, Any]) -> ByDistrict:
    """`records` counted in `columns` for each district, whose id stands at `path`."""
    groups = records.order_by().values(path).annotate(**columns)
    return {group.pop(path): group for group in groups}


class Arm(NamedTuple):
    """Records, the path to their district's id, and the columns they are counted in."""

    records: Any
    path: str
    columns: dict[str, Any]


def by_district_in_arms(arms: list[Arm]) -> ByDistrict:
    """`by_district` of several queries in one: the arms of a union, told apart by their places."""
    most = max(len(arm.columns) for arm in arms)
    queries = []
    for place, (records, path, columns) in enumerate(arms):
        grouped = records.order_by().values(arm=Value(place), of=F(path)).annotate(**columns)
        unused = {f"unused_{n}": Value(0) for n in range(most - len(columns))}
        queries.append(grouped.annotate(**unused).values_list("arm", "of", *columns, *unused))
    first, *others = queries
    found: ByDistrict = {}
    for place, district, *numbers in first.union(*others, all=True):
        found.setdefault(district, {}).update(zip(arms[place].columns, numbers, strict=False))
    return found


def total(rows: ByDistrict, column: str, district: int | None) -> int:
    """A column's number in one district; over the whole province for None."""
    if district is not None:
        return rows.get(district, {}).get(column, 0)
    return sum(row.get(column, 0) for row in rows.values())


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
    valid: ByDistrict
    found: dict[Collect, Any]

    @property
    def has_records(self) -> bool:
        """False where no record of any kind is known by the day, whatever its status."""
        return bool(self.valid) or any(map(bool, self.found.values()))

    @cached_property
    def producers(self) -> dict[int | None, int]:
        """Holding a valid certificate, by district and (None) in the whole province: not the sum
        of the districts', since a producer may have products in several. One query."""
        spans = ValiditySpan.objects.on_basis(self.pending).at(self.day).order_by()
        pairs = spans.values_list("district_id", "producer_id").distinct()
        districts: dict[int | None, set[int]] = {}
        for district, producer in pairs:
            districts.setdefault(district, set()).add(producer)
        everywhere = set().union(*districts.values())
        return {None: len(everywhere)} | {one: len(some) for one, some in districts.items()}

    def measure(self, target: Any, window: Window, district: int | None) -> Measurement:
        """One target in one window of the lines collected, for a district or (None) the whole."""
        indicator = target.indicator
        measured: Measurement = indicator.read(
            self.found[indicator.collect], target, window, district
        )
        return measured

    def valid_products(self, district: int | None) -> int:
        """How many products are valid on the day."""
        return total(self.valid, "total", district)

    def stock(self, district: int | None) -> dict[str, int]:
        """Valid products on the day: `total`, one number per rank, and their `producers`."""
        numbers = {key: total(self.valid, key, district) for key in ("total", *RANK_KEYS.values())}
        return {**numbers, "producers": self.producers.get(district, 0)}


def collect_facts(lines: Iterable[Line], day: date, pending: bool = False) -> Facts:
    """Count as of `day` for all districts what `lines` (target, window) read, at one moment."""
    grouped: dict[Collect, list[Line]] = {}
    for target, window in lines:
        grouped.setdefault(target.indicator.collect, []).append((target, window))
    reader = FactsReader(day, pending)
    with consistent_read():
        found = {collect: collect(some, reader) for collect, some in grouped.items()}
        return Facts(day, pending, reader.products(day), found)

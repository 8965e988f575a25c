"""What became of units, and what they were made of: the unit of any day that a place lies in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit, UnitSuccession


@dataclass(frozen=True)
class Succession:
    """All units, each with its parent, and who followed whom. `planned`: ids of the districts of
    plans. Read once where several places are looked up."""

    units: Mapping[int, Unit]
    into: Mapping[int, list[int]]
    out_of: Mapping[int, list[int]]
    planned: frozenset[int]

    @classmethod
    def read(cls) -> "Succession":
        """Three queries."""
        units = {unit.pk: unit for unit in Unit.objects.all()}
        for unit in units.values():
            if unit.parent_id in units:
                unit.parent = units[unit.parent_id]
        into, out_of = defaultdict(list), defaultdict(list)
        pairs = UnitSuccession.objects.order_by("pk").values_list("predecessor", "successor")
        for old, new in pairs:
            into[old].append(new)
            out_of[new].append(old)
        planned = Unit.objects.districts_of_plans().values_list("pk", flat=True)
        return cls(units, into, out_of, frozenset(planned))

    def on(self, place: Unit, day: date) -> list[Unit]:
        """The units that hold the territory of `place` on `day`: itself while it exists, later
        those that it went to, before those that it was made of. Empty where none is on record."""
        return [self.units[pk] for pk in sorted(self._on(place.pk, day))]

    def _on(self, pk: int, day: date) -> set[int]:
        unit = self.units[pk]
        if unit.exists_on(day):
            return {pk}
        way = self.out_of if day < unit.valid_from else self.into
        return {found for other in way.get(pk, ()) for found in self._on(other, day)}

    def commune_on(self, place: Unit, day: date) -> Unit | None:
        """The one commune of `day` that a commune lies in; None for a district, and where the
        territory lies in several."""
        found = self.on(place, day) if place.level == UnitLevel.COMMUNE else []
        return found[0] if len(found) == 1 else None

    def districts_of(self, place: Unit) -> list[Unit]:
        """The districts of plans that a place lies or lay in, by code: itself if it is one, that
        of a commune, or those of the communes that it was made of. Empty outside their area."""
        return sorted(self._districts(place.pk), key=lambda one: one.code)

    def _districts(self, pk: int) -> set[Unit]:
        unit = self.units[pk]
        if unit.level == UnitLevel.DISTRICT:
            return {unit} & {self.units[one] for one in self.planned}
        if unit.parent_id in self.planned:
            return {self.units[unit.parent_id]}
        return {found for other in self.out_of.get(pk, ()) for found in self._districts(other)}


def communes_of_today() -> Mapping[int, int | None]:
    """{id of a commune: id of the commune without end that took its territory over}; its own id
    where it has not ended, None where it went to several. Districts are not in it. Two queries.
    """
    ends = heirs_of_communes()
    return {pk: next(iter(found)) if len(found) == 1 else None for pk, found in ends.items()}


def heirs_of_communes() -> Mapping[int, frozenset[int]]:
    """{id of a commune: ids of the communes without end that hold its territory}. Two queries."""
    communes = Unit.objects.filter(level=UnitLevel.COMMUNE)
    open_ended = dict(communes.values_list("pk", "valid_to"))
    into: dict[int, set[int]] = defaultdict(set)
    for old, new in UnitSuccession.objects.values_list("predecessor", "successor"):
        into[old].add(new)

    def last(pk: int) -> Iterable[int]:
        if open_ended[pk] is None:
            return {pk}
        return {end for new in into[pk] if new in open_ended for end in last(new)}

    return {pk: frozenset(last(pk)) for pk in open_ended}


def former_districts() -> Mapping[int, list[Unit]]:
    """{id of a commune: the districts of those that it took over, by code}. One query."""
    over: dict[int, dict[int, Unit]] = defaultdict(dict)
    links = UnitSuccession.objects.filter(predecessor__parent__level=UnitLevel.DISTRICT)
    for link in links.select_related("predecessor__parent"):
        if (district := link.predecessor.parent) is not None:
            over[link.successor_id][district.pk] = district
    return {pk: sorted(some.values(), key=lambda one: one.code) for pk, some in over.items()}


def districts_over(commune: Unit) -> list[Unit]:
    """The districts that a commune, or those it was made of, belonged to, by code."""
    found: dict[int, Unit] = {}
    seen: set[int] = set()
    left = [commune]
    while left:
        one = left.pop()
        if one.pk in seen:
            continue
        seen.add(one.pk)
        if one.parent is not None and one.parent.level == UnitLevel.DISTRICT:
            found[one.parent.pk] = one.parent
        left += one.predecessors.select_related("parent")
    return sorted(found.values(), key=lambda unit: unit.code)


def commune_of_today(place: Unit | None) -> int | None:
    """The id of the commune of today that a place lies in; None without a place, for a district,
    and for a commune that went to several."""
    if place is None or place.level != UnitLevel.COMMUNE:
        return None
    return place.pk if place.valid_to is None else communes_of_today().get(place.pk)

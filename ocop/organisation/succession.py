"""What became of communes: the commune of today that a place lies in."""

from collections import defaultdict
from collections.abc import Mapping

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit, UnitSuccession


def communes_of_today() -> Mapping[int, int | None]:
    """{id of a commune: id of the commune without end that took its territory over}; its own id
    where it has not ended, None where it went to several. Districts are not in it. Two queries.
    """
    communes = Unit.objects.filter(level=UnitLevel.COMMUNE)
    open_ended = dict(communes.values_list("pk", "valid_to"))
    into: dict[int, set[int]] = defaultdict(set)
    for old, new in UnitSuccession.objects.values_list("predecessor", "successor"):
        into[old].add(new)

    def last(pk: int) -> set[int]:
        if open_ended[pk] is None:
            return {pk}
        return {end for new in into[pk] if new in open_ended for end in last(new)}

    ends = {pk: last(pk) for pk in open_ended}
    return {pk: next(iter(found)) if len(found) == 1 else None for pk, found in ends.items()}


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

"""Whether the points of a sheet's criteria add up to those of its scheme's parts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class LeafPoints(NamedTuple):
    """A leaf criterion and the most points it gives; leaves of one criterion with different
    `alternative` are either/or cases."""

    part: str
    criterion: int
    most: int
    alternative: int | None = None


class PartSum(NamedTuple):
    """A part that does not add up: its sum, what it must be, and {criterion: most points}."""

    part: str
    found: int
    wanted: int
    criteria: dict[int, int]


def wrong_sums(leaves: Iterable[LeafPoints], limits: Mapping[str, int]) -> list[PartSum]:
    """The parts whose criteria do not give exactly the points that the scheme has for them.

    Of either/or cases the one that gives most counts.
    """
    by_criterion: dict[tuple[str, int], dict[int | None, int]] = defaultdict(
        lambda: defaultdict(int)
    )
    for leaf in leaves:
        by_criterion[leaf.part, leaf.criterion][leaf.alternative] += leaf.most
    most: dict[str, dict[int, int]] = {part: {} for part in limits}
    for (part, criterion), cases in sorted(by_criterion.items()):
        shared = cases.pop(None, 0)
        most.setdefault(part, {})[criterion] = shared + max(cases.values(), default=0)
    sums = {part: sum(points.values()) for part, points in most.items()}
    return [
        PartSum(part, sums[part], limits.get(part, 0), most[part])
        for part in sorted(most)
        if sums[part] != limits.get(part, 0)
    ]

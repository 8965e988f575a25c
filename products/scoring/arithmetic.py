"""From the council's sheets to stars. Pure: exact fractions, nothing rounded before a comparison.

Stars follow the mean of the members' sheets; some criteria ask for a minimum number of points
for 3, 4 or 5 stars (QĐ 148/QĐ-TTg), judged on the mean of that criterion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

LeafKey = tuple[int, int]
"""Number of the criterion and of the leaf in it."""

Points = int | Decimal | Fraction

STAR_FROM = {1: 0, 2: 30, 3: 50, 4: 70, 5: 90}
"""Least total of each star: [0,30) 1 · [30,50) 2 · [50,70) 3 · [70,90) 4 · [90,100] 5."""

FAR_APART = 10
"""Members whose totals differ by as much as this are asked to talk."""


class ScoringError(ValueError):
    """A sheet that cannot be scored. `code` and `params` are worded by the caller.

    Codes: no_sheets, unknown_leaf, points_not_allowed, missing_leaf, both_alternatives,
    missing_part, part_out_of_range. `params` holds `sheet` (its place, from 0) and, as fits,
    `criterion`, `leaf`, `points`, `levels`, `part`, `limit`.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Leaf:
    """One criterion that is given points. `levels` are the only points a sheet may give.

    Leaves of one criterion with different `alternative` are either/or cases.
    """

    part: str
    criterion: int
    leaf: int
    max_points: int
    levels: tuple[int, ...]
    min_3: int | None = None
    min_4: int | None = None
    min_5: int | None = None
    alternative: int | None = None

    @property
    def key(self) -> LeafKey:
        return self.criterion, self.leaf

    def minimum(self, star: int) -> int | None:
        return {3: self.min_3, 4: self.min_4, 5: self.min_5}.get(star)


@dataclass(frozen=True)
class UnmetMinimum:
    """A leaf whose mean keeps the product from `star`: `needed` points at least, `mean` given."""

    leaf: Leaf
    star: int
    needed: int
    mean: Fraction


@dataclass(frozen=True)
class ScoringOutcome:
    """What the sheets come to. `total`, `parts`, `means` and `members` are unrounded.

    `star` is `star_by_total` limited by the minima. `blocking` lists the minima not reached for
    the star above `star`, a leaf once, under its highest star; `points_missing` is what the total
    lacks for that star (both empty at 5 stars).
    `minima_judged` is False where only part totals were given.
    """

    total: Fraction
    parts: dict[str, Fraction]
    means: dict[LeafKey, Fraction]
    members: tuple[Fraction, ...]
    star_by_total: int
    star: int
    points_missing: Fraction
    minima_judged: bool
    blocking: tuple[UnmetMinimum, ...] = field(default=())

    @property
    def far_apart(self) -> list[tuple[int, int]]:
        """Pairs of sheets (by place) whose totals differ by ten points or more."""
        return [
            (one, other)
            for (one, first), (other, second) in combinations(enumerate(self.members), 2)
            if abs(first - second) >= FAR_APART
        ]


def star_by_total(total: Points) -> int:
    """1 to 5, on the unrounded total: 69.95 is 3 stars."""
    return max(star for star, least in STAR_FROM.items() if total >= least)


# --- Sheets of leaf criteria ----------------------------------------------------------------------


def score(leaves: Sequence[Leaf], sheets: Sequence[Mapping[LeafKey, int]]) -> ScoringOutcome:
    """Score a product by one sheet a member (or one summary sheet).

    A sheet gives points to every leaf, and to one case only of an either/or criterion. Where
    members chose different cases, the mean of a leaf is over those who gave it points. Raises
    ScoringError for the first sheet that does not hold.
    """
    if not sheets:
        raise ScoringError("no_sheets")
    by_key = {leaf.key: leaf for leaf in leaves}
    for place, sheet in enumerate(sheets):
        _check(by_key, sheet, place)
    members = tuple(Fraction(sum(sheet.values())) for sheet in sheets)
    means = _means(by_key, sheets)
    parts = {leaf.part: Fraction(0) for leaf in leaves}
    for sheet in sheets:
        for key, points in sheet.items():
            parts[by_key[key].part] += Fraction(points, len(sheets))
    chosen = [by_key[key] for key in means]
    return _outcome(members, parts, means, chosen)


def _check(by_key: Mapping[LeafKey, Leaf], sheet: Mapping[LeafKey, int], place: int) -> None:
    _check_given(by_key, sheet, place)
    chosen = _chosen_cases(by_key, sheet, place)
    for key, leaf in by_key.items():
        case = chosen.get(leaf.criterion)
        expected = leaf.alternative is None or case is None or leaf.alternative == case
        if expected and key not in sheet:
            raise ScoringError("missing_leaf", sheet=place, criterion=key[0], leaf=key[1])


def _check_given(by_key: Mapping[LeafKey, Leaf], sheet: Mapping[LeafKey, int], place: int) -> None:
    for key, points in sheet.items():
        where = {"sheet": place, "criterion": key[0], "leaf": key[1]}
        if key not in by_key:
            raise ScoringError("unknown_leaf", **where)
        if points not in by_key[key].levels:
            raise ScoringError(
                "points_not_allowed", points=points, levels=by_key[key].levels, **where
            )


def _chosen_cases(
    by_key: Mapping[LeafKey, Leaf], sheet: Mapping[LeafKey, int], place: int
) -> dict[int, int]:
    """The case that the sheet fills of each either/or criterion it fills at all."""
    chosen: dict[int, int] = {}
    for key in sheet:
        leaf = by_key[key]
        if leaf.alternative is None:
            continue
        if chosen.setdefault(leaf.criterion, leaf.alternative) != leaf.alternative:
            raise ScoringError("both_alternatives", sheet=place, criterion=leaf.criterion)
    return chosen


def _means(
    by_key: Mapping[LeafKey, Leaf], sheets: Sequence[Mapping[LeafKey, int]]
) -> dict[LeafKey, Fraction]:
    means = {}
    for key in by_key:
        given = [sheet[key] for sheet in sheets if key in sheet]
        if given:
            means[key] = Fraction(sum(given), len(given))
    return means


# --- Part totals ----------------------------------------------------------------------------------


def score_parts(
    limits: Mapping[str, Points], sheets: Sequence[Mapping[str, Points]]
) -> ScoringOutcome:
    """Score by totals of the parts, for criteria that are not on file leaf by leaf.

    `limits` is the most each part may give (40/25/35, or 35/25/40 under QĐ 1048/QĐ-TTg). Minima
    cannot be judged, so the star is that of the total. Raises ScoringError.
    """
    if not sheets:
        raise ScoringError("no_sheets")
    exact = [_part_totals(limits, sheet, place) for place, sheet in enumerate(sheets)]
    parts = {
        part: sum((sheet[part] for sheet in exact), Fraction(0)) / len(exact) for part in limits
    }
    members = tuple(sum(sheet.values(), Fraction(0)) for sheet in exact)
    return _outcome(members, parts, {}, None)


def _part_totals(
    limits: Mapping[str, Points], sheet: Mapping[str, Points], place: int
) -> dict[str, Fraction]:
    totals = {}
    for part, limit in limits.items():
        if sheet.get(part) is None:
            raise ScoringError("missing_part", sheet=place, part=part)
        points = sheet[part]
        if isinstance(points, float):
            raise TypeError("points of a part must be exact, not a float")
        totals[part] = Fraction(points)
        if not 0 <= totals[part] <= limit:
            raise ScoringError(
                "part_out_of_range", sheet=place, part=part, points=points, limit=limit
            )
    return totals


# --- Stars ----------------------------------------------------------------------------------------


def _outcome(
    members: tuple[Fraction, ...],
    parts: dict[str, Fraction],
    means: dict[LeafKey, Fraction],
    leaves: Sequence[Leaf] | None,
) -> ScoringOutcome:
    """`leaves` are those that were given points; None where minima cannot be judged."""
    total = sum(members, Fraction(0)) / len(members)
    by_total = star_by_total(total)
    star = by_total if leaves is None else min(by_total, star_by_minima(leaves, means))
    above = star + 1 if star < 5 else None
    lacking = Fraction(0) if above is None else max(Fraction(0), STAR_FROM[above] - total)
    blocking: tuple[UnmetMinimum, ...] = ()
    if above is not None and leaves is not None:
        highest = {item.leaf.key: item for item in _unreached(leaves, means, above)}
        blocking = tuple(highest.values())
    return ScoringOutcome(
        total, parts, means, members, by_total, star, lacking, leaves is not None, blocking
    )


def star_by_minima(leaves: Iterable[Leaf], means: Mapping[LeafKey, Fraction]) -> int:
    """The highest star that the minima allow, those of every star below it from 3 up included.

    2 where a minimum of 3 stars is not reached; none is asked for 1 or 2 stars.
    """
    unreached = {blocking.star for blocking in _unreached(list(leaves), means, 5)}
    return min(unreached) - 1 if unreached else 5


def _unreached(
    leaves: Sequence[Leaf], means: Mapping[LeafKey, Fraction], star: int
) -> Iterable[UnmetMinimum]:
    """Minima of 3 stars up to `star` that are not reached, in the order of the sheet."""
    for leaf in leaves:
        missed = [
            UnmetMinimum(leaf, level, needed, means[leaf.key])
            for level in range(3, star + 1)
            if (needed := leaf.minimum(level)) is not None and means[leaf.key] < needed
        ]
        yield from missed


# --- Sheets not complete yet ----------------------------------------------------------------------


@dataclass(frozen=True)
class PartialSheet:
    """One sheet as it stands: `missing` counts what still needs points (an either/or criterion
    without a chosen case by its shortest case)."""

    total: Fraction
    parts: dict[str, Fraction]
    missing: int


@dataclass(frozen=True)
class PartialScore:
    """Sheets that may be incomplete. `outcome` is as if all that is missing gave 0 points: the
    least the sheets can come to. `unscored` are leaves that a sheet has still to give points."""

    outcome: ScoringOutcome
    sheets: tuple[PartialSheet, ...]
    unscored: frozenset[LeafKey] = frozenset()

    @property
    def complete(self) -> bool:
        return not any(sheet.missing for sheet in self.sheets)


def partial_score(leaves: Sequence[Leaf], sheets: Sequence[Mapping[LeafKey, int]]) -> PartialScore:
    """Like `score`, for sheets that need not be complete; equal to it where they are.

    Raises ScoringError as `score` does, but for missing_leaf. While no case of an either/or
    criterion is chosen, the minima of each of its cases count as not reached.
    """
    if not sheets:
        raise ScoringError("no_sheets")
    by_key = {leaf.key: leaf for leaf in leaves}
    partial, padded = [], []
    unscored: set[LeafKey] = set()
    for place, sheet in enumerate(sheets):
        _check_given(by_key, sheet, place)
        chosen = _chosen_cases(by_key, sheet, place)
        asked_leaves = [
            leaf
            for leaf in leaves
            if leaf.alternative is None
            or chosen.get(leaf.criterion, leaf.alternative) == leaf.alternative
        ]
        padded.append({leaf.key: sheet.get(leaf.key, 0) for leaf in asked_leaves})
        unscored |= padded[-1].keys() - sheet.keys()
        partial.append(_partial_sheet(asked_leaves, sheet))
    means = _means(by_key, padded)
    parts = {
        part: sum((sheet.parts.get(part, Fraction(0)) for sheet in partial), Fraction(0))
        / len(sheets)
        for part in {leaf.part: None for leaf in leaves}
    }
    members = tuple(sheet.total for sheet in partial)
    outcome = _outcome(members, parts, means, [by_key[key] for key in means])
    return PartialScore(outcome, tuple(partial), frozenset(unscored))


def _partial_sheet(asked_leaves: Sequence[Leaf], sheet: Mapping[LeafKey, int]) -> PartialSheet:
    """`asked_leaves` are the leaves that the sheet may give points to, all cases where none is
    chosen."""
    parts = {leaf.part: Fraction(0) for leaf in asked_leaves}
    plain = 0
    cases: dict[int, dict[int, int]] = {}
    for leaf in asked_leaves:
        parts[leaf.part] += sheet.get(leaf.key, 0)
        lacks = leaf.key not in sheet
        if leaf.alternative is None:
            plain += lacks
        else:
            of_case = cases.setdefault(leaf.criterion, {})
            of_case[leaf.alternative] = of_case.get(leaf.alternative, 0) + lacks
    missing = plain + sum(min(of_case.values()) for of_case in cases.values())
    return PartialSheet(sum(parts.values(), Fraction(0)), parts, missing)


def partial_score_by_parts(
    limits: Mapping[str, Points], sheets: Sequence[Mapping[str, Points | None]]
) -> PartialScore:
    """Like `score_parts`, for sheets where parts may be missing (absent or None)."""
    if not sheets:
        raise ScoringError("no_sheets")
    filled: list[dict[str, Points]] = []
    for sheet in sheets:
        given = {part: sheet.get(part) for part in limits}
        filled.append({part: 0 if points is None else points for part, points in given.items()})
    outcome = score_parts(limits, filled)
    partial = []
    for place, (sheet, full) in enumerate(zip(sheets, filled, strict=True)):
        exact = _part_totals(limits, full, place)
        missing = sum(sheet.get(part) is None for part in limits)
        partial.append(PartialSheet(sum(exact.values(), Fraction(0)), exact, missing))
    return PartialScore(outcome, tuple(partial))


# --- From council to council ----------------------------------------------------------------------

LEVELS = ("district", "province", "ministry")
"""Councils from the lowest up."""


def next_level(level: str, star: int, authorities: Mapping[int, str]) -> str | None:
    """The council that comes next after the one at `level` gave `star`; None where it ends here.

    `authorities` says who decides 3, 4 and 5 stars under the scheme. A star that a higher one
    decides goes up by one council: 4 stars at the district to the province, 5 at the province to
    the ministry (until then: potential 5). No certificate is given for 1 or 2 stars.
    """
    if star not in authorities:
        return None
    here, decides = LEVELS.index(level), LEVELS.index(authorities[star])
    return LEVELS[here + 1] if here < decides else None

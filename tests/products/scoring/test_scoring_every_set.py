"""All 26 product sets of both laws on file, each at every boundary of the stars.

What is expected comes from the fixture by a second, plain implementation of the rules below; it
shares nothing with products.scoring.arithmetic.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from products.scoring.arithmetic import Leaf, ScoringError, next_level, partial_score, score
from tests.support.cases import every_case

REFERENCE = Path(__file__).parents[3] / "fixtures" / "reference"


def read(name: str) -> Any:
    return json.loads((REFERENCE / f"{name}.json").read_text("utf-8"))


Number = tuple[str, int]
"""A book of criteria and the number of a set in it."""
SHEETS: dict[Number, Any] = {
    (law, sheet["set"]): sheet
    for law in ("148", "26")
    for sheet in read(f"scoring-{law}")["sheets"]
}
CHECKED = sorted(number for number, sheet in SHEETS.items() if sheet["checked"])
UNCHECKED = sorted(set(SHEETS) - set(CHECKED))
SCHEMES = read("schemes")
TOTALS = (29, 30, 49, 50, 69, 70, 89, 90)
MINIMA = ("min_3", "min_4", "min_5")

Key = tuple[int, int]
Row = dict[str, Any]


def rows_of(number: Number) -> dict[Key, Row]:
    """Every leaf as the file gives it, by its numbers."""
    return {
        (criterion["number"], place): leaf | {"part": criterion["part"]}
        for criterion in SHEETS[number]["criteria"]
        for place, leaf in enumerate(criterion["leaves"], 1)
    }


def leaves_of(number: Number) -> list[Leaf]:
    return [
        Leaf(
            *(row["part"], *key, max(row["levels"]), tuple(row["levels"])),
            *(row.get(name) for name in (*MINIMA, "alternative")),
        )
        for key, row in rows_of(number).items()
    ]


def choices_of(number: Number) -> list[dict[Key, Row]]:
    """The leaves that one sheet fills: one way, or one for each choice of either/or cases."""
    rows = rows_of(number)
    split = sorted({key[0] for key, row in rows.items() if row.get("alternative")})
    found = []
    for choice in product((1, 2), repeat=len(split)):
        case = dict(zip(split, choice, strict=True))
        found.append(
            {k: r for k, r in rows.items() if r.get("alternative") in (None, case.get(k[0]))}
        )
    return found


CASES = [(number, rows) for number in CHECKED for rows in choices_of(number)]


def expected_star(rows: dict[Key, Row], sheets: list[dict[Key, int]]) -> int:
    """The rules of QĐ 148 read once more: the bands, then the minima from 3 stars up."""
    total = Fraction(sum(sum(sheet.values()) for sheet in sheets), len(sheets))
    by_total = 1 + sum(total >= least for least in (30, 50, 70, 90))
    allowed = 2
    for star in (3, 4, 5):
        for key, row in rows.items():
            needed = row.get(f"min_{star}")
            mean = Fraction(sum(sheet[key] for sheet in sheets), len(sheets))
            if needed is not None and mean < needed:
                return min(by_total, allowed)
        allowed = star
    return min(by_total, allowed)


def sheet_of(rows: dict[Key, Row], total: int, star: int = 0) -> dict[Key, int] | None:
    """A sheet of exactly `total` points that reaches the minima up to `star`; None if none is."""
    reached: dict[int, dict[Key, int]] = {0: {}}
    for key, row in rows.items():
        least = max((row.get(f"min_{n}") or 0 for n in range(3, star + 1)), default=0)
        levels = [level for level in row["levels"] if level >= least]
        reached = {
            so_far_points + level: sheet | {key: level}
            for so_far_points, sheet in reached.items()
            for level in levels
            if so_far_points + level <= total
        }
    return reached.get(total)


def minima_of(rows: dict[Key, Row]) -> Iterator[tuple[Key, int, int]]:
    for key, row in rows.items():
        for star in (3, 4, 5):
            if row.get(f"min_{star}") is not None:
                yield key, star, row[f"min_{star}"]


def full(rows: dict[Key, Row]) -> dict[Key, int]:
    return {key: max(row["levels"]) for key, row in rows.items()}


def test_each_file_holds_26_sets_and_says_which_are_not_checked() -> None:
    for law in ("148", "26"):
        assert [number for one, number in sorted(SHEETS) if one == law] == list(range(1, 27)), law
    assert [("148", number) for number in (7, 11, 12, 13)] == UNCHECKED


@every_case("number", sorted(SHEETS))
def test_a_set_is_checked_if_and_only_if_its_parts_make_40_25_and_35(number: Number) -> None:
    for rows in choices_of(number):
        parts = dict.fromkeys("ABC", 0)
        for row in rows.values():
            parts[row["part"]] += max(row["levels"])
        assert (parts == {"A": 40, "B": 25, "C": 35}) == (number in CHECKED), parts


@every_case("number", sorted(SHEETS))
def test_no_minimum_lies_beyond_the_points_of_its_leaf_or_falls_with_the_star(
    number: Number,
) -> None:
    for key, row in rows_of(number).items():
        levels = row["levels"]
        assert levels == sorted(set(levels)), key
        asked = [row[name] for name in MINIMA if row.get(name) is not None]
        assert asked == sorted(asked), key
        assert all(need <= max(levels) for need in asked), key


@every_case("total", TOTALS)
@every_case("number,rows", CASES)
def test_at_every_boundary_of_the_total(number: Number, rows: dict[Key, Row], total: int) -> None:
    """Once as the points fall, once with the minima reached, so that the total alone decides."""
    by_total = 1 + sum(total >= least for least in (30, 50, 70, 90))
    lowest = sum(min(row["levels"]) for row in rows.values())
    sheet = sheet_of(rows, total)
    assert sheet is not None or total < lowest
    if sheet is not None:
        result = score(leaves_of(number), [sheet])
        assert (result.total, result.star_by_total) == (total, by_total)
        assert result.star == expected_star(rows, [sheet])
        assert partial_score(leaves_of(number), [sheet]).outcome == result
    clean = sheet_of(rows, total, by_total)
    if clean is not None:
        assert score(leaves_of(number), [clean]).star == by_total
    # At 69 and 89 as at 70 and 90 the minima can be reached in every set.
    assert clean is not None or total < 69


@every_case("number,rows", CASES)
def test_every_minimum_exactly_and_one_level_below(number: Number, rows: dict[Key, Row]) -> None:
    leaves, best = leaves_of(number), full(rows)
    assert score(leaves, [best]).star == 5
    for key, star, needed in minima_of(rows):
        levels = rows[key]["levels"]
        exactly = best | {key: min(level for level in levels if level >= needed)}
        result = score(leaves, [exactly])
        assert result.star >= star and result.star == expected_star(rows, [exactly]), key
        below = [level for level in levels if level < needed]
        if below:
            short = best | {key: max(below)}
            result = score(leaves, [short])
            assert result.star < star and result.star == expected_star(rows, [short]), key
            assert key in {item.leaf.key for item in result.blocking}


@every_case("number,rows", CASES)
def test_a_minimum_missed_by_one_member_of_seven_is_missed(
    number: Number, rows: dict[Key, Row]
) -> None:
    leaves, best = leaves_of(number), full(rows)
    for key, star, needed in minima_of(rows):
        levels = rows[key]["levels"]
        below = [level for level in levels if level < needed]
        if below and needed in levels:
            sheets = [best | {key: needed}] * 6 + [best | {key: max(below)}]
            assert score(leaves, sheets).star < star
            assert score(leaves, sheets).star == expected_star(rows, sheets)


@every_case("number,rows", CASES)
def test_nineteen_sheets_of_70_and_one_of_69_are_69_95_and_3_stars(
    number: Number, rows: dict[Key, Row]
) -> None:
    at_70, at_69 = sheet_of(rows, 70, 4), sheet_of(rows, 69, 4)
    assert at_70 is not None and at_69 is not None
    leaves = leaves_of(number)
    assert score(leaves, [at_70] * 20).star == 4
    result = score(leaves, [at_70] * 19 + [at_69])
    assert (result.total, result.star_by_total, result.star) == (Fraction("69.95"), 3, 3)
    assert result.points_missing == Fraction("0.05") and result.blocking == ()


@every_case("number,rows", CASES)
def test_every_level_of_every_leaf_is_taken_and_everything_between_is_refused(
    number: Number, rows: dict[Key, Row]
) -> None:
    leaves, best = leaves_of(number), full(rows)
    for key, row in rows.items():
        for points in range(-1, max(row["levels"]) + 2):
            if points in row["levels"]:
                assert score(leaves, [best | {key: points}]).total == 100 - (best[key] - points)
                continue
            with pytest.raises(ScoringError) as caught:
                score(leaves, [best | {key: points}])
            assert caught.value.code == "points_not_allowed"


@every_case("number,rows", CASES)
def test_one_leaf_left_empty_is_one_missing_and_as_if_it_gave_nothing(
    number: Number, rows: dict[Key, Row]
) -> None:
    leaves, best = leaves_of(number), full(rows)
    for key in rows:
        lacking = {k: points for k, points in best.items() if k != key}
        result = partial_score(leaves, [lacking])
        assert result.sheets[0].missing == 1 and not result.complete
        assert result.outcome.total == 100 - best[key]
        assert key in result.unscored
        asked = [star for one, star, needed in minima_of(rows) if one == key and needed]
        if asked:
            assert result.outcome.star < min(asked)
            assert key in {item.leaf.key for item in result.outcome.blocking}


# --- From council to council, under every scheme on file ------------------------------------------

# (council, stars) -> the council that comes next; what is not written here ends there.
OLD = {
    **{("district", star): "province" for star in (3, 4, 5)},
    ("province", 5): "ministry",
}
NEXT = {
    "qd-1048": OLD,
    "qd-148": {key: above for key, above in OLD.items() if key != ("district", 3)},
    "qd-148-2025-07": OLD,
    "qd-148-1489": OLD,
    "qd-26": OLD,
}


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme["code"])
def test_which_council_comes_next_under_every_scheme(scheme: Row) -> None:
    authorities = {star: scheme[f"authority_{star}"] for star in (3, 4, 5)}
    for council, star in product(("district", "province", "ministry"), (1, 2, 3, 4, 5)):
        expected = NEXT[scheme["code"]].get((council, star))
        assert next_level(council, star, authorities) == expected, (council, star)

"""Every product set of the fixtures, at every boundary of total and minima.

The expected stars come from a second, deliberately plain way of working them out.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from products.scoring import Leaf, LeafKey, next_level, score, score_parts, so_far, so_far_parts

FIXTURE = Path(__file__).parents[2] / "fixtures" / "reference" / "scoring-148.json"
BOOK: dict[int, dict[str, Any]] = {
    sheet["set"]: sheet for sheet in json.loads(FIXTURE.read_text(encoding="utf-8"))["sheets"]
}
CHECKED = sorted(number for number, sheet in BOOK.items() if sheet["checked"])
CASES = {number: ([1, 2] if number == 26 else [None]) for number in CHECKED}
SET_AND_CASE = [(number, case) for number in CHECKED for case in CASES[number]]
TOTALS = (29, 30, 49, 50, 69, 70, 89, 90)
LIMITS = {"A": 40, "B": 25, "C": 35}
Sheet = dict[LeafKey, int]


def leaves_of(number: int) -> list[Leaf]:
    return [
        Leaf(
            block["part"],
            block["number"],
            place,
            max(leaf["levels"]),
            tuple(leaf["levels"]),
            *(leaf.get(name) for name in ("min_3", "min_4", "min_5", "alternative")),
        )
        for block in BOOK[number]["criteria"]
        for place, leaf in enumerate(block["leaves"], 1)
    ]


def asked_of(number: int, case: int | None) -> list[Leaf]:
    return [leaf for leaf in leaves_of(number) if leaf.alternative in (None, case)]


def naive_star(number: int, sheet: Sheet) -> int:
    """Straight from the decision's text and the fixture, without products.scoring."""
    total = sum(sheet.values())
    star = 5 if total >= 90 else 4 if total >= 70 else 3 if total >= 50 else 2 if total >= 30 else 1
    for level in (3, 4, 5):
        for block in BOOK[number]["criteria"]:
            for place, leaf in enumerate(block["leaves"], 1):
                least = leaf.get(f"min_{level}")
                given = sheet.get((block["number"], place))
                if least is not None and given is not None and given < least:
                    star = min(star, level - 1)
    return star


def sheets_of_total(asked: list[Leaf], total: int) -> Sheet | None:
    """A sheet of exactly that total, from the top down so that minima are kept where possible."""
    reached: dict[int, list[int]] = {0: []}
    for leaf in asked:
        after: dict[int, list[int]] = {}
        for sum_so_far, given in reached.items():
            for level in leaf.levels:
                after.setdefault(sum_so_far + level, [*given, level])
        reached = after
    if total not in reached:
        return None
    return dict(zip((leaf.key for leaf in asked), reached[total], strict=True))


def test_all_26_sets_are_on_file_and_four_of_them_are_unchecked() -> None:
    assert sorted(BOOK) == list(range(1, 27))
    assert sorted(set(BOOK) - set(CHECKED)) == [7, 11, 12, 13]


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize(("number", "case"), SET_AND_CASE)
def test_a_sheet_at_each_boundary_of_the_total(number: int, case: int | None, total: int) -> None:
    asked = asked_of(number, case)
    sheet = sheets_of_total(asked, total)
    least = sum(leaf.levels[0] for leaf in asked)
    assert sheet is not None or total < least, "every total from the least up can be reached"
    if sheet is None:
        return
    outcome = score(leaves_of(number), [sheet])
    assert outcome.total == total
    assert outcome.star == naive_star(number, sheet)


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize(("number", "case"), SET_AND_CASE)
def test_with_all_minima_reached_the_total_alone_decides(
    number: int, case: int | None, total: int
) -> None:
    """Leaves with minima at their most; the others make up the total as far as they can."""
    asked = asked_of(number, case)
    pinned = [
        leaf
        if not any(leaf.minimum(star) for star in (3, 4, 5))
        else Leaf(leaf.part, leaf.criterion, leaf.leaf, leaf.max_points, (leaf.max_points,))
        for leaf in asked
    ]
    sheet = sheets_of_total(pinned, total)
    if sheet is None:
        assert total < 90
        return
    plain = (
        5 if total >= 90 else 4 if total >= 70 else 3 if total >= 50 else 2 if total >= 30 else 1
    )
    assert score(leaves_of(number), [sheet]).star == plain == naive_star(number, sheet)


def minima() -> list[tuple[int, int | None, LeafKey, int]]:
    return [
        (number, case, leaf.key, star)
        for number, case in SET_AND_CASE
        for leaf in asked_of(number, case)
        for star in (3, 4, 5)
        if leaf.minimum(star) is not None
    ]


@pytest.mark.parametrize(("number", "case", "key", "star"), minima())
def test_each_minimum_holds_from_its_points_on_and_not_one_level_below(
    number: int, case: int | None, key: LeafKey, star: int
) -> None:
    asked = asked_of(number, case)
    best = {leaf.key: leaf.max_points for leaf in asked}
    leaf = next(leaf for leaf in asked if leaf.key == key)
    least = leaf.minimum(star)
    assert least is not None
    at = min(level for level in leaf.levels if level >= least)
    reached = best | {key: at}
    outcome = score(leaves_of(number), [reached])
    assert outcome.star == naive_star(number, reached)
    assert outcome.star >= star
    below = [level for level in leaf.levels if level < least]
    if below:
        missed = best | {key: below[-1]}
        outcome = score(leaves_of(number), [missed])
        assert outcome.star == naive_star(number, missed)
        assert outcome.star < star
        assert key in {one.leaf.key for one in outcome.blocking}


@pytest.mark.parametrize(("number", "case"), SET_AND_CASE)
def test_a_blank_sheet_is_one_star_so_far_with_every_leaf_to_go(
    number: int, case: int | None
) -> None:
    leaves = leaves_of(number)
    blank = so_far(leaves, [{}])
    assert (blank.outcome.total, blank.outcome.star) == (0, 1)
    # Either/or criteria count once: as many as one case has.
    assert blank.sheets[0].missing == len(asked_of(number, case))
    assert not blank.complete


@pytest.mark.parametrize("number", sorted(set(BOOK) - set(CHECKED)))
@pytest.mark.parametrize("total", TOTALS)
def test_unchecked_sets_are_scored_by_part_totals(number: int, total: int) -> None:
    a = min(40, total)
    b = min(25, total - a)
    outcome = score_parts(LIMITS, [{"A": a, "B": b, "C": total - a - b}])
    plain = (
        5 if total >= 90 else 4 if total >= 70 else 3 if total >= 50 else 2 if total >= 30 else 1
    )
    assert (outcome.total, outcome.star, outcome.minima_judged) == (total, plain, False)


# --- Sheets not complete yet ----------------------------------------------------------------------


def test_what_is_missing_is_told_from_what_is_too_low() -> None:
    asked = asked_of(1, None)
    best = {leaf.key: leaf.max_points for leaf in asked}
    strict = [leaf.key for leaf in asked if leaf.min_4 and leaf.levels[0] < leaf.min_4][:2]
    low = {strict[0]: next(leaf for leaf in asked if leaf.key == strict[0]).levels[0]}
    sheet = {key: points for key, points in (best | low).items() if key != strict[1]}
    now = so_far(leaves_of(1), [sheet])
    blocking = {one.leaf.key for one in now.outcome.blocking}
    assert set(strict) <= blocking
    assert strict[1] in now.unscored
    assert strict[0] not in now.unscored
    assert now.sheets[0].missing == 1


def test_a_chosen_case_leaves_the_other_one_out() -> None:
    asked = asked_of(26, 1)
    sheet = {leaf.key: leaf.max_points for leaf in asked}
    del sheet[8, 1]
    assert so_far(leaves_of(26), [sheet]).sheets[0].missing == 1
    assert so_far(leaves_of(26), [sheet]).unscored == {(8, 1), (8, 2)}
    complete = so_far(leaves_of(26), [sheet | {(8, 2): 3}])
    assert complete.complete
    assert complete.outcome == score(leaves_of(26), [sheet | {(8, 2): 3}])


def test_part_totals_may_be_missing_too() -> None:
    now = so_far_parts(LIMITS, [{"A": 40, "B": None}, {"A": 30, "B": 20, "C": 30}])
    assert [sheet.missing for sheet in now.sheets] == [2, 0]
    assert now.outcome.total == Fraction(40 + 80, 2)
    assert not now.complete


# --- From council to council ----------------------------------------------------------------------

BEFORE = {3: "province", 4: "province", 5: "ministry"}
UNDER_148 = {3: "district", 4: "province", 5: "ministry"}


@pytest.mark.parametrize(
    ("authorities", "level", "star", "then"),
    [
        (UNDER_148, "district", 2, None),
        (UNDER_148, "district", 3, None),
        (UNDER_148, "district", 4, "province"),
        (UNDER_148, "district", 5, "province"),
        (UNDER_148, "province", 3, None),
        (UNDER_148, "province", 4, None),
        (UNDER_148, "province", 5, "ministry"),
        (UNDER_148, "ministry", 5, None),
        (BEFORE, "district", 1, None),
        (BEFORE, "district", 2, None),
        (BEFORE, "district", 3, "province"),
        (BEFORE, "district", 4, "province"),
        (BEFORE, "province", 3, None),
        (BEFORE, "province", 5, "ministry"),
    ],
)
def test_which_council_comes_next(
    authorities: dict[int, str], level: str, star: int, then: str | None
) -> None:
    assert next_level(level, star, authorities) == then

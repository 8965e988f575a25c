"""What holds of any sheets of any set: exact means, no star by luck, no surprise while typing."""

import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from products.scoring.arithmetic import (
    Leaf,
    partial_score,
    partial_score_by_parts,
    score,
    score_parts,
    star_by_minima,
    star_by_total,
)

FIXTURE = Path(__file__).parents[3] / "fixtures" / "reference" / "scoring-148.json"
LIMITS = [{"A": 40, "B": 25, "C": 35}, {"A": 35, "B": 25, "C": 40}]
Sheet = dict[tuple[int, int], int]


def _leaves(sheet: dict[str, Any]) -> list[Leaf]:
    return [
        Leaf(
            *(criterion["part"], criterion["number"], place),
            *(max(leaf["levels"]), tuple(leaf["levels"])),
            *(leaf.get(name) for name in ("min_3", "min_4", "min_5", "alternative")),
        )
        for criterion in sheet["criteria"]
        for place, leaf in enumerate(criterion["leaves"], 1)
    ]


SETS = {
    sheet["set"]: _leaves(sheet)
    for sheet in json.loads(FIXTURE.read_text(encoding="utf-8"))["sheets"]
    if sheet["checked"]
}


@cache
def sheets_of(number: int, lowest: int = 0) -> st.SearchStrategy[Sheet]:
    """Whole sheets of a set, each with its own choice of cases. `lowest` leaves only the last
    levels to choose. Made once: to make it for each sheet takes longer than to draw."""
    leaves = SETS[number]
    either_or = sorted({leaf.criterion for leaf in leaves if leaf.alternative is not None})
    choices = product([1, 2], repeat=len(either_or))
    return st.one_of(
        *(
            _with_cases(leaves, lowest, dict(zip(either_or, cases, strict=True)))
            for cases in choices
        )
    )


def _with_cases(leaves: list[Leaf], lowest: int, cases: dict[int, int]) -> st.SearchStrategy[Sheet]:
    return st.fixed_dictionaries(
        {
            leaf.key: st.sampled_from(leaf.levels[-lowest:])
            for leaf in leaves
            if leaf.alternative in (None, cases.get(leaf.criterion))
        }
    )


@st.composite
def councils(draw: Any) -> tuple[list[Leaf], list[Sheet]]:
    """One to seven members, often generous: else the upper stars would never be met."""
    # The tourism set has the only either/or cases: as often as all others together.
    number = draw(st.one_of(st.just(26), st.sampled_from(sorted(SETS))))
    leaves, lowest = SETS[number], draw(st.sampled_from([0, 1, 2, 2]))
    sheets = draw(st.lists(sheets_of(number, lowest), min_size=1, max_size=7))
    return leaves, sheets


@st.composite
def drafts(draw: Any) -> tuple[list[Leaf], list[Sheet], list[Sheet]]:
    """(leaves, what is filled in so far, the whole sheets it becomes)."""
    leaves, whole = draw(councils())
    begun = [
        {key: points for key, points in sheet.items() if draw(st.integers(0, 3))}
        if draw(st.booleans())
        else dict(sheet)
        for sheet in whole
    ]
    return leaves, begun, whole


def order(leaves: list[Leaf], sheets: list[Sheet]) -> list[tuple[int, tuple[int, int], int]]:
    """(sheet, leaf, next level) of every point that can be raised."""
    by_key = {leaf.key: leaf for leaf in leaves}
    return [
        (place, key, level)
        for place, sheet in enumerate(sheets)
        for key, points in sheet.items()
        for level in by_key[key].levels
        if level > points
    ]


@given(councils())
def test_the_mean_is_exact_and_the_parts_make_the_total(council: Any) -> None:
    leaves, sheets = council
    result = score(leaves, sheets)
    assert result.total == Fraction(sum(sum(sheet.values()) for sheet in sheets), len(sheets))
    assert sum(result.parts.values()) == result.total
    assert result.members == tuple(sum(sheet.values()) for sheet in sheets)
    for key, mean in result.means.items():
        given_points = [sheet[key] for sheet in sheets if key in sheet]
        assert mean * len(given_points) == sum(given_points)


@given(councils())
def test_no_star_above_what_the_total_or_any_minimum_allows(council: Any) -> None:
    leaves, sheets = council
    result = score(leaves, sheets)
    asked = [leaf for leaf in leaves if leaf.key in result.means]
    assert result.star == min(star_by_total(result.total), star_by_minima(asked, result.means))
    for star in range(3, result.star + 1):
        for leaf in asked:
            assert (leaf.minimum(star) or 0) <= result.means[leaf.key]


@given(councils(), st.data())
def test_raising_one_leaf_on_one_sheet_never_lowers_total_or_star(
    council: Any, data: st.DataObject
) -> None:
    leaves, sheets = council
    choices = order(leaves, sheets)
    assume(choices)
    place, key, level = data.draw(st.sampled_from(choices))
    before = score(leaves, sheets)
    raised = [sheet | {key: level} if at == place else sheet for at, sheet in enumerate(sheets)]
    after = score(leaves, raised)
    assert after.total == before.total + Fraction(level - sheets[place][key], len(sheets))
    assert after.star >= before.star


@given(councils(), st.randoms(use_true_random=False))
def test_the_order_of_the_members_makes_no_difference(council: Any, random: Any) -> None:
    leaves, sheets = council
    shuffled = list(sheets)
    random.shuffle(shuffled)
    one, other = score(leaves, sheets), score(leaves, shuffled)
    assert (one.total, one.star, one.parts, one.means) == (
        *(other.total, other.star, other.parts, other.means),
    )


@given(councils())
def test_what_stands_so_far_on_whole_sheets_is_the_score(council: Any) -> None:
    leaves, sheets = council
    partial = partial_score(leaves, sheets)
    assert partial.complete and not partial.unscored
    assert partial.outcome == score(leaves, sheets)
    assert [sheet.total for sheet in partial.sheets] == list(partial.outcome.members)


@given(drafts())
def test_what_stands_so_far_is_the_least_the_sheets_can_come_to(draft: Any) -> None:
    leaves, begun, whole = draft
    partial, end = partial_score(leaves, begun), score(leaves, whole)
    assert partial.outcome.total <= end.total
    assert partial.outcome.star <= end.star
    for sheet, final in zip(partial.sheets, end.members, strict=True):
        assert sheet.total <= final
        assert sum(sheet.parts.values()) == sheet.total


@given(drafts())
def test_the_number_missing_is_never_more_than_what_is_filled_in_later(draft: Any) -> None:
    """Equal to it but for an open either/or criterion, which counts by its shortest case."""
    leaves, begun, whole = draft
    either = {leaf.key for leaf in leaves if leaf.alternative is not None}
    partial = partial_score(leaves, begun)
    for sheet, part, final in zip(partial.sheets, begun, whole, strict=True):
        later = final.keys() - part.keys()
        assert sheet.missing <= len(later)
        assert (sheet.missing == 0) == (not later)
        if not later & either:
            assert sheet.missing == len(later)


@given(drafts(), st.data())
def test_one_more_leaf_given_points_never_lowers_total_or_star(
    draft: Any, data: st.DataObject
) -> None:
    leaves, begun, whole = draft
    open_ones = [
        (place, key)
        for place, final in enumerate(whole)
        for key in sorted(final.keys() - begun[place].keys())
    ]
    assume(open_ones)
    place, key = data.draw(st.sampled_from(open_ones))
    before = partial_score(leaves, begun)
    more = [dict(sheet) for sheet in begun]
    more[place][key] = whole[place][key]
    after = partial_score(leaves, more)
    assert after.outcome.total >= before.outcome.total
    assert after.outcome.star >= before.outcome.star
    assert after.sheets[place].missing <= before.sheets[place].missing


@given(drafts())
def test_with_its_blocks_lifted_and_points_enough_the_next_star_is_reached(draft: Any) -> None:
    leaves, begun, _whole = draft
    outcome = partial_score(leaves, begun).outcome
    if outcome.star == 5:
        assert (outcome.blocking, outcome.points_missing) == ((), 0)
        return
    assert outcome.blocking or outcome.points_missing > 0
    least = (30, 50, 70, 90)[outcome.star - 1]
    assert outcome.points_missing == max(Fraction(0), least - outcome.total)
    assert all(item.mean < item.needed for item in outcome.blocking)
    assert len({item.leaf.key for item in outcome.blocking}) == len(outcome.blocking)
    lifted = outcome.means | {item.leaf.key: Fraction(item.needed) for item in outcome.blocking}
    asked = [leaf for leaf in leaves if leaf.key in outcome.means]
    assert star_by_minima(asked, lifted) > outcome.star
    assert star_by_total(outcome.total + outcome.points_missing) > outcome.star


# --- Part totals ----------------------------------------------------------------------------------


@st.composite
def part_councils(draw: Any) -> tuple[dict[str, int], list[dict[str, Decimal]]]:
    limits = draw(st.sampled_from(LIMITS))
    sheets = [
        {part: draw(st.decimals(0, most, places=3)) for part, most in limits.items()}
        for _ in range(draw(st.integers(1, 7)))
    ]
    return limits, sheets


@given(part_councils())
def test_part_totals_are_averaged_exactly_and_minima_stay_unjudged(council: Any) -> None:
    limits, sheets = council
    result = score_parts(limits, sheets)
    exact = sum(Fraction(points) for sheet in sheets for points in sheet.values())
    assert result.total == exact / len(sheets)
    assert (result.star, result.blocking) == (star_by_total(result.total), ())
    assert not result.minima_judged
    partial = partial_score_by_parts(limits, sheets)
    assert partial.complete and partial.outcome == result


@given(part_councils(), st.data())
def test_parts_not_given_yet_count_nothing_and_are_counted(
    council: Any, data: st.DataObject
) -> None:
    limits, sheets = council
    gone = data.draw(st.sets(st.sampled_from("ABC"), min_size=1))
    absent = {part: points for part, points in sheets[0].items() if part not in gone}
    empty = {part: None if part in gone else points for part, points in sheets[0].items()}
    for begun in (absent, empty):
        partial = partial_score_by_parts(limits, [begun, *sheets[1:]])
        assert partial.sheets[0].missing == len(gone) and not partial.complete
        assert partial.sheets[0].total == sum(Fraction(absent[part]) for part in absent)
        assert partial.outcome.total <= score_parts(limits, sheets).total


def test_69_95_is_3_stars_in_every_way_it_can_come_about() -> None:
    parts = {"A": Decimal("30.5"), "B": Decimal("15.05"), "C": Decimal("24.4")}
    assert sum(parts.values()) == Decimal("69.95")
    assert score_parts(LIMITS[0], [parts]).star == 3
    assert score_parts(LIMITS[0], [parts | {"C": Decimal("24.45")}]).star == 4
    assert star_by_total(Decimal("69.95")) == star_by_total(Fraction(1399, 20)) == 3

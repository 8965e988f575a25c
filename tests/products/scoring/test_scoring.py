"""From sheets to stars: boundaries, minima, either/or cases, part totals."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.scoring.arithmetic import (
    Leaf,
    ScoringError,
    score,
    score_parts,
    star_by_minima,
    star_by_total,
)
from tests.support.cases import every_case

FIXTURE = Path(__file__).parents[3] / "fixtures" / "reference" / "scoring-148.json"
LIMITS_148 = {"A": 40, "B": 25, "C": 35}
LIMITS_1048 = {"A": 35, "B": 25, "C": 40}


def make_leaf(leaf=1, most=100, part="A", criterion=1, **minima) -> Leaf:
    return Leaf(part, criterion, leaf, most, tuple(range(most + 1)), **minima)


def outcome(points, *leaves):
    """Score one sheet that gives `points` to the leaves in their order."""
    return score(leaves, [dict(zip([leaf.key for leaf in leaves], points, strict=True))])


@every_case(
    "total, star",
    [
        ("0", 1),
        ("29.999999", 1),
        ("30", 2),
        ("49.999999", 2),
        ("50", 3),
        ("69.95", 3),
        ("69.999999", 3),
        ("70", 4),
        ("89.999999", 4),
        ("90", 5),
        ("100", 5),
    ],
)
def test_stars_by_total(total, star):
    assert star_by_total(Decimal(total)) == star
    assert star_by_total(Fraction(total)) == star


def test_the_mean_is_not_rounded_before_it_is_compared():
    leaf = make_leaf()
    just_below = score([leaf], [{leaf.key: 70}] * 19 + [{leaf.key: 69}])
    assert just_below.total == Fraction(1399, 20)  # 69.95
    assert just_below.star == 3
    thirds = score([leaf], [{leaf.key: 70}, {leaf.key: 70}, {leaf.key: 69}])
    assert (thirds.total, thirds.star) == (Fraction(209, 3), 3)
    assert score([leaf], [{leaf.key: 70}] * 3).star == 4


def test_parts_and_members_add_up_to_the_total():
    leaves = [make_leaf(1, 40, "A"), make_leaf(1, 25, "B", 4), make_leaf(1, 35, "C", 6)]
    keys = [leaf.key for leaf in leaves]
    result = score(
        leaves, [dict(zip(keys, row, strict=True)) for row in [(30, 20, 25), (31, 0, 0)]]
    )
    assert result.parts == {"A": Fraction(61, 2), "B": 10, "C": Fraction(25, 2)}
    assert result.members == (75, 31)
    assert result.total == sum(result.parts.values()) == 53
    assert result.means[1, 1] == Fraction(61, 2)


def test_members_ten_points_apart_are_pointed_out():
    leaf = make_leaf()
    assert score([leaf], [{leaf.key: n} for n in (60, 69, 70, 79)]).far_apart == [
        (0, 2),
        (0, 3),
        (1, 3),
    ]
    assert score([leaf], [{leaf.key: 60}, {leaf.key: 69}]).far_apart == []


# --- Minima ---------------------------------------------------------------------------------------

PLAIN = make_leaf(1, 97)


@every_case(
    "rest, points, star",
    [
        (94, 0, 2),  # the minimum of 3 stars is missed: at most 2, whatever the total
        (94, 1, 3),
        (94, 2, 4),
        (94, 3, 5),
        (67, 3, 4),  # the minima reach 5, the total does not
        (66, 3, 3),
        (29, 0, 1),
    ],
)
def test_the_star_is_the_lower_of_total_and_minima(rest, points, star):
    strict = make_leaf(2, 3, min_3=1, min_4=2, min_5=3)
    assert outcome([rest, points], PLAIN, strict).star == star


def test_a_missed_minimum_of_a_lower_star_keeps_the_higher_ones_out_of_reach():
    for_four = make_leaf(2, 3, min_4=2)
    result = outcome([95, 1], PLAIN, for_four)
    assert (result.star_by_total, result.star) == (5, 3)
    assert [(item.leaf, item.star, item.needed, item.mean) for item in result.blocking] == [
        (for_four, 4, 2, 1)
    ]


def test_minima_are_judged_on_the_mean_of_the_leaf():
    leaf = make_leaf(2, 3, min_3=2)
    sheets = [{PLAIN.key: 60, leaf.key: 1}, {PLAIN.key: 60, leaf.key: 3}]
    assert score([PLAIN, leaf], sheets).star == 3
    sheets.append({PLAIN.key: 60, leaf.key: 1})
    result = score([PLAIN, leaf], sheets)
    assert (result.star, result.star_by_total) == (2, 3)
    assert result.blocking[0].mean == Fraction(5, 3)


def test_what_blocks_the_next_star_is_listed_once_a_leaf():
    strict = make_leaf(2, 3, min_3=2, min_4=3)
    lax = make_leaf(3, 3, min_5=3)
    result = outcome([68, 2, 0], PLAIN, strict, lax)
    assert (result.star, result.points_missing) == (3, 0)
    assert [(item.leaf, item.star) for item in result.blocking] == [(strict, 4)]
    lowest = outcome([68, 1, 0], PLAIN, strict, lax)
    assert [(item.star, item.needed) for item in lowest.blocking] == [(3, 2)]


def test_the_points_missing_for_the_next_star():
    assert outcome([45], make_leaf()).points_missing == 5
    assert outcome([0], make_leaf()).points_missing == 30
    best = outcome([93], make_leaf())
    assert (best.star, best.points_missing, best.blocking) == (5, 0, ())


# --- Sheets that do not hold ----------------------------------------------------------------------


def refusal(leaves, *sheets):
    with pytest.raises(ScoringError) as caught:
        score(leaves, list(sheets))
    return caught.value


def test_points_between_the_levels_are_refused():
    leaf = Leaf("A", 1, 1, 5, (1, 3, 5))
    for points in (0, 2, 6, -1):
        error = refusal([leaf], {(1, 1): points})
        assert (error.code, error.params["points"]) == ("points_not_allowed", points)
    assert error.params["levels"] == (1, 3, 5)


def test_a_leaf_left_empty_is_named_with_its_sheet():
    leaves = [make_leaf(1, 5), make_leaf(2, 5)]
    error = refusal(leaves, {(1, 1): 5, (1, 2): 5}, {(1, 1): 5})
    assert error.code == "missing_leaf"
    assert error.params == {"sheet": 1, "criterion": 1, "leaf": 2}


def test_a_leaf_of_another_set_and_no_sheet_at_all_are_refused():
    assert refusal([make_leaf()], {(1, 1): 5, (9, 9): 1}).code == "unknown_leaf"
    assert refusal([make_leaf()]).code == "no_sheets"


# --- Either/or cases ------------------------------------------------------------------------------

COMMUNITY = make_leaf(1, 10, "C", 8, alternative=1, min_3=5)
SITE = make_leaf(2, 10, "C", 8, alternative=2, min_3=8)
REST = make_leaf(1, 90)
TOURISM = [REST, COMMUNITY, SITE]


@every_case(
    "case, points, star",
    [(COMMUNITY, 5, 3), (COMMUNITY, 4, 2), (SITE, 8, 3), (SITE, 7, 2)],
)
def test_only_the_chosen_case_is_asked_for_and_judged(case, points, star):
    result = score(TOURISM, [{REST.key: 60, case.key: points}])
    assert result.star == star
    assert result.total == 60 + points
    assert {item.leaf for item in result.blocking if item.star == 3} <= {case}


def test_both_cases_or_none_are_refused():
    both = refusal(TOURISM, {REST.key: 60, COMMUNITY.key: 5, SITE.key: 8})
    assert (both.code, both.params) == ("both_alternatives", {"sheet": 0, "criterion": 8})
    none = refusal(TOURISM, {REST.key: 60})
    assert (none.code, none.params["criterion"]) == ("missing_leaf", 8)


def test_members_who_chose_different_cases_are_each_counted_in_full():
    result = score(TOURISM, [{REST.key: 60, COMMUNITY.key: 5}, {REST.key: 60, SITE.key: 9}])
    assert result.total == sum(result.parts.values()) == 67
    assert (result.means[COMMUNITY.key], result.means[SITE.key]) == (5, 9)


# --- Part totals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "best"), [(LIMITS_148, (40, 25, 35)), (LIMITS_1048, (35, 25, 40))]
)
def test_part_totals_up_to_their_limits(limits, best):
    sheet = dict(zip("ABC", best, strict=True))
    result = score_parts(limits, [sheet])
    assert (result.total, result.star, result.minima_judged) == (100, 5, False)
    for part in "ABC":
        with pytest.raises(ScoringError) as caught:
            score_parts(limits, [sheet | {part: sheet[part] + Decimal("0.001")}])
        assert caught.value.code == "part_out_of_range"
        assert caught.value.params["limit"] == limits[part]


def test_part_totals_are_averaged_exactly():
    sheets = [
        {"A": Decimal("30.5"), "B": 15, "C": Decimal("24.4")},
        {"A": 30, "B": 15, "C": 25},
    ]
    result = score_parts(LIMITS_148, sheets)
    assert (result.total, result.star, result.blocking) == (Fraction("69.95"), 3, ())
    assert result.parts["A"] == Fraction("30.25")
    assert result.members == (Fraction("69.9"), 70)


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ({"A": 1, "B": 1}, "missing_part"),
        ({"A": 1, "B": 1, "C": None}, "missing_part"),
        ({"A": 1, "B": 1, "C": Decimal("-0.001")}, "part_out_of_range"),
    ],
)
def test_part_totals_that_do_not_hold(sheet, code):
    with pytest.raises(ScoringError) as caught:
        score_parts(LIMITS_148, [sheet])
    assert caught.value.code == code
    with pytest.raises(ScoringError):
        score_parts(LIMITS_148, [])


def test_floats_are_not_accepted_as_points():
    with pytest.raises(TypeError):
        score_parts(LIMITS_148, [{"A": 0.1, "B": 1, "C": 1}])


# --- The sets on file -----------------------------------------------------------------------------


def sets_on_file() -> dict[int, list[Leaf]]:
    book = json.loads(FIXTURE.read_text(encoding="utf-8"))
    return {sheet["set"]: list(_leaves(sheet)) for sheet in book["sheets"] if sheet["checked"]}


def _leaves(sheet):
    for criterion in sheet["criteria"]:
        for number, leaf in enumerate(criterion["leaves"], 1):
            yield Leaf(
                criterion["part"],
                criterion["number"],
                number,
                max(leaf["levels"]),
                tuple(leaf["levels"]),
                *(leaf.get(name) for name in ("min_3", "min_4", "min_5", "alternative")),
            )


SETS = sets_on_file()


@st.composite
def scored_sets(draw):
    leaves = SETS[draw(st.sampled_from(sorted(SETS)))]
    cases: dict[int, int] = {}
    for leaf in leaves:
        if leaf.alternative is not None and leaf.criterion not in cases:
            cases[leaf.criterion] = draw(st.sampled_from([1, 2]))
    asked = [leaf for leaf in leaves if leaf.alternative in (None, cases.get(leaf.criterion))]
    high = draw(st.booleans())
    sheets = [
        {
            leaf.key: draw(st.sampled_from(leaf.levels[-2:] if high else leaf.levels))
            for leaf in asked
        }
        for _member in range(draw(st.integers(1, 4)))
    ]
    return leaves, asked, sheets


@every_case("number", sorted(SETS))
def test_full_marks_in_every_set_make_100_points_and_5_stars(number):
    leaves = [leaf for leaf in SETS[number] if leaf.alternative in (None, 1)]
    result = score(SETS[number], [{leaf.key: leaf.max_points for leaf in leaves}])
    assert (result.total, result.star, result.parts) == (100, 5, LIMITS_148)


@given(scored_sets())
def test_no_star_above_what_total_and_minima_allow(scored):
    leaves, asked, sheets = scored
    result = score(leaves, sheets)
    assert result.star == min(star_by_total(result.total), star_by_minima(asked, result.means))
    for star in range(3, result.star + 1):
        for leaf in asked:
            needed = leaf.minimum(star)
            assert needed is None or result.means[leaf.key] >= needed
    assert sum(result.parts.values()) == result.total <= 100


@given(scored_sets())
def test_with_its_blocks_lifted_and_points_enough_the_next_star_is_reached(scored):
    leaves, asked, sheets = scored
    result = score(leaves, sheets)
    if result.star == 5:
        assert result.blocking == ()
        return
    blocked = bool(result.blocking) or result.points_missing > 0
    assert blocked
    lifted = {item.leaf.key: item.leaf.max_points for item in result.blocking}
    again = score(leaves, [sheet | lifted for sheet in sheets])
    assert star_by_minima(asked, again.means) > result.star

"""What holds of every sheet of every set, whatever the council gives."""

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from products.scoring import Leaf, score, score_parts, so_far, so_far_parts, star_by_total
from tests.products.test_scoring_every_set import CHECKED, LIMITS, Sheet, leaves_of

SETS = {number: leaves_of(number) for number in CHECKED}
# Seven sheets of 36 leaves are many draws; a busy machine is no failure.
patient = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def councils(draw: Any) -> tuple[list[Leaf], list[Sheet]]:
    """A set and one to seven complete sheets; each member chooses their own cases."""
    leaves = SETS[draw(st.sampled_from(CHECKED))]
    sheets = []
    for _member in range(draw(st.integers(1, 7))):
        case = draw(st.sampled_from([1, 2]))
        high = draw(st.booleans())
        sheets.append(
            {
                leaf.key: draw(st.sampled_from(leaf.levels[-2:] if high else leaf.levels))
                for leaf in leaves
                if leaf.alternative in (None, case)
            }
        )
    return leaves, sheets


@patient
@given(councils())
def test_the_star_is_never_above_what_total_and_minima_allow(
    council: tuple[list[Leaf], list[Sheet]],
) -> None:
    leaves, sheets = council
    outcome = score(leaves, sheets)
    assert outcome.star <= star_by_total(outcome.total)
    for star in range(3, outcome.star + 1):
        for leaf in leaves:
            given_points = [sheet[leaf.key] for sheet in sheets if leaf.key in sheet]
            least = leaf.minimum(star)
            if least is not None and given_points:
                assert sum(given_points) >= least * len(given_points)


@patient
@given(councils())
def test_the_mean_is_exact(council: tuple[list[Leaf], list[Sheet]]) -> None:
    leaves, sheets = council
    outcome = score(leaves, sheets)
    given_points = sum(points for sheet in sheets for points in sheet.values())
    assert outcome.total == Fraction(given_points, len(sheets)) == sum(outcome.parts.values())


@patient
@given(councils(), st.data())
def test_raising_one_leaf_lowers_neither_total_nor_star(
    council: tuple[list[Leaf], list[Sheet]], data: Any
) -> None:
    leaves, sheets = council
    place = data.draw(st.integers(0, len(sheets) - 1))
    leaf = data.draw(st.sampled_from([one for one in leaves if one.key in sheets[place]]))
    now = sheets[place][leaf.key]
    higher = data.draw(st.sampled_from([level for level in leaf.levels if level >= now]))
    raised = [*sheets[:place], sheets[place] | {leaf.key: higher}, *sheets[place + 1 :]]
    before, after = score(leaves, sheets), score(leaves, raised)
    assert after.total == before.total + Fraction(higher - now, len(sheets))
    assert after.star >= before.star


@patient
@given(councils())
def test_complete_sheets_come_to_the_same_so_far(
    council: tuple[list[Leaf], list[Sheet]],
) -> None:
    leaves, sheets = council
    now = so_far(leaves, sheets)
    assert now.complete
    assert now.unscored == frozenset()
    assert now.outcome == score(leaves, sheets)


@patient
@given(councils(), st.data())
def test_so_far_never_promises_more_than_comes_out(
    council: tuple[list[Leaf], list[Sheet]], data: Any
) -> None:
    leaves, sheets = council
    partial = [
        {key: points for key, points in sheet.items() if data.draw(st.booleans())}
        for sheet in sheets
    ]
    now, end = so_far(leaves, partial), score(leaves, sheets)
    assert now.outcome.total <= end.total
    assert now.outcome.star <= end.star
    assert now.complete == (partial == sheets)


@patient
@given(
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 2500), st.integers(0, 3500)),
        min_size=1,
        max_size=7,
    )
)
def test_part_totals_are_averaged_exactly_and_give_the_star_of_the_total(
    members: list[tuple[int, int, int]],
) -> None:
    sheets = [
        {part: Fraction(points, 100) for part, points in zip("ABC", row, strict=True)}
        for row in members
    ]
    outcome = score_parts(LIMITS, sheets)
    assert outcome.total == Fraction(sum(map(sum, members)), 100 * len(members))
    assert outcome.star == star_by_total(outcome.total)
    assert so_far_parts(LIMITS, list(sheets)).outcome == outcome


def test_69_95_is_three_stars() -> None:
    leaf = Leaf("A", 1, 1, 100, tuple(range(101)))
    outcome = so_far([leaf], [{leaf.key: 70}] * 19 + [{leaf.key: 69}]).outcome
    assert (outcome.total, outcome.star) == (Fraction("69.95"), 3)

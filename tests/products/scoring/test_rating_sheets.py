"""The council's sheets: which criteria they ask for, what they come to, how they are merged."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from products.models import ProductSet, Rating, ScoringScheme
from products.ratings.forms import SheetForm
from products.scoring import sheets as scoring_sheets
from products.scoring import wording
from products.scoring.sheets import (
    Criteria,
    criteria_for,
    merged,
    mismatch,
    stored_result,
    truncated,
)
from products.scoring.wording import consequence, format_points, result_of
from tests.support.cases import every_case
from tests.support.factories import make_product

pytestmark = pytest.mark.django_db
Sheet = dict[str, Any]


def make_rating(number: int | None = 1, scheme: str = "qd-148", **fields: Any) -> Rating:
    product_set = ProductSet.objects.get(number=number) if number else None
    rating: Rating = Rating.objects.create(
        product=make_product(product_set=product_set),
        scheme=ScoringScheme.objects.get(code=scheme),
        level=fields.pop("level", "district"),
        session_on=fields.pop("session_on", date(2024, 5, 6)),
        **fields,
    )
    return rating


def full_sheet(criteria: Criteria, member: str = "Lan", case: int = 1) -> Sheet:
    points = {
        f"{leaf.criterion}.{leaf.leaf}": leaf.max_points
        for leaf in criteria.leaves
        if leaf.alternative in (None, case)
    }
    return {"member": member, "points": points}


def parts(member: str, a: str, b: str, c: str) -> Sheet:
    return {"member": member, "parts": {"A": a, "B": b, "C": c}}


# --- Which criteria -------------------------------------------------------------------------------


def test_the_criteria_follow_the_set_part_by_part() -> None:
    criteria = criteria_for(make_rating(1))
    assert [part.code for part in criteria.parts] == ["A", "B", "C"]
    assert criteria.limits == {"A": 40, "B": 25, "C": 35}
    assert len(criteria.leaves) == 32
    assert criteria.parts[0].groups[0].label == "Tổ chức sản xuất"
    assert not criteria.by_parts


def test_a_scheme_that_only_amends_has_the_criteria_of_the_one_it_amends() -> None:
    amending = criteria_for(make_rating(1, "qd-148-1489", session_on=date(2025, 8, 1)))
    assert amending.leaves == criteria_for(make_rating(1)).leaves


@pytest.mark.parametrize(
    ("number", "scheme", "limits"),
    [
        (7, "qd-148", {"A": 40, "B": 25, "C": 35}),
        (1, "qd-1048", {"A": 35, "B": 25, "C": 40}),
        (None, "qd-1048", {"A": 35, "B": 25, "C": 40}),
    ],
)
def test_part_totals_where_the_criteria_are_not_usable(
    number: int | None, scheme: str, limits: dict[str, int]
) -> None:
    criteria = criteria_for(make_rating(number, scheme))
    assert criteria.by_parts
    assert criteria.limits == limits
    assert criteria.note


def test_without_a_product_set_a_sentence_says_what_to_do() -> None:
    with translation.override("en"):
        criteria = criteria_for(make_rating(None))
    assert "Enter the product set first" in criteria.blocking_reason


def test_a_rating_begun_with_part_totals_goes_on_with_them() -> None:
    assert criteria_for(make_rating(1, sheets=[parts("Lan", "30", "20", "20")])).by_parts


def test_the_tourism_set_has_three_criteria_of_two_cases() -> None:
    groups = [g for part in criteria_for(make_rating(26)).parts for g in part.groups if g.cases]
    assert [(group.number, group.cases) for group in groups] == [
        (8, [1, 2]),
        (9, [1, 2]),
        (15, [1, 2]),
    ]


# --- What they come to ----------------------------------------------------------------------------


def test_total_and_stars_are_kept_only_when_every_sheet_is_complete() -> None:
    criteria = criteria_for(make_rating(1))
    full = full_sheet(criteria)
    assert stored_result(criteria, [full]) == (Decimal(100), 5)
    partial = {"member": "Minh", "points": dict(list(full["points"].items())[1:])}
    assert stored_result(criteria, [full, partial]) == (None, None)
    assert stored_result(criteria, []) == (None, None)
    assert stored_result(criteria, [parts("Lan", "40", "25", "35")]) == (None, None)


def test_the_kept_total_is_cut_and_never_reaches_a_star_by_rounding() -> None:
    assert truncated(Fraction(209, 3)) == Decimal("69.666666")
    assert truncated(70 - Fraction(1, 10**9)) == Decimal("69.999999")
    criteria = criteria_for(make_rating(7))
    three = [
        parts(name, "30", "20", points)
        for name, points in (("A", "20"), ("B", "20"), ("C", "19.999"))
    ]
    assert stored_result(criteria, three) == (Decimal("69.999666"), 3)


@every_case(
    "points, shown",
    [
        (Fraction("69.95"), "69,95"),
        (Fraction(209, 3), "≈ 69,66"),
        (Fraction("69.999999"), "≈ 69,99"),
        (Fraction(70), "70"),
        (Fraction(100), "100"),
        (Decimal("69.666666"), "≈ 69,66"),
        (0, "0"),
    ],
)
def test_figures_are_cut_after_two_decimals_and_say_so(points: Any, shown: str) -> None:
    with translation.override("vi"):
        assert format_points(points) == shown


def test_what_is_lacking_is_enough_when_it_is_added() -> None:
    with translation.override("vi"):
        assert format_points(Fraction(1, 3), up=True) == "≈ 0,34"
        assert format_points(Fraction(1, 2), up=True) == "0,5"


def test_members_far_apart_are_named_with_their_points() -> None:
    criteria = criteria_for(make_rating(7))
    sheets = [parts("Lan", "38", "20", "20"), parts("Minh", "30", "16", "20")]
    with translation.override("en"):
        (sentence,) = result_of(criteria, sheets).far_apart
    assert sentence.startswith("Lan (78) and Minh (66) are 12 points apart")


def test_minima_not_scored_yet_are_told_from_those_too_low() -> None:
    criteria = criteria_for(make_rating(1))
    sheet = full_sheet(criteria)
    sheet["points"]["1.3"] = 1  # 4 stars ask for 2
    del sheet["points"]["1.4"]  # 4 stars ask for 2
    with translation.override("en"):
        result = result_of(criteria, [sheet], 0)
    assert (result.star, result.next_star, result.missing) == (3, 4, 1)
    assert {(one.field, one.unscored) for one in result.blocked} == {
        ("at-points-1-3", False),
        ("at-points-1-4", True),
    }


@every_case(
    "level, stars, words",
    [
        ("district", None, "every sheet is complete"),
        ("district", 2, "no certificate"),
        ("district", 3, "decided by: District"),
        ("district", 4, "next council: Province"),
        ("province", 5, "potential 5 stars"),
    ],
)
def test_what_follows_from_the_stars(level: str, stars: int | None, words: str) -> None:
    with translation.override("en"):
        assert words in consequence(make_rating(1, level=level, stars=stars))


def test_sheets_under_other_criteria_are_named_and_never_a_traceback() -> None:
    rating = make_rating(26, sheets=[full_sheet(criteria_for(make_rating(1)))])
    criteria = criteria_for(rating)
    assert wording.sheet_rows(criteria, rating.sheets)[0].total == "–"
    with pytest.raises(scoring_sheets.ScoringError) as caught:
        result_of(criteria, rating.sheets)
    with translation.override("en"):
        assert "Lan" in wording.scoring_problem(caught.value, rating.sheets)


# --- Beside one another ---------------------------------------------------------------------------


def named(*names: str) -> list[Sheet]:
    return [{"member": name, "points": {}} for name in names]


@every_case(
    "names, fits",
    [
        (("",), True),
        (("Lan", "Minh"), True),
        (("Hoa", "Hòa"), True),
        (("Lan", ""), False),
        (("", "Lan"), False),
        (("Lan", " lan"), False),
        (tuple(f"Ủy viên {n}" for n in range(31)), False),
    ],
)
def test_which_sheets_stand_beside_one_another(names: tuple[str, ...], fits: bool) -> None:
    sheets = named(*names)
    assert (mismatch(sheets, len(sheets) - 1) == "") is fits


LAN, LAN_2, LAN_3, MINH, MINH_2 = (
    {"member": "Lan", "points": {"1.1": 1}},
    {"member": "Lan", "points": {"1.1": 3}},
    {"member": "Lan", "points": {"1.1": 5}},
    {"member": "Minh", "points": {}},
    {"member": "Minh", "points": {"1.1": 1}},
)


@every_case(
    "base, stored, mine, place, sheets, theirs",
    [
        ([LAN], [LAN], LAN_2, 0, [LAN_2], None),
        ([LAN], [LAN], MINH, 1, [LAN, MINH], None),
        ([LAN, MINH], [LAN, MINH_2], LAN_2, 0, [LAN_2, MINH_2], None),  # another sheet changed
        ([LAN, MINH], [LAN_3, MINH], LAN_2, 0, [LAN_2, MINH], LAN_3),  # this one changed
        ([LAN, MINH], [LAN_2, MINH], LAN_2, 0, [LAN_2, MINH], None),  # both did the same
        ([LAN, MINH], [MINH], MINH_2, 1, [MINH_2], None),  # moved up
        ([LAN, MINH], [MINH], LAN_2, 0, [MINH, LAN_2], None),  # removed meanwhile: added anew
        ([], [LAN_3], LAN, 0, [LAN], LAN_3),  # both entered the same member's sheet
        ([], [MINH], LAN, 0, [MINH, LAN], None),
    ],
)
def test_sheets_of_two_people_are_merged(
    base: list[Sheet],
    stored: list[Sheet],
    mine: Sheet,
    place: int,
    sheets: list[Sheet],
    theirs: Sheet | None,
) -> None:
    result = merged(base, stored, mine, place)
    assert (result.sheets, result.theirs) == (sheets, theirs)
    assert result.sheets[result.place] == mine


# --- The form -------------------------------------------------------------------------------------


def form_of(data: dict[str, str], number: int = 1, *, verified: bool = False) -> SheetForm:
    criteria = criteria_for(make_rating(number))
    form = SheetForm({"member": "Lan", **data}, criteria=criteria, alone=True, verified=verified)
    form.is_valid()
    return form


def test_an_incomplete_sheet_is_read_with_what_it_has() -> None:
    form = form_of({"points-1-1": "3", "points-1-4": "0"})
    assert not form.errors
    assert form.sheet() == {"member": "Lan", "points": {"1.1": 3, "1.4": 0}}
    assert len(form.missing_fields()) == 30


@every_case("points", ["2", "-1", "9" * 5000, "x", "3.0", "\0", "３"])
def test_points_that_are_not_allowed_are_refused_at_their_field(points: str) -> None:
    form = form_of({"points-1-1": points, "points-1-2": "1"})
    assert list(form.errors) == ["points-1-1"]
    assert form.sheet()["points"] == {"1.2": 1}


@every_case(
    "total,stored",
    [("24,5", "24.5"), ("24.5", "24.5"), ("40", "40"), ("0", "0"), ("", None)],
)
def test_part_totals_are_read_as_written_here(total: str, stored: str | None) -> None:
    form = form_of({"part-A": total}, 7)
    assert not form.errors
    assert form.sheet()["parts"].get("A") == stored


@every_case("total", ["40,01", "-1", "1.250", "x", "NaN", "1e999999", "24,5001", "\0"])
def test_part_totals_that_cannot_be_are_refused_at_their_field(total: str) -> None:
    assert list(form_of({"part-A": total}, 7).errors) == ["part-A"]


@every_case(
    "given, errors, points",
    [
        ({"case-8": "1", "points-8-1": "2"}, [], {"8.1": 2}),
        ({"points-8-2": "2"}, [], {"8.2": 2}),  # the case follows from the points
        ({"case-8": "1", "points-8-1": "2", "points-8-2": "3"}, [], {"8.1": 2}),
        ({"points-8-1": "2", "points-8-2": "3"}, ["case-8"], {}),
        ({"case-8": "2", "points-8-1": "2"}, ["case-8"], {}),
        ({"case-8": "3"}, ["case-8"], {}),
    ],
)
def test_either_or_cases(given: dict[str, str], errors: list[str], points: dict[str, int]) -> None:
    form = form_of(given, 26)
    assert list(form.errors) == errors
    assert form.sheet()["points"] == points


def test_a_criterion_of_another_set_is_not_dropped_unseen() -> None:
    criteria = criteria_for(make_rating(1))
    data = QueryDict("member=Lan&points-99-1=3&points-1-1=3")
    form = SheetForm(data, criteria=criteria, alone=True, verified=False)
    assert not form.is_valid()
    assert "99.1" in str(form.non_field_errors())


@every_case("member", ["", "   ", "a" * 121, "Lan\0"])
def test_a_member_needs_a_usable_name(member: str) -> None:
    assert "member" in form_of({"member": member}).errors


def test_a_summary_sheet_has_no_member() -> None:
    form = form_of({"member": "Lan", "summary": "on"})
    assert not form.errors
    assert form.sheet()["member"] == ""


def test_a_verified_rating_takes_complete_sheets_with_a_reason_only() -> None:
    form = form_of({"points-1-1": "3"}, verified=True)
    assert "change_reason" in form.errors
    assert len([name for name in form.errors if name.startswith("points-")]) == 31

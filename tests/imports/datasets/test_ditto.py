""" "nt", "như trên" and dashes: read as what is meant, and said of each cell."""

import pytest

from ocop.imports.datasets import CellDecision, check
from ocop.imports.datasets.importer import system_importer
from ocop.imports.datasets.registry import DATASETS
from ocop.imports.datasets.resource import specs
from ocop.lib.spreadsheets.reading.reader import read_workbook
from ocop.lib.spreadsheets.tables.tables import find_table
from products.models import FloorListing, Producer, Product, Recognition
from tests.imports.workbooks import (
    ECOMMERCE,
    RECOGNITIONS,
    TRACEABILITY,
    imported,
    make_book,
    places,
    product_row,
    recognitions,
)
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product

pytestmark = pytest.mark.django_db


@every_case("word", ["nt", "n/t", "Như trên", "″"])
def test_a_word_for_as_above_takes_the_value_above(word):
    outcome = recognitions(
        product_row("A", "HTX Ong Vàng", district="Huyện Cầu Kè"),
        product_row("B", word, district=word, day=word, rank=word),
        product_row("C", word, district=word, rank="4 sao"),
    )
    assert outcome.verdict == "accepted", outcome.errors
    assert Producer.objects.get().district.name == "Huyện Cầu Kè"
    assert Product.objects.count() == 3
    assert sorted(Recognition.objects.values_list("rank", flat=True)) == [30, 30, 40]
    shown_text = [place for place in places(outcome.warnings) if place[0] == "same_as_above"]
    assert shown_text == [
        ("same_as_above", f"{cell}") for cell in ("B3", "D3", "F3", "G3", "B4", "D4")
    ]


def test_a_dash_where_nothing_is_required_is_an_empty_cell():
    outcome = recognitions(product_row("A", score=65), product_row("B", score="-"))
    assert Recognition.objects.get(product__name="B").score is None
    assert places(outcome.warnings) == [("same_as_above", "E3")]


@pytest.mark.parametrize("dash", ["-", "–"])
def test_a_dash_never_repeats_the_cell_above(dash):
    outcome = recognitions(
        product_row("A", "HTX Ong Vàng", district="Huyện Cầu Kè"),
        product_row("B", dash, district=dash, day=dash, rank=dash),
    )
    wanted = [("required", f"{letter}3") for letter in "BDFG"]
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", wanted)


@every_case("none", ["-", "–", "không", "0", 0])
def test_a_rank_that_is_none_is_an_error_of_its_row_alone(none):
    outcome = recognitions(product_row("A", rank="4 sao"), product_row("B", rank=none))
    assert places(outcome.errors) == [("required", "F3")]
    assert "nghĩa là không có" in outcome.errors[0].message


@every_case("none", ["-", "–", "không", "Không", "0", 0])
def test_a_row_in_no_system_or_on_no_floor_carries_no_record(none):
    make_product("Kẹo", make_producer("HTX A"))
    traced = [["Kẹo", "HTX A", "iCheck", "5/6/2023", None], ["Kẹo", "HTX A", none, none, None]]
    outcome = imported("traceability", [TRACEABILITY, *traced])
    assert (outcome.verdict, outcome.rows, outcome.created, outcome.skipped) == (
        "accepted",
        1,
        1,
        1,
    )
    listed = [["Kẹo", "HTX A", "Voso", none, "5/6/2023", None], ["Kẹo", "HTX A", none, none, "x"]]
    outcome = imported("ecommerce", [ECOMMERCE, *listed])
    assert (outcome.verdict, outcome.rows, outcome.created, outcome.skipped) == (
        "accepted",
        1,
        1,
        1,
    )
    assert FloorListing.objects.get().url == ""


def test_as_above_under_a_cell_that_says_none_says_none_too():
    make_product("Kẹo", make_producer("HTX A"))
    rows = [
        ["Kẹo", "HTX A", "iCheck", "5/6/2023", None],
        ["Kẹo", "HTX A", "-", "5/6/2023", None],
        ["Kẹo", "HTX A", "nt", "6/6/2023", None],
    ]
    outcome = imported("traceability", [TRACEABILITY, *rows])
    assert (outcome.created, outcome.skipped) == (1, 2)


def test_of_a_row_that_is_no_record_nothing_is_said():
    make_product("Kẹo", make_producer("HTX A"))
    rows = [["nt", "nt", "-", "-", "nt"], ["Kẹo", "HTX A", "iCheck", "5/6/2023", None]]
    outcome = imported("traceability", [TRACEABILITY, *rows])
    assert (outcome.verdict, outcome.skipped) == ("accepted", 1)
    assert (outcome.errors, outcome.warnings) == ([], [])


def test_as_above_in_the_first_row_is_refused():
    outcome = recognitions(product_row("A", "nt"))
    assert places(outcome.errors) == [("required", "B2")]


def test_as_above_goes_past_a_row_that_says_it_too_but_not_past_a_blank_one():
    rows = [
        ["Kẹo", "HTX A", "iCheck", "5/6/2023", None],
        ["Kẹo", "HTX A", "nt", "6/6/2023", None],
        ["Kẹo", "HTX A", "nt", "7/6/2023", None],
    ]
    make_product("Kẹo", make_producer("HTX A"))
    outcome = imported("traceability", [TRACEABILITY, *rows])
    assert (outcome.created, [p.value for p in outcome.warnings]) == (3, ["nt", "nt"])


def test_a_place_is_not_carried_past_a_group_row():
    rows = [
        RECOGNITIONS,
        [None, "I. HUYỆN CÀNG LONG"],
        product_row("A", "HTX A", district="Huyện Càng Long"),
        [None, "II. HUYỆN CẦU KÈ"],
        product_row("B", "HTX B", district="nt"),
    ]
    outcome = imported("recognitions", rows)
    assert places(outcome.errors) == [("required", "D5")]
    rows[4] = product_row("B", "nt", district=None)
    assert imported("recognitions", rows).verdict == "accepted"
    assert Product.objects.get(name="B").producer.name == "HTX A"
    assert Product.objects.get(name="B").district.name == "Huyện Cầu Kè"


def test_nothing_is_carried_past_an_empty_cell_and_no_commune_by_a_dash():
    outcome = recognitions(
        product_row("A", "HTX A", commune="Xã An Trường"),
        product_row("B", "HTX B"),
        product_row("C", "HTX C", commune="nt"),
    )
    assert places(outcome.errors) == [("required", "C4")]
    assert (
        recognitions(
            product_row("A", "HTX A", commune="Xã An Trường"),
            product_row("B", "HTX B", commune="-"),
        ).verdict
        == "accepted"
    )
    assert Product.objects.get(name="B").place.level == "district"


def decided(rows, *decisions):
    resource = DATASETS["recognitions"]()
    table = find_table(read_workbook(make_book([RECOGNITIONS, *rows]), "x"), specs(resource))
    return check(resource, table, system_importer(), decisions).outcome


def test_a_decision_holds_for_all_equal_cells_whatever_their_case():
    rows = [product_row("A", district="Cầu Ké huyện"), product_row("B", district="cầu ké HUYỆN")]
    assert len(decided(rows).errors) == 2
    outcome = decided(
        rows, CellDecision({"district": "Cầu Ké huyện"}, {"district": "Huyện Cầu Kè"})
    )
    assert (outcome.verdict, places(outcome.warnings)) == (
        "accepted",
        [("decided", "D2"), ("decided", "D3")],
    )


def test_a_misspelt_unit_comes_with_what_may_have_been_meant():
    problem = decided([product_row("A", district="Cang Longg")]).errors[0]
    assert (problem.given, problem.instead) == (
        {"district": "Cang Longg"},
        {"district": "Huyện Càng Long"},
    )


def test_a_near_product_is_asked_about_until_somebody_decides():
    recognitions(product_row("Mật ong hoa nhãn", "HTX Ong Vàng"))
    rows = [product_row("Mật ong hoa nhãnn", "HTX Ong Vàng", day="5/6/2023")]
    outcome = decided(rows)
    problem = outcome.errors[0]
    assert (outcome.verdict, problem.cause, problem.cell) == ("rejected", "near_name", "A2")
    stored = decided(rows, CellDecision(problem.given, None))
    assert stored.warnings == []
    assert stored.created == 1
    same = decided(rows, CellDecision(problem.given, problem.instead))
    assert [w.code for w in same.warnings] == ["decided"]
    assert Product.objects.count() == 1


def test_a_near_producer_of_the_same_district_is_asked_about():
    make_producer("Hợp tác xã Ong Ruồi Vàng")
    outcome = recognitions(product_row("A", "HTX Ong Ruoii Vàng"))
    assert [(one.cause, one.instead) for one in outcome.errors] == [
        ("near_name", {"producer": "Hợp tác xã Ong Ruồi Vàng"})
    ]

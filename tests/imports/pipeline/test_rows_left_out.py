"""One bad row does not stop the others unless the importer wants it so."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ocop.imports.models import ImportBatch
from products.models import Product, Recognition
from tests.imports.workbooks import (
    RECOGNITIONS,
    as_user,
    everything,
    imported_file,
    make_book,
    product_row,
    recognitions,
)

pytestmark = pytest.mark.django_db


def left(outcome):
    return [(one.row, one.how, one.cells) for one in outcome.left_out]


def test_without_the_option_it_is_all_or_nothing():
    outcome = recognitions(product_row("A"), product_row("B", rank="7 sao"))
    assert (outcome.verdict, outcome.left_out, Product.objects.count()) == ("rejected", [], 0)


def test_rows_with_errors_are_left_out_and_the_others_go_in():
    outcome = recognitions(
        product_row("A"),
        product_row("B", rank="7 sao"),
        product_row("C", day="31/02/2023", district="Huyện Không Có"),
        product_row("D"),
        leave_out=["errors"],
    )
    assert outcome.verdict == "accepted", outcome.errors
    assert left(outcome) == [(3, "errors", ["F3"]), (4, "errors", ["D4", "G4"])]
    assert (outcome.rows, outcome.created) == (4, 2)
    assert set(Product.objects.values_list("name", flat=True)) == {"A", "D"}
    (batch,) = ImportBatch.objects.all()
    assert [one["row"] for one in batch.left_out] == [3, 4]
    assert batch.left_out[0]["problems"][0]["code"] == "unknown_value"


def test_a_row_that_is_left_out_takes_no_part_in_the_checks_of_the_others():
    outcome = recognitions(
        product_row("Kẹo dừa", score="x"),
        product_row("Kẹo dứa"),
        product_row("Mứt", rank="7 sao"),
        product_row("Mứt"),
        leave_out=["errors"],
    )
    assert (outcome.verdict, outcome.questions) == ("accepted", [])
    assert [one.row for one in outcome.left_out] == [2, 4]


def test_what_comes_to_light_only_later_is_left_out_too():
    outcome = recognitions(
        product_row("A", rank="7 sao"),
        product_row("B", "HTX Một", day="22/08/2022"),
        product_row("B", "HTX Một", day="22/08/2022", rank="4 sao"),
        leave_out=["errors"],
    )
    assert (outcome.verdict, [one.row for one in outcome.left_out]) == ("accepted", [2, 4])


def test_open_questions_and_errors_of_the_whole_file_still_stop():
    rows = [product_row("Kẹo dừa"), product_row("Kẹo dứa"), product_row("C", rank="7 sao")]
    outcome = recognitions(*rows, leave_out=["errors", "outside"])
    assert (outcome.verdict, len(outcome.questions)) == ("rejected", 1)
    assert [one.row for one in outcome.left_out] == [4]
    header = [*RECOGNITIONS[:5], "Cột lạ", RECOGNITIONS[6]]
    data = make_book([header, product_row("A")])
    outcome = imported_file("recognitions", data, leave_out=["errors"])
    assert (outcome.verdict, outcome.errors[0].code) == ("rejected", "missing_column")
    assert not Product.objects.exists()


def test_a_file_of_which_nothing_is_left_is_refused():
    before = everything()
    outcome = recognitions(product_row("A", rank="7 sao"), leave_out=["errors"])
    assert (outcome.verdict, outcome.errors[0].cause) == ("rejected", "all_left_out")
    assert [one.row for one in outcome.left_out] == [2]
    assert everything() == before


def test_rows_of_another_district_are_left_out_by_their_own_option():
    rows = [
        product_row("A"),
        product_row("B", district="Huyện Cầu Kè"),
        product_row("C", score="x"),
    ]
    importer = as_user("huyen844")
    outcome = recognitions(*rows, importer=importer, leave_out=["outside"])
    assert (outcome.verdict, left(outcome)) == ("rejected", [(3, "outside", ["D3"])])
    outcome = recognitions(*rows, importer=importer, leave_out=["outside", "errors"])
    assert (outcome.verdict, [one.how for one in outcome.left_out]) == (
        "accepted",
        ["outside", "errors"],
    )
    assert Recognition.objects.get().product.name == "A"


def test_a_cell_that_says_as_above_still_means_the_row_that_was_left_out():
    outcome = recognitions(
        product_row("A", "HTX Một", score="x"), product_row("B", "nt"), leave_out=["errors"]
    )
    assert outcome.verdict == "accepted"
    assert Product.objects.get().producer.name == "HTX Một"


def test_the_command_line_names_what_it_left_out(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(make_book([RECOGNITIONS, product_row("A"), product_row("B", rank="7 sao")]))
    out = StringIO()
    options = {"dataset": "recognitions", "json": True, "stdout": out}
    with pytest.raises(CommandError):
        call_command("import_workbook", file, **options)
    out.truncate(0), out.seek(0)
    call_command("import_workbook", file, leave_out=["errors"], **options)
    answer = json.loads(out.getvalue())
    (one,) = answer["left_out"]
    assert (answer["verdict"], one["row"], one["cells"]) == ("accepted", 3, ["F3"])
    assert "7 sao" in one["why"]
    plain = StringIO()
    call_command(
        "import_workbook", file, dataset="recognitions", leave_out=["errors"], stdout=plain
    )
    assert "Đã bỏ qua dòng 3: “7 sao”" in plain.getvalue()

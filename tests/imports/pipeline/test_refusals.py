"""What is refused, with which code, at which cell; and that a refusal writes nothing at all."""

import pytest

from products.models import Product
from tests.imports.workbooks import (
    DECIDED,
    RECOGNITIONS,
    SCIENCE_TASKS,
    everything,
    imported,
    imported_file,
    make_book,
    make_books,
    places,
    product_row,
    recognitions,
)
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db


def test_all_errors_of_all_rows_come_at_once_in_the_order_of_the_sheet():
    before = everything()
    outcome = recognitions(
        product_row("A", day="31/02/2023", score="1.250"),
        product_row("Tốt", "HTX Tốt"),
        product_row(None, district="Huyện Càn Long", rank="2 sao"),
        product_row("D", None, day=None),
        product_row("Tốt", "HTX TỐT"),
    )
    assert outcome.verdict == "rejected"
    assert places(outcome.errors) == [
        ("invalid_number", "E2"),
        ("invalid_date", "G2"),
        ("required", "A4"),
        ("unknown_unit", "D4"),
        ("unknown_value", "F4"),
        ("required", "B5"),
        ("required", "G5"),
        ("duplicate_row", "A6"),
    ]
    assert (outcome.rows, outcome.created, outcome.batch) == (5, 0, None)
    assert everything() == before


def test_a_row_beyond_column_z_is_still_in_the_order_of_the_sheet():
    blank = [None] * 26
    header = ["Tên sản phẩm", "Chủ thể", *blank, "Hạng sao", "Huyện", "Ngày quyết định"]
    row = [None, "HTX Ong", *blank, "2 sao", "Không Đâu", DECIDED]
    outcome = imported("recognitions", [header, row])
    assert places(outcome.errors) == [
        ("required", "A2"),
        ("unknown_value", "AC2"),
        ("unknown_unit", "AD2"),
    ]


def test_one_name_in_two_spellings_is_one_record_twice():
    outcome = recognitions(product_row("Kẹo dừa"), product_row("KẸO  DỪA"))
    assert places(outcome.errors) == [("duplicate_row", "A3")]


@every_case("name", ["***", "…", "\u200b-\u200b", "(–)", "🍯"])
def test_a_name_without_a_letter_is_no_name(name):
    assert places(recognitions(product_row(name)).errors) == [("required", "A2")]
    assert places(recognitions(product_row(producer=name)).errors) == [("required", "B2")]


def test_a_formula_without_a_result_is_refused():
    outcome = recognitions(product_row(score="=1/0"), product_row("B", "=NA()"))
    assert places(outcome.errors) == [("formula_error", "E2"), ("formula_error", "B3")]


def test_unknown_columns_are_named_in_a_warning():
    row = [*product_row(), "x"]
    outcome = imported("recognitions", [[*RECOGNITIONS, "Màu sắc"], row])
    assert outcome.verdict == "accepted"
    assert places(outcome.warnings) == [("unknown_column", "H1")]
    assert outcome.warnings[0].value == "Màu sắc"


@every_case("header", ["Chủ thể", "Huyện", "Hạng sao"])
def test_a_missing_column_is_named_and_has_no_cell(header):
    at = RECOGNITIONS.index(header)
    rows = [RECOGNITIONS, product_row()]
    outcome = imported("recognitions", [[*row[:at], *row[at + 1 :]] for row in rows])
    assert places(outcome.errors) == [("missing_column", None)]
    assert outcome.errors[0].column == header


def test_canonical_headers_and_synonyms_in_any_order_and_spelling():
    header = ["PHÂN HẠNG", "dia phuong", "Ngày\ncông nhận", "Cơ sở  sản xuất", "TÊN SP"]
    row = ["3 sao", "Càng Long", DECIDED, "HTX Ong", "Mật ong"]
    assert places(imported("recognitions", [header, row]).errors) == []


def test_a_header_without_rows_is_refused():
    outcome = imported("recognitions", [RECOGNITIONS])
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [("no_header", None)])


@pytest.mark.parametrize("rows", [[], [["Xin chào"]], [["a", "b"], [1, 2]]])
def test_a_workbook_without_the_header_is_unusable(rows):
    outcome = imported("recognitions", rows)
    assert (outcome.verdict, places(outcome.errors)) == ("unusable", [("no_header", None)])


def test_the_sheet_with_the_header_is_found_and_others_like_it_are_named():
    sheets = {
        "Bìa": [["BÁO CÁO"]],
        "Huyện A": [RECOGNITIONS, product_row("A")],
        "Huyện B": [RECOGNITIONS, product_row("B")],
    }
    outcome = imported_file("recognitions", make_books(sheets))
    assert (outcome.verdict, outcome.sheet, outcome.rows) == ("accepted", "Huyện A", 1)
    assert [warning.code for warning in outcome.warnings] == ["other_sheets"]
    assert "Huyện B" in outcome.warnings[0].message


def test_a_named_sheet_is_taken_and_an_unknown_one_is_unusable():
    sheets = {
        "A": [RECOGNITIONS, product_row("Ở tờ A")],
        "B": [RECOGNITIONS, product_row("Ở tờ B")],
    }
    outcome = imported_file("recognitions", make_books(sheets), sheet="B")
    assert (outcome.verdict, Product.objects.get().name) == ("accepted", "Ở tờ B")
    outcome = imported_file("recognitions", make_books(sheets), sheet="C")
    assert (outcome.verdict, places(outcome.errors)) == ("unusable", [("no_header", None)])


def test_a_hidden_sheet_gives_way_to_a_visible_one():
    sheets = {
        "Ẩn": [RECOGNITIONS, product_row("Ẩn")],
        "Hiện": [RECOGNITIONS, product_row("Hiện")],
    }
    outcome = imported_file("recognitions", make_books(sheets, hidden="Ẩn"))
    assert (outcome.sheet, outcome.warnings) == ("Hiện", [])


def test_texts_longer_than_their_field_are_refused():
    outcome = recognitions(product_row("a" * 301), product_row("B", "b" * 10_000))
    assert places(outcome.errors) == [("out_of_range", "A2"), ("out_of_range", "B3")]
    assert len(outcome.errors[1].value) <= 200


def test_signs_that_fold_to_whole_sentences_are_refused():
    outcome = recognitions(product_row("\ufdfa" * 100))
    assert places(outcome.errors) == [("out_of_range", "A2")]


def test_a_long_note_is_kept_whole():
    header = [*RECOGNITIONS, "Ghi chú"]
    assert imported("recognitions", [header, [*product_row(), "n" * 10_000]]).verdict == "accepted"
    assert len(Product.objects.get().recognitions.get().note) == 10_000


def test_text_is_composed_and_freed_of_control_characters():
    outcome = recognitions(product_row("Mật\r\nong\tchín 🍯", "HTX\u200b Ong"))
    assert outcome.verdict == "accepted"
    product = Product.objects.get()
    assert (product.name, product.producer.name) == ("Mật ong chín 🍯", "HTX Ong")


def test_truth_values_and_numbers_in_columns_of_text_are_read_as_shown():
    recognitions(product_row(True, 12.0), product_row(1.5, 12))
    assert set(Product.objects.values_list("name", flat=True)) == {"TRUE", "1.5"}
    assert set(Product.objects.values_list("producer__name", flat=True)) == {"12"}


def test_rows_that_contradict_each_other_about_one_producer_are_refused():
    header = [*RECOGNITIONS, "Loại hình"]
    rows = [[*product_row("A"), "Công ty"], [*product_row("B"), "Hộ kinh doanh"]]
    assert places(imported("recognitions", [header, *rows]).errors) == [("conflict", "H3")]


def test_an_unknown_set_is_refused_and_a_group_only_warned_of():
    header = [*RECOGNITIONS, "Bộ sản phẩm"]
    rows = [[*product_row("A"), "Đồ chơi"], [*product_row("B"), "1"]]
    outcome = imported("recognitions", [header, *rows])
    assert places(outcome.errors) == [("unknown_value", "H2")]


def test_a_set_is_known_by_number_name_and_as_the_message_lists_it():
    from products.models import ProductSet

    third = ProductSet.objects.get(number=3)
    header = [*RECOGNITIONS, "Bộ sản phẩm"]
    spellings = [3, "3", "Bộ 3", str(third), third.name.upper()]
    rows = [[*product_row(f"SP {n}"), text] for n, text in enumerate(spellings)]
    assert places(imported("recognitions", [header, *rows]).errors) == []
    assert set(Product.objects.values_list("product_set", flat=True)) == {third.pk}


def test_an_end_before_the_start_already_recorded_is_refused():
    tasks = [*SCIENCE_TASKS, "Ngày kết thúc"]
    first = ["Nhiệm vụ A", "Sở A", "1/1/2023", "1/6/2023", None]
    assert imported("science_tasks", [tasks, first]).verdict == "accepted"
    second = ["Nhiệm vụ A", "Sở A", "1/1/2023", None, "1/5/2023"]
    assert places(imported("science_tasks", [tasks, second]).errors) == [("conflict", "E2")]


def test_a_task_with_a_budget_is_read_by_vietnamese_rules():
    header = [*SCIENCE_TASKS, "Kinh phí"]
    outcome = imported(
        "science_tasks",
        [
            header,
            ["Nhiệm vụ A", "Sở A", "1/1/2023", None, "1.250"],
            ["Nhiệm vụ B", "Sở A", "1/1/2023", None, "1.250,5"],
        ],
    )
    assert places(outcome.errors) == []
    outcome = imported("science_tasks", [header, ["C", "Sở A", "1/1/2023", None, "-5"]])
    assert places(outcome.errors) == [("out_of_range", "E2")]


def test_bytes_that_are_no_workbook_are_unusable():
    for data in (b"", b"%PDF-1.4", b"PK\x03\x04 broken", make_book([RECOGNITIONS])[:500]):
        outcome = imported_file("recognitions", data)
        assert (outcome.verdict, places(outcome.errors)) == ("unusable", [("unreadable", None)])

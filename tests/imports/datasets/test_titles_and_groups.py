"""What stands above and between the rows: the decision, two-row headers, districts of groups."""

from datetime import date

import pytest

from products.models import Product, Recognition
from tests.imports.workbooks import imported, places

pytestmark = pytest.mark.django_db
TITLE = "(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22 tháng 8 năm 2022 của UBND tỉnh)"
HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"]


def under_groups(*rows: list[object]):
    return imported("recognitions", [[TITLE], [], HEADER, *rows])


def test_number_and_day_of_the_decision_come_from_the_title_line():
    header = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
    row = ["Mật ong", "HTX Ong", "Càng Long", "3 sao"]
    outcome = imported("recognitions", [["PHỤ LỤC"], [TITLE], [], header, row])
    assert (outcome.verdict, outcome.header_row) == ("accepted", 4)
    recognition = Recognition.objects.get()
    assert recognition.decision_number == "1693/QĐ-UBND"
    assert recognition.decided_on == date(2022, 8, 22)


def test_a_title_right_above_the_header_is_still_a_title():
    header = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
    outcome = imported("recognitions", [[TITLE], header, ["Mật ong", "HTX Ong", "Cầu Kè", "3"]])
    assert (outcome.verdict, outcome.header_row) == ("accepted", 2)
    assert Recognition.objects.get().decision_number == "1693/QĐ-UBND"


def test_a_row_with_a_day_of_its_own_does_not_take_the_titles_number():
    header = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Ngày quyết định"]
    row = ["Mật ong", "HTX Ong", "Càng Long", "3 sao", date(2023, 1, 5)]
    assert imported("recognitions", [[TITLE], [], header, row]).verdict == "accepted"
    assert Recognition.objects.get().decision_number == ""


def test_a_row_with_another_number_does_not_take_the_titles_day():
    header = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Số quyết định"]
    row = ["Mật ong", "HTX Ong", "Càng Long", "3 sao", "99/QĐ-UBND"]
    outcome = imported("recognitions", [[TITLE], [], header, row])
    assert [problem.code for problem in outcome.errors] == ["required"]
    assert outcome.errors[0].column == "Ngày quyết định"


def test_the_lower_cell_of_a_two_row_header_counts_qualified_by_the_upper():
    rows = [
        ["TT", "Chủ thể", None, "Sản phẩm", "Kết quả", None],
        [None, "Tên", "Huyện", None, "Hạng sao", "Ngày quyết định"],
        [1, "HTX Ong", "Càng Long", "Mật ong", "4 sao", "22/8/2022"],
    ]
    merged = ["B1:C1", "E1:F1", "A1:A2", "D1:D2"]
    outcome = imported("recognitions", rows, merged=merged)
    assert places(outcome.errors) == []
    product = Product.objects.get()
    assert (product.name, product.producer.name) == ("Mật ong", "HTX Ong")


def test_group_rows_give_the_district_of_the_rows_under_them():
    outcome = under_groups(
        [None, "I. HUYỆN CÀNG LONG"],
        [1, "Mật ong", "HTX Ong", "3 sao"],
        [None, "II. THỊ XÃ DUYÊN HẢI"],
        [2, "Muối", "HTX Muối", "3 sao"],
        [None, "Tổng cộng: 2 sản phẩm"],
    )
    assert (places(outcome.errors), outcome.rows, outcome.skipped) == ([], 2, 3)
    assert Product.objects.get(name="Mật ong").district.code == "844"
    assert Product.objects.get(name="Muối").district.code == "851"


def test_a_group_that_names_no_district_stands_under_the_district_before_it():
    outcome = under_groups(
        [None, "I. HUYỆN CÀNG LONG"],
        [None, "A. SẢN PHẨM 4 SAO"],
        [1, "Mật ong", "HTX Ong", "4 sao"],
    )
    assert places(outcome.errors) == []
    assert Product.objects.get().district.code == "844"


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("II. DUYÊN HẢI", "ambiguous_unit"),
        ("II. HUYỆN CẦU NGANGG", "unknown_unit"),
        ("II. CẦU NGANGG", "unknown_unit"),
    ],
)
def test_rows_under_an_unclear_district_never_fall_to_the_district_before_it(group, code):
    outcome = under_groups(
        [None, "I. HUYỆN CÀNG LONG"],
        [1, "Mật ong", "HTX Ong", "3 sao"],
        [None, group],
        [2, "Muối", "HTX Muối", "3 sao"],
    )
    assert places(outcome.errors) == [(code, "B7")]
    assert not Product.objects.exists()


def test_a_district_is_found_inside_a_longer_group_text():
    outcome = under_groups(
        [None, "I. HUYỆN CÀNG LONG"],
        [1, "Mật ong", "HTX Ong", "3 sao"],
        [None, "II. SẢN PHẨM CỦA HUYỆN CẦU KÈ"],
        [2, "Dừa sáp", "HTX Dừa", "3 sao"],
    )
    assert places(outcome.errors) == []
    assert Product.objects.get(name="Dừa sáp").district.code == "845"


def test_a_row_before_the_first_district_is_refused_at_its_first_cell():
    outcome = under_groups(
        [1, "Mật ong", "HTX Ong", "3 sao"],
        [None, "I. HUYỆN CÀNG LONG"],
        [2, "Muối", "HTX Muối", "3 sao"],
    )
    assert places(outcome.errors) == [("required", "B4")]
    assert outcome.errors[0].column == "Huyện"

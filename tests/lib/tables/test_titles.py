"""The decision named above a table."""

from datetime import date

from ocop.lib.spreadsheets.tables.titles import find_decision
from tests.support.cases import every_case

DAY = date(2022, 8, 22)


@every_case(
    "text",
    [
        "(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22 tháng 8 năm 2022 của Chủ tịch UBND tỉnh)",
        "Kèm theo Quyết định số: 1693 /QĐ-UBND ngày 22/8/2022",
        "(Kèm theo QĐ số 1693/QĐ-UBND, ngày 22.08.2022)",
        "KÈM THEO QUYẾT ĐỊNH SỐ 1693/QĐ-UBND NGÀY 22 THÁNG 8 NĂM 2022",
        "(Kem theo Quyet dinh so 1693/QD-UBND ngay 22 thang 8 nam 2022)",
        "Ke\u0300m theo Quye\u0302\u0301t đi\u0323nh số 1693/QĐ-UBND ngày 22/8/2022",
    ],
)
def test_number_and_day_are_taken_from_the_title(text: str) -> None:
    found = find_decision([("A1", "PHỤ LỤC"), ("A4", text)])
    assert found is not None
    assert (found.number.replace("Đ", "D"), found.day, found.cell) == ("1693/QD-UBND", DAY, "A4")


def test_the_day_may_stand_on_the_next_line() -> None:
    found = find_decision(
        [("A3", "Kèm theo Quyết định số 1693/QĐ-UBND"), ("A4", "ngày 22 tháng 8 năm 2022")]
    )
    assert found is not None
    assert found.day == DAY


def test_the_decision_it_is_attached_to_comes_before_others() -> None:
    found = find_decision(
        [
            ("A1", "Căn cứ Quyết định số 148/QĐ-TTg ngày 24 tháng 2 năm 2023"),
            ("A2", "Quyết định số 1048/QĐ-TTg ngày 21/8/2019 về Bộ tiêu chí"),
            ("A3", "(Kèm theo Quyết định số 1693/QĐ-UBND ngày 22/8/2022)"),
        ]
    )
    assert found is not None
    assert (found.number, found.day, found.cell) == ("1693/QĐ-UBND", DAY, "A3")


@every_case("written", ["ngày    tháng    năm 2022", "ngày 22/8/22", "ngày 31/2/2022", ""])
def test_a_day_left_open_or_impossible_is_none(written: str) -> None:
    found = find_decision([("A1", f"Kèm theo Quyết định số 1693/QĐ-UBND {written}")])
    assert found is not None
    assert found.day is None


def test_titles_without_a_decision_name_none() -> None:
    assert find_decision([]) is None
    assert find_decision([("A1", "Căn cứ Quyết định số 148/QĐ-TTg"), ("A2", "Danh sách")]) is None

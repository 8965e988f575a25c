"""Numbers and days of decisions in one cell, and in titles of every layout."""

from datetime import date

from ocop.lib.spreadsheets.tables.decision_texts import decision_in_cell
from ocop.lib.spreadsheets.tables.titles import find_decisions, names_decision
from tests.support.cases import every_case

DAY = date(2022, 8, 22)
TWO = [("1693/QĐ-UBND", DAY), ("2950/QĐ-UBND", date(2022, 12, 30))]


@every_case(
    "text",
    [
        "1693/QĐ-UBND ngày 22/8/2022",
        "QĐ số 1693/QĐ-UBND, 22/8/2022",
        "1693/QĐ-UBND (22/8/2022)",
        "Số 1693/QĐ-UBND, ngày 22.8.2022",
        "số1693/QÐ‑UBND ngày22 tháng8 năm2022",
        "1693/QĐ–UBND\nngày 22-8-2022",
        "1693/QĐ-UBNDngày 22/8/2022",
        "1693 / QĐ - UBND ký ngày 22/08/2022",
        "1693/qđ-ubnd ngay 22 thang 8 nam 2022",
        "Ngày 22/8/2022, Quyết định số 1693/QĐ-UBND",
    ],
)
def test_number_and_day_of_one_cell(text: str) -> None:
    assert decision_in_cell(text) == ("1693/QĐ-UBND", DAY)


@every_case(
    "text, found",
    [
        ("1693/QĐ-UBND tháng 8 năm 2022", ("1693/QĐ-UBND", None)),
        ("1693/QĐ-UBND ngày 31/2/2022", ("1693/QĐ-UBND", None)),
        ("1693/QĐ-UBND, có giá trị đến ngày 22/8/2025", ("1693/QĐ-UBND", None)),
        ("2814/QĐ-BNN-VPĐP ngày 11/7/2023", ("2814/QĐ-BNN-VPĐP", date(2023, 7, 11))),
        ("15/2024/QĐ-UBND", ("15/2024/QĐ-UBND", None)),
        ("1693/QĐ-UBND ngày 22/8/2022; 2950/QĐ-UBND ngày 30/12/2022", None),
        ("22/8/2022", None),
        ("71,5/100", None),
        ("1693", None),
        ("", None),
    ],
)
def test_what_a_cell_does_not_say_is_not_made_up(text: str, found: object) -> None:
    assert decision_in_cell(text) == found


def named(titles: list[str], below: tuple[str, ...] = ()) -> list[tuple[str, date | None]]:
    above = [(f"A{row}", text) for row, text in enumerate(titles, 1)]
    under = [(f"A{row}", text) for row, text in enumerate(below, 90)]
    return [(one.number, one.day) for one in find_decisions(above, under)]


ONE = "Quyết định số 1693/QĐ-UBND ngày 22/8/2022"
OTHER = "Quyết định số 2950/QĐ-UBND ngày 30/12/2022"


@every_case(
    "titles, below, found",
    [
        (["Kèm theo Quyết định số", "1693/QĐ-UBND", "ngày 22 tháng 8", "năm 2022"], (), TWO[:1]),
        (["(Kèm theo Quyết định", "số 1693/QĐ-UBND", "22/08/2022)"], (), TWO[:1]),
        (["Số: 1693/QĐ-UBND", "Trà Vinh, ngày 22 tháng 8 năm 2022"], (), TWO[:1]),
        ([f"(Kèm theo {ONE} và {OTHER})"], (), TWO),
        ([f"Kèm theo {ONE}", f"Kèm theo {OTHER}"], (), TWO),
        ([f"Kèm theo {ONE}", f"(Kèm theo {ONE})"], (), TWO[:1]),
        ([f"Kèm theo {ONE}", "Kèm theo Quyết định số 1693/QĐ-UBND"], (), TWO[:1]),
        ([f"Kèm theo {ONE}", f"Căn cứ {OTHER}"], (), TWO[:1]),
        ([f"Kèm theo {ONE} thay thế {OTHER}"], (), TWO[:1]),
        ([], (f"(Ban hành kèm theo {ONE} của UBND tỉnh)",), TWO[:1]),
        ([], (f"Căn cứ {ONE} về việc công nhận sản phẩm OCOP",), TWO[:1]),
        ([], (f"Căn cứ {ONE} về chức năng, nhiệm vụ",), []),
        ([f"Kèm theo {ONE}"], (f"Kèm theo {OTHER}",), TWO[:1]),
        (["Quyết định số 148/QĐ-TTg ngày 24/2/2023"], (), []),
        (["Kèm theo Quyết định số 1693/QĐ-UBND", "Tính đến ngày 31/12/2024"], (), [
            ("1693/QĐ-UBND", None)
        ]),
        (["Còn hiệu lực đến ngày 31/12/2024"], (), []),
        (["Kèm theo Quyết định số ……/QĐ-UBND ngày … tháng 8 năm 2022"], (), []),
    ],
)  # fmt: skip
def test_decisions_named_around_a_table(titles, below, found) -> None:
    assert named(titles, below) == found


def test_rows_between_the_records_may_name_another_decision() -> None:
    assert names_decision([f"(Kèm theo {ONE})"])
    assert names_decision(["I", "Quyết định số 15/QĐ-UBND"])
    assert not names_decision([f"Căn cứ {ONE}"])
    assert not names_decision(["II. HUYỆN CẦU KÈ"])

"""Workbooks whose sheets carry more than the table: hidden, filtered, formatted, stray, twice."""

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, PatternFill, Side

from tests.corpus.shapes import Shape, accepted, fact, rejected
from tests.imports.workbooks import DECIDED, RECOGNITIONS, make_book, product_row
from tests.lib.workbook_files import saved

HONEY = product_row("Mật ong hoa nhãn", "HTX Ong Vàng")
COCONUT = product_row(
    "Dừa sáp tươi", "Công ty TNHH Dừa Xanh", district="Cầu Kè", rank="4 sao", score=75
)
SHRIMP = product_row("Tôm khô thượng hạng", "Cơ sở Ba Nam", district="Cầu Ngang")
FACTS = {
    "Mật ong hoa nhãn": fact(30),
    "Dừa sáp tươi": fact(40, "845"),
    "Tôm khô thượng hạng": fact(30, "848"),
}


def book(*rows: list[Any]) -> Workbook:
    workbook = Workbook()
    workbook.active.title = "Danh sách"
    for row in (RECOGNITIONS, *rows):
        workbook.active.append(row)
    return workbook


def hidden_row() -> bytes:
    workbook = book(HONEY, COCONUT, SHRIMP)
    workbook.active.row_dimensions[3].hidden = True
    return saved(workbook)


def hidden_column() -> bytes:
    workbook = book(HONEY, COCONUT, SHRIMP)
    workbook.active.column_dimensions["D"].hidden = True
    return saved(workbook)


def filtered() -> bytes:
    workbook = book(HONEY, COCONUT, SHRIMP)
    page = workbook.active
    page.auto_filter.ref = "A1:G4"
    page.auto_filter.add_filter_column(5, ["4 sao"])
    page.row_dimensions[2].hidden = page.row_dimensions[4].hidden = True
    return saved(workbook)


def further_columns() -> bytes:
    header = ["STT", *RECOGNITIONS, "Điện thoại", "Doanh thu (triệu đồng)"]
    return make_book([header, [1, *HONEY, "0912345678", 1200], [2, *COCONUT, None, None]])


def empty_columns_between() -> bytes:
    rows = [RECOGNITIONS, HONEY, COCONUT]
    return make_book([[None, None, *row[:3], None, None, *row[3:]] for row in rows])


def thousands_of_formatted_rows() -> bytes:
    workbook = book(HONEY, COCONUT)
    thin = Border(*[Side(style="thin")] * 4)
    for row in range(2, 3003):
        for column in range(1, 8):
            workbook.active.cell(row, column).border = thin
    return saved(workbook)


def stray_space() -> bytes:
    workbook = book(HONEY, COCONUT)
    workbook.active["XFD1048576"] = " "
    workbook.active["B20"] = "\u00a0"
    workbook.active["C900"].fill = PatternFill("solid", fgColor="FFFF00")
    return saved(workbook)


def numbers_as_text() -> bytes:
    header = ["STT", *RECOGNITIONS, "Số quyết định"]
    rows = [
        ["01", *product_row(score="065", rank="03"), "0012/QĐ-UBND"],
        ["02", *product_row("Dừa 009", "Cơ sở 007", score="075", rank="04"), "001693"],
    ]  # fmt: skip
    return make_book([header, *rows])


def same_row_twice() -> bytes:
    again = product_row("mật  ong HOA nhãn", "HTX Ong Vàng", rank="4 sao", score=75)
    return make_book([RECOGNITIONS, HONEY, COCONUT, again])


def changed() -> bytes:
    """Of three rows before: one as before, two with another rank or score, and a new one."""
    coconut = [*COCONUT[:4], 72, *COCONUT[5:]]
    shrimp = [*SHRIMP[:4], 80, "4 sao", DECIDED]
    new = product_row("Bánh tét lá cẩm", "Hộ kinh doanh Hai Lý", district="TP. Trà Vinh")
    return make_book([RECOGNITIONS, HONEY, coconut, shrimp, new])


def first_time() -> bytes:
    return make_book([RECOGNITIONS, HONEY, COCONUT, SHRIMP])


def in_other_words() -> bytes:
    """The same records as first_time, otherwise written."""
    return make_book(
        [
            [
                "TÊN SẢN PHẨM OCOP",
                "Cơ sở sản xuất",
                "Địa phương",
                "Tổng điểm",
                "Xếp hạng",
                "Ngày ký",
            ],
            ["MẬT ONG HOA NHÃN", "htx ong vàng", "H. Càng Long", "65", "***", "22/08/2022"],
            [
                "Dừa sáp tươi",
                "Công ty TNHH Dừa Xanh",
                "Cầu Kè",
                75,
                "4★",
                "ngày 22 tháng 8 năm 2022",
            ],
        ]
    )


SHEETS: tuple[Shape, ...] = (
    accepted("a hidden row", hidden_row, rows=3, warnings={"hidden_row": 1}, facts=FACTS),
    accepted("a hidden column", hidden_column, rows=3, facts=FACTS),
    accepted("filtered rows", filtered, rows=3, warnings={"hidden_row": 2}, facts=FACTS),
    accepted(
        "columns the dataset does not know", further_columns, rows=2, warnings={"unknown_column": 2}
    ),
    accepted(
        "empty columns between", empty_columns_between, rows=2,
        facts={"Dừa sáp tươi": fact(40, "845")},
    ),
    accepted("three thousand formatted rows below", thousands_of_formatted_rows, rows=2),
    accepted("a stray space in the last cell of the sheet", stray_space, rows=2),
    accepted(
        "numbers as text with leading zeros",
        numbers_as_text,
        rows=2,
        facts={
            "Mật ong": fact(30, decision_number="0012/QĐ-UBND", score=65),
            "Dừa 009": fact(40, decision_number="001693", product__producer__name="Cơ sở 007"),
        },
    ),
    rejected("one product twice with two ranks", same_row_twice, ("A4", "duplicate_row")),
    accepted(
        "the same file twice", first_time, rows=3, created=0, unchanged=3, before=[first_time]
    ),
    accepted(
        "the same records otherwise written", in_other_words,
        rows=2, created=0, unchanged=2, before=[first_time], facts={"Mật ong hoa nhãn": fact(30)},
    ),
    accepted(
        "a file that changes some rows",
        changed,
        rows=4,
        created=1,
        updated=2,
        unchanged=1,
        before=[first_time],
        facts={
            "Tôm khô thượng hạng": fact(40, "848", score=80),
            "Dừa sáp tươi": fact(40, "845", score=72),
            "Bánh tét lá cẩm": fact(30, "842"),
        },
    ),
)  # fmt: skip

"""What is written is never a formula and reads back the same."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ocop.lib.spreadsheets.reading.cells import CellError
from ocop.lib.spreadsheets.reading.formats import read_bytes
from ocop.lib.spreadsheets.reading.values import unquoted_text
from ocop.lib.spreadsheets.writing.writer import SheetToWrite, csv_safe, write_csv, write_workbook
from ocop.lib.text import nfc
from tests.support.cases import every_case

DANGEROUS = [
    "=1+1",
    "+84 123",
    "-5 độ",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "'=1",
    "''=1",
    "'quoted",
    "#N/A x",
    "-",
    "–",
]


def written(sheet: SheetToWrite) -> bytes:
    stream = io.BytesIO()
    write_workbook(stream, [sheet])
    return stream.getvalue()


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    data = written(
        SheetToWrite("a", ["=header"], [[text] for text in DANGEROUS], titles=["=title"])
    )
    cells = [cell for row in load_workbook(io.BytesIO(data))["a"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert b"<f>" not in data


def test_values_come_back_as_they_were() -> None:
    row = [
        "=1+1",
        5,
        69.9,
        Decimal("1.5"),
        date(2022, 8, 22),
        datetime(2022, 8, 22),
        None,
        "Dừa",
        True,
    ]
    (sheet,) = read_bytes(written(SheetToWrite("a", ["h"], [row])), "")
    day = date(2022, 8, 22)
    assert list(sheet.rows[1][1].values()) == ["=1+1", 5, 69.9, 1.5, day, day, "Dừa", True]


def test_characters_no_workbook_can_hold_are_dropped() -> None:
    (sheet,) = read_bytes(
        written(SheetToWrite("a", ["h"], [["a\x00b\x0b\ufffe"], ["x" * 40_000]])), ""
    )
    assert sheet.rows[1] == (2, {1: "ab"})
    assert len(sheet.rows[2][1][1]) == 32_767


def test_an_error_that_was_read_is_written_as_its_text() -> None:
    data = written(SheetToWrite("a", ["h"], [[CellError("#N/A")]]))
    assert load_workbook(io.BytesIO(data))["a"]["A2"].data_type == "s"


def test_drop_down_lists_come_from_a_hidden_sheet() -> None:
    names = [f"Huyện {number}" for number in range(100)]
    data = written(SheetToWrite("Phụ lục", ["Huyện", "Hạng"], choices={1: names, 2: ["=3 sao"]}))
    workbook = load_workbook(io.BytesIO(data))
    rules = workbook["Phụ lục"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == [
        "'Danh mục Phụ lục'!$A$1:$A$100",
        "'Danh mục Phụ lục'!$B$1:$B$1",
    ]
    assert workbook["Danh mục Phụ lục"].sheet_state == "hidden"
    assert workbook["Danh mục Phụ lục"]["A100"].value == "Huyện 99"
    assert workbook["Danh mục Phụ lục"]["B1"].data_type == "s"


@every_case("text", DANGEROUS[:6])
def test_text_that_looks_like_a_formula_is_quoted_in_csv(text: str) -> None:
    assert csv_safe(text)[:2] == "'" + text[:1]
    assert unquoted_text(csv_safe(text)) == text


def test_numbers_stay_numbers_in_csv() -> None:
    assert csv_safe(-5) == -5
    assert csv_safe("Dừa") == "Dừa"


GUARDED = {
    "a\n=1+1": "a\n'=1+1",
    "a\r\n+1\nb\n@x": "a\r\n'+1\nb\n'@x",
    "a\r-1": "a\r'-1",
    "|cmd": "'|cmd",
    "＝1": "'＝1",
    "a\n＋1\n－1\n＠x\n\t=": "a\n'＋1\n'－1\n'＠x\n'\t=",
    "a\n'=1": "a\n''=1",
    "a = b - c @ d | e": "a = b - c @ d | e",
}


def test_every_line_of_a_cell_is_guarded_and_read_back() -> None:
    assert {text: csv_safe(text) for text in GUARDED} == GUARDED
    assert [unquoted_text(text) for text in GUARDED.values()] == list(GUARDED)


@given(st.text(st.sampled_from("'=+-@|＝\t\r\na "), max_size=10))
def test_quoting_is_undone_exactly(text: str) -> None:
    assert unquoted_text(csv_safe(text)) == text


CSV_TEXT = st.text(st.sampled_from("'=+-@|＝\t\r\n,;\"aĐ5 "), max_size=8).filter(str.strip)


@settings(max_examples=60)
@example([[";", ";;", ";;"]])
@example([[";;", ";;", ";;"]] * 5)
@given(st.lists(st.lists(CSV_TEXT, min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_csv_file_reads_back_the_same(rows: list[list[str]]) -> None:
    for guard_dates in (False, True):
        stream = io.StringIO(newline="")
        write_csv(stream, ["Cột 1", "Cột 2", "Cột 3"], rows, guard_dates)
        (sheet,) = read_bytes(stream.getvalue().encode("utf-8-sig"), "a")
        read = [list(cells.values()) for _, cells in sheet.rows[1:]]
        assert [[str(cell).removeprefix("\u2060") for cell in row] for row in read] == rows


LIKE_DAYS = ["9/81", "3/10", "1-2", "12/2022", "9 / 81", "1-2-3", "1/2/24"]
NO_DAYS = ["30/06/2025", "1693/QĐ-UBND", "4-2022-12345", "9 trên 81", "25–30", "-5", "2022", "a/3"]


def cells_of_csv(texts: list[str], **how: bool) -> list[str]:
    stream = io.StringIO(newline="")
    write_csv(stream, ["Số"], [[text] for text in texts], **how)
    return [row[0] for row in csv.reader(io.StringIO(stream.getvalue(), newline=""))][1:]


def test_no_spreadsheet_makes_a_day_of_a_text() -> None:
    written = cells_of_csv(LIKE_DAYS)
    assert written == ["\u2060" + text for text in LIKE_DAYS]
    assert [nfc(text) for text in written] == LIKE_DAYS
    assert [nfc(text).removeprefix("'") for text in cells_of_csv(NO_DAYS)] == NO_DAYS
    assert not any("\u2060" in text for text in cells_of_csv(NO_DAYS))


def test_the_imports_own_format_keeps_its_letters() -> None:
    assert cells_of_csv(LIKE_DAYS, guard_dates=False) == LIKE_DAYS

"""Forms that files of offices come in: day systems, texts for numbers, passwords, bombs."""

import os
import struct
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ocop.lib.dates import parse_day
from ocop.lib.numbers import parse_number
from ocop.lib.spreadsheets.reading.cells import CellError
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from ocop.lib.spreadsheets.tables.tables import Table, find_table
from tests.lib.tables.test_two_tables_in_a_sheet import DUA, FIRST, GAO
from tests.lib.workbook_files import (
    RECOGNITIONS,
    add_part,
    change_part,
    make_ods,
    make_rows,
    make_sheet_xml,
    make_xls,
    make_xlsx,
    saved,
    xls_record,
)
from tests.support.cases import every_case

# 22/8/2022 counted from 1900 and from 1904.
FROM_1900, FROM_1904 = 44795.0, 43333.0


def xls_with_day(number: float, from_1904: bool) -> bytes:
    styles = b"".join(
        xls_record(0xE0, struct.pack("<HH", 0, form) + b"\0" * 16) for form in (0, 14)
    )
    system = xls_record(0x22, struct.pack("<H", int(from_1904)))
    cells = {(0, 0): number, (1, 0): number}
    return make_xls(cells, before=system + styles, formats={(0, 0): 1})


@pytest.mark.parametrize(("number", "from_1904"), [(FROM_1900, False), (FROM_1904, True)])
def test_days_of_xls_are_the_same_in_both_day_systems(number: float, from_1904: bool) -> None:
    (sheet,) = read_workbook(xls_with_day(number, from_1904))
    assert sheet.rows == [(1, {1: date(2022, 8, 22)}), (2, {1: int(number)})]


def test_days_of_xlsx_counted_from_1904_are_read_beside_a_cell_far_away() -> None:
    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active["A1"] = datetime(2022, 8, 22)
    workbook.active["A1"].number_format = "dd/mm/yyyy"
    workbook.active["A1048576"] = " "
    (sheet,) = read_workbook(saved(workbook))
    assert [parse_day(value) for _, cells in sheet.rows for value in cells.values()] == [
        date(2022, 8, 22)
    ]


@every_case(
    "written",
    [
        *["22/8/2022", "22/08/2022", "22-8-2022", "22.8.2022", "2022-08-22", "22 / 8 / 2022"],
        *["ngày 22 tháng 8 năm 2022", "Ngày 22 tháng 08 năm 2022", "22/8/2022 00:00:00"],
        *["22 tháng 8 năm 2022", "ngay 22 thang 8 nam 2022", "Ngày 22/8/2022", "22/08/2022."],
    ],
)
@every_case("form", ["xlsx", "csv"])
def test_days_written_as_text_stay_text_and_are_understood(written: str, form: str) -> None:
    data = make_xlsx({"A1": written}) if form == "xlsx" else f"{written};x\n".encode()
    value = read_workbook(data)[0].rows[0][1][1]
    assert value == written
    assert parse_day(value) == date(2022, 8, 22)


def test_numbers_as_text_and_texts_of_digits_keep_their_form() -> None:
    row = ["0123", "00842", "+84 294", "1.250", "12,5", "1e5", "9" * 20]
    for data in (make_xlsx(make_rows([row])), (";".join(row) + "\n").encode()):
        (sheet,) = read_workbook(data)
        assert list(sheet.rows[0][1].values()) == row
    assert parse_number("12,5") == parse_number(12.5)


def test_a_text_of_digits_in_ods_and_xls_keeps_its_zeros() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>0123</text:p></table:table-cell>'
    ods = make_ods(
        f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>'
    )
    for data in (ods, make_xls({(0, 0): "0123"})):
        assert read_workbook(data)[0].rows == [(1, {1: "0123"})]


def found(*rows: list[object], merged: tuple[str, ...] = ()) -> Table:
    cover = ("Bìa", {"A1": "HỒ SƠ", "A5": "Tên sản phẩm: xem phụ lục"}, ())
    page = ("Phụ lục", make_rows([["PHỤ LỤC"], [], FIRST, *rows]), merged)
    return find_table(read_workbook(make_xlsx(cover, page)), RECOGNITIONS)


def test_a_page_with_everything_around_its_records_is_read() -> None:
    table = found(
        DUA,
        [2, "Gạo", None, "Trà Cú", "=1+1"],
        [3, "Mắm", None, "Trà Cú", "#N/A"],
        FIRST,
        GAO,
        ["Ghi chú: (*) tái công nhận"],
        ["TỔNG CỘNG", None, None, "=COUNT(A4:A8)"],
        [],
        [None, None, "Trà Vinh, ngày 22 tháng 8 năm 2022"],
        [None, None, "KT. CHỦ TỊCH"],
        merged=("C4:C6",),
    )
    assert (table.sheet, table.header_row, table.other_headers) == ("Phụ lục", 3, ())
    assert [record.row_number for record in table.records] == [4, 5, 6, 8]
    assert [record.cells["producer"][1] for record in table.records] == [*["HTX A"] * 3, "HTX B"]
    assert table.records[1].cells["rank"] == ("E5", CellError())
    assert table.records[2].cells["rank"] == ("E6", CellError("#N/A"))
    assert [reason for _, reason in table.skipped] == [
        *["repeated_header", "signature", "total", "blank", "signature", "signature"]
    ]


def encrypted_ods(content: bytes) -> bytes:
    """As LibreOffice writes it: noise for content, the keys in a manifest at the end."""
    key = b"<manifest:encryption-data/>"
    data = change_part(make_ods(""), "content.xml", lambda _: content)
    return change_part(
        data,
        "META-INF/manifest.xml",
        lambda xml: xml.replace(b"</manifest:m", key + b"</manifest:m"),
    )


PASSWORDS = {
    "xls": make_xls({(0, 0): "a"}, before=xls_record(0x2F, struct.pack("<H", 1) + os.urandom(52))),
    "ods": encrypted_ods(os.urandom(500)),
    "ods that looks like another encoding": encrypted_ods(b"\xff\xfe" + os.urandom(500)),
    "ods that holds a zero": encrypted_ods(b"\0\0" + os.urandom(500)),
}


@every_case("name", PASSWORDS)
def test_a_file_with_a_password_says_so(name: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(PASSWORDS[name])
    assert (refusal.value.code, refusal.value.params["reason"]) == ("unreadable", "password")


LAST_CORNER = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"{}></row>'
QUICK = {
    "value in the last corner": make_sheet_xml(LAST_CORNER.format("><v>1</v></c")),
    "format in the last corner": make_sheet_xml(LAST_CORNER.format(' s="0"/')),
    "bomb": add_part(make_xlsx({"A1": 1}), "xl/media/a.bin", b"\0" * (51 * 1024 * 1024)),
    "hidden rows down to the last": make_sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" hidden="1"/>'
    ),
}


@every_case("name", QUICK)
def test_what_would_take_gigabytes_is_seen_before_it_is_opened(name: str, in_sandbox: None) -> None:
    """Refused for what it is, or read: never stopped by the child's bounds on time or memory."""
    try:
        read_workbook(QUICK[name])
    except FileRefused as refusal:
        assert refusal.code == "too_large"
        assert refusal.params["reason"] not in ("time", "memory")


def test_a_rule_that_names_cells_does_not_hide_a_cell_far_away() -> None:
    # Elements that begin like a cell's are counted apart.
    data = make_sheet_xml(
        '<row r="1"><c\tr="XFD1048576"><v>1</v></c></row>',
        after='<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
        "<formula>1</formula></cfRule></conditionalFormatting>",
    )
    with pytest.raises(FileRefused) as refusal:
        read_workbook(data)
    assert refusal.value.code == "too_large"

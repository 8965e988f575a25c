"""Web addresses behind cells: hyperlinks and HYPERLINK formulas, and what is not followed."""

import struct

import pytest
from openpyxl import Workbook

from ocop.lib.spreadsheets.reading import SheetContent, read_workbook
from ocop.lib.spreadsheets.reading.hyperlinks import MAX_ADDRESS_LENGTH
from ocop.lib.spreadsheets.reading.refusal import FileRefused
from tests.lib.workbook_files import change_part, make_ods, make_xls, saved, xls_hyperlink
from tests.support.cases import every_case

ADDRESS = "https://shopee.vn/mau-i.1.2?a=1&b=2"


def only_sheet(data: bytes) -> SheetContent:
    (sheet,) = read_workbook(data)
    return sheet


def with_hyperlink(address: str) -> bytes:
    workbook = Workbook()
    page = workbook.active
    page["B2"] = "Xem tại đây"
    page["B2"].hyperlink = address
    page["B3"] = "không có gì"
    return saved(workbook)


def with_formula(formula: str) -> bytes:
    workbook = Workbook()
    workbook.active["B2"] = formula
    return saved(workbook)


def test_the_address_behind_a_text_is_read_with_the_text() -> None:
    sheet = only_sheet(with_hyperlink(ADDRESS))
    assert sheet.links == {(2, 2): ADDRESS}
    assert dict(sheet.rows)[2] == {2: "Xem tại đây"}


@every_case(
    "address",
    [
        "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.vn", "data:text/html,x", "ftp://a.vn",
        "http://a b.vn", "https://a.vn/" + "x" * MAX_ADDRESS_LENGTH, "'https://a.vn",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_left_out(address: str) -> None:
    assert only_sheet(with_hyperlink(address)).links == {}


@every_case(
    "formula, address",
    [
        (f'=HYPERLINK("{ADDRESS}","Xem")', ADDRESS),
        (f'= hyperlink( "{ADDRESS}" )', ADDRESS),
        (f'=HYPERLINK("{ADDRESS}";"Xem")', ADDRESS),
        ('=HYPERLINK("javascript:alert(1)","Xem")', ""),
        ('=HYPERLINK("https://shopee.vn/"&A1,"Xem")', ""),
        ('=HYPERLINK(A1,"Xem")', ""),
        ('=HYPERLINK("file:///c:/x","Xem")', ""),
        ('=IF(1,HYPERLINK("https://shopee.vn/a"),"")', ""),
    ],
)
def test_a_formula_gives_its_literal_address(formula: str, address: str) -> None:
    expected = {(2, 2): address} if address else {}
    assert only_sheet(with_formula(formula.replace("hyperlink", "HYPERLINK"))).links == expected


def test_the_address_behind_a_text_of_an_ods_is_read() -> None:
    cell = (
        '<table:table-cell office:value-type="string"><text:p><text:a xlink:href="{}">Xem</text:a>'
        "</text:p></table:table-cell>"
    )
    cells = cell.format("https://voso.vn/a") + cell.format("javascript:alert(1)")
    data = make_ods(
        f'<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>'
    )
    sheet = only_sheet(data)
    assert (sheet.links, dict(sheet.rows)[1]) == (
        {(1, 1): "https://voso.vn/a"},
        {1: "Xem", 2: "Xem"},
    )


def test_the_address_behind_a_text_of_an_xls_is_read() -> None:
    cells = {(row, 1): "Xem tại đây" for row in range(1, 5)}
    links = xls_hyperlink(1, 1, ADDRESS) + xls_hyperlink(2, 1, "javascript:alert(1)")
    links += xls_hyperlink(3, 1, "file:///c:/x") + xls_hyperlink(9, 9, ADDRESS)
    for length in (3, 20, 33, 60):
        cut_short = xls_hyperlink(4, 1, ADDRESS)[4 : 4 + length]
        links = struct.pack("<HH", 0x01B8, length) + cut_short + links
    sheet = only_sheet(make_xls(cells, extra=links))
    assert sheet.links == {(2, 2): ADDRESS}
    assert dict(sheet.rows)[2] == {2: "Xem tại đây"}


def test_an_address_used_by_every_cell_is_no_bomb() -> None:
    """20,000 cells that share one address of 4,000 letters: 80 MB out of a few kilobytes."""
    workbook = Workbook()
    page = workbook.active
    for row in range(1, 15_001):
        page.cell(row, 1, "x")
    page["A1"].hyperlink = "https://a.vn/" + "x" * (MAX_ADDRESS_LENGTH - 20)

    def shared(part: bytes) -> bytes:
        ones = b"".join(b'<hyperlink ref="A%d" r:id="rId1"/>' % row for row in range(2, 15_001))
        return part.replace(b"<hyperlinks>", b"<hyperlinks>" + ones)

    data = change_part(saved(workbook), "xl/worksheets/sheet1.xml", shared)
    with pytest.raises(FileRefused) as refused:
        read_workbook(data)
    assert refused.value.params["reason"] == "texts"

"""Rows hidden by hand or by a filter are told, and stay what they are."""

import io
import struct

from openpyxl import load_workbook

from ocop.lib.spreadsheets.reading.reader import read_workbook
from ocop.lib.spreadsheets.tables.tables import find_table
from tests.lib.workbook_files import (
    RECOGNITIONS,
    make_ods,
    make_rows,
    make_sheet_xml,
    make_xls,
    make_xlsx,
    saved,
    xls_record,
)

ROWS = [
    ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"],
    ["Dừa sáp", "HTX A", "Cầu Kè", "4 sao"],
    ["Gạo", "HTX B", "Cầu Kè", "3 sao"],
    ["II. HUYỆN TRÀ CÚ"],
    ["Bánh", "HTX C", None, "3 sao"],
]


def test_rows_hidden_in_xlsx_are_told() -> None:
    workbook = load_workbook(io.BytesIO(make_xlsx(make_rows(ROWS), {"A1": 1})))
    page = workbook["Sheet1"]
    for row in (3, 4, 9):
        page.row_dimensions[row].hidden = True
    page.column_dimensions["B"].hidden = True
    first, second = read_workbook(saved(workbook))
    # The ninth holds nothing: nobody misses it.
    assert (first.hidden_rows, second.hidden_rows) == ({3, 4}, set())


def test_hidden_records_are_records_and_named() -> None:
    workbook = load_workbook(io.BytesIO(make_xlsx(make_rows(ROWS))))
    for row in (1, 3, 4):
        workbook.active.row_dimensions[row].hidden = True
    table = find_table(read_workbook(saved(workbook)), RECOGNITIONS)
    assert [record.row_number for record in table.records] == [2, 3, 5]
    assert table.hidden == (3,)


def test_rows_that_name_no_number_are_counted() -> None:
    cell = "<c><v>1</v></c>"
    data = make_sheet_xml(
        f"<row>{cell}</row><row r='4' hidden='true'>{cell}</row><row hidden='1'>{cell}</row>"
        f'<row collapsed="1" hidden="0">{cell}</row>'
    )
    (sheet,) = read_workbook(data)
    assert [number for number, _ in sheet.rows] == [1, 4, 5, 6]
    assert sheet.hidden_rows == {4, 5}


def test_hidden_rows_beside_a_stray_cell_far_away_are_told() -> None:
    data = make_sheet_xml(
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t> </t></is></c></row>'
    )
    assert read_workbook(data)[0].hidden_rows == {1}


def test_rows_hidden_in_ods_are_told() -> None:
    def row(visibility: str, repeats: int = 1) -> str:
        return (
            f'<table:table-row table:number-rows-repeated="{repeats}" {visibility}>'
            '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
        )

    (sheet,) = read_workbook(
        make_ods(
            '<table:table table:name="a">'
            + row("")
            + row('table:visibility="filter"', 2)
            + row('table:visibility="visible"')
            + row('table:visibility="collapse"')
            + '<table:table-row table:visibility="collapse" '
            'table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
            "</table:table>"
        )
    )
    assert sheet.hidden_rows == {2, 3, 5}


def test_rows_hidden_in_xls_are_told() -> None:
    def row(number: int, flags: int) -> bytes:
        return xls_record(0x0208, struct.pack("<HHHHHHI", number, 0, 2, 255, 0, 0, flags))

    extra = row(0, 0x100) + row(1, 0x120) + row(2, 0x130) + row(7, 0x120)
    (sheet,) = read_workbook(make_xls({(0, 0): "a", (1, 0): "b", (2, 0): 1.0}, extra=extra))
    assert sheet.hidden_rows == {2, 3}

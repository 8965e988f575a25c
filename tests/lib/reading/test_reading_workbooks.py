"""What the reader makes of good workbooks: values, coordinates, failures of formulas."""

import struct
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ocop.lib.spreadsheets.reading.cells import CellError, cell_name, parse_cell_name
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from tests.lib.workbook_files import (
    change_part,
    make_ods,
    make_sheet_xml,
    make_xls,
    make_xlsx,
    saved,
)
from tests.support.cases import every_case

pytestmark = pytest.mark.usefixtures("in_sandbox")
"""Read as the program does: in a process of its own."""


def test_cells_keep_their_place_below_and_right_of_empty_ones() -> None:
    (sheet,) = read_workbook(make_xlsx({"C4": "Dừa sáp", "E9": 1}))
    assert sheet.rows == [(4, {3: "Dừa sáp"}), (9, {5: 1})]


def test_values_come_as_plain_types() -> None:
    cells = {
        "A1": "Du\u031b\u0300a",
        "B1": 88,
        "C1": 69.9,
        "D1": True,
        "E1": datetime(2022, 8, 22),
        "F1": datetime(2022, 8, 22, 10, 5),
        "G1": "  ",
        "H1": "\u200b\u00a0",
    }
    (sheet,) = read_workbook(make_xlsx(cells))
    assert sheet.rows == [
        (
            1,
            {
                1: "Dừa",
                2: 88,
                3: 69.9,
                4: True,
                5: date(2022, 8, 22),
                6: datetime(2022, 8, 22, 10, 5),
            },
        )
    ]
    assert isinstance(sheet.rows[0][1][2], int)


def test_days_counted_from_1904_are_the_same_days() -> None:
    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active["A1"] = datetime(2022, 8, 22)
    (sheet,) = read_workbook(saved(workbook))
    assert sheet.rows == [(1, {1: date(2022, 8, 22)})]


def test_the_last_row_is_kept() -> None:
    (sheet,) = read_workbook(make_xlsx({f"A{row}": f"dòng {row}" for row in range(1, 301)}))
    assert sheet.rows[-1] == (300, {1: "dòng 300"})


def test_merged_ranges_and_hidden_sheets_are_told() -> None:
    workbook = Workbook()
    workbook.active.merge_cells("B2:D3")
    workbook.active["B2"] = "gộp"
    workbook.create_sheet("Ẩn").sheet_state = "hidden"
    first, second = read_workbook(saved(workbook))
    assert first.merged == [(2, 2, 3, 4)]
    assert (first.hidden, second.hidden, second.name) == (False, True, "Ẩn")


def test_a_failed_formula_and_one_never_worked_out_are_no_blanks() -> None:
    data = make_sheet_xml(
        '<row r="2"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2"><f>A1+1</f></c>'
        '<c r="C2"><f>A1+1</f><v></v></c><c r="D2"><f>1+1</f><v>2</v></c>'
        '<c r="E2" t="str"><f>""</f><v></v></c><c r="F2" t="e"><v>#REF!</v></c></row>'
    )
    (sheet,) = read_workbook(data)
    assert sheet.rows == [
        (2, {1: CellError("#N/A"), 2: CellError(), 3: CellError(), 4: 2, 6: CellError("#REF!")})
    ]


def test_a_stray_space_and_formats_far_below_are_dropped() -> None:
    data = make_sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Dừa sáp</t></is></c></row>'
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t> </t></is></c>'
        '<c r="XFC1048576" t="str"><v> </v></c><c r="XFD1048576" s="0"/></row>'
    )
    (sheet,) = read_workbook(data)
    assert sheet.rows == [(1, {1: "Dừa sáp"})]


def test_cells_that_name_no_place_are_counted_in_order() -> None:
    data = make_sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    (sheet,) = read_workbook(data)
    assert sheet.rows == [(1, {1: 1, 2: 2}), (2, {1: 3})]


def test_the_kind_is_judged_by_content_not_by_name(tmp_path: Path) -> None:
    new, old = tmp_path / "moi.xls", tmp_path / "cu.xlsx"
    new.write_bytes(make_xlsx({"B2": "mới"}))
    old.write_bytes(make_xls({(1, 1): "cũ"}))
    assert read_workbook(new)[0].rows == [(2, {2: "mới"})]
    assert read_workbook(old)[0].rows == [(2, {2: "cũ"})]


def test_an_old_excel_file_is_read_with_its_coordinates() -> None:
    (sheet,) = read_workbook(make_xls({(3, 1): "Dừa sáp", (5, 2): 69.9, (5, 3): 4.0}))
    assert sheet.rows == [(4, {2: "Dừa sáp"}), (6, {3: 69.9, 4: 4})]


def test_errors_in_an_old_excel_file_are_no_blanks() -> None:
    failed = struct.pack("<HHHHHBB", 0x0205, 8, 1, 2, 0, 0x17, 1)
    truth = struct.pack("<HHHHHBB", 0x0205, 8, 1, 3, 0, 1, 0)
    result = bytes([2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF])
    formula = struct.pack("<HHHHH", 0x0006, 22, 2, 0, 0) + result + b"\0" * 8
    (sheet,) = read_workbook(make_xls({(0, 0): "a"}, extra=failed + truth + formula))
    assert sheet.rows == [
        (1, {1: "a"}),
        (2, {3: CellError("#REF!"), 4: True}),
        (3, {1: CellError("#N/A")}),
    ]


def test_an_opendocument_sheet_is_read_with_repeats_merges_and_types() -> None:
    (sheet,) = read_workbook(
        make_ods(
            '<table:table table:name="Phụ lục">'
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            "<table:table-row>"
            '<table:table-cell table:number-columns-repeated="2"/>'
            '<table:table-cell office:value-type="string" table:number-columns-spanned="2" '
            'table:number-rows-spanned="1"><text:p>Dừa<text:s/>sáp</text:p><text:p>Cầu Kè</text:p>'
            "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
            "</table:table-cell><table:covered-table-cell/>"
            '<table:table-cell office:value-type="float" office:value="69.9"/>'
            '<table:table-cell office:value-type="date" office:date-value="2022-08-22"/>'
            '<table:table-cell office:value-type="string" calcext:value-type="error">'
            "<text:p>#N/A</text:p></table:table-cell>"
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
            "</table:table-row>"
            '<table:table-row table:number-rows-repeated="2">'
            '<table:table-cell office:value-type="string" table:number-columns-repeated="2">'
            "<text:p>x</text:p></table:table-cell></table:table-row>"
            '<table:table-row table:number-rows-repeated="1048570">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
            "</table:table>"
        )
    )
    assert sheet.name == "Phụ lục"
    assert sheet.merged == [(3, 3, 3, 4)]
    assert sheet.rows == [
        (3, {3: "Dừa sáp\nCầu Kè", 5: 69.9, 6: date(2022, 8, 22), 7: CellError("#N/A"), 8: True}),
        (4, {1: "x", 2: "x"}),
        (5, {1: "x", 2: "x"}),
    ]


def test_a_sheet_part_under_another_name_is_still_checked_for_formulas() -> None:
    data = make_xlsx({"A1": "=1+1"})
    relations = "xl/_rels/workbook.xml.rels"
    absolute = change_part(
        data, relations, lambda xml: xml.replace(b"/xl/worksheets/", b"worksheets/")
    )
    assert read_workbook(absolute)[0].rows == [(1, {1: CellError()})]


@every_case("row, column, name", [(1, 1, "A1"), (17, 7, "G17"), (2, 27, "AA2"), (9, 703, "AAA9")])
def test_places_are_named_as_excel_names_them(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name
    assert parse_cell_name(name) == (row, column)


def test_a_missing_file_is_the_callers_affair(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        read_workbook(tmp_path / "không có.xlsx")


def test_a_file_without_any_byte_is_refused() -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(b"", "trống.xlsx")
    assert refusal.value.params["reason"] == "empty"

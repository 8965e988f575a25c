"""Columns that a person assigns come before what the header says; headers are told as written."""

import pytest

from ocop.lib.spreadsheets.reading.reader import FileRefused
from ocop.lib.spreadsheets.tables.tables import Table, find_table
from tests.lib.tables.test_finding_the_header import MERGED, MERGES, sheet_of
from tests.lib.workbook_files import RECOGNITIONS

HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Xếp loại", "Hạng sao", "Khác"]
ROW = [1, "Dừa sáp", "HTX A", "Cầu Kè", "4 sao", "cũ", "x"]


def found(rows: list[list[object]], **how: object) -> Table:
    return find_table([sheet_of(rows)], RECOGNITIONS, **how)  # type: ignore[arg-type]


def test_a_chosen_column_comes_before_the_header() -> None:
    table = found([HEADER, ROW], chosen={5: "rank"})
    assert table.columns == {"name": 2, "producer": 3, "district": 4, "rank": 5}
    assert table.records[0].cells["rank"] == ("E2", "4 sao")
    # What lost its key is told; what was decided on is not.
    assert table.unknown == [("F1", "Hạng sao"), ("G1", "Khác")]


def test_a_column_can_be_left_out() -> None:
    table = found([HEADER, ROW], chosen={6: "", 7: ""})
    assert "rank" not in table.columns
    assert table.missing == ("rank",)
    assert table.unknown == [("E1", "Xếp loại")]
    assert "rank" not in table.records[0].cells


def test_two_columns_can_change_places() -> None:
    table = found([HEADER, ROW], chosen={2: "producer", 3: "name"})
    assert (table.columns["name"], table.columns["producer"]) == (3, 2)
    assert "B1" not in dict(table.unknown)


def test_a_column_without_a_header_can_be_chosen() -> None:
    table = found([HEADER, [*ROW, "ghi"]], chosen={8: "note"})
    assert table.records[0].cells["note"] == ("H2", "ghi")


def test_an_index_column_can_be_chosen() -> None:
    table = found([HEADER, ROW], chosen={1: "number"})
    assert table.records[0].cells["number"] == ("A2", 1)


def test_with_header_row_a_header_of_unknown_texts_works() -> None:
    rows = [
        ["DANH SÁCH"],
        ["Cột A", "Cột B", "Cột C", 2022],
        ["Dừa sáp", "HTX A", "Cầu Kè", "4 sao"],
    ]
    chosen = {1: "name", 2: "producer", 3: "district", 4: "rank"}
    with pytest.raises(FileRefused):
        found(rows, chosen=chosen)
    table = found(rows, header_row=2, chosen=chosen)
    assert (table.header_row, table.missing, table.unknown) == (2, (), [])
    assert [record.row_number for record in table.records] == [3]
    assert table.header_texts == {1: "Cột A", 2: "Cột B", 3: "Cột C", 4: "2022"}
    assert table.titles == [("A1", "DANH SÁCH")]


def test_the_unknown_header_once_more_is_still_skipped() -> None:
    rows = [["Cột A", "Cột B", "Cột C"], ["Dừa", "HTX A", "4 sao"], ["Cột A", "Cột B", "Cột C"]]
    table = found(rows, header_row=1, chosen={1: "name", 2: "producer", 3: "rank"})
    assert table.skipped == [(3, "repeated_header")]


@pytest.mark.parametrize("chosen", [{1: "no such key"}, {1: "name", 2: "name"}])
def test_a_choice_that_is_none_is_refused(chosen: dict[int, str]) -> None:
    with pytest.raises(FileRefused) as refusal:
        found([HEADER, ROW], chosen=chosen)
    assert (refusal.value.code, refusal.value.params["reason"]) == ("no_header", "chosen")


def test_headers_are_told_as_written_two_rows_joined() -> None:
    table = find_table([sheet_of(MERGED, MERGES)], RECOGNITIONS)
    assert table.header_texts == {
        1: "TT",
        2: "Tên sản phẩm",
        3: "Chủ thể / Tên",
        4: "Chủ thể / Loại hình",
        5: "Địa chỉ",
        6: "Kết quả / Điểm",
        7: "Kết quả / Phân hạng",
        8: "Ghi chú",
    }
    assert found([HEADER, ROW]).header_texts == dict(enumerate(HEADER, 1))

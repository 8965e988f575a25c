"""Further tables in one sheet are told and never read with the first one's columns."""

import pytest

from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from ocop.lib.spreadsheets.tables.tables import Table, find_table
from tests.lib.tables.test_finding_the_header import sheet_of
from tests.lib.workbook_files import RECOGNITIONS, make_rows, make_xlsx
from tests.support.cases import every_case

FIRST = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Ghi chú"]
SHIFTED = ["TT", None, "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
WITH_ADDRESS = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Điểm", "Hạng sao"]
DUA = [1, "Dừa sáp", "HTX A", "Cầu Kè", "4 sao"]
GAO = [2, "Gạo", "HTX B", "Trà Cú", "3 sao"]
SHIFTED_GAO = [1, None, "Gạo", "HTX B", "Trà Cú", "3 sao"]


def found(rows: list[list[object]], **how: object) -> Table:
    return find_table([sheet_of(rows)], RECOGNITIONS, **how)  # type: ignore[arg-type]


def numbers(table: Table) -> list[int]:
    return [record.row_number for record in table.records]


def accounted(table: Table) -> list[int]:
    return sorted(numbers(table) + [number for number, _ in table.skipped])


@pytest.mark.parametrize("second", [SHIFTED, WITH_ADDRESS])
def test_the_first_table_ends_before_the_next_header(second: list[object]) -> None:
    table = found([FIRST, DUA, GAO, [], second, SHIFTED_GAO])
    assert (table.header_row, table.other_headers) == (1, (5,))
    assert numbers(table) == [2, 3]
    assert table.columns["name"] == 2


def test_a_table_is_picked_by_its_header_row() -> None:
    rows = [FIRST, DUA, [], SHIFTED, SHIFTED_GAO, [], FIRST, DUA, GAO]
    assert found(rows).other_headers == (4, 7)
    second = found(rows, header_row=4)
    assert (second.header_row, second.other_headers, numbers(second)) == (4, (7,), [5])
    assert second.records[0].cells["name"] == ("C5", "Gạo")
    third = found(rows, header_row=7)
    assert (third.other_headers, numbers(third)) == ((), [8, 9])


def test_a_fuller_table_further_down_does_not_come_before_the_first() -> None:
    rows = [["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"], DUA[1:], [], [], WITH_ADDRESS, GAO]
    table = found(rows)
    assert (table.header_row, table.other_headers, numbers(table)) == (1, (5,), [2])


@every_case(
    "again",
    [
        FIRST,
        [None, *FIRST[1:]],
        FIRST[:5],
        ["Số TT", "Sản phẩm", "Tên chủ thể", "Huyện/thị xã/thành phố", "Xếp hạng"],
        [None, "TÊN SẢN PHẨM", "CHỦ THỂ"],
        ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Ghi chú (nếu có)"],
        ["TT", "Tên sản phẩm (*)", "Chủ thể (*)", "Huyện", None, "Ghi chú"],
        ["TT", "Tên sản phẩm", "Chủ thể", "Quận, huyện", "Hạng sao", "Ghi chú"],
    ],
)
def test_the_header_once_more_is_no_second_table(again: list[object]) -> None:
    table = found([FIRST, DUA, again, GAO])
    assert table.other_headers == ()
    assert table.skipped == [(3, "repeated_header")]
    assert numbers(table) == [2, 4]


def test_a_column_whose_name_is_known_only_the_second_time_makes_no_second_table() -> None:
    first = [*FIRST[:4], "Kết quả xếp loại", "Ghi chú"]
    table = found([first, DUA, FIRST, GAO])
    assert (table.other_headers, numbers(table)) == ((), [2, 4])


def test_a_two_row_header_once_more_is_skipped_whole_though_written_otherwise() -> None:
    upper = ["TT", "Tên sản phẩm", "Chủ thể", None, "Địa chỉ", "Kết quả", None]
    lower = [None, None, "Tên chủ thể", "Loại hình", None, "Điểm", "Phân hạng"]
    otherwise = [None, None, "Tên", "Loại hình chủ thể", None, "Tổng điểm", "Xếp hạng"]
    row = [1, "Dừa sáp", "HTX A", "hợp tác xã", "Cầu Kè", "69,9", "3 sao"]
    table = found([upper, lower, row, upper, otherwise, row])
    assert table.skipped == [(4, "repeated_header"), (5, "repeated_header")]
    assert (numbers(table), table.other_headers) == ([3, 6], ())


def test_a_second_table_may_have_a_two_row_header() -> None:
    upper = ["TT", "Tên sản phẩm", "Chủ thể", None, "Địa chỉ", "Kết quả", None]
    lower = [None, None, "Tên chủ thể", "Loại hình", None, "Điểm", "Phân hạng"]
    row = [1, "Dừa sáp", "HTX A", "hợp tác xã", "Cầu Kè", "69,9", "3 sao"]
    rows = [FIRST, DUA, upper, lower, row]
    assert (found(rows).other_headers, numbers(found(rows))) == ((3,), [2])
    second = found(rows, header_row=3)
    assert numbers(second) == [5]
    assert second.header_texts[3] == "Chủ thể / Tên chủ thể"


@pytest.mark.parametrize(
    "row",
    [
        [3, "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"],
        [None, "Tên sản phẩm", "Chủ thể", "Cầu Kè", "3 sao"],
        [None, "Chủ thể", "HTX C", "Cầu Kè", "bốn sao"],
    ],
)
def test_a_record_that_holds_a_word_of_the_header_is_a_record(row: list[object]) -> None:
    table = found([FIRST, DUA, row, GAO])
    assert (numbers(table), table.other_headers) == ([2, 3, 4], ())


@pytest.mark.parametrize(
    "row",
    [
        ["II", "Sản phẩm", "Chủ thể", "Trà Cú"],
        [None, "Chủ thể", "Tên sàn", "Cầu Kè", "Hạng sao"],
        ["TT", "Tên sản phẩm", "Hệ thống truy xuất", "Mã", "Từ ngày", "Ghi thêm"],
    ],
)
def test_a_row_with_two_headers_of_any_table_ends_this_one(row: list[object]) -> None:
    sheet = sheet_of([FIRST, DUA, row, GAO])
    table = find_table([sheet], RECOGNITIONS, known_headers={"he thong truy xuat", "ma truy xuat"})
    assert (numbers(table), table.other_headers) == ([2], (3,))


def test_titles_of_the_next_table_belong_to_it() -> None:
    rows = [
        ["PHỤ LỤC 1"],
        FIRST,
        DUA,
        [None, "Bánh tét"],
        [],
        [None, None, "PHỤ LỤC 2"],
        [None, None, "(Kèm theo Quyết định số 5/QĐ-UBND ngày 1 tháng 2 năm 2023)"],
        [],
        SHIFTED,
        SHIFTED_GAO,
    ]
    first = found(rows)
    assert numbers(first) == [3, 4]
    assert first.skipped == [(5, "blank"), (6, "title"), (7, "title")]
    assert first.titles == [("A1", "PHỤ LỤC 1")]
    second = found(rows, header_row=9)
    assert [cell for cell, _ in second.titles] == ["C6", "C7", "A1"]


def test_a_lone_name_right_below_the_records_stays_a_record() -> None:
    table = found([FIRST, DUA, [None, "Bánh tét"], SHIFTED, SHIFTED_GAO])
    assert (numbers(table), table.other_headers) == ([2, 3], (4,))


def test_a_cell_merged_beyond_the_next_header_ends_before_it() -> None:
    rows = [FIRST, DUA, [2, "Gạo", None, "Trà Cú", "3 sao"], SHIFTED, SHIFTED_GAO]
    table = find_table([sheet_of(rows, ((2, 3, 5, 3),))], RECOGNITIONS)
    assert [record.cells["producer"][1] for record in table.records] == ["HTX A", "HTX A"]


def test_tables_side_by_side_are_told() -> None:
    half = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
    table = found([[*half, None, *half], [*DUA[1:], None, *GAO[1:]]])
    assert table.side_by_side
    assert table.columns == {"name": 1, "producer": 2, "district": 3, "rank": 4}
    assert not found([FIRST, DUA]).side_by_side
    assert not found([[*half, "Sản phẩm", "Xếp hạng"], DUA[1:]]).side_by_side


def test_no_table_begins_at_a_row_without_a_header() -> None:
    for row in (2, 3, 99):
        with pytest.raises(FileRefused) as refusal:
            found([FIRST, DUA], header_row=row)
        assert refusal.value.code == "no_header"


def test_every_row_up_to_the_next_header_is_accounted_for() -> None:
    rows = [FIRST, DUA, [], FIRST, GAO, ["Tổng cộng"], [], ["BẢNG 2"], [], SHIFTED, SHIFTED_GAO]
    assert accounted(found(rows)) == list(range(2, 9))


def test_a_second_table_is_found_in_a_real_file_with_a_cover_sheet() -> None:
    cover = ("Bìa", {"A1": "Hồ sơ"}, ())
    page = ("Phụ lục", make_rows([FIRST, DUA, [], SHIFTED, SHIFTED_GAO]), ())
    sheets = read_workbook(make_xlsx(cover, page))
    assert find_table(sheets, RECOGNITIONS).other_headers == (4,)
    assert find_table(sheets, RECOGNITIONS, header_row=4).sheet == "Phụ lục"

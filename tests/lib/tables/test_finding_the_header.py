"""The header row is found, not assumed, and its columns are known by many spellings."""

import unicodedata

import pytest

from ocop.lib.spreadsheets.reading.cells import SheetContent
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from ocop.lib.spreadsheets.tables.headers import ColumnSpec
from ocop.lib.spreadsheets.tables.tables import Table, find_table
from tests.lib.workbook_files import RECOGNITIONS, make_rows, make_xlsx
from tests.support.cases import every_case

PLAIN = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao"]
RECORD = [1, "Dừa sáp", "HTX Hòa Tân", "Cầu Kè", "4 sao"]


def sheet_of(
    rows: list[list[object]],
    merged: tuple[tuple[int, int, int, int], ...] = (),
    name: str = "Sheet1",
    hidden: bool = False,
) -> SheetContent:
    content = [
        (number, {column: value for column, value in enumerate(row, 1) if value is not None})
        for number, row in enumerate(rows, 1)
    ]
    return SheetContent(name, [row for row in content if row[1]], list(merged), hidden)


def found(rows: list[list[object]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Table:
    return find_table([sheet_of(rows, merged)], RECOGNITIONS)


def test_titles_blank_rows_and_a_cover_sheet_may_come_first() -> None:
    cover = ("Bìa", {"A1": "Hồ sơ trình ký", "A3": "Sản phẩm"}, ())
    rows = make_rows([["ỦY BAN NHÂN DÂN"], [], ["PHỤ LỤC"], [], PLAIN, RECORD])
    table = find_table(read_workbook(make_xlsx(cover, ("Phụ lục", rows, ()))), RECOGNITIONS)
    assert (table.sheet, table.header_row) == ("Phụ lục", 5)
    assert table.columns == {"name": 2, "producer": 3, "district": 4, "rank": 5}
    assert table.titles == [("A1", "ỦY BAN NHÂN DÂN"), ("A3", "PHỤ LỤC")]
    assert table.missing == ()
    assert [record.row_number for record in table.records] == [6]


@every_case(
    "name",
    [
        "tên sản phẩm",
        "TÊN  SẢN PHẨM",
        "Ten san pham",
        "Tên\nsản phẩm",
        "Tên sản phẩm (*)",
        "Tên SP",
        "Tên sản phẩm (ghi đủ)",
        "SẢN PHẨM",
        unicodedata.normalize("NFD", "Tên sản phẩm"),
        " Tên\u00a0sản phẩm: ",
    ],
)
def test_a_header_cell_is_known_in_any_spelling(name: str) -> None:
    assert found([["TT", name, "Chủ thể", "Huyện", "Hạng sao"], RECORD]).columns["name"] == 2


def test_columns_come_in_any_order_and_from_any_column() -> None:
    table = found([[None, None, "Hạng sao", "Huyện", "Chủ thể", "Tên sản phẩm"]])
    assert table.columns == {"rank": 3, "district": 4, "producer": 5, "name": 6}


def test_unknown_columns_are_named_and_index_columns_are_not() -> None:
    table = found([["Số TT", *PLAIN[1:], "Ảnh", "STT"], RECORD])
    assert table.unknown == [("F1", "Ảnh")]


def test_a_second_column_of_one_kind_is_named_as_unknown_and_the_exact_name_wins() -> None:
    table = found([["Sản phẩm", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Xếp hạng"]])
    assert table.columns["name"] == 2
    assert table.columns["rank"] == 5
    assert [cell for cell, _ in table.unknown] == ["A1", "F1"]


def test_missing_columns_are_told_and_one_of_a_group_is_enough() -> None:
    assert found([["Tên sản phẩm", "Hạng sao"]]).missing == ("producer", "district")
    assert found([["Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao"]]).missing == ()


def test_a_data_row_that_names_one_column_is_no_header() -> None:
    table = found([PLAIN, [1, "Sản phẩm", "HTX A", "Cầu Kè", "3 sao"]])
    assert (table.header_row, len(table.records)) == (1, 1)


MERGED = [
    ["TT", "Tên sản phẩm", "Chủ thể", None, "Địa chỉ", "Kết quả", None, "Ghi chú"],
    [None, None, "Tên", "Loại hình", None, "Điểm", "Phân hạng", None],
    [1, "Dừa sáp", "HTX A", "hợp tác xã", "Xã Hòa Tân", "69,9", "3 sao", None],
]
MERGES = ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5), (1, 6, 1, 7), (1, 8, 2, 8))
COLUMNS = {"name": 2, "producer": 3, "kind": 4, "address": 5, "score": 6, "rank": 7, "note": 8}


@every_case("merges", [MERGES, ()])
@every_case("lower", ["Tên", "Tên chủ thể", "TÊN"])
def test_a_two_row_header_counts_by_its_lower_cells(
    lower: str, merges: tuple[tuple[int, int, int, int], ...]
) -> None:
    rows = [MERGED[0], [None, None, lower, *MERGED[1][3:]], MERGED[2]]
    table = found(rows, merges)
    assert table.columns == COLUMNS
    assert table.header_row == 1
    assert table.unknown == []
    assert [record.row_number for record in table.records] == [3]


def test_the_lower_cell_alone_is_qualified_by_the_upper_one() -> None:
    rights = (
        ColumnSpec("kind", "Loại hình", required=True),
        ColumnSpec("name", "Tên", required=True),
        ColumnSpec("owner", "Chủ sở hữu", required=True),
        ColumnSpec("filed", "Ngày nộp đơn"),
        ColumnSpec("granted", "Ngày cấp", qualified=(("Văn bằng", "Ngày"),)),
    )
    rows: list[list[object]] = [
        ["Loại hình", "Nhãn hiệu", "Chủ sở hữu", "Đơn", "Văn bằng", None],
        [None, "Tên", "Tên", "Ngày nộp", "Ngày", "Số"],
        ["Nhãn hiệu", "Minh họa", "HTX A", "1/2/2022", "1/3/2023", "5"],
    ]
    table = find_table([sheet_of(rows, ((1, 5, 1, 6),))], rights)
    assert table.columns == {"kind": 1, "name": 2, "owner": 3, "filed": 4, "granted": 5}
    assert table.unknown == [("F2", "Số")]


def test_a_lower_cell_under_a_gap_belongs_to_the_left_where_merges_are_lost() -> None:
    table = found(
        [
            ["TT", "Tên sản phẩm", "Chủ thể", None, "Huyện", "Hạng sao"],
            [None, None, "Loại hình", "Tên", None, None],
        ]
    )
    assert (table.columns["kind"], table.columns["producer"]) == (3, 4)


def test_the_row_that_numbers_the_columns_is_no_record() -> None:
    for numbers in (["(1)", "(2)", "(3)", "(4)", "(5)"], ["A", "B", 1, 2, 3]):
        table = found([PLAIN, numbers, RECORD])
        assert table.skipped == [(2, "title")]
        assert len(table.records) == 1


def test_the_fullest_header_wins_then_the_first_and_others_are_told() -> None:
    poor = sheet_of([["Tên sản phẩm", "Hạng sao"]], name="Tổng hợp")
    first, second = (sheet_of([PLAIN, RECORD], name=name) for name in ("Cầu Kè", "Trà Cú"))
    table = find_table([poor, first, second], RECOGNITIONS)
    assert (table.sheet, table.also) == ("Cầu Kè", ("Trà Cú",))


def test_a_hidden_sheet_is_taken_only_if_no_other_has_the_header() -> None:
    hidden, shown = sheet_of([PLAIN], hidden=True, name="Ẩn"), sheet_of([PLAIN], name="Hiện")
    assert find_table([hidden, shown], RECOGNITIONS).sheet == "Hiện"
    assert find_table([hidden], RECOGNITIONS).sheet == "Ẩn"


def test_a_sheet_is_chosen_by_name() -> None:
    sheets = [sheet_of([PLAIN, RECORD], name="Cầu Kè"), sheet_of([PLAIN], name="Trà Cú")]
    assert find_table(sheets, RECOGNITIONS, "tra cu").sheet == "Trà Cú"
    with pytest.raises(FileRefused) as refusal:
        find_table(sheets, RECOGNITIONS, "Càng Long")
    assert (refusal.value.code, refusal.value.params["reason"]) == ("no_header", "sheet")


def test_no_header_is_told_apart_from_an_old_font() -> None:
    with pytest.raises(FileRefused) as refusal:
        found([["Hồ sơ"], ["Sản phẩm"]])
    assert refusal.value.code == "no_header"
    with pytest.raises(FileRefused) as refusal:
        found([["T\xaan s\xb6n ph\xc8m", "Ch\xf1 th\xd3"]])
    assert refusal.value.code == "legacy_encoding"


def test_an_empty_workbook_has_no_header() -> None:
    with pytest.raises(FileRefused) as refusal:
        find_table(read_workbook(make_xlsx({})), RECOGNITIONS)
    assert refusal.value.code == "no_header"

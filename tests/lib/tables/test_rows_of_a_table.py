"""Every row under the header is a record or is skipped for a reason; none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.spreadsheets.reading.cells import CellError
from ocop.lib.spreadsheets.reading.reader import read_workbook
from ocop.lib.spreadsheets.tables.tables import Table, find_table
from tests.lib.tables.test_finding_the_header import sheet_of
from tests.lib.workbook_files import RECOGNITIONS, make_rows, make_xlsx
from tests.support.cases import every_case

HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Điểm", "Hạng sao", "Ghi chú", "Khác"]
DUA = [1, "Dừa sáp", "HTX Hòa Tân", "Cầu Kè", "69,9", "3 sao"]
GAO = [2, "Gạo", "HTX Mỹ Châu", "Châu Thành", 70, "4 sao"]


def sorted_rows(*rows: list[object], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Table:
    return find_table([sheet_of([HEADER, *rows], merged)], RECOGNITIONS)


def outcome(*rows: list[object]) -> list[str]:
    """What became of each row: its reason, or "record"."""
    table = sorted_rows(*rows)
    reasons = dict(table.skipped) | {record.row_number: "record" for record in table.records}
    return [reasons.get(number, "lost") for number in range(2, len(rows) + 2)]


def test_a_record_tells_value_and_cell_by_key_and_leaves_blanks_out() -> None:
    (record,) = sorted_rows(DUA).records
    assert record.row_number == 2
    assert record.cells == {
        "name": ("B2", "Dừa sáp"),
        "producer": ("C2", "HTX Hòa Tân"),
        "district": ("D2", "Cầu Kè"),
        "score": ("E2", "69,9"),
        "rank": ("F2", "3 sao"),
    }
    assert record.groups == ()


@every_case(
    "row",
    [
        ["II. HUYỆN CÀNG LONG"],
        ["II", "HUYỆN CÀNG LONG"],
        ["II.", "Huyện Càng Long"],
        ["B", "Sản phẩm 4 sao"],
        ["II"],
        [None, "Huyện Trà Cú"],
        [None, "Thị xã Duyên Hải"],
        [None, "TP. Trà Vinh"],
        [None, "TX Duyên Hải"],
        [None, "huyen Tra Cu"],
        [None, "A. SẢN PHẨM 4 SAO"],
        [None, "Sản phẩm 3 sao"],
        [None, "Nhóm thực phẩm"],
        ["Huyện Càng Long", None, None, None, 5],
        ["II", "Huyện Càng Long", "5 sản phẩm"],
        ["II", "Huyện Càng Long", None, None, CellError()],
        [None, None, None, None, None, None, None, "Huyện Càng Long"],
    ],
)
def test_group_rows_are_no_records(row: list[object]) -> None:
    assert outcome(DUA, row, GAO) == ["record", "group", "record"]


def test_a_row_merged_across_the_table_is_a_group_whatever_it_says() -> None:
    table = sorted_rows(DUA, [None, "BÁNH KẸO"], GAO, merged=((3, 2, 3, 6),))
    assert table.skipped == [(3, "group")]
    assert table.records[1].groups == ("BÁNH KẸO",)


def test_group_texts_are_handed_on_latest_last() -> None:
    table = sorted_rows(
        ["I. HUYỆN CẦU KÈ"], DUA, ["A. SẢN PHẨM 4 SAO"], GAO, ["II", "Huyện Trà Cú"], GAO
    )
    assert [record.groups for record in table.records] == [
        ("I. HUYỆN CẦU KÈ",),
        ("I. HUYỆN CẦU KÈ", "A. SẢN PHẨM 4 SAO"),
        ("I. HUYỆN CẦU KÈ", "A. SẢN PHẨM 4 SAO", "Huyện Trà Cú"),
    ]


@every_case(
    "row",
    [
        ["TỔNG CỘNG"],
        ["TỔNG CỘNG", None, None, None, CellError()],
        [None, "Tổng cộng: 28 sản phẩm"],
        [None, "Tổng số", None, None, 1250],
        [None, "Cộng", None, None, None, "28 sản phẩm"],
        ["Cộng huyện Càng Long", None, None, None, 5],
        ["Tổng"],
        ["TONG CONG", None, None, None, 5],
        ["Tổng cộng", None, None, None, None, "3 sao: 20; 4 sao: 8"],
        ["Tổng: 28"],
        [None, "Bằng chữ: hai sản phẩm"],
        [None, "(Viết bằng chữ: hai sản phẩm)"],
        [None, "Danh sách này có 02 sản phẩm./."],
        ["Danh sách gồm 2 sản phẩm"],
    ],
)
def test_totals_are_no_records(row: list[object]) -> None:
    assert outcome(DUA, row, GAO) == ["record", "total", "record"]


@every_case(
    "rows",
    [
        [
            [None, None, None, None, None, "KT. CHỦ TỊCH"],
            [None, None, None, None, None, "PHÓ CHỦ TỊCH"],
        ],
        [
            [None, "Người lập biểu", None, None, None, "CHỦ TỊCH"],
            [None, "Trần B", None, None, None, "Lê C"],
        ],
        [[None, None, "Trà Vinh, ngày 22 tháng 8 năm 2022"], [None, None, "TM. ỦY BAN NHÂN DÂN"]],
        [["Nơi nhận:", None, None, None, "TM. UBND TỈNH"], ["- Như trên;"], ["- Lưu: VT, NN."]],
        [["Ghi chú: (*) sản phẩm tái công nhận"]],
        [[None, "(Ký, ghi rõ họ tên)"], [None, "Nguyễn Văn A"]],
    ],
)
def test_signatures_and_footnotes_are_no_records(rows: list[list[object]]) -> None:
    assert outcome(DUA, *rows) == ["record", *["signature"] * len(rows)]


def test_records_after_a_signature_are_still_records() -> None:
    assert outcome(
        DUA, [None, None, None, None, None, "KT. CHỦ TỊCH"], GAO, [3, "Bánh", "HTX B"]
    ) == [
        "record",
        "signature",
        "record",
        "record",
    ]


def test_a_footnote_does_not_end_the_table() -> None:
    lone = [3, "Bánh tét"]
    assert outcome(DUA, ["Ghi chú: tạm tính"], lone) == ["record", "signature", "record"]


@every_case(
    "row",
    [
        [3, "Bánh tét"],
        [None, "Bánh tét"],
        [None, "Tổng hợp mứt dừa"],
        [3, "Cộng đồng Cồn Chim"],
        [3, "Huyện Trà Cú"],
        [3, None, "HTX A"],
        [None, None, None, None, None, "3 sao"],
        [None, None, None, None, 70],
        [None, None, None, None, None, None, "Tái công nhận"],
        [None, "Huyện Trà Cú", "HTX A"],
        [None, CellError("#N/A")],
        ["1a", "Bánh tét"],
        [3, "Tổng cộng", "HTX A", "Cầu Kè", "69", "3 sao"],
        [4, "Nhóm hàng thủ công", "Cơ sở A", None, None, "3 sao"],
        [3, 2022, 5],
        [3, "Ghi chú", "HTX A"],
    ],
)
def test_a_row_with_a_value_of_its_own_is_a_record_however_poor(row: list[object]) -> None:
    assert outcome(DUA, row, GAO) == ["record", "record", "record"]


def test_blank_rows_count_between_and_after_records_only_where_rows_follow() -> None:
    assert outcome(DUA, [], [29], GAO) == ["record", "blank", "blank", "record"]


def test_a_header_repeated_on_the_next_page_is_skipped() -> None:
    assert outcome(DUA, HEADER, GAO) == ["record", "repeated_header", "record"]


def test_a_repeated_two_row_header_is_skipped_whole() -> None:
    upper = ["TT", "Tên sản phẩm", "Chủ thể", None, "Địa chỉ", "Kết quả", None]
    lower = [None, None, "Tên chủ thể", "Loại hình", None, "Điểm", "Phân hạng"]
    row = [1, "Dừa sáp", "HTX A", "hợp tác xã", "Cầu Kè", "69,9", "3 sao"]
    table = find_table([sheet_of([upper, lower, row, upper, lower, row])], RECOGNITIONS)
    assert table.skipped == [(4, "repeated_header"), (5, "repeated_header")]
    assert [record.row_number for record in table.records] == [3, 6]


def test_a_cell_merged_over_several_records_counts_for_each() -> None:
    table = sorted_rows(
        DUA,
        [2, "Gạo", None, None, 70, "4 sao"],
        [29],
        [3, "Bánh", None, "Trà Cú", 60, "3 sao"],
        merged=((2, 3, 5, 3), (2, 4, 3, 4)),
    )
    assert [record.cells["producer"][1] for record in table.records] == ["HTX Hòa Tân"] * 3
    assert [record.cells["district"][1] for record in table.records] == [
        "Cầu Kè",
        "Cầu Kè",
        "Trà Cú",
    ]
    assert table.skipped == [(4, "blank")]


def test_a_whole_appendix_is_accounted_for_from_a_real_file() -> None:
    rows = [
        ["PHỤ LỤC"],
        ["(Kèm theo Quyết định số 9001/QĐ-UBND ngày 22 tháng 8 năm 2022)"],
        [],
        ["TT", "Tên sản phẩm", "Chủ thể", None, "Địa chỉ", "Kết quả", None],
        [None, None, "Tên chủ thể", "Loại hình", None, "Điểm", "Phân hạng"],
        ["I. THÀNH PHỐ TRÀ VINH"],
        [1, "Dừa sáp", "HTX A", "hợp tác xã", "Phường 9", "69,9", "03 sao"],
        ["II. HUYỆN CÀNG LONG"],
        [2, "Gạo", "HTX B", "hợp tác xã", "Xã Huyền Hội", 88, "4 sao"],
        ["TỔNG CỘNG", None, None, None, None, "=COUNT(A1:A9)"],
        [],
        [None, None, None, None, None, None, "KT. CHỦ TỊCH"],
    ]
    merged = ("A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:G4", "A6:G6", "A8:G8", "A10:E10")
    table = find_table(read_workbook(make_xlsx(("Phụ lục", make_rows(rows), merged))), RECOGNITIONS)
    assert table.header_row == 4
    assert [record.groups[-1] for record in table.records] == [
        "I. THÀNH PHỐ TRÀ VINH",
        "II. HUYỆN CÀNG LONG",
    ]
    assert table.skipped == [
        (6, "group"),
        (8, "group"),
        (10, "total"),
        (11, "blank"),
        (12, "signature"),
    ]


CELL = st.one_of(
    st.none(),
    st.integers(0, 3000),
    st.sampled_from(
        [
            "Huyện Trà Cú",
            "II",
            "Tổng cộng",
            "KT. CHỦ TỊCH",
            "Dừa sáp",
            "HTX A",
            "3 sao",
            "Tên sản phẩm",
            "Chủ thể",
            "Ghi chú: x",
        ]
    ),
    st.text(max_size=12),
)


@given(st.lists(st.lists(CELL, max_size=8), max_size=12))
def test_no_row_is_lost_or_counted_twice(rows: list[list[object]]) -> None:
    table = sorted_rows(DUA, *rows)
    numbers = [record.row_number for record in table.records] + [row for row, _ in table.skipped]
    assert len(numbers) == len(set(numbers))
    last = max(
        (number for number, row in enumerate(rows, 3) if any(cell is not None for cell in row)),
        default=2,
    )
    # What follows another header is another table's.
    last = min((last, *(row - 1 for row in table.other_headers)))
    assert set(numbers) == set(range(table.header_row + 1, last + 1)) or table.header_row != 1


@every_case(
    "row", [["Trang 2"], [None, None, "trang 2/3"], [None, "- 2 -"], ["Tr. 2"], [None, "–2–"]]
)
def test_page_numbers_are_no_records(row: list[object]) -> None:
    assert outcome(DUA, row, GAO) == ["record", "title", "record"]


def test_a_page_number_beside_something_else_may_be_a_record() -> None:
    assert outcome(DUA, [None, "Trang 2", "HTX Trang"], GAO) == ["record"] * 3

"""Workbooks and text files typed in TCVN3 or VNI, shown before and read after conversion."""

import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from ocop.lib.fonts.legacy import is_legacy_text
from ocop.lib.spreadsheets.reading.cells import SheetContent
from ocop.lib.spreadsheets.reading.reader import FileRefused, read_workbook
from ocop.lib.spreadsheets.tables.old_fonts import converted, found_in
from ocop.lib.spreadsheets.tables.tables import find_table
from tests.lib.fonts.test_old_fonts_to_unicode import in_tcvn3, in_vni
from tests.lib.tables.test_finding_the_header import sheet_of
from tests.lib.workbook_files import RECOGNITIONS, saved
from tests.support.cases import every_case

HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Số quyết định"]
ROWS = [
    [1, "Dừa sáp", "Hợp tác xã Hòa Tân", "Cầu Kè", "4 sao", "1693/QĐ-UBND"],
    [2, "Gạo", "Cơ sở Bé Ba", "Trà Cú", "3 sao", "Nguyen Van A"],
    [3, "Dừa", "Hòa", "Kè", "3 sao", "§"],
]
WRITE = {"tcvn3": in_tcvn3, "vni": in_vni}


def written(kind: str) -> list[list[object]]:
    return [
        [WRITE[kind](value) if isinstance(value, str) else value for value in row]
        for row in [HEADER, *ROWS[:2]]
    ]


def values(sheet: SheetContent) -> list[list[object]]:
    return [list(cells.values()) for _, cells in sheet.rows]


@pytest.mark.parametrize("kind", ["tcvn3", "vni"])
def test_a_sheet_without_fonts_is_told_by_its_content_and_converted(kind: str) -> None:
    sheet = sheet_of(written(kind))
    found = found_in([sheet])
    assert found is not None
    assert found.kind == kind
    assert ("B1", WRITE[kind]("Tên sản phẩm"), "Tên sản phẩm") in found.samples
    assert len(found.samples) == 3
    (after,) = converted([sheet], kind)
    assert values(after) == [HEADER, *ROWS[:2]]
    assert found_in([after]) is None
    assert len(find_table([after], RECOGNITIONS).records) == 2


@pytest.mark.parametrize("kind", ["tcvn3", "vni"])
def test_a_header_in_an_old_font_is_refused_with_its_kind(kind: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        find_table([sheet_of(written(kind))], RECOGNITIONS)
    assert (refusal.value.code, refusal.value.params) == ("legacy_encoding", {"kind": kind})


def test_short_texts_that_could_be_either_follow_their_row() -> None:
    mixed = [
        HEADER,
        ["1", "Dừa sáp", "Hòa Tân", "Cà Mau"],
        ["2", *map(in_tcvn3, ("Bánh tét", "Dừa", "Kè"))],
        ["3", "Hòa", "Nguyen", "Trà Vinh"],
    ]
    (after,) = converted([sheet_of(mixed)], "tcvn3")
    assert values(after)[1:] == [
        ["1", "Dừa sáp", "Hòa Tân", "Cà Mau"],
        ["2", "Bánh tét", "Dừa", "Kè"],
        ["3", "Hòa", "Nguyen", "Trà Vinh"],
    ]


def test_correct_sheets_are_none_and_stay_as_they_are() -> None:
    sheet = sheet_of([HEADER, *ROWS, [4, "Café Société ®", "5 µm", "HTX Hòa Tân", None, 3]])
    assert found_in([sheet]) is None
    for kind in ("tcvn3", "vni"):
        assert values(converted([sheet], kind)[0])[:3] == [HEADER, *ROWS[:2]]


def workbook_in(font: str, write: object, rows: list[list[object]]) -> bytes:
    workbook = Workbook()
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            text = write(value) if isinstance(value, str) else value  # type: ignore[operator]
            workbook.active.cell(row, column, text).font = Font(name=font)
    return saved(workbook)


@pytest.mark.parametrize(("kind", "font"), [("tcvn3", ".VnTime"), ("vni", "VNI-Times")])
def test_a_workbook_is_told_by_its_fonts(kind: str, font: str) -> None:
    sheets = read_workbook(workbook_in(font, WRITE[kind], [HEADER, *ROWS[:2]]))
    found = found_in(sheets)
    assert found is not None
    assert found.kind == kind
    (after,) = converted(sheets, kind)
    assert values(after) == [HEADER, *ROWS[:2]]
    assert after.fonts == {}


def test_a_font_decides_where_the_text_alone_could_be_either() -> None:
    sheets = read_workbook(workbook_in(".VnTime", in_tcvn3, [["Dừa", "Kè"]]))
    found = found_in(sheets)
    assert found is not None
    assert values(converted(sheets, "tcvn3")[0]) == [["Dừa", "Kè"]]


def test_a_font_of_capitals_gives_capitals() -> None:
    sheets = read_workbook(workbook_in(".VnTimeH", in_tcvn3, [["hợp tác xã", "tỉnh trà vinh"]]))
    found = found_in(sheets)
    assert found is not None
    assert found.samples == (
        ("A1", in_tcvn3("hợp tác xã"), "HỢP TÁC XÃ"),
        ("B1", in_tcvn3("tỉnh trà vinh"), "TỈNH TRÀ VINH"),
    )


def test_unicode_typed_into_cells_of_an_old_font_stays() -> None:
    sheets = read_workbook(workbook_in(".VnTime", str, [HEADER, *ROWS[:2]]))
    assert sheets[0].fonts
    assert found_in(sheets) is None
    assert values(converted(sheets, "tcvn3")[0]) == [HEADER, *ROWS[:2]]


def test_a_cell_in_another_font_beside_them_must_be_unmistakable() -> None:
    workbook = Workbook()
    page = workbook.active
    page["A1"], page["B1"], page["C1"] = in_tcvn3("Sản phẩm"), "Hòa", in_tcvn3("Chủ thể")
    page["A1"].font = Font(name=".VnTime")
    stream = io.BytesIO()
    workbook.save(stream)
    (after,) = converted(read_workbook(stream.getvalue()), "tcvn3")
    assert values(after) == [["Sản phẩm", "Hòa", "Chủ thể"]]


def test_both_kinds_in_one_workbook_are_converted_one_after_the_other() -> None:
    sheets = [sheet_of(written("tcvn3"), name="a"), sheet_of(written("vni")[:2], name="b")]
    kinds = []
    while found := found_in(sheets):
        kinds.append(found.kind)
        sheets = converted(sheets, found.kind)
    assert kinds == ["tcvn3", "vni"]
    assert values(sheets[1]) == [HEADER, ROWS[0]]


def test_another_kind_is_no_kind() -> None:
    with pytest.raises(ValueError, match="viscii"):
        converted([], "viscii")
    with pytest.raises(ValueError, match="viscii"):
        read_workbook(b"a", legacy="viscii")


def csv_in(kind: str) -> bytes:
    text = "\r\n".join(";".join(map(str, row)) for row in written(kind))
    return text.encode("cp1252")


@pytest.mark.parametrize("kind", ["tcvn3", "vni"])
def test_a_text_file_in_an_old_font_is_refused_with_its_kind_and_read_on_request(kind: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(csv_in(kind), "cũ.csv")
    assert (refusal.value.code, refusal.value.params) == ("legacy_encoding", {"kind": kind})
    (sheet,) = read_workbook(csv_in(kind), "cũ.csv", legacy=kind)
    assert [[str(value) for value in row] for row in [HEADER, *ROWS[:2]]] == values(sheet)


def test_text_in_unicode_is_not_converted_a_second_time() -> None:
    for encoding in ("utf-8", "utf-16"):
        (sheet,) = read_workbook("Tên;Hòa\n".encode(encoding), legacy="vni")
        assert values(sheet) == [["Tên", "Hòa"]]


def test_bytes_that_no_such_font_has_are_refused() -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(b"T\xaan;\x81\x8d\n", legacy="tcvn3")
    assert refusal.value.code == "legacy_encoding"


@every_case(
    "text, is_legacy",
    [
        ("Hé kinh doanh B¶y Muèi", True),
        ("Rượu Château Ba Động", False),
        ("Mật ong 100% ®", False),
        ("Chả hoa Năm Thụy ¼ kg", False),
    ],
)
def test_one_odd_sign_makes_an_old_font_only_where_the_words_say_so(text, is_legacy):
    assert is_legacy_text(text) is is_legacy

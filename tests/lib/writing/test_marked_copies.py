"""The office's own workbook comes back with the wrong cells marked and nothing else touched."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from ocop.lib.spreadsheets.writing.annotated import (
    MARKS_SHEET,
    Mark,
    MarkTexts,
    annotated_copy,
    is_marks_sheet,
)
from ocop.lib.spreadsheets.writing.marking.styles import OWN_SHADES
from ocop.lib.spreadsheets.writing.marking.workbook import marked
from tests.lib.workbook_files import add_part, change_part, make_sheet_xml, make_xlsx
from tests.lib.writing.office_annex import (
    assert_only_these_differ,
    fill_of,
    make_annex,
    note_of,
    opened,
)
from tests.support.cases import every_case

TEXTS = MarkTexts(
    "Các ô cần sửa", "TT", "Trang tính", "Ô", "Cột", "Giá trị", "Mức", "Lý do", "Lỗi", "Lưu ý"
)


@pytest.fixture(scope="module")
def annex() -> bytes:
    return make_annex(60)


def mark(cell, sheet="Phụ lục", message="Sai ngày. Sửa lại.", warning=False, value="31/02/2023"):
    return Mark(sheet, cell, "Ngày quyết định", value, message, warning)


def copy(data, *marks, name="phụ lục.xlsx"):
    return marked(data, name, marks, TEXTS)


def is_marked(cell):
    return fill_of(cell)[0] == "solid" and str(fill_of(cell)[1])[-6:] in OWN_SHADES


def listed(data):
    """The rows of the sheet of marks under its headings."""
    page = opened(data)[MARKS_SHEET]
    return [[cell.value for cell in row[:7]] for row in page.iter_rows(min_row=4)]


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_thirty_marks_in_an_annex_of_400_rows_and_nothing_else():
    annex = make_annex(400)
    cells = [f"{'BEG'[n % 3]}{5 + n * 13}" for n in range(30)]
    after = annotated_copy(annex, "phụ lục.xlsx", [mark(cell) for cell in cells], TEXTS)
    assert_only_these_differ(annex, after, {"Phụ lục": set(cells)})
    assert opened(after).sheetnames == [MARKS_SHEET, "Phụ lục", "Bìa", "Ẩn"]
    assert opened(after).active.title == MARKS_SHEET


def test_parts_without_marks_stay_byte_for_byte(annex):
    before, after = parts_of(annex), parts_of(copy(annex, mark("G17", "Ẩn")))
    same = [name for name in before if before[name] == after[name]]
    for name in ("xl/worksheets/sheet1.xml", "xl/comments/comment1.xml", "xl/theme/theme1.xml"):
        assert name in same
    assert b"<f>SUM(1,2)</f><v>3</v>" in after["xl/worksheets/sheet1.xml"]


def test_values_that_formulas_came_to_are_kept_in_a_marked_sheet(annex):
    after = copy(annex, mark("I5"))
    page = load_workbook(io.BytesIO(after), data_only=True)["Phụ lục"]
    assert page["I5"].value == 3
    assert opened(after)["Phụ lục"]["I5"].value == "=SUM(1,2)"


def test_marks_on_three_sheets(annex):
    marks = [mark("G17"), mark("C5", "Bìa"), mark("A1", "Ẩn")]
    after = copy(annex, *marks)
    assert_only_these_differ(annex, after, {"Phụ lục": {"G17"}, "Bìa": {"C5"}, "Ẩn": {"A1"}})
    assert opened(after)["Ẩn"].sheet_state == "hidden"


def test_the_list_says_where_what_and_why_and_leads_there(annex):
    after = copy(annex, mark("G17"), mark(None, message="Thiếu cột Huyện.", value=""))
    first, second = listed(after)
    assert first == [1, "Phụ lục", "", "Ngày quyết định", "", "Lỗi", "Thiếu cột Huyện."]
    assert second[:5] == [2, "Phụ lục", "G17", "Ngày quyết định", "31/02/2023"]
    link = opened(after)[MARKS_SHEET]["C5"].hyperlink
    assert link.location == "'Phụ lục'!G17"


def test_a_quote_in_the_name_of_a_sheet_does_not_break_the_link():
    data = make_xlsx(("Sheet 'A' & B", {"A1": "x"}, ()))
    after = copy(data, mark("A1", "Sheet 'A' & B"))
    assert opened(after)[MARKS_SHEET]["C4"].hyperlink.location == "'Sheet ''A'' & B'!A1"


def test_warnings_have_another_colour_and_say_so(annex):
    after = copy(annex, mark("G17"), mark("G18", warning=True))
    page = opened(after)["Phụ lục"]
    assert fill_of(page["G17"])[1][:4] == fill_of(page["G18"])[1][:4] == "FFFF"
    assert fill_of(page["G17"]) != fill_of(page["G18"])
    assert [row[5] for row in listed(after)] == ["Lỗi", "Lưu ý"]


def test_several_findings_of_one_cell_share_its_note(annex):
    after = copy(annex, mark("G17", message="Một."), mark("G17", message="Hai.", warning=True))
    note = note_of(opened(after)["Phụ lục"]["G17"])
    assert "Một." in note and "Hai." in note
    assert len(listed(after)) == 2


def test_notes_of_the_office_stay_and_ours_come_after(annex):
    after = copy(annex, mark("B6"), mark("G17"))
    page = opened(after)["Phụ lục"]
    assert note_of(page["B6"]).startswith("Hỏi lại xã\n")
    assert "Sai ngày" in note_of(page["B6"])
    assert note_of(page["B7"]) == "Giữ nguyên"
    sheet = parts_of(after)["xl/worksheets/sheet1.xml"]
    assert sheet.count(b"<legacyDrawing") == 1


def test_a_cell_that_was_empty_is_made_in_the_style_of_its_place(annex):
    after = copy(annex, mark("E15"), mark("K500"))
    page = opened(after)["Phụ lục"]
    assert is_marked(page["E15"]) and is_marked(page["K500"])
    assert page["E15"].value is None
    sheet = parts_of(after)["xl/worksheets/sheet1.xml"]
    order = [sheet.index(b'r="%s"' % name) for name in (b"D15", b"E15", b"F15", b"K500")]
    assert order == sorted(order)


def test_a_cell_inside_a_merged_range_is_marked_where_the_range_shows(annex):
    page = opened(copy(annex, mark("D22")))["Phụ lục"]
    assert is_marked(page["D20"]) and "Sai ngày" in note_of(page["D20"])


@pytest.mark.parametrize("marked_sheet", ["Phụ lục", "Ẩn"])
def test_every_sheet_but_the_new_one_is_deselected(annex, marked_sheet):
    workbook = load_workbook(io.BytesIO(annex))
    for page in workbook.worksheets:
        page.sheet_view.tabSelected = True
    stream = io.BytesIO()
    workbook.save(stream)
    after = opened(copy(stream.getvalue(), mark("G17", marked_sheet)))
    assert [bool(page.sheet_view.tabSelected) for page in after.worksheets] == [True, *[False] * 3]


def test_marked_again_the_old_marks_go_and_what_was_there_comes_back(annex):
    first = copy(annex, mark("E17"), mark("G17"), mark("B6"), mark("B30", warning=True))
    second = copy(first, mark("E17"), mark("C40"))
    assert_only_these_differ(annex, second, {"Phụ lục": {"E17", "C40"}})
    assert opened(second).sheetnames == [MARKS_SHEET, "Phụ lục", "Bìa", "Ẩn"]
    assert len(listed(second)) == 2
    assert note_of(opened(second)["Phụ lục"]["E17"]).count("Sai ngày") == 1


def test_without_any_mark_left_the_workbook_is_as_it_was(annex):
    first = copy(annex, mark("E17"), mark("G17"), mark("B6"))
    assert_only_these_differ(annex, copy(first), {})
    vml = [content for name, content in parts_of(copy(first)).items() if name.endswith(".vml")]
    assert [content.count(b"<v:shape ") for content in vml] == [2]


def test_rows_that_were_moved_meanwhile_get_their_fill_back(annex):
    workbook = load_workbook(io.BytesIO(copy(annex, mark("E17"), mark("G17"))))
    page = workbook["Phụ lục"]
    page.insert_rows(5, 3)
    stream = io.BytesIO()
    workbook.save(stream)
    page = opened(copy(stream.getvalue()))["Phụ lục"]
    assert fill_of(page["E20"]) == ("solid", "00FFFF00")
    assert fill_of(page["G20"]) == (None, None)


def test_without_the_sheet_of_marks_our_notes_still_tell_our_colour(annex):
    workbook = load_workbook(io.BytesIO(copy(annex, mark("G17"))))
    del workbook[MARKS_SHEET]
    stream = io.BytesIO()
    workbook.save(stream)
    page = opened(copy(stream.getvalue()))["Phụ lục"]
    assert not is_marked(page["G17"]) and note_of(page["G17"]) == ""


def test_a_sheet_of_that_name_that_the_office_made_is_kept(annex):
    data = make_xlsx((MARKS_SHEET, {"A1": "của văn phòng"}, ()))
    after = opened(copy(data, mark("A1", MARKS_SHEET)))
    assert after.sheetnames == ["Cần sửa (2)", MARKS_SHEET]
    assert is_marks_sheet("Cần sửa (2)")
    assert after[MARKS_SHEET]["A1"].value == "của văn phòng"


@pytest.mark.parametrize("name", ["Cần sửa", "Cần sửa (3)", "Cần sửa"])
def test_readers_know_our_sheet_by_its_name(name):
    assert is_marks_sheet(name)


@every_case("name", ["Cần sửa lại", "Phụ lục", "", "(2)", "Cần sửa (x)"])
def test_other_sheets_are_read(name):
    assert not is_marks_sheet(name)


@every_case("text", ["=1+1", "+84", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1"])
def test_nothing_that_is_listed_is_a_formula(annex, text):
    after = copy(annex, Mark("Phụ lục", "G17", text, text, text))
    cells = [cell for row in opened(after)[MARKS_SHEET] for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert b"<f>" not in parts_of(after)["xl/worksheets/sheet4.xml"]


def test_control_characters_are_left_out_of_notes_and_list(annex):
    after = copy(annex, mark("G17", message="a\x00\x0b\ufffeb", value="\x01c"))
    assert listed(after)[0][4] == "c"
    assert "ab" in note_of(opened(after)["Phụ lục"]["G17"])


def test_cells_and_rows_without_a_number_of_their_own_keep_their_place():
    data = make_sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    page = opened(copy(data, mark("C1", "Sheet1"), mark("A2", "Sheet1")))["Sheet1"]
    assert [page[name].value for name in ("A1", "B1", "C1", "A2")] == [1, 2, None, 3]
    assert is_marked(page["C1"]) and is_marked(page["A2"]) and not is_marked(page["A1"])


def test_what_comes_after_the_cells_stays_in_the_order_excel_wants(annex):
    def with_more(part):
        return part.replace(b"</worksheet>", b"<tableParts count='0'/><extLst/></worksheet>")

    data = change_part(annex, "xl/worksheets/sheet2.xml", with_more)
    sheet = parts_of(copy(data, mark("C5", "Bìa")))["xl/worksheets/sheet2.xml"]
    tags = (b"<pageMargins", b"<legacyDrawing", b"<tableParts", b"<extLst")
    assert [sheet.index(tag) for tag in tags] == sorted(sheet.index(tag) for tag in tags)


def test_pictures_of_a_header_keep_a_drawing_of_their_own(annex):
    name, vml = "xl/drawings/header.vml", b'<xml xmlns:v="urn:schemas-microsoft-com:vml"></xml>'
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    element = f'<legacyDrawingHF xmlns:r="{space}" r:id="rId9"/></worksheet>'.encode()
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{space}/vmlDrawing" Target="/{name}"/></Relationships>'
    )
    data = change_part(
        annex, "xl/worksheets/sheet2.xml", lambda part: part.replace(b"</worksheet>", element)
    )
    data = add_part(add_part(data, name, vml), "xl/worksheets/_rels/sheet2.xml.rels", relation)
    after = parts_of(copy(data, mark("C5", "Bìa")))
    assert after[name] == vml
    sheet = after["xl/worksheets/sheet2.xml"]
    assert 0 < sheet.index(b"<legacyDrawing ") < sheet.index(b"<legacyDrawingHF ")


def test_the_strict_variant_of_the_format_is_marked_as_well():
    data = make_annex(5)
    for name in parts_of(data):
        if not name.endswith((".xml", ".rels")):
            continue
        data = change_part(
            data,
            name,
            lambda part: part.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
        )
    page = opened(copy(data, mark("G6")))["Phụ lục"]
    assert is_marked(page["G6"]) and page["B5"].value == "Sản phẩm 2"


@every_case("cell", ["ZZZ1", "A0", "A9999999", "G17:G18", "", "=1"])
def test_a_place_that_no_sheet_has_is_listed_without_a_link(annex, cell):
    after = copy(annex, mark(cell))
    assert opened(after)[MARKS_SHEET]["C4"].hyperlink is None
    assert_only_these_differ(annex, after, {})


def test_a_thousand_marks_are_all_listed_and_noted():
    data = make_annex(400)
    marks = [mark(f"{'ABCDEFG'[n % 7]}{4 + n // 3}", message=f"Sai {n}.") for n in range(1000)]
    assert len(listed(copy(data, *marks))) == 1000

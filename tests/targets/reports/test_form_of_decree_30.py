"""The Word file has the form of Decree 30/2020/NĐ-CP, read from its own XML."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from targets.reports.writers.decree30 import LETTERHEAD, SMALL, clean, wide
from tests.support.factories import make_producer, make_product, make_recognition
from tests.targets.reports.reading import file_of, table_with, word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_drawing_for_all")]
DAY = date(2022, 12, 31)


@pytest.fixture
def document() -> Any:
    make_recognition(make_product("Dừa sáp"), date(2022, 8, 22))
    return word(DAY)


def test_the_page_is_a4_with_the_margins_of_the_decree(document: Any) -> None:
    for section in document.sections:
        assert abs(section.page_width - Mm(210)) < Mm(0.1)
        assert abs(section.page_height - Mm(297)) < Mm(0.1)
        assert abs(section.top_margin - Mm(20)) < Mm(0.1)
        assert abs(section.bottom_margin - Mm(20)) < Mm(0.1)
        assert abs(section.left_margin - Mm(30)) < Mm(0.1)
        assert abs(section.right_margin - Mm(20)) < Mm(0.1)


def test_all_type_is_times_new_roman_and_prose_14_points(document: Any) -> None:
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {
            fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")
        } == {"Times New Roman"}
        assert not [attribute for attribute in fonts.attrib if attribute.endswith("Theme")]
    for run in document.element.body.iter(qn("w:rFonts")):
        assert run.get(qn("w:ascii")) == "Times New Roman"


def test_pages_are_numbered_at_the_top_from_the_second_on(document: Any) -> None:
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert "".join(p.text for p in section.first_page_header.paragraphs) == ""
    (paragraph,) = document.sections[0].header.paragraphs
    assert paragraph.alignment == 1
    assert [code.text for code in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_each_annex_begins_its_own_page_numbers(document: Any) -> None:
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    assert [None if tag is None else tag.get(qn("w:start")) for tag in starts] == [None, "1", "1"]


def test_the_head_names_nation_and_body_and_leaves_number_and_day_blank(document: Any) -> None:
    head = document.tables[0]
    who, nation = head.rows[0].cells
    number, day = head.rows[1].cells
    assert " ".join(p.text for p in who.paragraphs if p.text) == (
        "ỦY BAN NHÂN DÂN TỈNH VĨNH LONG BAN CHỈ ĐẠO XÂY DỰNG PHÁT TRIỂN SẢN PHẨM OCOP, "
        "THƯƠNG HIỆU, TRUY XUẤT NGUỒN GỐC SẢN PHẨM VÀ PHÁT TRIỂN THƯƠNG MẠI ĐIỆN TỬ "
        "TỈNH TRÀ VINH"
    )
    for line in (p.text for p in who.paragraphs if p.text):
        assert wide(line, SMALL) <= LETTERHEAD[0] - 4, "wrapped by the reader's program anew"
    sizes = [run.font.size for p in nation.paragraphs for run in p.runs if run.text]
    assert sizes == [Pt(12), Pt(13)]
    assert all(run.font.bold for p in nation.paragraphs for run in p.runs if run.text)
    assert not [letter for letter in number.text if letter.isdigit()]
    assert number.text.endswith("/BC-BCĐ")
    assert day.text.startswith("Vĩnh Long, ")
    assert not [letter for letter in day.text if letter.isdigit()]


def test_a_people_s_committee_names_none_above_it() -> None:
    head = word(DAY, "844").tables[0]
    who = [p.text for p in head.rows[0].cells[0].paragraphs if p.text]
    assert " ".join(who) == "ỦY BAN NHÂN DÂN TỈNH VĨNH LONG"
    assert head.rows[1].cells[0].text.endswith("/BC-UBND")
    assert head.rows[1].cells[1].text.startswith("Vĩnh Long, ")


def test_prose_is_justified_with_its_first_line_indented(document: Any) -> None:
    prose = [p for p in document.paragraphs if p.alignment == 3]
    assert len(prose) > 15
    for paragraph in prose:
        assert Mm(10) <= paragraph.paragraph_format.first_line_indent <= Mm(12.7)


def test_headings_are_headings_and_sections_are_numbered(document: Any) -> None:
    first = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [text.split(".")[0] for text in first] == ["I", "II", "III", "IV", "V"]
    second = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert [text.split(".")[0] for text in second] == ["1", "2", "3"]


def test_a_table_is_never_the_last_thing(document: Any) -> None:
    last = [child.tag for child in document.element.body][-2:]
    assert last == [qn("w:p"), qn("w:sectPr")]


def test_tables_repeat_their_head_and_no_row_is_torn(document: Any) -> None:
    listed = [t for t in document.tables if t._tbl.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(listed) >= 5
    for table in listed:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_every_chart_is_a_picture_with_words_for_it(document: Any) -> None:
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 5
    assert all(len(picture.get("descr")) > 40 for picture in pictures)
    assert len({picture.get("descr") for picture in pictures}) == 5


def test_the_signature_is_never_alone_on_a_page(document: Any) -> None:
    closing = next(p for p in document.paragraphs if p.text.endswith("./."))
    assert closing.paragraph_format.keep_with_next


def test_what_no_word_file_can_hold_is_left_out() -> None:
    assert clean("Dừa\x00 sáp\x0b\n<w:t>&\ud800\uffff") == "Dừa sáp <w:t>&"
    producer = make_producer("Chủ\x1f thể\x07")
    make_recognition(make_product("Dừa <w:t>& sáp $x$", producer), date(2022, 8, 22))
    assert "Dừa <w:t>& sáp $x$" in {row[1] for row in table_with(word(DAY), 7, 2)}
    with zipfile.ZipFile(io.BytesIO(file_of(DAY))) as archive:
        assert archive.testzip() is None


def test_the_file_says_who_made_it_and_when_and_nothing_of_its_template(document: Any) -> None:
    about = document.core_properties
    assert about.author == about.last_modified_by != ""
    assert about.created.year >= 2022
    assert about.comments == ""

"""Notice letters: one a producer, in the form of Decree 30/2020/NĐ-CP."""

import io
import re
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from products.choices import Rank
from targets.reports.content import notice_letters
from targets.reports.writers.letters import Letter, LetterProduct, Sender, write
from tests.support.factories import district, make_producer, make_product, make_recognition

pytestmark = pytest.mark.django_db
ASKED = "as_of=2025-06-01&month=2025-11"
CLIFF = date(2022, 12, 30)


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


def opened(client: Client, query: str = ASKED) -> Any:
    response = client.get(f"/forecast/letters.docx?{query}")
    assert response.status_code == 200
    return Document(io.BytesIO(b"".join(response.streaming_content)))


def texts(document: Any) -> list[str]:
    """Every paragraph in order, cells included."""
    return [
        "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    ]


def tables_of_products(document: Any) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows[1:]]
        for table in document.tables
        if table.rows[0].cells[0].text == "STT"
    ]


def test_each_producer_gets_one_letter_with_all_its_certificates_of_the_month(
    client_in: Client,
) -> None:
    one, other = make_producer("HTX Rạch Lọp"), make_producer("Cơ sở Ba Ngọt")
    make_recognition(make_product("Gạo sạch", one), CLIFF, decision_number="2735/QĐ-UBND")
    make_recognition(make_product("Cốm dẹp", one), CLIFF, Rank.FOUR)
    make_recognition(make_product("Bánh tét", other), CLIFF)
    make_recognition(make_product("Mật hoa dừa", one), date(2023, 3, 1))
    document = opened(client_in)
    shown_text = [text for text in texts(document) if text.startswith("Kính gửi:")]
    assert shown_text == ["Kính gửi: Cơ sở Ba Ngọt", "Kính gửi: HTX Rạch Lọp"]
    assert len(document.sections) == 2
    first, second = tables_of_products(document)
    assert [row[1] for row in first] == ["Bánh tét"]
    assert [row[1] for row in second] == ["Cốm dẹp", "Gạo sạch"]
    assert second[1][3] == "2735/QĐ-UBND ngày 30/12/2022"
    assert second[1][4:] == ["30/12/2025", "chậm nhất 30/11/2025"]


def test_a_letter_names_the_window_of_the_law_and_who_takes_the_dossier(client_in: Client) -> None:
    make_recognition(make_product("Gạo sạch"), date(2024, 2, 27))
    document = opened(client_in, "as_of=2026-08-01&month=2026-10")
    ((row,),) = tables_of_products(document)
    assert row[4:] == ["27/02/2027", "31/08/2026 đến 30/10/2026"]
    joined = " ".join(texts(document))
    assert "gửi Ủy ban nhân dân cấp xã nơi sản xuất" in joined and "36 tháng" in joined


def test_the_page_is_a4_with_the_margins_and_the_type_of_the_decree(client_in: Client) -> None:
    make_recognition(decided_on=CLIFF)
    make_recognition(decided_on=CLIFF)
    document = opened(client_in)
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section.different_first_page_header_footer
    style = document.styles["Normal"]
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 14)
    fonts = {run.get(qn("w:ascii")) for run in document.element.body.iter(qn("w:rFonts"))}
    assert fonts <= {None, "Times New Roman"}


def test_a_letter_has_the_parts_that_the_decree_asks_for(client_in: Client) -> None:
    make_recognition(decided_on=CLIFF, district=district("844"))
    lines = texts(opened(client_in))
    joined = "\n".join(lines).replace("\u00a0", " ")
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN\nTỈNH VĨNH LONG",
        "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "V/v giấy chứng nhận",
        "Kính gửi:",
        "hồ sơ quản lý trên địa bàn tỉnh Trà Vinh (trước ngày 01/07/2025), đến ngày 01/06/2025",
        "./.",
        "GIÁM ĐỐC",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
    ):
        assert part in joined, part
    assert re.search(r"Số: +/", joined), "the number is left to the clerk"
    assert re.search(r"Vĩnh Long, ngày +tháng +năm +$", joined, re.M), "and so is the day"


def test_a_districts_letters_come_from_the_province_that_took_over(signed_in: Any) -> None:
    make_recognition(make_product("Của mình", district=district("844")), CLIFF)
    make_recognition(make_product("Của huyện khác", district=district("848")), CLIFF)
    document = opened(signed_in("officer_of_844"))
    joined = "\n".join(texts(document))
    assert "ỦY BAN NHÂN DÂN\nTỈNH VĨNH LONG" in joined
    assert "trên địa bàn huyện Càng Long (trước ngày 01/07/2025)" in joined
    assert "TM. ỦY BAN NHÂN DÂN" in joined
    assert "Vĩnh Long, ngày" in joined
    assert "Của huyện khác" not in joined


def test_letters_need_a_month_and_something_to_tell_of(client_in: Client) -> None:
    make_recognition(decided_on=CLIFF)
    assert client_in.get("/forecast/letters.docx?as_of=2025-06-01").status_code == 400
    path = "/forecast/letters.docx?as_of=2025-06-01&month=2025-10"
    assert client_in.get(path).status_code == 404
    assert client_in.get("/forecast/letters.docx?month=2025-11x").status_code == 400


def test_more_letters_than_a_file_holds_are_refused(client_in: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(notice_letters, "MAX_CERTIFICATES", 1)
    make_recognition(decided_on=CLIFF)
    assert client_in.get(f"/forecast/letters.docx?{ASKED}").status_code == 200
    make_recognition(decided_on=CLIFF)
    assert client_in.get(f"/forecast/letters.docx?{ASKED}").status_code == 400


def test_names_that_no_word_file_can_hold_do_not_break_it() -> None:
    days = (CLIFF, date(2025, 12, 30), None, date(2025, 11, 30))
    product = LetterProduct("Bánh\x0b\n<w:p>&\ufffe tét", "3 sao", "", *days)
    letter = Letter("HTX \ud800A\tB", "Xã X", 36, "Ủy ban nhân dân", (product,), ("A & B",))
    stream = io.BytesIO()
    write([letter], Sender("", "UBND", "UBND", "X", ("CHỦ TỊCH",)), CLIFF, stream)
    document = Document(stream)
    assert tables_of_products(document)[0][0][1] == "Bánh <w:p>& tét"
    assert "Kính gửi: HTX A B" in texts(document)
    assert ZipFile(stream).testzip() is None


def test_no_letter_at_all_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no letter"):
        write([], Sender("", "", "", "", ()), CLIFF, io.BytesIO())


def test_letters_are_in_vietnamese_whatever_language_the_page_is_read_in(
    client_in: Client,
) -> None:
    make_recognition(decided_on=CLIFF)
    client_in.cookies["django_language"] = "en"
    assert tables_of_products(opened(client_in))[0][0][2] == "3 sao"


def test_the_page_leads_to_the_letters_once_a_month_is_chosen(client_in: Client) -> None:
    make_recognition(decided_on=CLIFF)
    chosen = client_in.get(f"/forecast/?{ASKED}").context
    assert client_in.get(chosen["letters_url"]).status_code == 200
    assert client_in.get("/forecast/?as_of=2025-06-01").context["letters_url"] == ""

"""A file that is too much is answered on its page: what, the limit, how to mend it."""

import pytest

from tests.support import hostile_files as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]
HEADERS = "Trong bảng “S1” có quá nhiều dòng giống dòng tiêu đề (tổng cộng hơn 20.000 ô)"
SENTENCES = {
    "sheets that are one part": (made.sheets_at_one_part, "Tệp có hơn 100 bảng tính (sheet)"),
    "two sheets of one part": (
        lambda: made.relations_to_one_part(2),
        "Hai bảng tính trong tệp được lưu chung một phần",
    ),
    "defined names": (lambda: made.many_names(30_000), "Tệp có hơn 20.000 tên đã đặt"),
    "rows like a header": (lambda: made.header_rows(2_000, 20), HEADERS),
    "two headers in turn": (lambda: made.two_headers_in_turn(8_000), HEADERS.replace("S1", "DS")),
    "the first rows of all sheets": (
        lambda: made.header_rows(50, 40, 60),
        "Các dòng đầu của tất cả bảng tính có hơn 100.000 ô",
    ),
    "lines of a text": (lambda: b"\n" * 500_000, "Tệp văn bản có hơn 400.000 dòng"),
}


def test_each_refusal_is_said_on_the_page_of_the_file(import_session):
    admin = import_session()
    silent = {}
    for name, (make, sentence) in SENTENCES.items():
        page = admin.page(admin.hand_in(make(), f"{name}.xlsx")).text
        if sentence not in page:
            silent[name] = page[page.find('id="verdict"') :][:300]
    assert silent == {}


def test_a_table_with_its_header_on_hundreds_of_pages_is_read(import_session):
    rows = [made.row_of(n, made.HEADER) for n in range(1, 20_000, 30)]
    page = admin_page(import_session, made.one_sheet("".join(rows)))
    assert "giống dòng tiêu đề" not in page


def admin_page(import_session, data):
    admin = import_session()
    return admin.page(admin.hand_in(data)).text

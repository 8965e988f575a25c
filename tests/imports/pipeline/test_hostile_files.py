"""Files nobody should send: never a traceback, never a row written silently wrong."""

import random
import string

import pytest
from django.db import connection

from products.models import Recognition
from tests.imports.workbooks import (
    DECIDED,
    RECOGNITIONS,
    imported,
    imported_file,
    make_book,
    places,
    product_row,
    recognitions,
)
from tests.lib.workbook_files import change_part
from tests.support.cases import every_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_sandbox")]
HEADER = "Tên sản phẩm;Chủ thể;Huyện;Hạng sao;Ngày quyết định"
ROW = "Mật ong;HTX Ong;Càng Long;3 sao;22/08/2022"


def csv(text, encoding="utf-8", **options):
    return imported_file("recognitions", text.encode(encoding), name="thu.csv", **options)


@every_case("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@every_case("separator", [";", ",", "\t"])
@every_case("line", ["\n", "\r\n"])
def test_text_files_in_every_form(encoding, separator, line):
    text = line.join([HEADER, ROW, ""]).replace(";", separator)
    assert places(csv(text, encoding).errors) == []
    assert Recognition.objects.count() == 1


@every_case("number", ["NaN", "INF", "-INF", "1E400", "1e308"])
@every_case("cell", ["A2", "E2", "F2", "G2"])
def test_numbers_that_are_none(number, cell):
    def poison(part):
        marker = f'r="{cell}"'.encode()
        start = part.index(b"<c " + marker)
        end = part.index(b"</c>", start) + 4
        return part[:start] + b"<c " + marker + b"><v>" + number.encode() + b"</v></c>" + part[end:]

    data = make_book([RECOGNITIONS, product_row()])
    outcome = imported_file("recognitions", change_part(data, "xl/worksheets/sheet1.xml", poison))
    assert outcome.verdict in ("rejected", "unusable")
    assert not Recognition.objects.exists()


def test_a_name_of_a_file_that_no_database_takes():
    data = make_book([RECOGNITIONS, product_row()])
    outcome = imported_file("recognitions", data, name="a\0b\udce9" + "x" * 300 + ".xlsx")
    assert outcome.verdict == "accepted"


def test_nul_in_headers_and_cells_reaches_no_database():
    outcome = csv(f"{HEADER};M\0u\n{ROW};x\n".replace("Mật", "M\0t"), "utf-16")
    assert outcome.verdict == "accepted"
    assert "\0" not in outcome.warnings[0].value + outcome.warnings[0].message


def test_a_sheet_name_longer_than_its_column():
    data = make_book([RECOGNITIONS, product_row()])
    long = change_part(
        data, "xl/workbook.xml", lambda part: part.replace("Danh sách".encode(), b"s" * 5000)
    )
    assert imported_file("recognitions", long).verdict in ("accepted", "unusable")


@pytest.mark.slow
def test_five_thousand_rows():
    rows = [product_row(f"Sản phẩm {n}", f"Hộ {n % 500}") for n in range(5000)]
    outcome = recognitions(*rows)
    assert (outcome.verdict, outcome.created) == ("accepted", 5000)
    connection.check_constraints()


def test_merged_cells_over_several_rows_count_for_each():
    rows = [product_row("A"), product_row("B", None), product_row("C", None)]
    outcome = recognitions(*rows, merged=["B2:B4"])
    assert (places(outcome.errors), outcome.created) == ([], 3)


def test_a_path_that_is_no_readable_file(tmp_path):
    for path in (tmp_path, tmp_path / "khong-co.xlsx"):
        outcome = imported_file("recognitions", path)
        assert (outcome.verdict, places(outcome.errors)) == ("unusable", [("unreadable", None)])


def test_a_file_beyond_the_limit_is_not_read_whole(tmp_path):
    path = tmp_path / "to.csv"
    with path.open("wb") as stream:
        stream.truncate(3 * 1024**3)
    outcome = imported_file("recognitions", path)
    assert (outcome.verdict, places(outcome.errors)) == ("unusable", [("too_large", None)])


WILD = [
    "",
    "***",
    "\u200b",
    "=1+1",
    "🍯" * 50,
    "\x01\x02",
    "x" * 10_000,
    "Huyện",
    "Tổng cộng",
    "II. HUYỆN",
    "1.250",
    "31/02/2023",
    "NaN",
    "-",
    "%s %(x)s {0}",
    "\u202eabc",
    "ﷺ" * 40,
    "ﬀ",
    "İ",
    True,
    False,
    -1,
    0,
    1e15,
    -1e-9,
    123456789012345678,
    DECIDED,
]
DATASETS = {
    "recognitions": [*RECOGNITIONS, "Loại hình", "Địa chỉ", "Bộ sản phẩm", "Số quyết định"],
    "ip_rights": [
        *("Loại hình", "Tên", "Chủ sở hữu", "Huyện", "Số đơn", "Ngày nộp đơn", "Số văn bằng"),
        *("Ngày cấp", "Hỗ trợ NQ 80", "Nhiệm vụ KH&CN", "Sản phẩm"),
    ],
    "science_tasks": ["Tên nhiệm vụ", "Cơ quan chủ trì", "Ngày phê duyệt", "Kinh phí"],
    "traceability": ["Tên sản phẩm", "Chủ thể", "Hệ thống", "Mã truy xuất", "Ngày tham gia"],
    "ecommerce": ["Tên sản phẩm", "Chủ thể", "Sàn", "Đường dẫn", "Ngày lên sàn", "Ngày gỡ"],
    "allocations": ["Mã chỉ tiêu", "Huyện", "Năm", "Chỉ tiêu giao", "Số văn bản"],
}
GOOD = {
    "Huyện": "Càng Long",
    "Hạng sao": "3 sao",
    "Ngày quyết định": DECIDED,
    "Loại hình": "Nhãn hiệu",
    "Năm": 2023,
    "Mã chỉ tiêu": "OCOP-NEW",
    "Chỉ tiêu giao": 3,
}


@every_case("dataset", DATASETS)
@every_case("seed", range(2))
def test_wild_workbooks_are_read_or_refused_cell_by_cell(dataset, seed):
    dice = random.Random(f"{dataset} {seed}")
    header = DATASETS[dataset]

    def cell(name):
        if dice.random() < 0.6:
            return GOOD.get(name, "".join(dice.choices(string.ascii_letters, k=8)))
        return dice.choice(WILD)

    rows = [[_storable(cell(name)) for name in header] for _ in range(30)]
    for tried in ([header, *rows], [header, *rows[:1]]):
        outcome = imported(dataset, tried)
        assert outcome.verdict in ("accepted", "rejected", "unusable")
        assert outcome.verdict == "accepted" or outcome.errors
        if outcome.verdict == "rejected" and outcome.rows:
            assert all(problem.cell for problem in outcome.errors)
        sentences = [problem.message.replace("%(x)s", "") for problem in outcome.errors]
        assert all(text and "%(" not in text for text in sentences)
    connection.check_constraints()


def _storable(value):
    """openpyxl itself refuses control characters."""
    return "".join(c for c in value if c.isprintable()) if isinstance(value, str) else value

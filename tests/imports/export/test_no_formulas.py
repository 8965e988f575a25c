"""No cell of an export is a formula, whatever people have typed; and it reads back the same."""

import csv
import io

import pytest
from openpyxl import load_workbook

from ocop.lib.spreadsheets.reading.values import unquoted_text
from tests.imports.export.generated import DATASETS, exports
from tests.imports.export.payloads import PAYLOADS, make_records

pytestmark = pytest.mark.django_db
TEXT_COLUMNS = {
    "recognitions": {"Tên sản phẩm", "Chủ thể", "Số quyết định", "Ghi chú"},
    "science_tasks": {"Tên nhiệm vụ", "Cơ quan chủ trì"},
    "ip_rights": {
        "Tên", "Chủ sở hữu", "Số đơn", "Số văn bằng", "Nhiệm vụ KH&CN", "Sản phẩm",
    },
    "traceability": {"Tên sản phẩm", "Chủ thể", "Hệ thống", "Mã truy xuất"},
    "ecommerce": {"Tên sản phẩm", "Chủ thể", "Đường dẫn"},
    "allocations": {"Số văn bản"},
}  # fmt: skip


def texts(dataset):
    return {f"{p} {n}" for n, p in enumerate(PAYLOADS) if dataset != "allocations" or n < 36}


@pytest.fixture
def records():
    assert len(set(PAYLOADS)) == 40
    make_records()


def test_cells_of_a_workbook_are_strings(records):
    for dataset, data in exports("xlsx").items():
        page = load_workbook(io.BytesIO(data)).active
        header, *rows = list(page.iter_rows())
        kinds = {cell.data_type for row in rows for cell in row if cell.value is not None}
        assert kinds <= {"s", "n", "d"}
        for at, title in enumerate(header):
            if title.value in TEXT_COLUMNS[dataset]:
                assert {row[at].value for row in rows} == texts(dataset), (dataset, title.value)
                assert {row[at].data_type for row in rows} == {"s"}


def test_texts_of_a_csv_file_are_quoted_and_read_back(records):
    for dataset, data in exports("csv").items():
        header, *rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        for at, title in enumerate(header):
            found = {row[at] for row in rows}
            assert not [text for text in found if text[:1] in tuple("=+-@\t\r")]
            if title in TEXT_COLUMNS[dataset]:
                assert {unquoted_text(text) for text in found} == texts(dataset), (dataset, title)


def test_every_dataset_is_looked_at():
    assert set(TEXT_COLUMNS) == set(DATASETS)

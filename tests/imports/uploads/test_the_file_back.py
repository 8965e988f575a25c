"""The office's own file back with its mistakes marked; mended and handed in again it goes in."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from products.models import Recognition
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]

WRONG = {"G3": "31/02/2023", "F4": "7 sao", "D5": "Huyện Không Có"}


def book() -> bytes:
    rows = [product_row(name) for name in "ABCDE"]
    rows[1][6], rows[2][5], rows[3][3] = WRONG.values()
    return make_book([RECOGNITIONS, *rows])


def marked_cells(data: bytes) -> dict[str, str]:
    sheet = load_workbook(io.BytesIO(data))["Danh sách"]
    return {
        cell.coordinate: cell.comment.text
        for row in sheet
        for cell in row
        if cell.comment is not None
    }


def test_exactly_the_wrong_cells_are_marked_and_listed_first(import_session):
    admin = import_session()
    upload = admin.hand_in(book(), "phu-luc.xlsx")
    response = admin.client.get(f"/imports/files/{upload.pk}/marked/")
    assert "phu-luc%20-%20c%E1%BA%A7n%20s%E1%BB%ADa.xlsx" in response["Content-Disposition"]
    data = b"".join(response.streaming_content)
    marked = marked_cells(data)
    assert set(marked) == set(WRONG)
    assert "không phải là ngày" in marked["G3"]
    first = load_workbook(io.BytesIO(data)).worksheets[0]
    assert first.title == "Cần sửa"


def test_mended_and_handed_in_again_it_goes_in(import_session):
    admin = import_session()
    upload = admin.hand_in(book())
    data = b"".join(admin.client.get(f"/imports/files/{upload.pk}/marked/").streaming_content)
    workbook = load_workbook(io.BytesIO(data))
    sheet = workbook["Danh sách"]
    sheet["G3"], sheet["F4"], sheet["D5"] = "22/8/2022", "4 sao", "Huyện Cầu Kè"
    stream = io.BytesIO()
    workbook.save(stream)
    again = admin.hand_in(stream.getvalue(), "da-sua.xlsx")
    page = admin.page(again)
    assert [one["name"] for one in page.context["findings"]["sheets"]] == ["Danh sách"]
    admin.confirm(again)
    assert Recognition.objects.count() == 5


def test_the_command_writes_the_marked_copy_too(tmp_path):
    source, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(book())
    options = {"dataset": "recognitions", "annotated": out}
    with pytest.raises(CommandError):
        call_command("import_workbook", source, **options)
    assert set(marked_cells(out.read_bytes())) == set(WRONG)


def test_of_a_file_that_cannot_be_opened_there_is_no_marked_copy(import_session, tmp_path):
    admin = import_session()
    upload = admin.hand_in(b"%PDF-1.7 x")
    assert admin.client.get(f"/imports/files/{upload.pk}/marked/").status_code == 404
    source, out = tmp_path / "a.pdf", tmp_path / "b.xlsx"
    source.write_bytes(b"%PDF-1.7 x")
    with pytest.raises(CommandError):
        call_command("import_workbook", source, dataset="recognitions", annotated=out)
    assert not out.exists()

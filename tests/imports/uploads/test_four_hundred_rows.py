"""400 recognitions with 30 mistakes: marked, mended, imported, taken back."""

import io
import random
from typing import Any

import pytest
from openpyxl import load_workbook

from ocop.imports.models import ImportBatch
from products.models import Product, Recognition
from tests.imports.undo.test_undo import records
from tests.imports.workbooks import make_book, product_row, recognitions

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("effects_untold"),
    pytest.mark.database,
]

HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Xã", "Huyện", "Điểm", "Hạng sao", "Ngày quyết định"]
WRONG: list[tuple[int, Any]] = [
    (8, "31/02/2023"),
    (8, "5/6/22"),
    (7, "6 sao"),
    (6, "1.250"),
    (6, 101),
    (5, "Huyện Không Có"),
    (2, None),
    (3, "***"),
]
"""(column, what stands there instead)."""
DISTRICTS = ["Huyện Càng Long", "Huyện Cầu Kè", "TX. Duyên Hải", "Huyện Trà Cú"]


def annex() -> tuple[bytes, dict[str, Any]]:
    """The annex of a decision in four groups, and the right values of its 30 wrong cells."""
    chance = random.Random(30)
    rows: list[list[Any]] = [
        ["ỦY BAN NHÂN DÂN TỈNH TRÀ VINH"],
        ["(Kèm theo Quyết định số 99/QĐ-UBND ngày 22 tháng 8 năm 2022)"],
        [],
        HEADER,
    ]
    for number in range(400):
        if number % 100 == 0:
            rows.append([("I", "II", "III", "IV")[number // 100], DISTRICTS[number // 100].upper()])
        row = product_row(
            f"Sản phẩm thử nghiệm {number}",
            f"Hợp tác xã số {number // 3}",
            district=DISTRICTS[number // 100],
            score=55 + number % 14,
        )
        rows.append([number + 1, *row])
    rows += [[None, "Tổng cộng", 400], [None, None, None, None, "KT. CHỦ TỊCH"]]
    places = [place for place, row in enumerate(rows, 1) if len(row) == 8 and place > 4]
    right = {}
    for turn, place in enumerate(chance.sample(places, 30)):
        column, wrong = WRONG[turn % len(WRONG)]
        cell = f"{'ABCDEFGH'[column - 1]}{place}"
        right[cell] = rows[place - 1][column - 1]
        rows[place - 1][column - 1] = wrong
    return make_book(rows, "Phụ lục", merged=["A1:H1", "A2:H2"]), right


def cells(data: bytes) -> dict[str, tuple[Any, ...]]:
    """Value, size of the font, number format and merges of every cell of the annex."""
    sheet = load_workbook(io.BytesIO(data))["Phụ lục"]
    found = {
        cell.coordinate: (
            cell.value,
            cell.number_format,
            cell.font.sz,
            cell.alignment.horizontal or "general",
        )
        for row in sheet.iter_rows()
        for cell in row
    }
    merged = sorted(map(str, sheet.merged_cells.ranges))
    widths = {key: dim.width for key, dim in sheet.column_dimensions.items()}
    return found | {"": (merged, widths)}


def marked(data: bytes) -> set[str]:
    sheet = load_workbook(io.BytesIO(data))["Phụ lục"]
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def test_marked_mended_imported_and_taken_back(import_session):
    recognitions(product_row("Sản phẩm thử nghiệm 7", "Hợp tác xã số 2", score=50))
    admin = import_session()
    before = records()
    data, right = annex()
    upload = admin.hand_in(data, "phu-luc.xlsx")
    assert admin.page(upload).context["errors"] == 30
    back = b"".join(admin.client.get(f"/imports/files/{upload.pk}/marked/").streaming_content)
    assert marked(back) == set(right)
    assert cells(back) == cells(data)

    workbook = load_workbook(io.BytesIO(back))
    for cell, value in right.items():
        workbook["Phụ lục"][cell] = value
    stream = io.BytesIO()
    workbook.save(stream)
    again = admin.hand_in(stream.getvalue(), "phu-luc - cần sửa.xlsx")
    page = admin.page(again)
    outcome = page.context["parts"][0].outcome
    assert (outcome["verdict"], outcome["created"], outcome["updated"]) == ("accepted", 399, 1)
    admin.confirm(again)
    assert Product.objects.count() == Recognition.objects.count() == 400

    batch = ImportBatch.objects.get(upload=again)
    plan = admin.client.get(f"/imports/{batch.pk}/undo/").context["plan"]
    admin.client.post(f"/imports/{batch.pk}/undo/", {"digest": plan.digest})
    assert records() == before

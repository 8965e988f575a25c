"""Workbooks built in memory, and short ways to import them and read what came of it."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection
from openpyxl import Workbook

from ocop.imports.datasets.importer import importer_for, system_importer
from ocop.imports.findings.report import Problem
from ocop.imports.pipeline.pipeline import Importer, ImportOutcome, import_file
from ocop.organisation.models import DataVersionToken, User

RECOGNITIONS = ["Tên sản phẩm", "Chủ thể", "Xã", "Huyện", "Điểm", "Hạng sao", "Ngày quyết định"]
IP_RIGHTS = ["Loại hình", "Tên", "Chủ sở hữu", "Huyện", "Số đơn", "Ngày nộp đơn", "Ngày cấp"]
SCIENCE_TASKS = ["Tên nhiệm vụ", "Cơ quan chủ trì", "Ngày phê duyệt", "Ngày bắt đầu"]
TRACEABILITY = ["Tên sản phẩm", "Chủ thể", "Hệ thống", "Ngày tham gia", "Ngày kết thúc"]
ECOMMERCE = ["Tên sản phẩm", "Chủ thể", "Sàn", "Đường dẫn", "Ngày lên sàn", "Ngày gỡ"]
ALLOCATIONS = ["Mã chỉ tiêu", "Huyện", "Năm", "Chỉ tiêu giao"]
DECIDED = date(2022, 8, 22)

Rows = Sequence[Sequence[Any]]


def make_book(rows: Rows, sheet: str = "Danh sách", merged: Sequence[str] = ()) -> bytes:
    """One sheet; None leaves a cell empty."""
    return make_books({sheet: rows}, merged)


def make_books(sheets: dict[str, Rows], merged: Sequence[str] = (), hidden: str = "") -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    page.cell(number, column, value)
        for merge in merged:
            page.merge_cells(merge)
        if name == hidden:
            page.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def imported(
    dataset: str, rows: Rows, importer: Importer | None = None, **options: Any
) -> ImportOutcome:
    """The rows, the header first, through the whole pipeline; as the system by default."""
    merged = options.pop("merged", ())
    return imported_file(dataset, make_book(rows, merged=merged), importer, **options)


def imported_file(
    dataset: str, data: Any, importer: Importer | None = None, **options: Any
) -> ImportOutcome:
    name = options.pop("name", "thu.xlsx")
    return import_file(data, name, dataset, importer or system_importer(), **options)


def as_user(username: str) -> Importer:
    return importer_for(User.objects.get(username=username), date(2023, 1, 1))


def product_row(name: Any = "Mật ong", producer: Any = "HTX Ong Vàng", **cells: Any) -> list[Any]:
    """A row under RECOGNITIONS that is right in every cell not given."""
    return [
        name,
        producer,
        cells.get("commune"),
        cells.get("district", "Huyện Càng Long"),
        cells.get("score", 65),
        cells.get("rank", "3 sao"),
        cells.get("day", DECIDED),
    ]


def recognitions(
    *rows: list[Any], importer: Importer | None = None, **options: Any
) -> ImportOutcome:
    return imported("recognitions", [RECOGNITIONS, *rows], importer, **options)


def places(problems: Sequence[Problem]) -> list[tuple[str, str | None]]:
    """(code, cell) of each error or warning, in their order."""
    return [(problem.code, problem.cell) for problem in problems]


def everything() -> dict[str, list[Any]]:
    """All rows of all tables of the project's own apps, to be compared before and after; but for
    the tokens that say that something changed. Values as the database answers them: six thousand
    rows of reference data are not made into Python's for a comparison."""
    labels = ("organisation", "imports", "products", "targets")
    return {
        model._meta.label: _rows(model)
        for label in labels
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model is not DataVersionToken
    }


def _rows(model: Any) -> list[dict[str, Any]]:
    quoted = connection.ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

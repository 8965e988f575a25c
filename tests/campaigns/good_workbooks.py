"""Workbooks without a mistake, of every dataset and format: what the bad ones are made from."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from tests.imports.workbooks import make_book
from tests.lib.workbook_files import make_ods, make_xls
from tests.support.factories import make_producer, make_product

DISTRICTS = ["Huyện Càng Long", "TP. Trà Vinh", "TX. Duyên Hải", "H. Cầu Kè", "Trà Cú"]
PRODUCTS = [("Mật ong Đại Phước", "HTX Ong Vàng"), ("Dừa sáp tươi", "Công ty TNHH Dừa Xanh")]
PRODUCTS += [("Tôm khô Vinh Kim", "Cơ sở Ba Nam"), ("Bánh tét Trà Cuôn", "Hộ kinh doanh Hai Lý")]


@dataclass(frozen=True)
class Col:
    """`sort`: what stands in the column; `required`: a row without it is refused."""

    header: str
    sort: str
    required: bool = False


COLUMNS = {
    "recognitions": (
        Col("Tên sản phẩm", "new_name", True),
        Col("Chủ thể", "owner", True),
        Col("Huyện", "unit", True),
        Col("Điểm", "score"),
        Col("Hạng sao", "rank", True),
        Col("Ngày quyết định", "day", True),
        Col("Ghi chú", "note"),
    ),
    "ip_rights": (
        Col("Loại hình", "ip_kind", True),
        Col("Tên", "new_name", True),
        Col("Chủ sở hữu", "owner", True),
        Col("Huyện", "place"),
        Col("Số đơn", "filing"),
        Col("Ngày nộp đơn", "day"),
        Col("Hỗ trợ NQ 80", "yes_no"),
    ),
    "science_tasks": (
        Col("Tên nhiệm vụ", "new_name", True),
        Col("Cơ quan chủ trì", "owner", True),
        Col("Ngày phê duyệt", "day", True),
        Col("Kinh phí (triệu đồng)", "money"),
    ),
    "traceability": (
        Col("Tên sản phẩm", "product", True),
        Col("Chủ thể", "producer", True),
        Col("Hệ thống", "system", True),
        Col("Mã truy xuất", "note"),
        Col("Ngày tham gia", "day", True),
    ),
    "ecommerce": (
        Col("Tên sản phẩm", "product", True),
        Col("Chủ thể", "producer", True),
        # The link beside it says the floor too.
        Col("Sàn", "floor"),
        Col("Đường dẫn", "link"),
        Col("Ngày lên sàn", "day", True),
    ),
    "allocations": (
        Col("Mã chỉ tiêu", "target", True),
        Col("Huyện", "unit", True),
        Col("Năm", "year", True),
        Col("Chỉ tiêu giao", "given", True),
    ),
}
VALUES: dict[str, Callable[[random.Random, int], Any]] = {
    "new_name": lambda c, n: f"Sản vật {c.choice(('dừa', 'tôm', 'nếp', 'muối'))} số {n}",
    "owner": lambda c, n: f"{c.choice(('HTX', 'Cơ sở', 'Công ty TNHH'))} Bình Minh {n}",
    "unit": lambda c, n: DISTRICTS[n % len(DISTRICTS)],
    "place": lambda c, n: DISTRICTS[n % len(DISTRICTS)],
    "score": lambda c, n: c.choice((65, "72,5", 88.25, "51")),
    "rank": lambda c, n: c.choice(("3 sao", 4, "****", "TN 5 sao", "04 sao")),
    "day": lambda c, n: date(2022, 1, 10) + timedelta(days=n * 31 + c.randrange(25)),
    "note": lambda c, n: c.choice((None, f"ghi {n}", "مرحبا \u202eRTL", "🍯 ngon", "=1+1?")),
    "ip_kind": lambda c, n: c.choice(("Nhãn hiệu", "NHTT", "Sáng chế", "Kiểu dáng")),
    "filing": lambda c, n: f"4-2022-1{n:04d}",
    "yes_no": lambda c, n: c.choice(("x", "không", None, "Có", 1)),
    "money": lambda c, n: c.choice((850, "1.250,5", "1 200", 99.5)),
    "product": lambda c, n: PRODUCTS[n % len(PRODUCTS)][0],
    "producer": lambda c, n: PRODUCTS[n % len(PRODUCTS)][1],
    "system": lambda c, n: f"Cổng truy xuất {n}",
    "floor": lambda c, n: c.choice(("Shopee", "voso.vn", "Sendo", "POSTMART")),
    "link": lambda c, n: f"https://voso.vn/{n}",
    "target": lambda c, n: "OCOP-NEW",
    "year": lambda c, n: 2022 + n // len(DISTRICTS) % 4,
    "given": lambda c, n: c.choice((3, "5", 7)),
}


def make_known_products() -> None:
    for name, producer in PRODUCTS:
        make_product(name, make_producer(producer))


@dataclass
class Sheet:
    """A dataset's table as values, and the file it becomes.

    `form`: xlsx, ods, xls, csv; `rows`: the header first; `merged`: ranges of an xlsx.
    """

    dataset: str
    form: str
    columns: list[Col]
    rows: list[list[Any]]
    merged: Sequence[str] = ()

    def columns_of(self, *sorts: str) -> list[int]:
        return [place for place, col in enumerate(self.columns) if col.sort in sorts]

    def required(self) -> list[int]:
        return [place for place, col in enumerate(self.columns) if col.required]

    def data(self, chance: random.Random) -> bytes:
        if self.form == "xlsx":
            return make_book(self.rows, merged=self.merged)
        if self.form == "ods":
            return as_ods(self.rows)
        return as_xls(self.rows) if self.form == "xls" else as_csv(self.rows, chance)


def good_sheet(chance: random.Random, dataset: str, form: str) -> Sheet:
    columns = list(COLUMNS[dataset])
    rows: list[list[Any]] = [[col.header for col in columns]]
    rows += [
        [VALUES[col.sort](chance, number) for col in columns]
        for number in range(chance.randint(2, 6))
    ]
    return Sheet(dataset, form, columns, rows)


def written(value: Any) -> str:
    """A value as somebody types it."""
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def as_csv(rows: list[list[Any]], chance: random.Random) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=chance.choice(",;\t"))
    writer.writerows([[written(value) for value in row] for row in rows])
    return stream.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")))


def as_xls(rows: list[list[Any]]) -> bytes:
    return make_xls(
        {
            (row, column): float(value)
            if isinstance(value, int | float) and not isinstance(value, bool)
            else written(value)[:3000]
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
            if value is not None
        }
    )


def as_ods(rows: list[list[Any]]) -> bytes:
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, values))}</table:table-row>" for values in rows
    )
    return make_ods(f'<table:table table:name="Danh sách">{lines}</table:table>')


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float) and not isinstance(value, bool):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(written(value))}</text:p></table:table-cell>"

"""The same small table as every sort of file, and files that are no workbook at all."""

import csv
import io
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from tests.corpus.shapes import Shape, accepted, fact, rejected, unusable
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row
from tests.lib.workbook_files import make_ods, make_ole, make_xls

HONEY = product_row(
    "Mật ong hoa nhãn", "HTX Ong Vàng", commune="Xã Đại Phước", score="65,5", day="22/8/2022"
)
COCONUT = product_row(
    "Dừa sáp tươi; loại 1",
    'Công ty TNHH "Dừa Xanh", chi nhánh 2',
    district="Cầu Kè",
    rank="4 sao",
    score=75,
    day="05/06/2022",
)
ROWS = [RECOGNITIONS, HONEY, COCONUT]
HONEY_FACT = {"Mật ong hoa nhãn": fact(30, product__place__name="Xã Đại Phước")}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1258")
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def in_cp1258(text: str) -> bytes:
    """Windows-1258 has most letters with a tone as two bytes: the letter, then the tone."""
    found = bytearray()
    for sign in unicodedata.normalize("NFC", text):
        try:
            found += sign.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", sign)
            tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", parts.replace(tone, ""))
            found += (letter + tone).encode("cp1258")
    return bytes(found)


def as_text(rows: list[list[Any]], separator: str, **options: Any) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, **options)
    writer.writerows([["" if value is None else value for value in row] for row in rows])
    return stream.getvalue()


def as_csv(encoding: str, separator: str) -> Callable[[], bytes]:
    def make() -> bytes:
        text = as_text(ROWS, separator)
        return in_cp1258(text) if encoding == "cp1258" else text.encode(encoding)

    return make


def with_declared_separator() -> bytes:
    """As Excel reads and some programs write it: sep= first, quotes over line breaks."""
    header = ["Tên\nsản phẩm", *RECOGNITIONS[1:], "Ghi chú"]
    rows = [header, [*HONEY, 'dòng một\ndòng hai; "ba"'], [*COCONUT, None]]
    return ("sep=;\r\n" + as_text(rows, ";", quoting=csv.QUOTE_ALL)).encode("utf-8-sig")


def ods() -> bytes:
    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, int):
            head = f'office:value-type="float" office:value="{value}"'
        else:
            head = 'office:value-type="string"'
        return f"<table:table-cell {head}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    def row(values: list[Any]) -> str:
        return f"<table:table-row>{''.join(map(cell, values))}</table:table-row>"

    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    lines = "".join(row(values) for values in ROWS)
    return make_ods(f'<table:table table:name="Danh sách">{lines}{empty}</table:table>')


def xls() -> bytes:
    return make_xls(
        {
            (row, column): value if isinstance(value, str) else float(value)
            for row, values in enumerate([["PHỤ LỤC"], [], *ROWS])
            for column, value in enumerate(values)
            if value is not None
        }
    )


def saved_web_page() -> bytes:
    cells = "".join(f"<td>{value}</td>" for value in RECOGNITIONS)
    return f"<html><body><table><tr>{cells}</tr></table></body></html>".encode()


def password_protected() -> bytes:
    return make_ole("EncryptedPackage", b"\x00" * 5000)


def only_a_header() -> bytes:
    return make_book([["PHỤ LỤC"], [], RECOGNITIONS])


def without_rank_and_day() -> bytes:
    return make_book([RECOGNITIONS[:5], HONEY[:5]])


def no_table() -> bytes:
    return make_book([["BÁO CÁO"], ["Kính gửi: Ủy ban nhân dân tỉnh"], ["Kết quả", "Kế hoạch"]])


def csv_in_tcvn3() -> bytes:
    """The header "Tên sản phẩm, Chủ thể, Huyện" and a row, typed in .VnTime."""
    return (
        b"T\xaan s\xb6n ph\xc8m,Ch\xf1 th\xd3,Huy\xd6n\r\n"
        b"M\xcbt ong,HTX Ong V\xb5ng,C\xb5ng Long\r\n"
    )


TEXTS: tuple[Shape, ...] = tuple(
    accepted(
        f"csv in {encoding} with {word}",
        as_csv(encoding, separator),
        rows=2,
        file="phu luc.csv",
        facts=HONEY_FACT
        | {
            "Dừa sáp tươi; loại 1": {
                "rank": 40,
                "product__producer__name": 'Công ty TNHH "Dừa Xanh", chi nhánh 2',
                "decided_on": date(2022, 6, 5),
            }
        },
    )
    for encoding in ENCODINGS
    for separator, word in SEPARATORS.items()
)
FILES: tuple[Shape, ...] = (
    *TEXTS,
    accepted(
        "csv that names its separator, with line breaks in quotes",
        with_declared_separator,
        rows=2,
        file="phu luc.csv",
        facts={"Mật ong hoa nhãn": fact(30, note='dòng một\ndòng hai; "ba"')},
    ),
    accepted("a workbook of LibreOffice", ods, rows=2, file="phu luc.ods", facts=HONEY_FACT),
    accepted("a workbook of Excel 97", xls, rows=2, file="phu luc.xls", facts=HONEY_FACT),
    unusable("a csv in an old font", csv_in_tcvn3, "legacy_encoding", file="phu luc.csv"),
    unusable("a workbook with a password", password_protected, "unreadable"),
    unusable("a pdf called xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "unreadable"),
    unusable("a web page called xls", saved_web_page, "unreadable", file="phu luc.xls"),
    unusable("an empty file", lambda: b"", "unreadable"),
    unusable("a workbook without any such table", no_table, "no_header"),
    unusable("an empty workbook", lambda: make_book([]), "no_header"),
    rejected("a header without rows", only_a_header, (None, "no_header")),
    rejected(
        "required columns missing",
        without_rank_and_day,
        (None, "missing_column"),
        (None, "missing_column"),
    ),
)

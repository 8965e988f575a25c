"""Workbook files made for the tests, good and bad ones."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from ocop.lib.spreadsheets.tables.headers import ColumnSpec

RECOGNITIONS = (
    ColumnSpec("name", "Tên sản phẩm", ("Sản phẩm", "Tên SP"), required=True),
    ColumnSpec("producer", "Chủ thể", ("Tên chủ thể", "Cơ sở sản xuất"), required=True),
    ColumnSpec("kind", "Loại hình", ("Loại hình chủ thể",)),
    ColumnSpec("district", "Huyện", ("Huyện/thị xã/thành phố",), one_of="place"),
    ColumnSpec("address", "Địa chỉ", ("Nơi sản xuất",), one_of="place"),
    ColumnSpec("score", "Điểm", ("Tổng điểm",)),
    ColumnSpec("rank", "Hạng sao", ("Phân hạng", "Xếp hạng"), required=True),
    ColumnSpec("number", "Số quyết định", ("Quyết định số",)),
    ColumnSpec("note", "Ghi chú"),
)
SPREADSHEET = "urn:oasis:names:tc:opendocument:xmlns:"
ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def make_xlsx(*sheets: tuple[str, Mapping[str, Any], Sequence[str]] | Mapping[str, Any]) -> bytes:
    """Sheets as {"B3": value}, or (name, cells, merged ranges)."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for place, sheet in enumerate(sheets or ({},), 1):
        name, cells, merged = sheet if isinstance(sheet, tuple) else (f"Sheet{place}", sheet, ())
        page = workbook.create_sheet(name)
        for cell, value in cells.items():
            page[cell] = value
        for merge in merged:
            page.merge_cells(merge)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def make_rows(rows: Sequence[Sequence[Any]], first_row: int = 1) -> dict[str, Any]:
    """{"A1": …} out of rows; None leaves a cell empty."""
    return {
        f"{chr(65 + column)}{row}": value
        for row, values in enumerate(rows, first_row)
        for column, value in enumerate(values)
        if value is not None
    }


def change_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip with one entry changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == part else content)
    return stream.getvalue()


def add_part(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def make_sheet_xml(sheet_data: str, after: str = "") -> bytes:
    """An xlsx whose only sheet has exactly this <sheetData> content."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{sheet_data}</sheetData>{after}</worksheet>"
    )
    return change_part(make_xlsx({}), "xl/worksheets/sheet1.xml", lambda _: xml.encode())


def make_ods(table: str, styles: str = "") -> bytes:
    """An ods with this content inside <office:spreadsheet>."""
    names = {"office": "office", "table": "table", "text": "text", "style": "style"}
    spaces = " ".join(f'xmlns:{key}="{SPREADSHEET}{name}:1.0"' for key, name in names.items())
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", xml)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{SPREADSHEET}manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_MIME}"/>'
            "</manifest:manifest>",
        )
    return stream.getvalue()


def xls_record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _bof(kind: int) -> bytes:
    return xls_record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def make_xls(
    cells: Mapping[tuple[int, int], str | float],
    extra: bytes = b"",
    before: bytes = b"",
    formats: Mapping[tuple[int, int], int] | None = None,
) -> bytes:
    """An Excel 97 workbook with one sheet "Sheet1"; (row, column) from 0.

    `extra`: records of the sheet; `before`: records of the workbook; `formats`: number of the
    cell format of a cell.
    """
    body = _bof(0x10)
    for (row, column), value in sorted(cells.items()):
        place = struct.pack("<HHH", row, column, (formats or {}).get((row, column), 0))
        if isinstance(value, str):
            text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
            body += xls_record(0x0204, place + text)
        else:
            body += xls_record(0x0203, place + struct.pack("<d", value))
    body += extra + xls_record(0x0A, b"")
    name = b"Sheet1"
    bound = struct.pack("<BB", len(name), 0) + name
    head = _bof(0x05) + xls_record(0x42, struct.pack("<H", 1200)) + before
    start = len(head) + 4 + 6 + len(bound) + 4
    head += xls_record(0x85, struct.pack("<IBB", start, 0, 0) + bound) + xls_record(0x0A, b"")
    return make_ole("Workbook", head + body)


def xls_hyperlink(row: int, column: int, address: str) -> bytes:
    """The record of a link to an address of the web behind one cell, counted from 0."""
    link = bytes.fromhex("D0C9EA79F9BACE118C8200AA004BA90B")
    url = bytes.fromhex("E0C9EA79F9BACE118C8200AA004BA90B")
    shown = "Xem\0"
    body = struct.pack("<HHHH", row, row, column, column) + link + struct.pack("<II", 2, 0x17)
    body += struct.pack("<I", len(shown)) + shown.encode("utf-16-le")
    target = (address + "\0").encode("utf-16-le")
    return xls_record(0x01B8, body + url + struct.pack("<I", len(target)) + target)


def make_ole(name: str, content: bytes) -> bytes:
    """A compound file with one stream."""
    sectors = max(8, -(-len(content) // 512))
    content = content.ljust(sectors * 512, b"\0")
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    table = [fat_mark, end, *range(3, sectors + 2), end]
    assert len(table) <= 128, "one sector of allocation table is enough for a test"
    table += [free] * (128 - len(table))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)

    def entry(title: str, kind: int, child: int, first: int, size: int) -> bytes:
        written = (title + "\0").encode("utf-16-le") if title else b""
        return (
            written.ljust(64, b"\0")
            + struct.pack("<HBB", len(written), kind, 1)
            + struct.pack("<III", free, free, child)
            + b"\0" * 36
            + struct.pack("<IQ", first, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(content))
    directory += entry("", 0, free, 0, 0) * 2
    return header + struct.pack("<128I", *table) + directory + content

"""xls: where its cells hold errors, which calamine reads as blanks. Only what that needs.

Compound file ([MS-CFB]) → stream "Workbook" → records ([MS-XLS]). Whatever is out of order ends
the search: calamine has read the file by then, and says itself what it cannot read.
"""

import struct
from collections.abc import Iterator

from ocop.lib.spreadsheets.cells import CellError

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
BOUND_SHEET, BOOL_OR_ERROR, END_OF_PART = 0x85, 0x0205, 0x0A
BEGINNINGS = {0x0009, 0x0209, 0x0409, 0x0809}
FORMULAS = {0x0006, 0x0206, 0x0406}
NO_SECTOR = 0xFFFFFFFA  # this and above are marks, not sectors
SMALLEST_STREAM = 4096
ENTRY = 128

Marks = dict[tuple[int, int], CellError]


def error_cells(data: bytes) -> list[Marks]:
    """For each worksheet in order: (row, column) from 1 → its error."""
    try:
        stream = _workbook_stream(data)
        return [_errors_from(stream, start) for start in _worksheet_starts(stream)]
    except (struct.error, IndexError):
        return []


def _workbook_stream(data: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return b""
    table: list[int] = []
    # The header lists 109 sectors of the table: enough for 7 MB of file.
    for sector in struct.unpack_from("<109I", data, 76):
        if sector < NO_SECTOR:
            table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], size)
    for start in range(0, len(directory) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", directory, start + 64)[0]
        name = directory[start : start + max(0, length - 2)].decode("utf-16-le", "replace")
        first, total = struct.unpack_from("<II", directory, start + 116)
        if name in ("Workbook", "Book") and total >= SMALLEST_STREAM:
            return _chain(data, table, first, size)[:total]
    return b""


def _chain(data: bytes, table: list[int], sector: int, size: int) -> bytes:
    parts = []
    for _ in range(len(table)):
        if sector >= len(table):
            break
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part, the parts nested in it (charts) left out."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind in BEGINNINGS:
            depth += 1
        elif kind == END_OF_PART:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _worksheet_starts(stream: bytes) -> list[int]:
    return [
        struct.unpack_from("<I", content)[0]
        for kind, content in _records(stream, 0)
        if kind == BOUND_SHEET and content[5] == 0
    ]


def _errors_from(stream: bytes, start: int) -> Marks:
    marks: Marks = {}
    for kind, content in _records(stream, start):
        code = None
        if kind == BOOL_OR_ERROR and content[7] == 1:
            code = content[6]
        elif kind in FORMULAS and content[6] == 2 and content[12:14] == b"\xff\xff":
            code = content[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", content)
            marks[row + 1, column + 1] = CellError(ERRORS.get(code, "#N/A"))
    return marks

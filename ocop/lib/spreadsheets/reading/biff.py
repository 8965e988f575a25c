"""xls: what calamine leaves out: errors, hidden rows, old fonts, links. Only what that needs.

Compound file ([MS-CFB]) → stream "Workbook" → records ([MS-XLS]). Whatever is out of order ends
the search: calamine has read the file by then, and says itself what it cannot read.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from ocop.lib.fonts import kind_of_font
from ocop.lib.spreadsheets.reading.cells import CellError

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
ROW, FONT, CELL_FORMAT, LINK = 0x0208, 0x31, 0xE0, 0x01B8
ROW_IS_HIDDEN = 0x20
LINK_TO, LINK_NAMED, LINK_IN_FRAME, LINK_AS_TEXT = 0x01, 0x10, 0x80, 0x100
WEB_TARGET = bytes.fromhex("E0C9EA79F9BACE118C8200AA004BA90B")
MAX_LINKS = 100_000
TEXT_CELLS = {0x00FD, 0x0204, 0x00D6}
BEGINNINGS = {0x0009, 0x0209, 0x0409, 0x0809}
FORMULAS = {0x0006, 0x0206, 0x0406}
FILE_PASS = 0x002F
NO_SECTOR = 0xFFFFFFFA  # this and above are marks, not sectors
SMALLEST_STREAM = 4096
ENTRY = 128
MAX_RECORDS = 200_000

Marks = dict[tuple[int, int], CellError]


@dataclass(slots=True)
class SheetExtras:
    """Of one worksheet, counted from 1: errors, fonts and what links lead to by (row, column),
    hidden rows."""

    errors: Marks = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)


def sheet_extras(data: bytes) -> list[SheetExtras]:
    """For each worksheet in order."""
    try:
        stream = _workbook_stream(data)
        fonts = _old_fonts(stream)
        return [_extras_from(stream, start, fonts) for start in _worksheet_starts(stream)]
    except (struct.error, IndexError):
        return []


def sheet_places(data: bytes, most: int) -> list[int]:
    """Where each sheet of any kind begins, as the workbook's list of sheets says; not more of
    them than `most`, and of a workbook with endless records those of the first ones."""
    try:
        records = islice(_records(_workbook_stream(data), 0), MAX_RECORDS)
        found = (
            struct.unpack_from("<I", content)[0] for kind, content in records if kind == BOUND_SHEET
        )
        return list(islice(found, most))
    except (struct.error, IndexError):
        return []


def is_encrypted(data: bytes) -> bool:
    """Whether the workbook's own records say that it opens with a password only."""
    try:
        return any(kind == FILE_PASS for kind, _content in _records(_workbook_stream(data), 0))
    except (struct.error, IndexError):
        return False


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


def _old_fonts(stream: bytes) -> dict[int, str]:
    """Number of a cell format → kind, where its font is of before Unicode."""
    kinds: list[str] = []
    of_formats: list[int] = []
    for kind, content in _records(stream, 0):
        if kind == FONT:
            kinds.append(kind_of_font(_font_name(content)))
        elif kind == CELL_FORMAT:
            of_formats.append(struct.unpack_from("<H", content)[0])
    # There is no font number 4: the fifth has number 5.
    by_number = {place + (place >= 4): kind for place, kind in enumerate(kinds)}
    named = {place: by_number.get(number, "") for place, number in enumerate(of_formats)}
    return {place: kind for place, kind in named.items() if kind}


def _font_name(content: bytes) -> str:
    length, flag = content[14], content[15]
    if flag == 1:
        return content[16 : 16 + 2 * length].decode("utf-16-le", "replace")
    # Excel 95 has no flag before the name.
    first = 16 if flag == 0 else 15
    return content[first : first + length].decode("cp1252", "replace")


def _extras_from(stream: bytes, start: int, fonts: dict[int, str]) -> SheetExtras:
    found = SheetExtras()
    for kind, content in _records(stream, start):
        code = None
        if kind == BOOL_OR_ERROR and content[7] == 1:
            code = content[6]
        elif kind in FORMULAS and content[6] == 2 and content[12:14] == b"\xff\xff":
            code = content[8]
        elif kind == ROW and content[12] & ROW_IS_HIDDEN:
            found.hidden_rows.add(struct.unpack_from("<H", content)[0] + 1)
        elif kind == LINK and len(found.links) < MAX_LINKS:
            with suppress(struct.error):  # one link out of order says nothing of the others
                row, _last, column = struct.unpack_from("<HHH", content)
                found.links[row + 1, column + 1] = _target(content)
        elif kind in TEXT_CELLS and fonts:
            row, column, style = struct.unpack_from("<HHH", content)
            if style in fonts:
                found.fonts[row + 1, column + 1] = fonts[style]
        if code is not None:
            row, column = struct.unpack_from("<HH", content)
            found.errors[row + 1, column + 1] = CellError(ERRORS.get(code, "#N/A"))
    return found


def _target(content: bytes) -> str:
    """What a link leads to ([MS-XLS] HLink, [MS-OSHARED] Hyperlink Object); "" where that is no
    address: a place in the workbook, a file, or out of order."""
    flags, place = struct.unpack_from("<I", content, 28)[0], 32
    for has in (LINK_NAMED, LINK_IN_FRAME):
        if flags & has:
            place += 4 + 2 * struct.unpack_from("<I", content, place)[0]
    if not flags & LINK_TO or place + 4 > len(content):
        return ""
    if flags & LINK_AS_TEXT:
        length = 2 * struct.unpack_from("<I", content, place)[0]
        place += 4
    elif content[place : place + 16] == WEB_TARGET:
        length = struct.unpack_from("<I", content, place + 16)[0]
        place += 20
    else:
        return ""
    text = content[place : place + length].decode("utf-16-le", "replace")
    return text.partition("\0")[0]

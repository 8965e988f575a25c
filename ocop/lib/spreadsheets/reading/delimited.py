"""Text files: which encoding, which separator, then rows."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from ocop.lib.fonts import is_legacy_text, legacy_kind, to_unicode
from ocop.lib.spreadsheets.reading.cells import CellValue, SheetContent
from ocop.lib.spreadsheets.reading.guard import BYTE_ORDER_MARKS
from ocop.lib.spreadsheets.reading.refusal import FileRefused, check_extent
from ocop.lib.spreadsheets.reading.values import plain_value, unquoted_text

SEPARATORS = (",", ";", "\t")
SAMPLE_ROWS = 200
DECLARED_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.I)
MAX_JUDGED_LENGTH = 200_000
MAX_FIELD_LENGTH = 1_000_000


def read_text(data: bytes, name: str, legacy: str = "") -> list[SheetContent]:
    """One sheet. Raises FileRefused `legacy_encoding` where the letters cannot be made out."""
    text = decode(data, legacy)
    if declared := DECLARED_SEPARATOR.match(text):
        text, separator = text[declared.end() :], declared[1]
    else:
        separator = sniff_separator(text)
    csv.field_size_limit(MAX_FIELD_LENGTH)
    content = SheetContent(name)
    try:
        for number, fields in enumerate(_rows(text, separator), 1):
            if cells := _cells(fields):
                check_extent(number, max(cells), name)
                content.rows.append((number, cells))
    except csv.Error as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    return [content]


def decode(data: bytes, legacy: str = "") -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else Windows-1258.

    With `legacy` (tcvn3, vni) what is no Unicode is read as typed in such a font. Without, text
    that looks like it is refused: `legacy_encoding`, its `kind` where that is known.
    """
    if data.startswith(BYTE_ORDER_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as problem:
            raise FileRefused("unreadable", reason="damaged") from problem
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if legacy:
        return _from_old_font(data, legacy)
    try:
        # Windows-1258 writes most tones as marks of their own: composed before judging.
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError as problem:
        raise _in_old_font(data) from problem
    if is_legacy_text(text):
        raise _in_old_font(data)
    return text


def _from_old_font(data: bytes, kind: str) -> str:
    try:
        return to_unicode(data.decode("cp1252"), kind)
    except UnicodeDecodeError as problem:
        raise FileRefused("legacy_encoding") from problem


def _in_old_font(data: bytes) -> FileRefused:
    kind = legacy_kind(data.decode("cp1252", "replace")[:MAX_JUDGED_LENGTH])
    return FileRefused("legacy_encoding", kind=kind) if kind else FileRefused("legacy_encoding")


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _cells(fields: list[str]) -> dict[int, CellValue]:
    cells: dict[int, CellValue] = {}
    for column, raw in enumerate(fields, 1):
        if raw and (value := plain_value(unquoted_text(raw))) is not None:
            cells[column] = value
    return cells


def sniff_separator(text: str) -> str:
    """The separator that cuts every row into one number of fields, else most rows into most."""
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[bool, float]:
    widths: Counter[int] = Counter()
    try:
        for number, fields in enumerate(_rows(text, separator)):
            if number >= SAMPLE_ROWS:
                break
            widths[len(fields)] += bool(fields)
    except csv.Error:
        return False, 0.0
    total = sum(widths.values())
    best = max((count * count * (width - 1) for width, count in widths.items()), default=0)
    even = max(widths.values(), default=0) == total and best > 0
    return even, best / max(total, 1)

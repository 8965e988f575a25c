"""Plain values of cells, the same from every file format."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from ocop.lib.spreadsheets.reading.cells import ERROR_TEXTS, CellError, CellValue
from ocop.lib.text import nfc, storable

MAX_EXACT_SIZE = 10**15


def plain_value(value: Any) -> CellValue | None:
    """Composed text, whole floats as int; None for a blank. Times of day become text."""
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        if value.is_integer() and abs(value) < MAX_EXACT_SIZE:
            return int(value)
        return value
    if isinstance(value, int | date | datetime | CellError):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _plain_text(value: str) -> CellValue | None:
    if value.isascii():
        if "\0" in value:
            value = storable(value)
        if not value or value.isspace():
            return None
        return CellError(value) if value[0] == "#" and value in ERROR_TEXTS else value
    composed = unicodedata.normalize("NFC", storable(value))
    # The first character nearly always settles that this is no mere zero-width space.
    if not composed:
        return None
    return composed if composed[0].isalnum() or nfc(composed) else None


FORMULA_SIGNS = r"=+\-@|\t\r＝＋－＠"
"""What a line of a text file's cell begins with where a spreadsheet may take it for a formula."""
LINE_STARTS = r"(?:\A|(?<=[\n\r\v\f\x85\u2028\u2029]))"
UNQUOTED_LINE = re.compile(rf"{LINE_STARTS}(?='*[{FORMULA_SIGNS}])")
QUOTED_LINE = re.compile(rf"{LINE_STARTS}'(?='*[{FORMULA_SIGNS}])")


def quoted_text(text: str) -> str:
    """The text with an apostrophe before each of its lines that looks like a formula."""
    return UNQUOTED_LINE.sub("'", text)


def unquoted_text(text: str) -> str:
    """The text that `quoted_text` was given."""
    return QUOTED_LINE.sub("", text) if "'" in text else text

"""Text as Excel's XML holds it."""

import re

from ocop.lib.spreadsheets.writing.writer import clean_text

LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def excel_text(text: str) -> str:
    """Without control characters; what only looks like Excel's escape of one stays as it is."""
    return LOOKS_ESCAPED.sub("_x005F_", clean_text(text))

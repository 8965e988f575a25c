"""Yes and no as ticked or written in a table."""

from typing import Any

from ocop.lib.errors import ReadingError
from ocop.lib.text import nfc

YES = {"x", "✓", "✔", "☑", "☒", "có", "co", "đã", "da", "đúng", "1", "true", "yes", "y", "v"}
NO = {"", "không", "khong", "chưa", "chua", "sai", "0", "–", "-", "—", "☐", "false", "no", "n"}


def parse_yes_no(value: Any) -> bool:
    """Blank is no. Raises ReadingError `unknown_value` for anything that is neither."""
    if value is None or isinstance(value, bool):
        return bool(value)
    word = nfc(str(value)).casefold().rstrip(".")
    if isinstance(value, int | float):
        word = str(int(value)) if value in (0, 1) else ""
        if not word:
            raise ReadingError("unknown_value", value=value)
    if word in YES:
        return True
    if word in NO:
        return False
    raise ReadingError("unknown_value", value=value)

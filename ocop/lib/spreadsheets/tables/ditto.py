"""Cells that say "as above" instead of repeating a value, and cells that say nothing.

Only what the text means; where it may stand for the value above is decided by who asks.
"""

import re
from typing import Any

from ocop.lib.text import nfc

# nt, n.t, n/t, -nt-; with and without diacritics, alone or followed by "như trên".
WORDS = re.compile(
    r"n\s?[./]?\s?t"
    r"|(?:như|nhu)\s(?:trên|tren)"
    r"|(?:tương|tuong)\s(?:tự|tu)(?:\s(?:như|nhu))?(?:\s(?:trên|tren))?"
    r"|(?:như|nhu)\s(?:dòng|dong|hàng|hang|ô|o)\s(?:trên|tren)"
    r"|(?:cùng|cung)\s(?:như|nhu)?\s?(?:trên|tren)"
    r"|ditto|do\.",
    re.I,
)
AROUND = " -–—.…:;,()[]*“”‘’_"
# Ditto marks: quotes and primes of every sort, doubled; slashes doubled.
MARKS = re.compile(
    r"(?:[\"”“„‟″〃＂〞〝]|['’‘′`´]{2}|[,‚]{2}|/{2})(?:\s*(?:[\"”“„‟″〃＂]|['’‘′]{2}|/{2}))*"
)
DASH = re.compile(r"[-‐‑‒–—―−－]{1,3}")
NONE = {
    *("không", "khong", "0", "không có", "khong co", "không tham gia", "khong tham gia"),
    *("chưa", "chua", "chưa có", "chua co", "chưa tham gia", "chua tham gia"),
}
MAX_LENGTH = 30
FIRST_LETTERS = frozenset("nNtTcCdD")
"""A text that begins with any other letter or with a digit refers to nothing: most cells do."""
LITERAL = "\u2060"
"""An invisible sign before a text that is to be taken as it stands; readers of names drop it."""


def may_stand_for_another(text: str) -> bool:
    """False for texts that are neither a dash nor refer to the cell above: nearly all, quickly."""
    first = text[:1]
    return len(text) <= MAX_LENGTH and (first in FIRST_LETTERS or not first.isalnum())


def means_same_as_above(value: Any) -> bool:
    """Whether a cell refers to the one above it: "nt", "n/t", "như trên", "-nt-", ″, //, 〃."""
    if not isinstance(value, str) or not value or len(value) > MAX_LENGTH:
        return False
    if value[0] == LITERAL or (value[0].isalnum() and value[0] not in FIRST_LETTERS):
        return False
    text = nfc(value)
    inner = text.strip("-–—−. ")
    if MARKS.fullmatch(text) or (inner and MARKS.fullmatch(inner)):
        return True
    stripped = text.strip(AROUND).strip("\"'/″〃").strip(AROUND)
    return WORDS.fullmatch(stripped) is not None


def is_dash(value: Any) -> bool:
    """Whether a cell holds nothing but a dash or two: -, –, —, --."""
    if not isinstance(value, str) or len(value) > MAX_LENGTH or value[:1] == LITERAL:
        return False
    if value[:1].isalnum():
        return False
    return DASH.fullmatch(nfc(value).replace(" ", "")) is not None


def means_none(value: Any) -> bool:
    """Whether a cell for a rank, a system, a floor or a link says that there is none: a dash,
    "không", 0."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return value == 0
    if not isinstance(value, str) or len(value) > MAX_LENGTH or value[:1] == LITERAL:
        return False
    return is_dash(value) or nfc(value).casefold().rstrip(" .") in NONE


def as_literal(text: str) -> str:
    """The text, told apart from "as above" and from a dash where it would be taken for one."""
    return LITERAL + text if means_same_as_above(text) or means_none(text) else text

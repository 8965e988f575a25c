"""Addresses taken apart: the units they name, each by its kind and its bare folded name."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ocop.lib.text import folded, nfc

KINDS = {
    "thanh pho": "thanh pho",
    "tp": "thanh pho",
    "thi xa": "thi xa",
    "tx": "thi xa",
    "huyen": "huyen",
    "h": "huyen",
    "thi tran": "thi tran",
    "tt": "thi tran",
    "phuong": "phuong",
    "p": "phuong",
    "xa": "xa",
    "x": "xa",
    "tinh": "tinh",
    "t": "tinh",
}
NAMES = re.compile(r"(?:phương|huyền)(?=\s)", re.I)
"""What begins names and is no kind, but for the diacritics: Xã Phương Thạnh, Xã Huyền Hội."""
DISTRICT_KINDS = {"thanh pho", "thi xa", "huyen"}
COMMUNE_KINDS = {"thi tran", "phuong", "xa"}
# "Ấp Chợ xã Phú Cần huyện Tiểu Cần": where commas are left out, the next kind begins a part.
PARTS = re.compile(
    r"[,;]| [-–] "
    r"|\s+(?=(?:(?<!thị )xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh)\s+\w)",
    re.I,
)
KIND_PATTERN = re.compile(rf"^({'|'.join(sorted(KINDS, key=len, reverse=True))})(?=\s|\d)\s*(.+)$")


def parts_of(text: str) -> list[str]:
    """ "Ấp Chợ", "xã Phú Cần", "huyện Tiểu Cần": what an address names, smallest first."""
    return [part.strip() for part in PARTS.split(nfc(text)) if part.strip()]


@dataclass(frozen=True)
class ParsedName:
    """A name taken apart: its kind ("huyen", "" where not written) and the bare folded name."""

    kind: str
    name: str


@lru_cache(maxsize=4096)
def parse_name(text: str) -> ParsedName:
    key = folded(text)
    match = KIND_PATTERN.match(key)
    if not match or NAMES.match(nfc(text)):
        return ParsedName("", _number(key))
    return ParsedName(KINDS[match[1]], _number(match[2]))


def bare_name(text: str) -> ParsedName:
    """The whole text as a name, though it begins like a kind."""
    return ParsedName("", _number(folded(text)))


def _number(name: str) -> str:
    """Ward numbers without leading zero: "01" is "1"; y read as i: "An Quy" is "An Qui"."""
    return str(int(name)) if name.isdigit() else name.replace("y", "i")

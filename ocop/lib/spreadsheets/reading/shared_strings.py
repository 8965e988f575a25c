"""xlsx: how long all texts are together, where cells share their strings."""

import re
from collections.abc import Mapping

from ocop.lib.spreadsheets.reading.refusal import MAX_TEXTS_SIZE, FileRefused

STRING = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
SHARED = (b't="s"', b"t='s'")
INDEX = re.compile(rb"\bt=[\"']s[\"'][^>]*>\s*<(?:[\w.-]+:)?v>\s*([0-9]{1,7})")


def check_texts(parts: Mapping[str, bytes]) -> None:
    """FileRefused where the cells hold more text than is read, a shared string counted for each
    cell: one of 30,000 letters in each of a million cells is a file of a few kilobytes."""
    strings = next((part for name, part in parts.items() if _is_strings(name)), b"")
    sheets = [part for part in parts.values() if any(sign in part for sign in SHARED)]
    lengths = [len(one) for one in STRING.split(strings)[1:]]
    cells = sum(part.count(sign) for part in sheets for sign in SHARED)
    if cells * max(lengths, default=0) <= MAX_TEXTS_SIZE:
        return
    whole = 0
    for part in sheets:
        for match in INDEX.finditer(part):
            place = int(match[1])
            whole += lengths[place] if place < len(lengths) else 0
            if whole > MAX_TEXTS_SIZE:
                raise FileRefused("too_large", reason="texts", limit=MAX_TEXTS_SIZE)


def _is_strings(name: str) -> bool:
    return name.lower() == "xl/sharedstrings.xml"

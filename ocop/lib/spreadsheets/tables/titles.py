"""The decision a list belongs to, as named in the lines above its header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ocop.lib.dates import parse_day
from ocop.lib.errors import ReadingError
from ocop.lib.text import folded, nfc

NUMBER = re.compile(
    r"(?:quy[ếe]t\s+[đd][ịi]nh|Q[ĐD])\s*(?:s[ốo])?\s*:?\s*"
    r"(\d{1,6}[a-z]?)\s*/\s*((?:\d{4}\s*/\s*)?Q[ĐD]\s*-\s*[A-ZĐ]+(?:\s*-\s*[A-ZĐ]+)*)",
    re.I,
)
DAY = re.compile(
    r"ng[àa]y\s+(\d{1,2}\s+th[áa]ng\s+\d{1,2}\s*,?\s+n[ăa]m\s+\d{4}"
    r"|\d{1,2}\s*([/.-])\s*\d{1,2}\s*\2\s*\d{4})(?!\d)",
    re.I,
)
ATTACHED = "kem theo"


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """`cell` is where the number stands; `day` is None where the line gives no full day."""

    number: str
    day: date | None
    cell: str


def find_decision(titles: Sequence[tuple[str, str]]) -> DecisionReference | None:
    """The decision the titles (cell name, text) say the list is attached to.

    A line "kèm theo" comes before any other; the day may stand on the line after the number.
    Lines that give reasons ("Căn cứ …") name other decisions and do not count.
    """
    found = []
    for place, (cell, text) in enumerate(titles):
        clean = nfc(text)
        match = NUMBER.search(clean)
        if not match or folded(clean).lstrip().startswith("can cu"):
            continue
        following = nfc(titles[place + 1][1]) if place + 1 < len(titles) else ""
        day = _day(clean[match.end() :]) or (
            _day(following) if not NUMBER.search(following) else None
        )
        number = re.sub(r"\s+", "", f"{match[1]}/{match[2]}").upper()
        reference = DecisionReference(number, day, cell)
        found.append((ATTACHED in folded(clean), day is not None, reference))
    if not found:
        return None
    return max(found, key=lambda each: each[:2])[2]


def _day(text: str) -> date | None:
    match = DAY.search(text)
    if not match:
        return None
    try:
        return parse_day(match[1])
    except ReadingError:
        return None

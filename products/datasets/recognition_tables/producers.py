"""Producer and address that stand in one cell (pure reading)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ocop.lib.producer_names import legal_form
from ocop.lib.spreadsheets.tables import names_decision
from ocop.lib.text import nfc

PLACE_WORD = (
    r"(?:ấp|khóm|tổ\s+\d|thôn|số\s+nhà|số\s+\d|đường|hẻm|khu\s+phố|kp\.?\s*\d|lô\s|quốc\s+lộ|ql\.?\s*\d"
    r"|khu\s+công\s+nghiệp|kcn|cụm\s+công\s+nghiệp|xã|phường|thị\s+trấn|thị\s+xã|huyện|thành\s+phố"
    r"|tỉnh|tt\.?\s|p\.\s*\w|tp\.?\s|tx\.?\s|địa\s+chỉ|đ/c|đc\s*:|trụ\s+sở)(?!\w)"
)
BEGINS_PLACE = re.compile(
    rf"\W*(?:{PLACE_WORD}|\d+[A-Z]?(?:/\d+\w*)*\s*,?\s+(?:đường|ấp|khóm))", re.I
)
BOUNDARY = re.compile(
    r"[\n\r]+|[,;]|\s[-–—]\s|[-–—](?=(?:ấp|khóm|xã|phường|thị\s+trấn|huyện)\s)|\(|(?<=\w):\s", re.I
)
SPACE_ONLY = re.compile(
    r"(?<!hợp tác)\s+(?=(?:ấp|khóm|xã(?!\s+hội)|phường|thị\s+trấn|huyện|thị\s+xã|thành\s+phố|tỉnh)"
    r"\s+\w)",
    re.I,
)
"""Where a place begins with no sign before it: perhaps it still belongs to the name."""
LABEL = re.compile(r"\W*(?:địa\s+chỉ|đ/c|đc|trụ\s+sở)\s*(?:sản\s+xuất)?\s*:?\s*", re.I)
TELEPHONE = re.compile(
    r"[,;(\n–-]?\s*(?:(?:số\s+)?(?:điện\s+thoại|đt|sđt|tel|hotline|liên\s+hệ)\s*[.:]?\s*)?"
    r"(?<!\d)(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)\)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ProducerPlace:
    """`clear` False: a place is named, but no sign says where the name ends; `producer` and
    `address` are what is likely then."""

    producer: str
    address: str
    clear: bool = True
    telephone: bool = False


def producer_and_place(text: str) -> ProducerPlace:
    """Split a cell at the first sign (line, comma, dash, bracket) that a place follows.

    "HTX Mẫu, ấp Chợ, xã Phú Cần" is HTX Mẫu in "ấp Chợ, xã Phú Cần". A cell that names no place
    has an empty address; one that begins with a place, no producer.
    """
    without = TELEPHONE.sub(" ", text)
    telephone = without != text
    for match in BOUNDARY.finditer(without):
        if BEGINS_PLACE.match(without[match.end() :]):
            producer, address = without[: match.start()], without[match.end() :]
            if BEGINS_PLACE.match(producer):
                break
            address = LABEL.sub("", address, count=1)
            clear = not SPACE_ONLY.search(nfc(producer))
            return ProducerPlace(_tidy(producer), _tidy(address), clear, telephone)
    if BEGINS_PLACE.match(without):
        return ProducerPlace("", _tidy(without), False, telephone)
    plain = nfc(without)
    if place := SPACE_ONLY.search(plain):
        producer, address = plain[: place.start()], plain[place.end() :]
        return ProducerPlace(_tidy(producer), _tidy(address), False, telephone)
    return ProducerPlace(_tidy(without), "", True, telephone)


OF_A_GROUP = re.compile(
    r"\W*(?:\d+|[IVXL]+|[A-Z])?[.)\s]*(?:tên\s+)?(?:chủ\s+thể|cơ\s+sở\s+sản\s+xuất|đơn\s+vị)"
    r"(?:\s+(?:sản\s+xuất|ocop))?\s*:\s*",
    re.I,
)
"""What a group row begins with that names a producer: "Chủ thể: …"."""
ENUMERATED = re.compile(r"^(?:[IVXLC]+|\d{1,2}|[A-ZĐ])\s*[.)/-]\s+")


@lru_cache(maxsize=512)
def producer_of_groups(groups: tuple[str, ...]) -> ProducerPlace | None:
    """The producer that the group row right above a row names, by "Chủ thể:" or by its legal form;
    None where that row names none: an earlier producer is not this row's. Rows that name a
    decision are no such rows."""
    text = next((one for one in reversed(groups) if not names_decision([one])), "")
    named = OF_A_GROUP.sub("", text, count=1)
    bare = ENUMERATED.sub("", named)
    if named == text and not legal_form(bare):
        return None
    found = producer_and_place(bare)
    return found if found.producer else None


def _tidy(text: str) -> str:
    lines = ", ".join(part for part in (nfc(line) for line in text.splitlines()) if part)
    tidy = lines.strip(" ,;:–—-.")
    return tidy.strip("()") if tidy.count("(") != tidy.count(")") else tidy

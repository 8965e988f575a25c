"""What one cell of a list of floors or traceability systems says. Pure reading.

Nothing is taken for a floor or a system that is not known by that name; what is left over is for
a person to say.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ocop.lib.spreadsheets.tables import as_literal, means_none
from ocop.lib.text import folded, nfc
from ocop.lib.yes_no import NO, YES

TICKS = YES | {
    *("đã tham gia", "có tham gia", "tham gia", "đã lên sàn", "lên sàn", "đang bán", "đã có"),
    *("có link", "có gian hàng", "có bán", "☑", "√", "+", "o", "ok"),
}
NO_SYSTEM = TICKS | {
    *("qr", "qr code", "qrcode", "mã qr", "mã qr code", "tem qr", "tem qr code", "tem", "có tem"),
    *("tem truy xuất", "tem truy xuất nguồn gốc", "tem txng", "tem điện tử", "tem thông minh"),
    *("đã dán tem", "dán tem", "có mã qr", "có qr", "mã vạch", "barcode", "truy xuất nguồn gốc"),
    *("có truy xuất", "đã truy xuất", "có truy xuất nguồn gốc", "txng", "tem qr truy xuất"),
}
"""What says that a product can be traced, and not in which system."""
DAMAGED_CODE = re.compile(r"\d(?:[.,]\d+)?\s*E\s*\+?\s*\d{1,3}", re.I)
LARGEST_EXACT = 10**15
"""A number of more digits has lost its last ones in a spreadsheet."""
LITERAL = as_literal("-")[:1]
"""Before a text that is to be taken as it stands."""
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
BETWEEN_LINKS = re.compile(r"[\s;|]+|,(?=\s|https?://)")
BETWEEN_NAMES = re.compile(r"\s*(?:[,;/\n\r+&]|\bvà\b|\bvới\b)\s*", re.I)
BRACKETED = re.compile(r"\([^()]*\)")
LEADING = re.compile(
    r"(?:(?:gian hang|trang|kenh|link|duong dan|website|app|ung dung|phan mem|nen tang) )?"
    r"(?:(?:tren|tai|cua) )?(?:(?:san|he thong|cong) )?"
    r"(?:(?:giao dich )?(?:thuong mai dien tu|tmdt|dien tu) |truy xuat(?: nguon goc)? |txng )?"
)
MAX_CELL_LENGTH = 5_000
MAX_IN_A_CELL = 50


def is_tick(value: Any) -> bool:
    """Whether a cell only says yes: x, ✓, có, 1, "đã tham gia"."""
    if isinstance(value, bool | int | float):
        return value == 1
    return isinstance(value, str) and nfc(value).casefold().rstrip(" .") in TICKS


def is_none(value: Any) -> bool:
    """Whether a cell says that there is none: blank, a dash, không, chưa, 0."""
    if value is None or value is False:
        return True
    if isinstance(value, str) and not value.startswith(LITERAL):
        return nfc(value).casefold().rstrip(" .") in NO or means_none(value)
    return means_none(value)


def names_no_system(value: Any) -> bool:
    return is_tick(value) or (
        isinstance(value, str) and nfc(value).casefold().rstrip(" .") in NO_SYSTEM
    )


def is_damaged_code(value: Any) -> bool:
    """Whether a spreadsheet made a number of a code and lost its digits: 8,9385E+12, or a number
    of more digits than it keeps."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return abs(value) >= LARGEST_EXACT or value != int(value)
    return isinstance(value, str) and DAMAGED_CODE.fullmatch(nfc(value)) is not None


# --- Links ----------------------------------------------------------------------------------------


def host_of(text: str) -> str:
    """ "https://www.voso.vn/x" → "voso.vn"; empty where the text is no address of a web page."""
    rest = text.strip()
    if any(sign.isspace() for sign in rest):
        return ""
    if (scheme := re.match(r"https?://", rest, re.I)) is not None:
        rest = rest[scheme.end() :]
    host = re.split(r"[/?#:]", rest, maxsplit=1)[0].lower().removeprefix("www.")
    return host if len(host) <= 253 and HOST.fullmatch(host) else ""


def links_in(text: str) -> list[str]:
    """The addresses in a cell, in their order, each once; words beside them are left out.

    One address, however long, is given as it stands.
    """
    if host_of(text):
        return [text.strip()]
    if len(text) > MAX_CELL_LENGTH:
        return []
    tokens = (token.strip("()<>[]\"'“”,.") for token in BETWEEN_LINKS.split(text))
    return list(dict.fromkeys(token for token in tokens if host_of(token)))[:MAX_IN_A_CELL]


# --- Names ----------------------------------------------------------------------------------------


class PlaceNames:
    """Floors or systems by their names, other spellings and web sites."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        """`spellings`: name → how it is written otherwise, web sites among them."""
        self.names: dict[str, str] = {}
        self.hosts: dict[str, str] = {}
        for name, others in spellings.items():
            for text in (name, *others):
                if key := folded(text):
                    self.names.setdefault(key, name)
                if host := host_of(text):
                    self.hosts.setdefault(host, name)

    def of(self, text: str) -> str:
        """The one that a text names, be it as "Sàn Voso (Viettel Post)"; empty for none."""
        if len(text) > MAX_CELL_LENGTH:
            return ""
        for written in (text, BRACKETED.sub(" ", text)):
            key = folded(written)
            if name := self.names.get(key) or self.names.get(LEADING.sub("", key, count=1)):
                return name
        return self.of_link(text)

    def of_title(self, text: str) -> str:
        """The one floor or system that a title says its list is of ("… LÊN SÀN POSTMART");
        empty where it names none or several."""
        key = f" {folded(text)} "
        found = {
            name
            for spelling, name in self.names.items()
            for lead in ("san", "san tmdt", "san thuong mai dien tu", "he thong", "phan mem")
            if f" {lead} {spelling.removeprefix('san ')} " in key
        }
        return found.pop() if len(found) == 1 else ""

    def of_link(self, link: str) -> str:
        """The one whose web site an address belongs to, its parts included; empty for none."""
        host = host_of(link)
        while host:
            if host in self.hosts:
                return self.hosts[host]
            host = host.partition(".")[2]
        return ""

    def parted(self, text: str, *, all_known: bool) -> list[str]:
        """The places that a cell lists, known ones by their names; [text] where it is to be taken
        as one. `all_known`: it lists several only where every one is known, else where one is."""
        if len(text) > MAX_CELL_LENGTH or self.of(text):
            return [text]
        pieces = links_in(text) if "://" in text else BETWEEN_NAMES.split(text)
        pieces = [piece.strip(" .-–") for piece in pieces if piece and piece.strip(" .-–")]
        names = [self.of(piece) for piece in pieces]
        known = sum(map(bool, names))
        if not 2 <= len(pieces) <= MAX_IN_A_CELL or known < (len(pieces) if all_known else 1):
            return [text]
        found = [name or piece for name, piece in zip(names, pieces, strict=True)]
        return list(dict.fromkeys(found))


def paired(names: list[str], links: list[str], known: PlaceNames) -> list[tuple[str, str]] | None:
    """Each name with its link, "" for none; None where a link is of none of them or two are of one.

    An address tells its floor; one that tells none belongs to the name that is left without any.
    """
    found = dict.fromkeys(names, "")
    left = []
    for link in links:
        name = known.of_link(link)
        if not name:
            left.append(link)
        elif found.get(name, "taken"):
            return None
        else:
            found[name] = link
    free = [name for name, link in found.items() if not link]
    if len(left) > 1 or (left and len(free) != 1):
        return None
    if left:
        found[free[0]] = left[0]
    return list(found.items())

"""What the cells and the title of a list of intellectual property rights say. Pure reading."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ocop.lib.dates import parse_day
from ocop.lib.errors import ReadingError
from ocop.lib.text import folded, nfc
from products import legal_terms
from products.choices import IPKind

GRANTED, PENDING, REFUSED, WITHDRAWN, CANCELLED, ENDED = (
    *("granted", "pending", "refused", "withdrawn"),
    *("cancelled", "ended"),
)
STATE_WORDS = {
    GRANTED: "Cấp bằng",
    PENDING: "Đang giải quyết",
    REFUSED: "Từ chối",
    WITHDRAWN: "Rút đơn",
    CANCELLED: "Hủy bỏ",
    ENDED: "Hết hạn",
}
"""One spelling of each that is read back as itself."""
# The first that fits: what denies comes before what it denies. Read in the folded text.
STATES = (
    (PENDING, r"(?:chua|dang|cho|sap)\b.*|.*\bdu dinh (?:cap|tu choi)\b.*"),
    (
        REFUSED,
        r"(?:da |bi |quyet dinh |thong bao )*(?:tu choi|khong cap)(?: (?:cap|bao ho|don).*)?",
    ),
    (WITHDRAWN, r"(?:da |bi |xin |coi nhu )*(?:rut|tu bo|bo don)(?: don)?.*"),
    (CANCELLED, r"(?:da |bi )*huy(?: bo)?(?: (?:hieu luc|van bang|bang|mot phan).*)?"),
    (ENDED, r"(?:da |bi )*(?:het han|het hieu luc|het thoi han|cham dut|dinh chi|mat hieu luc).*"),
    (
        GRANTED,
        r"(?:da |duoc )*(?:cap(?: (?:bang|van bang|gcn|giay chung nhan).*)?|bao ho|dang bao ho)"
        r"|con hieu luc|co hieu luc|(?:da )?duoc bao ho|da dang ky",
    ),
    (
        PENDING,
        r"(?:da )?(?:nop don|nop|tiep nhan|cong bo(?: don)?|tham dinh.*|chap nhan.*|hop le)"
        r"|(?:da )?(?:duoc )?chap nhan don.*",
    ),
)
IN_EFFECT = re.compile(r"dang (?:bao ho|co hieu luc|duoc bao ho)")
KIND_PATTERNS = (
    (IPKind.COLLECTIVE_MARK, r"nhan hieu tap the|\bnhtt\b"),
    (IPKind.CERTIFICATION_MARK, r"nhan hieu chung nhan|\bnhcn\b"),
    (
        IPKind.INTERNATIONAL_MARK,
        r"nhan hieu (?:dang ky )?quoc te|madrid|nhan hieu (?:ra )?nuoc ngoai",
    ),
    (IPKind.INDUSTRIAL_DESIGN, r"kieu dang(?: cong nghiep)?|\bkdcn\b"),
    (IPKind.UTILITY_SOLUTION, r"giai phap huu ich|\bgphi\b"),
    (IPKind.INVENTION, r"sang che"),
    (IPKind.GEOGRAPHICAL_INDICATION, r"chi dan dia ly|\bcddl\b"),
    (IPKind.TRADEMARK, r"nhan hieu(?: thong thuong| hang hoa)?"),
)
SUPPORT = re.compile(r"(?:nghi quyet|nq)(?: so)? 80\b(?: 2019)?")
NOT_YET = re.compile(
    r"de nghi|dang ky (?:ho tro|nhu cau)|du kien|ke hoach|de xuat|nhu cau|khong duoc|chua duoc"
    r"|co the"
)
DAY = re.compile(
    r"(?<![\d/.-])\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}(?![\d/])|(?<![\d/.-])\d{1,2}\.\d{1,2}\.\d{4}(?!\d)"
)
CERTIFICATE = re.compile(
    r"(?:gcn\w*|giấy chứng nhận|văn bằng|bằng)\s*(?:số)?\s*:?\s*(\d[\d-]{3,20}\d)(?![\d/.])", re.I
)
OTHER_NUMBER = re.compile(r"[0-9]{5,8}")
"""Numbers of international registrations, and of applications of before 2000."""
COUNTRY = re.compile(r"^\s*\(([A-Z]{2})\)\s*")
OWNER_AND_ADDRESS = re.compile(r"\s*:\s+|\s+:\s*")


@dataclass(frozen=True)
class OfTitle:
    """What a title says of all rights below it; `kinds`: those it names, in its order."""

    kinds: tuple[IPKind, ...] = ()
    supported: bool = False
    support_unclear: bool = False


def state(text: str) -> str:
    """The state that a cell names; empty where it names none that is known."""
    key = folded(nfc(text))
    if IN_EFFECT.fullmatch(key):
        return GRANTED
    return next((name for name, pattern in STATES if re.fullmatch(pattern, key)), "")


def kinds_in(text: str) -> tuple[IPKind, ...]:
    """The kinds that a text names, in its order; "nhãn hiệu" alone is the ordinary one."""
    rest, found = folded(nfc(text)), []
    for kind, pattern in KIND_PATTERNS:
        if match := re.search(pattern, rest):
            found.append((match.start(), kind))
            rest = re.sub(pattern, lambda one: " " * len(one[0]), rest)
    return tuple(kind for _place, kind in sorted(found))


def is_marks_only(text: str) -> bool:
    """Whether a text says "nhãn hiệu" without saying that they are ordinary ones."""
    key = folded(nfc(text))
    return kinds_in(text) == (IPKind.TRADEMARK,) and "thong thuong" not in key


def day_named(text: str) -> date | None:
    """The one full day that a text names ("Đã cấp GCN số 412345 ngày 10/01/2023")."""
    found = DAY.findall(nfc(text))
    if len(found) != 1:
        return None
    try:
        return parse_day(found[0])
    except ReadingError:
        return None


def certificate_named(text: str) -> str:
    """The number that a text gives of a certificate; empty for none."""
    match = CERTIFICATE.search(nfc(text))
    return match[1] if match else ""


def of_title(texts: Iterable[str]) -> OfTitle:
    """What the texts above a list say, taken together."""
    kinds: dict[IPKind, None] = {}
    supported = unclear = False
    for text in texts:
        kinds |= dict.fromkeys(kinds_in(text))
        words = folded(nfc(text))
        if SUPPORT.search(words) and "ho tro" in words:
            unclear = unclear or bool(NOT_YET.search(words))
            supported = True
    return OfTitle(tuple(kinds), supported and not unclear, supported and unclear)


def owner_and_address(text: str) -> tuple[str, str]:
    """The office writes "(VN) Hợp tác xã Mẫu : Ấp 1, xã …": the name and, after a colon, the
    address. A text that does not begin with a country's code is a name as it stands."""
    match = COUNTRY.match(text)
    if match is None:
        return text, ""
    name, *address = OWNER_AND_ADDRESS.split(text[match.end() :], maxsplit=1)
    return nfc(name), nfc(address[0]) if address else ""


def is_usual_number(number: str) -> bool:
    return legal_terms.application(number) is not None or bool(OTHER_NUMBER.fullmatch(number))


def codes_in(headers: Mapping[int, str], column: int | None) -> set[str]:
    """The codes of data elements in a column's header."""
    return set(re.findall(r"\d{2,3}", headers.get(column, ""))) if column else set()

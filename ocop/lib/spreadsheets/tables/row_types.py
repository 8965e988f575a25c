"""What the texts between and below the records of a Vietnamese table are: totals, groups, …"""

import re
from typing import Any

from ocop.lib.spreadsheets.reading import CellError
from ocop.lib.text import folded, nfc

# With the tones: "Cộng" is a total, "Công ty" a producer.
TOTAL = re.compile(
    r"(?:tổng\s+cộng|tổng\s+số|cộng|tổng\s+toàn\s+tỉnh)(?!\w|\s+đồng)"
    r"|(?:tổng|tong cong|tong so|tong|cong)\s*(?:[:\d(].*)?$"
    r"|\(?\s*(?:viết\s+)?bằng\s+chữ(?!\w)"
    r"|danh\s+sách\s+(?:này\s+|trên\s+)?(?:có|gồm|ấn\s+định)(?!\w)",
    re.I,
)
PAGE = re.compile(r"(?:trang|tr\.)\s*(?:số\s*)?\d+(?:\s*/\s*\d+)?|[-–—]\s*\d+\s*[-–—]", re.I)
SIGNATURE = re.compile(
    r"(?:kt|tm|tl|tuq|q|kt tm)\s"
    r"(?:chu tich|pho|uy ban|ubnd|giam doc|truong|ban|hoi dong|thu truong)"
    r"|(?:nguoi|can bo|bo phan)\s(?:lap|tong hop|kiem tra|thuc hien)"
    r"|(?:chu tich|pho chu tich|giam doc|pho giam doc|thu truong|thu truong don vi|truong phong"
    r"|pho truong phong|ke toan|xac nhan.*|noi nhan.*|nhu tren|luu vt.*|ky ten.*|da ky)$"
    r"|ky (?:ghi ro )?(?:va )?(?:dong dau |ghi ro )?ho ten|ky va ghi ro"
    r"|(?:[\w ]{2,30} )?ngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam(?: \d{0,4})?$"
)
FOOTNOTE = re.compile(r"(?:ghi chu|luu y|chu thich|chu giai)(?: |$)")
REFERENCE = re.compile(r"(?:(?:ban hanh )?kem theo|can cu)(?: cac)? (?:quyet dinh|qd) ")
ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
ENUMERATED = re.compile(r"(?:[IVXLC]+|[A-ZĐ])\s*[.)\-–/:]\s*\S")
UNIT = re.compile(
    r"(?:huyện|thị\s+xã|thành\s+phố|tp|tx|tỉnh|xã|phường|thị\s+trấn|khu\s+vực|cụm)(?:\s+|\.\s*)\w"
    r"|(?:huyen|thi xa|thanh pho|thi tran)\s+\w",
    re.I,
)
GROUP = re.compile(
    r"(?:danh\s+sách\s+)?(?:các\s+)?sản\s+phẩm\s+(?:ocop\s+)?(?:đạt|hạng|tiềm năng|\d)"
    r"|(?:đạt\s+hạng|hạng|đạt|ocop)\s+(?:tiềm năng\s+)?0?[3-5]\s+sao(?!\w)"
    r"|nhóm\s|ngành\s|bộ\s+sản\s+phẩm\s|(?:theo\s+)?quyết\s+định\s+(?:số\s*)?:?\s*\d",
    re.I,
)
NUMERIC = re.compile(r"[-+]?[\d.,\s]+(?:\s*(?:sản phẩm|sp|%|chủ thể|xã|huyện))?", re.I)
COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,2}|[A-Z])\s*\)?")


def is_numeric(value: Any) -> bool:
    """A number, a count in words ("28 sản phẩm") or a formula's failure: no text of its own."""
    if isinstance(value, str):
        return NUMERIC.fullmatch(nfc(value)) is not None
    return isinstance(value, int | float | CellError)


def is_total(text: str) -> bool:
    return TOTAL.match(nfc(text)) is not None


def is_page_number(text: str) -> bool:
    """As in "Trang 2/3" or "- 2 -"."""
    return PAGE.fullmatch(nfc(text)) is not None


def is_footnote(text: str) -> bool:
    return FOOTNOTE.match(folded(text)) is not None


def is_reference(text: str) -> bool:
    """As in "(Kèm theo Quyết định số …)": says which decision a list belongs to."""
    return REFERENCE.match(folded(text)) is not None


def is_signature(text: str) -> bool:
    """Signatures, places and days of signing, recipients, footnotes."""
    return is_footnote(text) or SIGNATURE.match(folded(text)) is not None


def is_group(text: str) -> bool:
    """As in "II. HUYỆN CÀNG LONG", "Thị xã Duyên Hải", "A. SẢN PHẨM 4 SAO"."""
    clean = nfc(text)
    return any(pattern.match(clean) for pattern in (ENUMERATED, UNIT, GROUP))


def is_enumerator(value: Any) -> bool:
    """A lone "IV" or "B", as stands in the index column beside a group's name."""
    text = nfc(value).rstrip(".)") if isinstance(value, str) else ""
    return bool(text) and (ROMAN.fullmatch(text) is not None or (len(text) == 1 and text.isupper()))


def are_column_numbers(values: list[Any]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" that some headers end with."""
    matches = [COLUMN_NUMBER.fullmatch(nfc(str(value))) for value in values]
    if len(values) < 3 or not all(matches):
        return False
    numbers = [int(match[1]) for match in matches if match and match[1].isdigit()]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))

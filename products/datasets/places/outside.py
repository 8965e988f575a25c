"""Places of the province that lie outside the area of Trà Vinh's plan.

Since 1/7/2025 Vĩnh Long has 124 communes, of which these come from Bến Tre and the former Vĩnh
Long (Nghị quyết 1687/NQ-UBTVQH15); they are no units here, and some bear the name of a commune that
Trà Vinh had before.
"""

import re
from collections.abc import Iterable
from datetime import date

from ocop.lib.text import folded

REFORM = date(2025, 7, 1)
COMMUNES = (
    *("Phường Phú Khương", "Phường An Hội", "Phường Sơn Đông", "Phường Bến Tre", "Xã Giao Long"),
    *("Xã Phú Túc", "Xã Tân Phú", "Phường Phú Tân", "Xã Tiên Thủy", "Xã Chợ Lách"),
    *("Xã Phú Phụng", "Xã Vĩnh Thành", "Xã Hưng Khánh Trung", "Xã Mỏ Cày", "Xã Phước Mỹ Trung"),
    *("Xã Tân Thành Bình", "Xã Đồng Khởi", "Xã Nhuận Phú Tân", "Xã An Định", "Xã Thành Thới"),
    *("Xã Hương Mỹ", "Xã Giồng Trôm", "Xã Lương Hòa", "Xã Lương Phú", "Xã Châu Hòa"),
    *("Xã Phước Long", "Xã Tân Hào", "Xã Hưng Nhượng", "Xã Bình Đại", "Xã Phú Thuận"),
    *("Xã Lộc Thuận", "Xã Châu Hưng", "Xã Thạnh Trị", "Xã Thạnh Phước", "Xã Thới Thuận"),
    *("Xã Ba Tri", "Xã Mỹ Chánh Hòa", "Xã Bảo Thạnh", "Xã Tân Xuân", "Xã An Ngãi Trung"),
    *("Xã An Hiệp", "Xã Tân Thủy", "Xã Thạnh Phú", "Xã Quới Điền", "Xã Đại Điền", "Xã Thạnh Hải"),
    *("Xã An Qui", "Xã Thạnh Phong", "Phường Long Châu", "Phường Phước Hậu", "Phường Tân Ngãi"),
    *("Xã An Bình", "Phường Thanh Đức", "Phường Tân Hạnh", "Xã Long Hồ", "Xã Phú Quới"),
    *("Xã Nhơn Phú", "Xã Bình Phước", "Xã Cái Nhum", "Xã Tân Long Hội", "Xã Trung Thành"),
    *("Xã Quới An", "Xã Quới Thiện", "Xã Trung Hiệp", "Xã Trung Ngãi", "Xã Hiếu Phụng"),
    *("Xã Hiếu Thành", "Xã Tam Bình", "Xã Cái Ngang", "Xã Hòa Hiệp", "Xã Song Phú", "Xã Ngãi Tứ"),
    *("Phường Cái Vồn", "Phường Bình Minh", "Xã Tân Lược", "Xã Mỹ Thuận", "Xã Tân Quới"),
    *("Phường Đông Thành", "Xã Trà Ôn", "Xã Hòa Bình", "Xã Trà Côn", "Xã Vĩnh Xuân"),
    *("Xã Lục Sĩ Thành"),
)
DISTRICTS = (
    *("Huyện Ba Tri", "Huyện Bình Tân", "Huyện Bình Đại", "Huyện Chợ Lách"),
    *("Huyện Giồng Trôm", "Huyện Long Hồ", "Huyện Mang Thít", "Huyện Mỏ Cày Bắc"),
    *("Huyện Mỏ Cày Nam", "Huyện Tam Bình", "Huyện Thạnh Phú", "Huyện Trà Ôn", "Huyện Vũng Liêm"),
    *("Thành phố Bến Tre", "Thành phố Vĩnh Long", "Thị xã Bình Minh"),
)
KIND = re.compile(r"^(?:xa|phuong|thi tran|huyen|thi xa|thanh pho) ")
OTHER_PROVINCE = re.compile(r"\btinh (\w+ \w+)")
SHORT = {
    "p": "phuong",
    "tt": "thi tran",
    "x": "xa",
    "h": "huyen",
    "tx": "thi xa",
    "tp": "thanh pho",
}
_communes = {folded(name) for name in COMMUNES}
_bare = {KIND.sub("", folded(name)) for name in (*COMMUNES, *DISTRICTS)}
_all = _communes | {folded(name) for name in DISTRICTS}


def lies_outside(text: str, provinces: Iterable[str]) -> bool:
    """Whether a place that is none of the units' names one of the others: by its kind ("Phường
    Long Châu", "huyện Mang Thít"), as a bare name alone, or another province than `provinces`."""
    key = _written_out(text)
    if key in _bare or any(f" {name} " in f" {key} " for name in _all):
        return True
    own = {folded(name).removeprefix("tinh ") for name in provinces}
    return any(match[1] not in own for match in OTHER_PROVINCE.finditer(key))


def is_other_commune(text: str, day: date | None) -> bool:
    """Whether a commune named alone is, since the reform, one that does not come from Trà Vinh."""
    if day is None or day < REFORM:
        return False
    key = _written_out(text)
    return key in _communes or (not KIND.match(key) and key in _bare)


def _written_out(text: str) -> str:
    return " ".join(SHORT.get(word, word) for word in folded(text).split())

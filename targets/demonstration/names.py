"""Places and product sets out of the reference files, and made-up names that read as such."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"

MERGED_AWAY = {("842", "Phường 2"), ("842", "Phường 6")}
"""Wards that ended with 2024; nobody lives there here, so that later rows still find a place."""


class DemoProducerKind(NamedTuple):
    text: str
    name: str


KINDS = {
    "C": DemoProducerKind("Hợp tác xã", "HTX nông nghiệp minh họa số {:02}"),
    "T": DemoProducerKind("Tổ hợp tác", "Tổ hợp tác minh họa số {:02}"),
    "Y": DemoProducerKind("Công ty", "Công ty TNHH minh họa số {:02}"),
    "E": DemoProducerKind("Doanh nghiệp", "Doanh nghiệp tư nhân minh họa số {:02}"),
    "H": DemoProducerKind("Hộ kinh doanh", "Hộ kinh doanh minh họa số {:02}"),
}

FOOD = {
    1: "Bưởi da xanh",
    2: "Tôm sú tươi",
    3: "Gạo thơm",
    4: "Mật hoa dừa",
    5: "Bún nước lèo ăn liền",
    6: "Bánh tét",
    7: "Mứt dừa sáp",
    8: "Tôm khô",
    9: "Nước mắm rươi",
    10: "Muối ớt",
    12: "Trà thảo mộc",
    13: "Ca cao dừa",
    14: "Rượu gạo",
    15: "Rượu dừa",
    17: "Nước dừa đóng chai",
}
OFTEN = (7, 8, 6, 3, 1, 7, 8, 9, 17, 4, 7, 2, 10, 8, 5, 12, 6, 13, 14, 7, 15)
"""Numbers of the food and drink sets in the order products take them; some come more often."""

OTHER = {
    18: "Cao dược liệu",
    19: "Dầu dưỡng da từ dừa",
    20: "Tinh dầu sả",
    21: "Thảm xơ dừa",
    22: "Khăn dệt",
    23: "Hoa lan",
    24: "Dừa kiểng",
    26: "Điểm du lịch cộng đồng",
}
STEMS = FOOD | OTHER


class DemoDistrict(NamedTuple):
    code: str
    name: str
    communes: tuple[str, ...]


def _read(name: str) -> Any:
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


@cache
def districts() -> dict[str, DemoDistrict]:
    """Districts by code, with the communes that made-up producers may be in."""
    found = {}
    for entry in _read("units")["districts"]:
        code = entry["code"]
        communes = [name for _code, name in entry["communes"] if (code, name) not in MERGED_AWAY]
        found[code] = DemoDistrict(code, entry["name"], tuple(communes))
    return found


@cache
def set_names() -> dict[int, str]:
    return {entry["number"]: entry["name"] for entry in _read("product-sets")}

"""Records that wait for verification: entered by a district's officer, counted only in previews."""

from datetime import date
from typing import Any

KINDS = ("Mứt dừa", "Bánh tét", "Gạo thơm")


def waiting() -> list[dict[str, Any]]:
    """Three recognitions of Càng Long that nobody has verified yet."""
    return [
        {
            "Tên sản phẩm": f"{kind} minh họa chờ duyệt {number:02}",
            "Chủ thể": f"Hộ kinh doanh minh họa chờ duyệt số {number:02}",
            "Loại hình": "Hộ kinh doanh",
            "Xã": "Xã Huyền Hội",
            "Huyện": "Huyện Càng Long",
            "Hạng sao": "3 sao",
            "Số quyết định": "9098/QĐ-UBND",
            "Ngày quyết định": date(2025, 12, 22),
        }
        for number, kind in enumerate(KINDS, start=1)
    ]

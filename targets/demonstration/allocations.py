"""What each district took over of the yearly targets."""

from typing import Any

from targets.demonstration.names import districts

NEW_PRODUCTS = {
    2022: (4, 3, 3, 2, 3, 3, 2, 1, 2),
    2023: (4, 4, 3, 2, 3, 3, 2, 2, 2),
    2024: (4, 3, 3, 3, 3, 3, 2, 2, 2),
    2025: (4, 3, 3, 2, 4, 3, 2, 2, 2),
}
"""By district in the order of their codes. 2022 leaves two of the 25 with nobody."""

TRADEMARKS = {
    2022: (2, 0, 1, 0, 2, 0, 0, 0, 1),
    2023: (3, 2, 2, 1, 2, 0, 1, 0, 1),
    2024: (3, 2, 2, 1, 3, 0, 1, 0, 2),
    2025: (3, 2, 2, 1, 2, 0, 1, 0, 1),
}
"""Some districts took on trademarks; a 0 is no row."""


def allocations() -> list[dict[str, Any]]:
    tables = {"OCOP-NEW": NEW_PRODUCTS, "IP-TRADEMARK": TRADEMARKS}
    return [
        {
            "Mã chỉ tiêu": code,
            "Huyện": district.name,
            "Năm": year,
            "Chỉ tiêu giao": number,
            "Số văn bản": f"{9500 + year - 2000}/KH-UBND",
        }
        for code, years in tables.items()
        for year, numbers in years.items()
        for district, number in zip(districts().values(), numbers, strict=True)
        if number
    ]

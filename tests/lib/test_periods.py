"""Texts that say no day but between which days it lies."""

from datetime import date
from typing import Any

from ocop.lib.periods import Period, period_of, period_within
from tests.support.cases import every_case

MAY = (date(2023, 5, 1), date(2023, 5, 31))
SECOND = (date(2023, 4, 1), date(2023, 6, 30))
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


@every_case(
    "cell, days",
    [
        ("2023", YEAR), (2023, YEAR), (2023.0, YEAR), ("năm 2023", YEAR), ("Cuối năm 2023", YEAR),
        ("Tháng 5/2023", MAY), ("tháng 05 năm 2023", MAY), ("5/2023", MAY), ("05.2023", MAY),
        ("2023-05", MAY), ("T5/2023", MAY), ("5/23", MAY), ("tháng 5/23", MAY),
        ("tháng 5, năm 2023", MAY), ("ngày … tháng 5 năm 2023", MAY), ("đầu tháng 5/2023", MAY),
        ("quý II/2023", SECOND), ("Quý 2 năm 2023", SECOND), ("Q2/2023", SECOND),
        ("QUÝ II-2023", SECOND), ("6 tháng đầu năm 2023", (date(2023, 1, 1), date(2023, 6, 30))),
        ("5/6/22", (date(2022, 6, 5), date(2022, 6, 5))),
        ("ngày 5 tháng 6 năm 22", (date(2022, 6, 5), date(2022, 6, 5))),
        ("31/2/22", None), ("22/8/2022", None), ("tháng 5", None), ("5/10", None),
        ("13/2023", None), ("quý V/2023", None), ("1850", None), (44795, None), (20.5, None),
        (True, None), (None, None),
        ("chưa có", None), ("trước năm 2023", None), ("2023 " * 90, None), ("quý II", None),
    ],
)  # fmt: skip
def test_a_period_is_read_from_a_cell(cell: Any, days: Any) -> None:
    assert period_of(cell) == (days and Period(*days))


@every_case(
    "title, days",
    [
        ("DANH SÁCH SẢN PHẨM OCOP THAM GIA SÀN TMĐT NĂM 2023", YEAR),
        ("Kết quả quý II/2023 (kế hoạch năm 2023)", SECOND),
        ("Tham gia sàn TMĐT tháng 5 năm 2023", MAY),
        ("Từ năm 2022 đến năm 2023", None),
        ("Theo Nghị quyết 80/2019/NQ-HĐND", None),
        ("", None),
    ],
)
def test_a_title_names_one_period_or_none(title: str, days: Any) -> None:
    assert period_within(title) == (days and Period(*days))

"""Days as people write them."""

from datetime import date, datetime

import pytest

from ocop.lib.dates import add_months, parse_day
from ocop.lib.errors import ReadingError
from tests.support.cases import every_case


@every_case(
    "day, months, expected",
    [
        (date(2022, 8, 22), 36, date(2025, 8, 22)),
        (date(2022, 8, 31), 36, date(2025, 8, 31)),
        (date(2022, 12, 31), 2, date(2023, 2, 28)),
        (date(2022, 12, 31), 14, date(2024, 2, 29)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2022, 3, 31), -1, date(2022, 2, 28)),
        (date(2022, 1, 15), 0, date(2022, 1, 15)),
    ],
)
def test_months_are_added_and_a_31st_falls_back(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@every_case(
    "written",
    [
        date(2022, 6, 5),
        datetime(2022, 6, 5, 10, 30),
        "5/6/2022",
        "05/06/2022",
        "05 / 06 / 2022",
        "5-6-2022",
        "5.6.2022",
        "2022-06-05",
        "2022-06-05 00:00:00",
        "2022-06-05T00:00:00",
        "05/06/2022 0:00:00",
        "ngày 5 tháng 6 năm 2022",
        "Ngày 05 tháng 06 năm 2022",
        "5 tháng 6, năm 2022",
        "ngày 5/6/2022",
        " 5/6/2022\u00a0",
        "nga\u0300y 5 tha\u0301ng 6 na\u0306m 2022",
    ],
)
def test_a_day_is_read_day_before_month(written: object) -> None:
    assert parse_day(written) == date(2022, 6, 5)


@every_case(
    "written",
    [
        "5/6/22",
        "05-06-22",
        "6/2022",
        "06/2022",
        "tháng 6/2022",
        "tháng 6 năm 2022",
        "2022",
        2022,
        2022.0,
        "5/6",
        "ngày 5 tháng 6",
        "năm 2022",
        "2022-06",
        "quý II/2022",
        "ngày 5 tháng 6 năm 22",
        "ngày   tháng 6 năm 2022",
    ],
)
def test_an_incomplete_day_is_ambiguous(written: object) -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_day(written)
    assert refusal.value.code == "ambiguous_date"


@every_case(
    "written",
    [
        "31/02/2023",
        "12/30/2022",
        "32/1/2022",
        "29/2/2023",
        "hôm qua",
        "",
        "5/6-2022",
        True,
        None,
        44795,
        1.5,
        "1/1/0022",
        "5/6/20222",
        date(1899, 12, 31),
        "x" * 5000,
        "٥/٦/٢٠٢٢x",
    ],
)
def test_what_is_no_day_is_invalid(written: object) -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_day(written)
    assert refusal.value.code == "invalid_date"

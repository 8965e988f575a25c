"""What became of a place, and what it was made of: the units of any day."""

from datetime import date

import pytest

from ocop.organisation.models import Unit
from ocop.organisation.succession import Succession, commune_of_today
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
OLD, NEW = date(2023, 5, 1), date(2025, 11, 20)


def unit(code: str, day: date) -> Unit:
    return Unit.objects.valid_at(day).get(code=code)


@every_case(
    "code, of, day, expected",
    [
        # Itself while it exists; then what it went to, by way of a merger before the reform too.
        ("29245", OLD, date(2024, 12, 31), ["Phường 2"]),
        ("29245", OLD, date(2025, 1, 1), ["Phường 3"]),
        ("29245", OLD, NEW, ["Phường Trà Vinh"]),
        ("29266", OLD, NEW, ["Xã Càng Long"]),
        # Backwards: what it was made of, on the day.
        ("29410", NEW, OLD, ["Xã Hòa Minh"]),
        ("29530", NEW, OLD, ["Xã Thạnh Hòa Sơn", "Xã Ngũ Lạc"]),
        ("29242", NEW, date(2025, 1, 1), ["Phường 1", "Phường 3", "Phường 9"]),
        # Split ones went to several.
        ("29821", OLD, NEW, ["Xã Ngãi Tứ", "Xã Trà Ôn"]),
        # Districts had no successor.
        ("844", OLD, NEW, []),
    ],
)
def test_the_units_that_hold_a_places_territory_on_a_day(
    code: str, of: date, day: date, expected: list[str]
) -> None:
    succession, place = Succession.read(), unit(code, of)
    found = succession.on(place, day)
    assert sorted(one.name for one in found) == sorted(expected)
    one = succession.commune_on(place, day)
    alone = len(found) == 1 and place.level == "commune"
    assert (one.name if one else None) == (expected[0] if alone else None)


@every_case(
    "code, of, expected",
    [
        ("29266", OLD, ["844"]),
        ("29266", NEW, ["844"]),
        ("844", OLD, ["844"]),
        ("29530", NEW, ["848", "850"]),
        ("29254", NEW, ["842", "847"]),
        ("29398", NEW, ["842", "847"]),
        # Outside the plan's area there is none.
        ("29602", NEW, []),
        ("857", OLD, []),
        ("84", OLD, []),
    ],
)
def test_the_districts_of_the_plan_of_a_place(code: str, of: date, expected: list[str]) -> None:
    succession = Succession.read()
    assert [one.code for one in succession.districts_of(unit(code, of))] == expected


def test_every_commune_of_tra_vinh_lies_in_one_district_but_three() -> None:
    succession = Succession.read()
    communes = Unit.objects.valid_at(NEW).filter(level="commune")
    within = {one.name: succession.districts_of(one) for one in communes}
    assert sum(bool(found) for found in within.values()) == 41
    several = sorted(name for name, found in within.items() if len(found) > 1)
    assert several == ["Phường Hòa Thuận", "Phường Nguyệt Hóa", "Xã Ngũ Lạc"]


def test_reading_all_of_it_takes_three_queries(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        succession = Succession.read()
        for one in succession.units.values():
            succession.districts_of(one), succession.on(one, NEW)


def test_the_commune_of_today_of_a_split_commune_is_not_guessed() -> None:
    assert commune_of_today(unit("29821", OLD)) is None
    assert commune_of_today(unit("29458", OLD)) == unit("29530", NEW).pk
    assert commune_of_today(unit("844", OLD)) is commune_of_today(None) is None

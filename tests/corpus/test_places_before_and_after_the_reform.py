"""Every old and every new commune: the unit of that name on the day of the decision."""

from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit, UnitSuccession
from ocop.organisation.unit_names import UnitNameError, UnitNames
from products.models import Product
from tests.imports.workbooks import imported, places

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
HEAD = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Ngày quyết định"]


def old_communes() -> list[Unit]:
    districts = Unit.objects.districts_of_plans()
    found = Unit.objects.filter(level="commune", parent__in=districts, valid_to=BEFORE)
    return list(found.select_related("parent"))


def new_communes() -> list[Unit]:
    return list(Unit.objects.filter(pk__in={heir for one in old_communes() for heir in heirs(one)}))


def heirs(unit: Unit) -> list[int]:
    return list(unit.successors.values_list("pk", flat=True))


def districts_of(unit: Unit) -> set[str]:
    former = UnitSuccession.objects.filter(successor=unit).select_related("predecessor__parent")
    return {str(one.predecessor.parent) for one in former}


def test_there_are_as_many_communes_as_the_resolution_names() -> None:
    assert (len(old_communes()), len(new_communes())) == (104, 41)


def test_an_old_communes_address_is_that_commune_up_to_the_last_day_of_districts() -> None:
    names, wrong = UnitNames.read(), []
    for unit in old_communes():
        address = f"Ấp 1, {unit.name}, {unit.parent}, tỉnh Trà Vinh"
        for found in (
            names.address(address, BEFORE),
            (names.commune(unit.name, unit.parent, BEFORE), unit.parent),  # type: ignore[arg-type]
        ):
            if found != (unit, unit.parent):
                wrong.append((address, found))
    assert wrong == []


def test_a_name_written_with_its_district_after_the_reform_is_todays_commune_of_that_name() -> None:
    names, wrong = UnitNames.read(), []
    for unit in old_communes():
        assert unit.parent is not None
        namesakes = [
            one
            for one in new_communes()
            if one.name == unit.name and str(unit.parent) in districts_of(one)
        ]
        expected = namesakes[0] if namesakes else unit
        found = names.address(f"Ấp 1, {unit.name}, {unit.parent}", AFTER)
        if found != (expected, unit.parent):
            wrong.append((str(unit), found))
    assert wrong == []


def test_a_new_communes_address_needs_no_district_unless_it_lies_across_two() -> None:
    names, wrong, across = UnitNames.read(), [], {}
    for unit in new_communes():
        districts = districts_of(unit)
        for address in (
            f"Ấp 1, {unit.name}, tỉnh Vĩnh Long",
            f"Ấp 1, {unit.name}, Vĩnh Long",
            unit.name,
        ):
            try:
                commune, district = names.address(address, AFTER)
            except UnitNameError as error:
                across[unit.name] = sorted(str(one) for one in error.districts)
                if set(across[unit.name]) != districts or len(error.districts) != len(districts):
                    wrong.append((address, error))
                continue
            if commune != unit or {str(district)} != districts:
                wrong.append((address, commune, district))
    assert wrong == []
    assert across == {
        "Phường Hòa Thuận": ["Huyện Châu Thành", "Thành phố Trà Vinh"],
        "Phường Nguyệt Hóa": ["Huyện Châu Thành", "Thành phố Trà Vinh"],
        "Xã Ngũ Lạc": ["Huyện Cầu Ngang", "Huyện Duyên Hải"],
    }


def test_a_new_communes_name_before_the_reform_is_the_old_commune_of_that_name() -> None:
    names, wrong = UnitNames.read(), []
    for unit in new_communes():
        namesakes = [one for one in old_communes() if one.name == unit.name]
        if len(namesakes) != 1:
            continue
        (old,) = namesakes
        found = names.address(f"{old.name}, {old.parent}, tỉnh Trà Vinh", BEFORE)
        if found != (old, old.parent):
            wrong.append((str(old), found))
    assert wrong == []


def place_of(product: str) -> tuple[str, str, str]:
    found = Product.objects.get(name=product)
    return found.place.code, str(found.place.valid_from.year), found.district.code


@pytest.mark.parametrize("column", ["Xã/phường", "Địa chỉ"])
def test_an_imported_place_is_the_unit_of_the_decisions_day(column: str) -> None:
    head = ["TT", "Tên sản phẩm", "Chủ thể", column, "Hạng sao", "Ngày quyết định"]
    rows = [
        [1, "Mật cũ", "HTX A", "Xã Tam Ngãi", "4 sao", "30/6/2025"],
        [2, "Mật mới", "HTX B", "Xã Tam Ngãi", "4 sao", "1/7/2025"],
        [3, "Khô", "HTX C", "Phường Trà Vinh", "3 sao", "30/12/2025"],
    ]
    outcome = imported("recognitions", [head, *rows])
    assert (outcome.verdict, outcome.created) == ("accepted", 3), outcome.errors
    assert [place_of(name)[1:] for name in ("Mật cũ", "Mật mới", "Khô")] == [
        *(("2015", "845"), ("2025", "845"), ("2025", "842")),
    ]


@pytest.mark.parametrize("column", ["Xã/phường", "Địa chỉ"])
def test_a_commune_across_two_districts_is_asked_about_once(column: str) -> None:
    head = ["TT", "Tên sản phẩm", "Chủ thể", column, "Hạng sao", "Ngày quyết định"]
    rows: list[list[Any]] = [
        [n, f"Khô {n}", f"Hộ {n}", "Phường Nguyệt Hóa", "3 sao", "30/12/2025"] for n in (1, 2)
    ]
    outcome = imported("recognitions", [head, *rows])
    assert places(outcome.errors) == [("ambiguous_unit", "D2"), ("ambiguous_unit", "D3")]
    (question,) = outcome.questions
    labels = sorted(one["label"] for one in question.choices)
    assert (question.kind, question.cells) == ("district", ["D2", "D3"])
    assert labels == ["Là Huyện Châu Thành", "Là Thành phố Trà Vinh"]
    answer = {question.id: "same:Huyện Châu Thành"}
    assert imported("recognitions", [head, *rows], answers=answer).created == 2
    assert place_of("Khô 1")[1:] == place_of("Khô 2")[1:] == ("2025", "847")


def test_a_name_of_several_districts_is_asked_about_with_each_district_once() -> None:
    head = ["TT", "Tên sản phẩm", "Chủ thể", "Xã", "Hạng sao", "Ngày quyết định"]
    row = [1, "Khô", "Hộ 1", "Phường 1", "3 sao", "30/12/2024"]
    outcome = imported("recognitions", [head, row])
    (question,) = outcome.questions
    assert sorted(one["id"] for one in question.choices) == [
        *("same:Thành phố Trà Vinh", "same:Thị xã Duyên Hải"),
    ]

"""Every old and every new commune: the unit of that name on the day of the decision."""

from datetime import date
from typing import Any

import pytest

from ocop.imports import DATASETS
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


def test_a_workbook_with_every_commune_puts_each_product_where_it_belongs() -> None:
    """41 communes decided since the reform in the new way, 104 decided in 2023 in the old way."""
    rows: list[list[Any]] = []
    expected: dict[str, tuple[Unit, set[str], Unit]] = {}

    def add(unit: Unit, address: str, day: str, today: Unit, districts: set[str]) -> None:
        name = f"Sản phẩm {chr(97 + len(rows) // 26)}{chr(97 + len(rows) % 26)} thử"
        rows.append([len(rows) + 1, name, f"HTX {name}", address, "3 sao", day])
        expected[name] = (unit, districts, today)

    for unit in new_communes():
        add(unit, f"Ấp 1, {unit.name}, tỉnh Vĩnh Long", "20/11/2025", unit, districts_of(unit))
    for unit in old_communes():
        (today,) = unit.successors.all()
        add(unit, f"Ấp 1, {unit.name}, {unit.parent}", "5/6/2023", today, {str(unit.parent)})
    outcome = imported("recognitions", [HEAD, *rows])
    assert {one.kind for one in outcome.questions} == {"district"}
    answers = {one.id: str(one.choices[0]["id"]) for one in outcome.questions}
    assert len(answers) == 3
    outcome = imported("recognitions", [HEAD, *rows], answers=answers)
    assert (outcome.verdict, outcome.created) == ("accepted", 145), outcome.errors[:3]
    wrong = [
        (product.name, product.place, product.district, product.commune)
        for product in Product.objects.select_related("place", "district", "commune")
        if (product.place, product.commune) != expected[product.name][::2]
        or str(product.district) not in expected[product.name][1]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("place", "day", "told"),
    [
        ("xã Long Hồ, tỉnh Vĩnh Long", "20/11/2025", "outside"),
        ("xã Quới Sơn, huyện Châu Thành, tỉnh Bến Tre", "5/6/2023", "outside"),
        ("Phường An Hội", "20/11/2025", "outside"),
        ("xã An Quy, huyện Thạnh Phú, Bến Tre", "5/6/2023", "outside"),
    ],
)
def test_a_place_of_the_other_old_provinces_is_told_as_outside(
    place: str, day: str, told: str
) -> None:
    outcome = imported("recognitions", [HEAD, [1, "Khô", "HTX A", place, "3 sao", day]])
    assert [(one.code, one.cause) for one in outcome.errors] == [("unknown_unit", told)]


def test_hoa_and_vinh_kim_are_found_however_they_are_written() -> None:
    names, wrong = UnitNames.read(), []
    for text, day, code in (
        *(("xã Hoà Minh, tỉnh Vĩnh Long", AFTER, "29410"), ("xã Hòa Minh", BEFORE, "29410")),
        *(("Xã Vĩnh Kim", AFTER, "29431"), ("Vinh Kim, Cầu Ngang", BEFORE, "29431")),
        *(("xa Vinh Kim, Vinh Long", AFTER, "29431"), ("P. Nguyệt Hoá", BEFORE, None)),
    ):
        try:
            found, _district = names.address(text, day)
        except UnitNameError:
            found = None
        if (found.code if found else None) != code or (found and not found.exists_on(day)):
            wrong.append((text, found))
    assert wrong == []


def test_what_is_exported_comes_in_again_unchanged() -> None:
    rows = [
        [1, "Mật cũ", "HTX A", "Xã Tân An", "Càng Long", "4 sao", "30/6/2024"],
        [2, "Mật mới", "HTX B", "Xã Ngũ Lạc", "Huyện Cầu Ngang", "4 sao", "1/8/2025"],
    ]
    head = [*HEAD[:3], "Xã", "Huyện", *HEAD[4:]]
    again = [1, "Mật cũ", "HTX A", "Xã Tân An", "Càng Long", "3 sao", "30/11/2025"]
    assert imported("recognitions", [head, *rows, again]).verdict == "accepted"
    exported = DATASETS["recognitions"]().export()
    places_of = {(one["Tên sản phẩm"], one["Xã"], one["Huyện"]) for one in exported.dict}
    assert places_of == {
        ("Mật cũ", "Xã Tân An", "Huyện Càng Long"),
        ("Mật mới", "Xã Ngũ Lạc", "Huyện Cầu Ngang"),
    }
    result = DATASETS["recognitions"]().import_data(exported, dry_run=False)
    assert not result.has_errors()
    assert result.totals["update"] == result.totals["new"] == 0
    assert {one.place.name: one.place.valid_from.year for one in Product.objects.all()} == {
        "Xã Tân An": 2015,
        "Xã Ngũ Lạc": 2025,
    }

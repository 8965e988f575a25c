"""The units of the reference data, before and after the mergers and the reform of 2025."""

from collections import Counter
from datetime import date

import pytest

from ocop.organisation.models import Unit, UnitSuccession
from ocop.organisation.succession import former_districts
from ocop.organisation.unit_names import UnitNameError, UnitNames
from ocop.web.errors import NotForYou
from ocop.web.page_query import figures_units, read_unit
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
EVE_OF_MERGERS, MERGERS = date(2024, 12, 31), date(2025, 1, 1)
TRA_VINH = ["842", *(str(code) for code in range(844, 852))]
EVE_OF_REFORM, REFORM = date(2025, 6, 30), date(2025, 7, 1)


def levels(day: date) -> dict[str, int]:
    return dict(Counter(Unit.objects.valid_at(day).values_list("level", flat=True)))


@every_case(
    "day,counted",
    [
        # Trà Vinh, Bến Tre and the former Vĩnh Long; since the reform one province of 124 communes.
        (EVE_OF_MERGERS, {"province": 3, "district": 9 + 9 + 8, "commune": 106 + 148 + 102}),
        (MERGERS, {"province": 3, "district": 26, "commune": 104 + 148 + 102}),
        (EVE_OF_REFORM, {"province": 3, "district": 26, "commune": 354}),
        (REFORM, {"province": 1, "commune": 124}),
    ],
)
def test_units_of_each_level_on_the_days_that_changed_them(
    day: date, counted: dict[str, int]
) -> None:
    assert levels(day) == counted


def test_the_province_and_its_districts_have_the_codes_of_the_statistics_office() -> None:
    province = Unit.objects.valid_at(MERGERS).get(code="84")
    for districts in (Unit.objects.districts_of(province), Unit.objects.districts_of_plans()):
        assert list(districts.values_list("code", flat=True)) == TRA_VINH


def test_two_wards_of_the_town_became_part_of_a_third() -> None:
    merged = UnitSuccession.objects.filter(effective_on=MERGERS)
    pairs = {(one.predecessor.name, one.successor.name) for one in merged}
    assert pairs == {("Phường 2", "Phường 3"), ("Phường 6", "Phường 3")}
    assert {one.predecessor.parent.code for one in merged if one.predecessor.parent} == {"842"}
    assert {one.predecessor.valid_to for one in merged} == {EVE_OF_MERGERS}


def test_all_354_communes_went_over_into_124_of_the_new_province() -> None:
    reform = UnitSuccession.objects.filter(
        effective_on=REFORM, predecessor__level="commune"
    ).select_related("predecessor__parent__parent", "successor__parent")
    assert {one.predecessor for one in reform} == set(
        Unit.objects.valid_at(EVE_OF_REFORM).filter(level="commune")
    )
    by_province = Counter(
        one.predecessor.parent.parent.code
        for one in {one.successor_id: one for one in reform}.values()
        if one.predecessor.parent and one.predecessor.parent.parent
    )
    assert by_province == {"84": 41, "83": 48, "86": 35}
    assert {one.successor.parent.code for one in reform if one.successor.parent} == {"86"}
    # The two ends of every succession meet: nobody was without a commune for a day.
    assert {one.predecessor.valid_to for one in reform} == {EVE_OF_REFORM}
    assert {one.successor.valid_from for one in reform} == {REFORM}


def test_districts_ended_without_successor_and_the_province_went_over() -> None:
    ended = Unit.objects.districts()
    assert {unit.valid_to for unit in ended} == {EVE_OF_REFORM}
    assert not UnitSuccession.objects.filter(predecessor__in=ended).exists()
    province = Unit.objects.get(code="84", level="province")
    assert [unit.code for unit in province.successors.all()] == ["86"]
    (heir,) = province.successors.all()
    assert {one.code for one in heir.predecessors.all()} == {"83", "84", "86"}


def test_only_five_communes_were_split_none_of_them_in_tra_vinh() -> None:
    parts = UnitSuccession.objects.filter(share="part").select_related("predecessor__parent")
    split = {str(one.predecessor) for one in parts}
    assert split == {
        *("Phường Cái Vồn, Thị xã Bình Minh", "Phường Thành Phước, Thị xã Bình Minh"),
        *("Thị trấn Tam Bình, Huyện Tam Bình", "Thị trấn Trà Ôn, Huyện Trà Ôn"),
        "Xã Ngãi Tứ, Huyện Tam Bình",
    }
    whole = UnitSuccession.objects.filter(share="whole").exclude(predecessor__level="province")
    assert max(Counter(whole.values_list("predecessor", flat=True)).values()) == 1


def test_wards_that_are_only_reported_are_no_facts() -> None:
    assert Unit.objects.valid_at(date(2026, 8, 7)).get(code="29266").name == "Xã Càng Long"


def test_a_code_taken_up_again_names_one_unit_a_day() -> None:
    again = [
        code for code, n in Counter(Unit.objects.values_list("code", flat=True)).items() if n > 1
    ]
    assert {"86", "29242", "29254"} <= set(again)
    for code in again:
        for day in (EVE_OF_MERGERS, MERGERS, EVE_OF_REFORM, REFORM):
            assert Unit.objects.valid_at(day).filter(code=code).count() <= 1
    spans = list(Unit.objects.filter(code="29242").order_by("valid_from"))
    assert [unit.valid_to for unit in spans] == [EVE_OF_REFORM, None]


def test_names_that_repeat_are_shown_with_their_parent() -> None:
    districts = Unit.objects.districts_of_plans()
    communes = Unit.objects.valid_at(EVE_OF_MERGERS).filter(level="commune", parent__in=districts)
    texts = [str(unit) for unit in communes.select_related("parent")]
    assert len(set(texts)) == len(texts) == 106
    assert sum(text.startswith("Phường 1,") for text in texts) == 2


def test_figures_exist_for_provinces_former_districts_and_the_communes_of_today() -> None:
    units = figures_units()
    codes = [unit.code for unit in units]
    assert codes[:11] == ["84", "86", "842", *(str(code) for code in range(844, 852))]
    communes = units[11:]
    assert len(communes) == 124
    assert all(one.valid_to is None and str(one.parent) == "Tỉnh Vĩnh Long" for one in communes)
    # They stand by the districts they came out of, and say which.
    placed = [one.code for one in communes]
    first = placed.index("29242")
    of_the_town = {"29254", "29263", "29242", "29398"}
    assert any(set(placed[at : at + 4]) == of_the_town for at in range(first - 3, first + 1))
    ngu_lac = next(one for one in communes if one.code == "29530")
    former = [one.name for one in former_districts()[ngu_lac.pk]]
    assert former == ["Huyện Cầu Ngang", "Huyện Duyên Hải"]


def test_a_code_that_was_used_again_names_the_unit_of_the_day() -> None:
    """Two units with figures bear one code: that of the day, else the latest."""
    old = Unit(pk=1, code="86", valid_from=date(2022, 1, 1), valid_to=date(2025, 6, 30))
    new = Unit(pk=2, code="86", valid_from=date(2025, 7, 1))
    for day, named in ((date(2022, 1, 1), old), (date(2025, 6, 30), old), (date(2025, 7, 1), new)):
        assert read_unit("86", [old, new], day) == named, day
    assert read_unit("86", [old], date(2026, 1, 1)) == old
    with pytest.raises(NotForYou):
        read_unit("842", [old, new], date(2026, 1, 1))


@pytest.mark.django_db
@every_case(
    "text, code",
    [
        ("Phương Thạnh", "29290"),
        ("xã Phương Thạnh", "29290"),
        ("Phuong Thanh", "29290"),
        ("Huyền Hội", "29278"),
        ("X. Huyền Hội", "29278"),
        ("HUYEN HOI", "29278"),
    ],
)
def test_a_commune_whose_name_begins_like_a_kind_is_found(text: str, code: str) -> None:
    names = UnitNames.read()
    district = next(one for one in names.districts if one.code == "844")
    assert names.commune(text, district).code == code
    assert names.commune_anywhere(text)[0].code == code
    commune, found = names.address(f"Ấp 1, {text}, huyện Càng Long")
    assert (commune and commune.code, found.code) == (code, "844")


@pytest.mark.django_db
@every_case(
    "address, commune, district",
    [
        ("Thị trấn Càng Long, Trà Vinh", "29266", "844"),
        ("xã Hòa Tân, Trà Vinh", "29320", "845"),
        ("xã Hòa Tân, tỉnh Trà Vinh", "29320", "845"),
        ("Phường 9, Trà Vinh", "29260", "842"),
        ("Khóm 1, Phường 7", "29254", "842"),
        ("xã An Trường, H.Càng Long, T.Trà Vinh", "29275", "844"),
        ("xã Phú Cần - Tiểu Cần - Trà Vinh", "29347", "846"),
        ("xã Cầu Kè, tỉnh Vĩnh Long", "29308", "845"),
    ],
)
def test_an_address_is_read_with_and_without_its_district(
    address: str, commune: str, district: str
) -> None:
    found, near = UnitNames.read().address(address)
    assert (found.code if found else None, near.code) == (commune, district)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["Phường 1, tỉnh Trà Vinh", "Phường 2", "xã Không Có, Trà Vinh"]
)
def test_an_address_that_may_mean_several_places_or_none_is_refused(address: str) -> None:
    with pytest.raises(UnitNameError):
        UnitNames.read().address(address)

"""Districts and communes as people write them."""

import unicodedata

import pytest

from products.models import Producer, Product
from tests.imports.workbooks import DECIDED, imported, places, product_row, recognitions
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
BY_ADDRESS = ["Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Ngày quyết định"]


@every_case(
    "written, code",
    [
        ("TP. Trà Vinh", "842"),
        ("TP.Trà Vinh", "842"),
        ("Thành phố Trà Vinh", "842"),
        ("thành  phố\ntrà vinh", "842"),
        ("trà vinh", "842"),
        ("tp tra vinh", "842"),
        ("TX Duyên Hải", "851"),
        ("TX. Duyên Hải", "851"),
        ("Thị xã Duyên Hải", "851"),
        ("huyện Duyên Hải", "850"),
        ("H. Duyên Hải", "850"),
        ("CÀNG LONG", "844"),
        (unicodedata.normalize("NFD", "Huyện Càng Long"), "844"),
        ("Huyen Cang Long", "844"),
        ("Châu Thành", "847"),
    ],
)
def test_a_district_is_known_in_every_spelling(written, code):
    outcome = recognitions(product_row(district=written))
    assert places(outcome.errors) == []
    assert Product.objects.get().district.code == code


@pytest.mark.parametrize("written", ["Xã Long Hoà", "long hòa", "LONG HÒA"])
def test_both_ways_to_set_the_tone_mark_name_one_commune(written):
    outcome = recognitions(product_row(commune=written, district="Châu Thành"))
    assert places(outcome.errors) == []
    assert Product.objects.get().place.name in ("Xã Long Hòa", "Xã Long Hoà")


def test_d_with_and_without_stroke_name_one_commune():
    outcome = recognitions(product_row(commune="xa Dai Phuoc", district="Càng Long"))
    assert places(outcome.errors) == []
    assert Product.objects.get().place.name == "Xã Đại Phước"


def test_duyen_hai_alone_is_ambiguous():
    outcome = recognitions(product_row(district="Duyên Hải"))
    assert places(outcome.errors) == [("ambiguous_unit", "D2")]
    assert "Thị xã Duyên Hải" in outcome.errors[0].message
    assert "Huyện Duyên Hải" in outcome.errors[0].message


@pytest.mark.parametrize(("commune", "code"), [("Phường 1", "851"), ("Xã Ngũ Lạc", "850")])
def test_a_commune_decides_which_duyen_hai_is_meant(commune, code):
    outcome = recognitions(product_row(commune=commune, district="Duyên Hải"))
    assert places(outcome.errors) == []
    assert Product.objects.get().district.code == code


def test_ward_1_lies_in_two_towns():
    outcome = recognitions(
        product_row("Bánh", "Cơ sở A", commune="P.1", district="TP Trà Vinh"),
        product_row("Khô", "Cơ sở B", commune="Phường 01", district="TX Duyên Hải"),
    )
    assert places(outcome.errors) == []
    wards = {product.place for product in Product.objects.select_related("place")}
    assert {ward.name for ward in wards} == {"Phường 1"}
    assert len(wards) == 2


def test_an_unknown_district_comes_with_the_nearest_name():
    outcome = recognitions(product_row(district="Huyện Càng Lông"))
    assert outcome.verdict == "accepted", "a tone mark is no other name"
    outcome = recognitions(product_row(district="Huyện Càn Long"))
    assert places(outcome.errors) == [("unknown_unit", "D2")]
    assert "Huyện Càng Long" in outcome.errors[0].message


def test_an_unknown_commune_comes_with_the_nearest_name():
    outcome = recognitions(product_row(commune="Xã Đại Phướt", district="Càng Long"))
    assert places(outcome.errors) == [("unknown_unit", "C2")]
    assert "Xã Đại Phước" in outcome.errors[0].message


def test_a_commune_of_another_district_is_refused():
    outcome = recognitions(product_row(commune="Xã Phú Cần", district="Càng Long"))
    assert places(outcome.errors) == [("unknown_unit", "C2")]
    assert "Huyện Càng Long" in outcome.errors[0].message


@every_case(
    "address, place, code",
    [
        ("Ấp Chợ, xã Phú Cần, huyện Tiểu Cần", "Xã Phú Cần", "846"),
        ("Xã Phú Cần, huyện Tiểu Cần, tỉnh Trà Vinh", "Xã Phú Cần", "846"),
        ("Xã Phú Cần, Tiểu Cần, Trà Vinh", "Xã Phú Cần", "846"),
        ("Xã Phú Cần - Tiểu Cần", "Xã Phú Cần", "846"),
        ("Phường 1, Trà Vinh", "Phường 1", "842"),
        ("Số 12; P.9; TP. Trà Vinh.", "Phường 9", "842"),
        ("huyện Tiểu Cần", "Huyện Tiểu Cần", "846"),
        ("Phường 1, Duyên Hải", "Phường 1", "851"),
        ("Ấp Chợ xã Phú Cần huyện Tiểu Cần", "Xã Phú Cần", "846"),
        ("Khóm 2\nphường 1\nthị xã Duyên Hải", "Phường 1", "851"),
        ("ấp 4 thị trấn Cầu Quan, huyện Tiểu Cần tỉnh Trà Vinh", "Thị trấn Cầu Quan", "846"),
    ],
)
def test_an_address_gives_commune_and_district(address, place, code):
    row = ["Mật ong", "HTX Ong", address, "3 sao", DECIDED]
    outcome = imported("recognitions", [BY_ADDRESS, row])
    assert places(outcome.errors) == []
    product = Product.objects.get()
    assert (product.place.name, product.district.code) == (place, code)


def test_an_empty_address_is_refused_in_its_own_cell():
    row = ["Mật ong", "HTX Ong", None, "3 sao", DECIDED]
    outcome = imported("recognitions", [BY_ADDRESS, row])
    assert places(outcome.errors) == [("required", "C2")]


def test_an_address_beside_the_district_gives_the_commune():
    header = [*BY_ADDRESS, "Huyện"]
    row = ["Mật ong", "HTX Ong", "Ấp Chợ, xã Phú Cần", "3 sao", DECIDED, "Tiểu Cần"]
    assert imported("recognitions", [header, row]).verdict == "accepted"
    assert Product.objects.get().place.name == "Xã Phú Cần"


def test_an_address_in_another_district_than_the_column_says_is_refused():
    header = [*BY_ADDRESS, "Huyện"]
    row = ["Mật ong", "HTX Ong", "xã Phú Cần, huyện Tiểu Cần", "3 sao", DECIDED, "Càng Long"]
    assert places(imported("recognitions", [header, row]).errors) == [("conflict", "C2")]


def test_producers_of_one_name_in_two_districts_are_two():
    outcome = recognitions(product_row(district="Càng Long"), product_row(district="Huyện Cầu Kè"))
    assert (outcome.verdict, outcome.created) == ("accepted", 2)
    assert Producer.objects.count() == Product.objects.count() == 2


def test_a_producer_known_elsewhere_is_added_with_a_warning():
    recognitions(product_row(district="Càng Long"))
    outcome = recognitions(product_row(district="Cầu Kè"))
    assert outcome.verdict == "accepted"
    assert places(outcome.warnings) == [("conflict", "B2")]
    assert "Huyện Càng Long" in outcome.warnings[0].message


@pytest.mark.parametrize(
    ("group", "address", "place"),
    [
        ("II. THỊ XÃ DUYÊN HẢI", "Khóm 2, Phường 1", "Phường 1"),
        ("II. TP. TRÀ VINH", "Phường 1", "Phường 1"),
        ("II. HUYỆN CÀNG LONG", "Ấp 5, Tân An", "Xã Tân An"),
    ],
)
def test_an_address_without_a_district_lies_in_the_one_of_the_group_above(group, address, place):
    row = ["Mật ong", "HTX Ong", address, "3 sao", DECIDED]
    assert places(imported("recognitions", [BY_ADDRESS, [group], row]).errors) == []
    assert Product.objects.get().place.name == place
    named = group.replace("TP.", "THÀNH PHỐ").casefold()
    assert str(Product.objects.get().district).casefold() in named


@pytest.mark.parametrize("address", ["xã Tân An, huyện Cầu Kề", "Ấp Chợ", "Tân An, Cầu Kề"])
def test_an_address_that_names_something_else_does_not_fall_to_the_group_above(address):
    row = ["Mật ong", "HTX Ong", address, "3 sao", DECIDED]
    outcome = imported("recognitions", [BY_ADDRESS, ["II. HUYỆN CÀNG LONG"], row])
    assert places(outcome.errors) == [("unknown_unit", "C3")]

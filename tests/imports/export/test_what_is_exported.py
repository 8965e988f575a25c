"""Whose records, of which day and status, in which columns and spellings."""

from datetime import date, datetime

import pytest

from ocop.imports.datasets.registry import DATASETS as RESOURCES
from ocop.imports.export.exporter import export_file
from ocop.organisation.models import User
from ocop.organisation.scope import SYSTEM, Scope, scope_of
from products.choices import IPKind, ProducerKind, Rank, Status
from products.datasets.spellings import (
    IP_KIND_WORDS,
    PRODUCER_KIND_WORDS,
    RANK_WORDS,
    ip_kind,
    producer_kind,
    rank,
)
from products.models import IPRight, Product, ProductSet
from targets.models import Allocation, Target
from tests.imports.export.generated import DATASETS, cells_of, exports, rows_of
from tests.imports.workbooks import imported_file, places
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_producer,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2022, 8, 22), date(2024, 3, 1)
BETWEEN = date(2023, 1, 1)


def exported(dataset, scope=SYSTEM, **wanted):
    return list(cells_of(export_file(dataset, scope, **wanted)[1]))


def one_of_each(unit, day, status=Status.VERIFIED):
    """A record of every dataset in a district, entered for a day."""
    product = make_product(district=unit)
    common = {"status": status}
    make_recognition(product, day, **common)
    make_enrolment(product, day, **common)
    make_listing(product, day, **common)
    make_task(day, district=unit, **common)
    make_ip_right(district=unit, filed_on=day, **common)
    target = Target.objects.filter(kind="count").first()
    Allocation.objects.create(target=target, unit=unit, year=day.year, value=3, **common)


def counts(**wanted):
    return {name: len(rows_of(data)) - 1 for name, data in exports(**wanted).items()}


def each(number):
    return dict.fromkeys(DATASETS, number)


# --- whose ------------------------------------------------------------------------------------


def test_a_district_officer_gets_the_own_district_only():
    one_of_each(district("844"), EARLY)
    one_of_each(district("848"), EARLY)
    officer = scope_of(User.objects.get(username="huyen844"), BETWEEN)
    assert counts(scope=officer) == each(1)
    assert counts(scope=SYSTEM) == each(2)
    assert counts(scope=Scope()) == each(0)
    assert exported("recognitions", officer)[0]["Huyện"] == "Huyện Càng Long"


def test_one_district_of_all():
    one_of_each(district("844"), EARLY)
    one_of_each(district("848"), EARLY)
    assert counts(unit=district("848")) == each(1)
    officer = scope_of(User.objects.get(username="huyen844"), BETWEEN)
    assert counts(scope=officer, unit=district("848")) == each(0)


def test_products_and_tasks_of_another_district_are_not_named_beside_a_right():
    here, there = make_product(district=district("844")), make_product(district=district("848"))
    right = make_ip_right(district=district("844"), science_task=make_task(EARLY))
    right.products.add(here, there)
    officer = scope_of(User.objects.get(username="huyen844"), BETWEEN)
    (row,) = exported("ip_rights", officer)
    assert (row["Sản phẩm"], row["Nhiệm vụ KH&CN"]) == (here.name, None)


# --- when -------------------------------------------------------------------------------------


def test_pending_records_come_only_when_asked_for():
    one_of_each(district("844"), EARLY)
    one_of_each(district("848"), EARLY, Status.SUBMITTED)
    one_of_each(district("849"), EARLY, Status.DRAFT)
    assert counts() == each(1)
    assert counts(pending=True) == each(2)


def test_what_came_after_the_day_is_left_out():
    one_of_each(district("844"), EARLY)
    one_of_each(district("844"), LATE)
    assert counts(as_of=BETWEEN) == each(1)
    assert counts(as_of=EARLY) == each(1)
    assert counts(as_of=date(2021, 12, 31)) == each(0)
    assert counts() == each(2)


def test_a_grant_after_the_day_is_not_known_yet():
    make_ip_right(filed_on=EARLY, granted_on=LATE, certificate_number="4-1")
    (row,) = exported("ip_rights", as_of=BETWEEN)
    assert (row["Ngày cấp"], row["Số văn bằng"]) == (None, None)
    (row,) = exported("ip_rights", as_of=LATE)
    assert (row["Ngày cấp"], row["Số văn bằng"]) == (datetime(2024, 3, 1), "4-1")


def test_a_right_without_a_filing_day_counts_from_its_grant():
    make_ip_right(granted_on=LATE)
    assert exported("ip_rights", as_of=BETWEEN) == []
    assert len(exported("ip_rights", as_of=LATE)) == 1


def test_an_end_after_the_day_is_not_known_yet():
    product = make_product()
    make_enrolment(product, EARLY, ended_on=LATE)
    make_listing(product, EARLY, ended_on=LATE)
    for dataset, column in (("traceability", "Ngày kết thúc"), ("ecommerce", "Ngày gỡ")):
        assert exported(dataset, as_of=BETWEEN)[0][column] is None
        assert exported(dataset, as_of=LATE)[0][column] == datetime(2024, 3, 1)


# --- how --------------------------------------------------------------------------------------


def test_headers_are_the_canonical_ones_in_their_order():
    for dataset, data in exports().items():
        columns = RESOURCES[dataset].columns().values()
        assert list(rows_of(data)[0]) == [column.header for column in columns]


def test_districts_carry_their_kind_and_days_are_days():
    for code, name in (("850", "Huyện Duyên Hải"), ("851", "Thị xã Duyên Hải")):
        make_recognition(make_product(district=district(code)), EARLY)
        found = exported("recognitions", unit=district(code))
        assert [row["Huyện"] for row in found] == [name]
        assert found[0]["Ngày quyết định"] == datetime(2022, 8, 22)


def test_days_and_numbers_of_a_text_file_are_written_the_vietnamese_way():
    make_task(date(2022, 1, 5), budget="1250.125")
    text = export_file("science_tasks", SYSTEM, fmt="csv")[1].decode("utf-8-sig")
    assert "05/01/2022" in text and '"1250,1250"' in text


def test_of_two_ranks_on_one_day_the_higher_is_exported():
    product = make_product()
    make_recognition(product, EARLY, Rank.FOUR)
    make_recognition(product, EARLY, Rank.THREE)
    assert [row["Hạng sao"] for row in exported("recognitions")] == ["4 sao"]


def test_every_word_that_is_written_is_read_back_as_itself():
    assert {each: rank(word) for each, word in RANK_WORDS.items()} == {r: r for r in Rank}
    kinds = {each: producer_kind(word) for each, word in PRODUCER_KIND_WORDS.items()}
    assert kinds == {each: each for each in ProducerKind}
    kinds = {each: ip_kind(word) for each, word in IP_KIND_WORDS.items()}
    assert kinds == {each: each for each in IPKind}


def test_every_product_set_is_read_back_as_itself():
    products = {}
    for each in ProductSet.objects.all():
        product = make_product(product_set=each)
        make_recognition(product, EARLY)
        products[product.pk] = each.pk
    data = export_file("recognitions", SYSTEM)[1]
    Product.objects.update(product_set=None)
    assert imported_file("recognitions", data).verdict == "accepted"
    assert dict(Product.objects.values_list("pk", "product_set")) == products


def test_the_name_of_the_file_says_what_is_in_it():
    name, _data = export_file("recognitions", SYSTEM, BETWEEN, unit=district("844"), fmt="csv")
    assert name == "recognitions-844-2023-01-01.csv"
    assert export_file("ip_rights", SYSTEM)[0] == "ip_rights.xlsx"


# --- names that repeat ------------------------------------------------------------------------


def test_products_of_one_name_and_producer_name_are_told_apart_by_the_district():
    units = [district("844"), district("848")]
    products = [make_product("Mật ong", make_producer("HTX Ong", unit)) for unit in units]
    for product in products:
        make_enrolment(product, EARLY)
    data = export_file("traceability", SYSTEM)[1]
    for product in products:
        product.enrolments.all().delete()
    assert imported_file("traceability", data).verdict == "accepted"
    assert [product.enrolments.count() for product in products] == [1, 1]


def test_a_listing_of_a_product_that_lies_elsewhere_is_refused():
    product = make_product("Mật ong", make_producer("HTX Ong", district("844")))
    make_listing(product, EARLY)
    data = export_file("ecommerce", SYSTEM)[1]
    Product.objects.filter(pk=product.pk).update(district=district("848"))
    outcome = imported_file("ecommerce", data)
    assert places(outcome.errors) == [("conflict", "G2")]


def test_a_product_made_outside_its_producers_district_is_found_again():
    producer = make_producer("HTX Ong", district("844"))
    make_recognition(make_product("Mật ong", producer, district=district("848")), EARLY)
    outcome = imported_file("recognitions", export_file("recognitions", SYSTEM)[1])
    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 0, 1)
    assert Product.objects.count() == 1


@every_case("name", ["Mật ong", "Mật; ong", '"Mật" ong', "Mật – ong", '"Mật; ong"'])
def test_products_of_a_right_are_named_so_that_each_is_found_again(name):
    units = [district("844"), district("848")]
    products = [make_product(name, make_producer("HTX – Ong", unit)) for unit in units]
    products.append(make_product(name, make_producer("Hộ; khác")))
    products.append(make_product("Khác"))
    rights = {}
    for product in products:
        right = make_ip_right(filed_on=EARLY)
        right.products.add(product, products[-1])
        rights[right.pk] = {product.pk, products[-1].pk}
    data = export_file("ip_rights", SYSTEM)[1]
    for right in IPRight.objects.all():
        right.products.clear()
    outcome = imported_file("ip_rights", data)
    assert (outcome.verdict, outcome.warnings) == ("accepted", [])
    found = {
        right.pk: set(right.products.values_list("pk", flat=True))
        for right in IPRight.objects.all()
    }
    assert found == rights


def test_a_product_of_a_plain_name_is_written_plainly():
    right = make_ip_right(filed_on=EARLY)
    right.products.add(make_product("Mật ong"), make_product("Gạo"))
    assert exported("ip_rights")[0]["Sản phẩm"] == "Gạo; Mật ong"

"""Dataset ip_rights: found by number, else by kind, name and owner; what they are linked to."""

from datetime import date

import pytest

from ocop.imports.models import ImportedChange
from products.models import IPRight
from tests.imports.workbooks import IP_RIGHTS, as_user, everything, imported, places
from tests.support.cases import every_case
from tests.support.factories import make_ip_right, make_producer, make_product, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HEADER = [*IP_RIGHTS, "Hỗ trợ NQ 80", "Nhiệm vụ KH&CN", "Sản phẩm"]


def right_row(name="Ong Vàng", filing=None, kind="Nhãn hiệu", owner="HTX Ong", **cells):
    more = [cells.get(key) for key in ("filed", "granted", "supported", "task", "products")]
    return [kind, name, owner, cells.get("district"), filing, *more]


def rights(*rows, importer=None):
    return imported("ip_rights", [HEADER, *rows], importer)


def test_the_filing_number_is_the_key_whatever_the_name():
    assert rights(right_row(filing="4-2022-12345")).created == 1
    outcome = rights(right_row("Ong Vàng Trà Vinh", filing="4-2022-12345", granted="5/6/2023"))
    assert (outcome.updated, IPRight.objects.get().granted_on) == (1, date(2023, 6, 5))


def test_without_a_number_kind_name_and_owner_are_the_key():
    rights(right_row())
    assert rights(right_row("ONG VÀNG", owner="htx ong")).created == 0
    assert rights(right_row(kind="Kiểu dáng")).created == 1


def test_a_number_given_later_belongs_to_the_right_recorded_without():
    rights(right_row())
    outcome = rights(right_row(filing="4-2022-12345"))
    assert (outcome.created, outcome.updated) == (0, 1)
    assert IPRight.objects.get().filing_number == "4-2022-12345"
    again = rights(right_row())
    assert (again.unchanged, IPRight.objects.count()) == (1, 1), "the first file, once more"


def test_two_numbers_never_share_one_recorded_right():
    rights(right_row())
    outcome = rights(right_row(filing="4-2022-11111"), right_row(filing="4-2022-22222"))
    assert places(outcome.errors) == [("duplicate_row", "B3")]
    assert IPRight.objects.get().filing_number == ""


def test_a_row_without_number_that_fits_several_numbered_rights_is_refused():
    for number in ("4-2022-11111", "4-2022-22222"):
        make_ip_right(name="Ong Vàng", owner="HTX Ong", filing_number=number)
    assert places(rights(right_row()).errors) == [("conflict", "B2")]


def test_one_number_twice_in_a_file_is_refused():
    outcome = rights(right_row(filing="4-2022-1"), right_row("Khác", filing="4-2022-1"))
    assert places(outcome.errors) == [("duplicate_row", "B3")]


@every_case("text", ["x", "✓", "có", "đã", 1, "1", "TRUE", True])
def test_support_under_resolution_80_is_ticked_in_many_ways(text):
    assert places(rights(right_row(supported=text)).errors) == []
    assert IPRight.objects.get().supported is True


@every_case("text", ["không", "chưa", 0, "–", None])
def test_support_is_denied_in_many_ways(text):
    assert places(rights(right_row(supported=text)).errors) == []
    assert IPRight.objects.get().supported is False


def test_a_blank_does_not_take_support_away_but_a_no_does():
    rights(right_row(supported="x"))
    assert rights(right_row()).unchanged == 1
    assert rights(right_row(supported="không")).updated == 1
    assert IPRight.objects.get().supported is False


def test_neither_yes_nor_no_is_refused_with_the_choices():
    outcome = rights(right_row(supported="có thể"), right_row("B", supported=2))
    assert places(outcome.errors) == [("unknown_value", "H2"), ("unknown_value", "H3")]
    assert "có" in outcome.errors[0].message


@every_case(
    "text, kind",
    [
        ("Nhãn hiệu tập thể", "collective_mark"),
        ("NHCN", "certification_mark"),
        ("kiểu dáng công nghiệp", "industrial_design"),
        ("Giải pháp hữu ích", "utility_solution"),
        ("Sáng chế", "invention"),
        ("Chỉ dẫn địa lý", "geographical_indication"),
        ("Nhãn hiệu quốc tế (Madrid)", "international_mark"),
    ],
)
def test_kinds_of_right_in_their_spellings(text, kind):
    assert places(rights(right_row(kind=text)).errors) == []
    assert IPRight.objects.get().kind == kind


def test_unknown_tasks_and_products_are_warned_of_and_left_out():
    make_task(date(2023, 1, 1), name="Nhiệm vụ có thật")
    rows = [
        right_row("A", task="Nhiệm vụ CÓ THẬT"),
        right_row("B", task="Không có", products="Không có; Cũng không"),
    ]
    outcome = rights(*rows)
    assert places(outcome.warnings) == [("unknown_value", "I3"), ("unknown_value", "J3")]
    assert IPRight.objects.get(name="A").science_task.name == "Nhiệm vụ có thật"
    assert IPRight.objects.get(name="B").science_task is None


def test_a_filing_number_of_another_form_is_warned_of():
    outcome = rights(right_row(filing="số 12 năm 2022"))
    assert (outcome.verdict, places(outcome.warnings)) == ("accepted", [("conflict", "E2")])


def test_a_grant_before_the_filing_is_refused():
    outcome = rights(right_row(filed="1/6/2022", granted="1/5/2022"))
    assert places(outcome.errors) == [("conflict", "G2")]


def test_a_grant_before_the_filing_already_recorded_is_refused():
    rights(right_row(filed="1/6/2022"))
    before = everything()
    assert places(rights(right_row(granted="1/5/2022")).errors) == [("conflict", "G2")]
    assert everything() == before


def test_products_covered_are_linked_with_a_new_right():
    product = make_product("Mật ong")
    outcome = rights(right_row(products="Mật ong"))
    right = IPRight.objects.get()
    assert (outcome.created, list(right.products.all())) == (1, [product])
    links = ImportedChange.objects.filter(batch=outcome.batch, model__contains="_products")
    assert links.count() == 1


def test_products_said_later_are_linked_with_a_history_row():
    rights(right_row())
    product = make_product("Mật ong")
    outcome = rights(right_row(products="Mật ong; MẬT ONG"))
    right = IPRight.objects.get()
    assert (outcome.updated, list(right.products.all())) == (1, [product])
    assert (right.history.count(), right.version) == (2, 2)
    assert rights(right_row(products="Mật ong")).unchanged == 1


def test_an_officer_adds_no_product_to_a_verified_right():
    rights(right_row(district="Càng Long"))
    make_product("Mật ong")
    row = right_row(district="Càng Long", products="Mật ong")
    assert places(rights(row, importer=as_user("tinh")).errors) == [("not_permitted", "B2")]


def test_a_large_import_of_rights_with_products_brings_statistics_up_to_date(monkeypatch):
    """What links a right to its products is a table without a history."""
    product = make_product()
    monkeypatch.setattr("ocop.db.statistics.MANY", 1)
    outcome = rights(right_row(filing="4-2022-12345", products=product.name))
    assert (outcome.created, outcome.errors) == (1, [])
    assert IPRight.objects.get().products.get() == product


def test_links_that_only_diacritics_tell_from_a_record_are_asked_about():
    make_task(date(2022, 1, 1), name="Xây dựng nhãn hiệu")
    make_product("Kẹo dừa", make_producer("HTX Ong"))
    head = [*IP_RIGHTS, "Nhiệm vụ KH&CN", "Sản phẩm"]
    row = ["Nhãn hiệu", "Ong", "HTX", None, "4-2022-12345", None, None]
    rows = [head, [*row, "Xay dung nhan hieu", "Mật ong; Keo dua"]]
    outcome = imported("ip_rights", rows)
    assert places(outcome.errors) == [("answer_needed", "H2")]
    rows[1][8] = "Keo dua"
    task, product = imported("ip_rights", rows).questions
    assert [one["id"] for one in product.choices] == ["same:Kẹo dừa", "new"]
    answers = {task.id: "same:Xây dựng nhãn hiệu", product.id: "same:Kẹo dừa"}
    assert imported("ip_rights", rows, answers=answers).created == 1
    right = IPRight.objects.get()
    assert right.science_task.name == "Xây dựng nhãn hiệu"
    assert [one.name for one in right.products.all()] == ["Kẹo dừa"]


def test_rights_without_a_number_that_only_diacritics_tell_apart_are_asked_about():
    rows = [
        ["Nhãn hiệu", name, owner, *[None] * 4]
        for name, owner in (("Dừa Rv", "CT An"), ("Dua Rv", "CT An"), ("Dừa Rv", "CT Án"))
    ]
    outcome = imported("ip_rights", [IP_RIGHTS, *rows])
    assert places(outcome.errors) == [("answer_needed", "B3"), ("answer_needed", "C4")]
    assert imported("ip_rights", [IP_RIGHTS, *rows], answers={"*": "new"}).created == 3

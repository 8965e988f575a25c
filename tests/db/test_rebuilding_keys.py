"""Keys stored under a former rule are worked out anew, and what a person must decide is named."""

from datetime import date

import pytest
from django.apps import apps

from ocop.db.keys import KeyConflict, rebuild_keys
from ocop.imports.models import ImportBatch, ImportedChange
from ocop.lib.identity import identity_key
from products.models import IPRight, Producer, Product, ScienceTask
from products.records.history import update_all
from tests.support.factories import make_ip_right, make_producer, make_product, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def stale(record: Product, key: str) -> None:
    Product.objects.filter(pk=record.pk).update(name_key=key, name_search="", name_sort="x")


def keys_of(record: Product) -> tuple[str, str, str]:
    record.refresh_from_db()
    return record.name_key, record.name_search, record.name_sort  # type: ignore[attr-defined]


def test_keys_are_worked_out_anew_without_a_new_version_or_history_row() -> None:
    product = make_product("Kẹo dừa")
    right, before = keys_of(product), (product.version, product.history.count())
    stale(product, "keo dua")
    assert rebuild_keys(apps, "products") == []
    assert keys_of(product) == right == ("kẹo dừa", "keo dua", right[2])
    assert (product.version, product.history.count()) == before
    assert rebuild_keys(apps, "products") == []


def test_two_records_that_are_one_by_now_are_reported_and_both_kept() -> None:
    producer = make_producer("HTX A")
    first, second = make_product("Đường", producer), make_product("Gạo", producer)
    Product.objects.filter(pk=second.pk).update(name="Ðường", name_key="ðuong")
    (doubt,) = rebuild_keys(apps, "products")
    assert doubt == KeyConflict("products.Product", (first.pk, second.pk), ("Đường", "Ðường"))
    assert keys_of(first)[0] == "đường"
    assert keys_of(second)[:2] == (f"đường #{second.pk}", "duong")


def test_two_producers_of_one_legal_form_are_reported_and_both_kept() -> None:
    first, second = make_producer("HTX Mẫu An"), make_producer("Kẹo Dừa")
    Producer.objects.filter(pk=first.pk).update(name_key="htx mẫu an")
    name = "H.T.X Mẫu An – ấp 5, xã B"
    Producer.objects.filter(pk=second.pk).update(name=name, name_key=identity_key(name))
    (doubt,) = rebuild_keys(apps, "products")
    assert doubt == KeyConflict("products.Producer", (first.pk, second.pk), ("HTX Mẫu An", name))
    keys = dict(Producer.objects.values_list("pk", "name_key"))
    assert keys == {first.pk: "hợp tác xã mẫu an", second.pk: f"hợp tác xã mẫu an #{second.pk}"}


def test_two_rights_of_one_application_are_reported() -> None:
    first = make_ip_right(name="A", filing_number="4-2022-12345")
    second = make_ip_right(name="B", filing_number="4-2022-99999")
    IPRight.objects.filter(pk=second.pk).update(filing_number="VN-4-2022-12345", filing_key="")
    (doubt,) = rebuild_keys(apps, "products")
    assert (doubt.model, doubt.ids) == ("products.IPRight", (first.pk, second.pk))


def test_a_record_that_has_borne_two_names_which_the_former_key_took_for_one_is_reported() -> None:
    task = make_task(date(2023, 1, 1), name="Nhãn hiệu kẹo dừa")
    other = make_task(date(2023, 1, 1), name="Nhãn hiệu gạo")
    update_all([task], [], None, "nhập")
    for record, name in ((task, "Nhãn hiệu kẹo dứa"), (other, "Nhãn hiệu lúa")):
        record.name = name
        update_all([record], ["name"], None, "nhập lại")
    found = rebuild_keys(apps, "products")
    assert found == [
        KeyConflict("products.ScienceTask", (task.pk,), ("Nhãn hiệu kẹo dừa", "Nhãn hiệu kẹo dứa"))
    ]
    assert ScienceTask.objects.count() == 2


def test_what_imports_keep_to_take_back_to_has_new_keys_too() -> None:
    product = make_product("Kẹo dừa")
    batch = ImportBatch.objects.create(dataset="recognitions", file_name="x", content_hash="x")
    change = ImportedChange.objects.create(
        batch=batch,
        model="products.product",
        record_id=product.pk,
        before={"id": product.pk, "name": "Mứt dừa", "name_key": "mut dua"},
    )
    rebuild_keys(apps, "products")
    change.refresh_from_db()
    assert change.before["name_key"] == "mứt dừa"
    assert change.before["name_search"] == "mut dua"

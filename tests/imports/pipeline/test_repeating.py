"""Importing again: unchanged, changed, renewed; what a blank cell leaves alone."""

from datetime import date
from decimal import Decimal

import pytest

from ocop.imports.models import ImportBatch, ImportedChange
from products.models import Producer, Product, ProductSet, Recognition
from tests.imports.workbooks import (
    RECOGNITIONS,
    as_user,
    everything,
    imported,
    places,
    product_row,
    recognitions,
)
from tests.support.factories import make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WITH_SET = [*RECOGNITIONS, "Bộ sản phẩm", "Loại hình"]


def test_the_same_file_twice_changes_nothing():
    rows = [product_row("A"), product_row("B", "Hộ ông B", score="71,25", rank="4 sao")]
    assert recognitions(*rows).created == 2
    before = everything()
    again = recognitions(*rows)
    assert (again.verdict, again.created, again.updated, again.unchanged) == ("accepted", 0, 0, 2)
    assert again.batch is None
    assert everything() == before


def test_a_changed_value_is_written_with_one_history_row():
    recognitions(product_row(score=65))
    outcome = recognitions(product_row(score="66,5"))
    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 1, 0)
    recognition = Recognition.objects.get()
    assert (recognition.score, recognition.version) == (Decimal("66.5"), 2)
    assert recognition.history.count() == 2
    assert recognition.history.first().history_change_reason == f"import {outcome.batch}"
    assert Product.objects.get().history.count() == Producer.objects.get().history.count() == 1


def test_a_renewed_product_stays_one_product():
    recognitions(product_row())
    outcome = recognitions(product_row("MẬT ONG", day=date(2025, 8, 20), rank="4 sao", score=75))
    assert (outcome.created, Product.objects.count(), Producer.objects.count()) == (1, 1, 1)
    assert Recognition.objects.count() == 2


def test_blank_cells_never_erase():
    header = [*RECOGNITIONS, "Số quyết định", "Ghi chú"]
    imported("recognitions", [header, [*product_row(), "12/QĐ", "quý"]])
    again = imported("recognitions", [header, [*product_row(score=None), None, None]])
    assert (again.unchanged, again.batch) == (1, None)
    recognition = Recognition.objects.get()
    assert (recognition.score, recognition.decision_number, recognition.note) == (
        65,
        "12/QĐ",
        "quý",
    )


def test_an_authority_entered_by_hand_stays():
    product = make_product("Mật ong")
    recognition = make_recognition(product, date(2022, 8, 22), authority="ministry", score=65)
    outcome = recognitions(product_row(producer=product.producer.name))
    assert outcome.unchanged == 1
    recognition.refresh_from_db()
    assert recognition.authority == "ministry"


def test_two_recognitions_on_one_day_are_for_a_person_to_settle():
    product = make_product("Mật ong")
    for rank in (30, 40):
        make_recognition(product, date(2022, 8, 22), rank)
    outcome = recognitions(product_row(producer=product.producer.name))
    assert places(outcome.errors) == [("conflict", "A2")]


def test_a_set_and_a_kind_said_later_fill_in_the_product_and_its_producer():
    recognitions(product_row(producer="Lê Văn A"))
    row = [*product_row(producer="Lê Văn A"), "3", "Hộ kinh doanh"]
    outcome = imported("recognitions", [WITH_SET, row])
    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 1, 0)
    product = Product.objects.get()
    assert (product.product_set, product.producer.kind) == (
        ProductSet.objects.get(number=3),
        "household",
    )
    assert product.history.count() == product.producer.history.count() == 2
    changed = ImportedChange.objects.filter(batch=outcome.batch)
    assert {change.model for change in changed} == {"products.producer", "products.product"}


def test_a_commune_said_later_is_filled_in_and_a_recorded_one_kept():
    recognitions(product_row())
    recognitions(product_row(commune="Xã Đại Phước"))
    assert Product.objects.get().place.name == "Xã Đại Phước"
    outcome = recognitions(product_row(commune="Xã Mỹ Cẩm"))
    assert (outcome.unchanged, places(outcome.warnings)) == (1, [("conflict", "C2")])
    assert Product.objects.get().place.name == "Xã Đại Phước"


def test_an_officer_is_told_that_a_verified_product_keeps_its_set():
    recognitions(product_row())
    row = [*product_row(), "3", None]
    outcome = imported("recognitions", [WITH_SET, row], as_user("huyen844"))
    assert (outcome.verdict, places(outcome.warnings)) == ("accepted", [("not_permitted", "H2")])
    assert Product.objects.get().product_set is None


def test_a_kind_said_in_a_later_row_is_the_new_producers_kind():
    rows = [product_row("A", "Lê Văn A"), product_row("B", "Lê Văn A")]
    kinds = [None, "Hộ kinh doanh"]
    rows = [[*row, None, kind] for row, kind in zip(rows, kinds, strict=True)]
    assert imported("recognitions", [WITH_SET, *rows]).verdict == "accepted"
    assert Producer.objects.get().kind == "household"


def test_a_batch_tells_what_was_imported_and_what_it_did():
    first = recognitions(product_row("A"), product_row("B"), importer=as_user("quantri"))
    batch = ImportBatch.objects.get(pk=first.batch)
    assert (batch.dataset, batch.file_name, batch.sheet) == (
        "recognitions",
        "thu.xlsx",
        "Danh sách",
    )
    assert (batch.rows, batch.created, batch.updated, batch.header_row) == (2, 2, 0, 1)
    assert (batch.user.username, len(batch.content_hash)) == ("quantri", 64)
    changes = list(batch.changes.order_by("id"))
    assert [(change.model, change.row_number) for change in changes] == [
        ("products.producer", 2),
        ("products.product", 2),
        ("products.product", 3),
        ("products.recognition", 2),
        ("products.recognition", 3),
    ]
    assert all(change.before is None for change in changes)
    assert all(change.version == 1 for change in changes)
    assert changes[0].record_id == Producer.objects.get().pk
    assert (batch.state, batch.upload.state) == ("applied", "applied")
    assert (len(batch.upload.file.content), batch.upload.file_id) == (
        batch.upload.file.size,
        batch.content_hash,
    )

    second = recognitions(product_row("A", score=66), product_row("B"))
    change = ImportedChange.objects.get(batch=second.batch)
    assert Decimal(change.before["score"]) == 65
    assert (change.before["version"], change.version) == (1, 2)


def test_history_names_the_person_and_the_import():
    outcome = recognitions(product_row(), importer=as_user("quantri"))
    for record in (Producer.objects.get(), Product.objects.get(), Recognition.objects.get()):
        entry = record.history.get()
        assert (entry.history_type, entry.history_user.username) == ("+", "quantri")
        assert entry.history_change_reason == f"import {outcome.batch}"
        assert (record.created_by.username, record.status) == ("quantri", "verified")


def test_a_dry_run_counts_and_writes_nothing():
    before = everything()
    outcome = recognitions(product_row(), dry_run=True)
    assert (outcome.verdict, outcome.created, outcome.batch) == ("accepted", 1, None)
    assert everything() == before

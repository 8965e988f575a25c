"""Records to be created are plain values in a plan, and are written as such."""

from datetime import date
from typing import Any

import pytest

from ocop.imports.columns.new_records import NewRecord, new_record
from products.models import Producer, Product, Recognition
from products.records.history import create_new
from tests.imports.workbooks import product_row, recognitions


def new_product() -> tuple[NewRecord, NewRecord]:
    common = {"status": "submitted", "created_by": None}
    producer = new_record(Producer, common, name="HTX Ba", district=None)
    return producer, new_record(Product, common, name="Gạo", producer=producer, place=None)


def test_an_instance_reaches_all_that_is_new_beside_it_and_has_the_defaults_of_the_rest() -> None:
    _, product = new_product()
    recognition = new_record(Recognition, {}, product=product, decided_on=date(2024, 1, 2))
    record = recognition.instance()
    assert record.product.producer.name == "HTX Ba"
    assert (record.product_id, record.decided_on, record.note) == (None, date(2024, 1, 2), "")
    assert record.product.status == "submitted" and record._state.adding
    assert recognition.instance() is not record


def test_of_a_related_record_that_was_written_only_the_id_is_put_in() -> None:
    producer, product = new_product()
    producer.pk = 5
    record = product.instance()
    assert record.producer_id == 5 and "producer" not in record._state.fields_cache


@pytest.mark.django_db
def test_records_are_written_without_being_built(monkeypatch: Any) -> None:
    """Building them would take half the time of an import, and three times its rows' memory."""
    built = []
    monkeypatch.setattr(NewRecord, "instance", lambda self: built.append(self))
    outcome = recognitions(*(product_row(f"Gạo {n}", f"Hộ {n}") for n in range(20)))
    assert (outcome.verdict, outcome.created, built) == ("accepted", 20, [])
    assert [each.objects.count() for each in (Producer, Product, Recognition)] == [20] * 3


@pytest.mark.django_db
def test_nothing_refers_to_a_record_that_is_not_written() -> None:
    _producer, product = new_product()
    with pytest.raises(ValueError, match="not stored"):
        create_new([product], None, "nhập")

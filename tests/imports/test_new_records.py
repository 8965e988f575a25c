"""Records to be created are plain values in a plan; only one portion of them exists at a time."""

import gc
from datetime import date
from typing import Any

import pytest

from ocop.imports.columns.new_records import NewRecord, new_record
from ocop.lib.garbage_collection import collection_paused
from products.datasets import writing
from products.models import EnteredRecord, Producer, Product, Recognition
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


@pytest.fixture
def _only_what_is_new() -> None:
    """What other tests left in the process is neither collected nor counted over and over."""
    gc.collect()
    gc.freeze()


@pytest.mark.django_db
@pytest.mark.usefixtures("_only_what_is_new")
def test_instances_live_for_as_long_as_they_are_written(monkeypatch: Any) -> None:
    monkeypatch.setattr(writing, "PORTION", 5)
    create, alive = writing.create_all, []

    def living() -> int:
        gc.collect()
        return sum(issubclass(type(each), EnteredRecord) for each in gc.get_objects())

    def counted(records: Any, *args: Any) -> None:
        alive.append(living())
        create(records, *args)

    monkeypatch.setattr(writing, "create_all", counted)
    before = living()
    with collection_paused():
        outcome = recognitions(*(product_row(f"Gạo {n}", f"Hộ {n}") for n in range(20)))
    assert (outcome.verdict, outcome.created) == ("accepted", 20)
    assert len(alive) == 12
    assert max(alive) - before == 5
    assert [each.objects.count() for each in (Producer, Product, Recognition)] == [20] * 3
    assert not Product.objects.exclude(name_key__startswith="gạo").exists()

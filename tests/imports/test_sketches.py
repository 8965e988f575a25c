"""A sketch of a new record reads like the record it becomes, before and after it is written."""

from datetime import date

import pytest

from ocop.imports.resource import Change
from ocop.imports.sketches import Pattern, Sketch
from products.models import Producer, Product, Recognition


def sketch(model: type, **values: object) -> Sketch:
    return Pattern(model, status="submitted", created_by=None).sketch(values)


def chain() -> tuple[Sketch, Sketch, Sketch]:
    producer = sketch(Producer, name="HTX Ba", district=None)
    product = sketch(Product, name="Gạo", producer=producer, place=None)
    return producer, product, sketch(Recognition, product=product, decided_on=date(2024, 1, 2))


def test_what_was_given_what_was_not_and_what_there_is_not():
    _, _, recognition = chain()
    assert recognition.decided_on == date(2024, 1, 2)
    assert (recognition.status, recognition.note, recognition.created_by) == ("submitted", "", None)
    assert (recognition.pk, recognition.version) == (None, None)
    with pytest.raises(AttributeError):
        _ = recognition.colour


def test_a_relation_is_the_other_sketch_or_the_stored_record_with_its_id():
    producer, product, recognition = chain()
    assert recognition.product is product
    assert product.producer is producer
    assert (recognition.product_id, product.place_id) == (None, None)
    stored = Product(pk=7, name="Gạo")
    assert sketch(Recognition, product=stored).product is stored
    assert sketch(Recognition, product=stored).product_id == 7


def test_the_record_reaches_all_that_is_new_beside_it():
    _, _, recognition = chain()
    record = Change(recognition, 1, None).record
    assert record.product.producer.name == "HTX Ba"
    assert record.product_id is None and record._state.adding
    assert Change(recognition, 1, None).record is not record


def test_what_was_written_is_known_of_the_sketch_and_of_its_records():
    producer, product, _ = chain()
    producer.written(Producer(pk=5, version=1))
    assert (producer.pk, producer.version) == (5, 1)
    assert product.made().producer_id == 5
    assert product.made().producer.pk == 5
    alone = product.made(alone=True)
    assert alone.producer_id == 5 and "producer" not in alone._state.fields_cache

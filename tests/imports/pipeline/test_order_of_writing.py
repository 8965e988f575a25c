"""New records are written in the order of their keys, whatever the order of a sheet's rows."""

from datetime import date

from ocop.imports.columns.new_records import new_record
from ocop.imports.datasets.plans import RecordChange
from ocop.organisation.models import Unit
from products.datasets.writing import OrderOfKeys
from products.models import Producer, Product, Recognition

UNIT = Unit(pk=1)


def made(names: list[str]) -> list[list[RecordChange]]:
    """Steps of a plan for new products of new producers, in the order of `names`."""
    steps: list[list[RecordChange]] = [[], [], []]
    for row, name in enumerate(names):
        producer = new_record(Producer, {}, name=f"Hộ {name}", district=UNIT)
        product = new_record(Product, {}, name="Gạo", producer=producer, district=UNIT)
        recognition = new_record(Recognition, {}, product=product, decided_on=date(2024, 1, 2))
        for step, record in zip(steps, (producer, product, recognition), strict=True):
            step.append(RecordChange(record, row, None))
    return steps


def test_new_records_come_by_key_through_records_that_are_new_themselves():
    names = ["Út", "an", "Bảy", "Ấp"]
    for sheet in (names, names[::-1]):
        order = OrderOfKeys()
        producers, products, recognitions = (order.of(step) for step in made(sheet))
        expected = ["Hộ an", "Hộ Bảy", "Hộ Út", "Hộ Ấp"]
        assert [c.instance().name for c in producers] == expected
        assert [c.instance().producer.name for c in products] == expected
        assert [c.instance().product.producer.name for c in recognitions] == expected


def test_what_is_changed_comes_before_what_is_new():
    old = RecordChange(Producer(name="Z", district_id=1), 1, {"version": 1})
    new = RecordChange(new_record(Producer, {}, name="A", district=UNIT), 2, None)
    assert OrderOfKeys().of([new, old]) == [old, new]


def test_records_of_stored_ones_come_by_their_ids_before_those_of_new_ones():
    (producer,), (product,), _ = made(["A"])
    stored = [
        new_record(Product, {}, name="Gạo", producer=Producer(pk=pk), district=UNIT)
        for pk in (30, 4)
    ]
    step = [product, *(RecordChange(each, 9, None) for each in stored)]
    order = OrderOfKeys()
    order.of([producer])
    assert [change.instance().producer_id for change in order.of(step)] == [4, 30, None]

"""However long a list is, only the records of one portion exist at a time."""

import gc
from typing import Any

import pytest

from ocop.lib.garbage import collection_paused
from products.models import EnteredRecord, Producer, Product, Recognition
from products.resources import writing
from tests.imports.workbooks import product_row, recognitions

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def _only_what_is_new() -> None:
    """What other tests left in the process is neither collected nor counted over and over."""
    gc.collect()
    gc.freeze()


@pytest.mark.usefixtures("_only_what_is_new")
def test_new_records_live_for_as_long_as_they_are_written(monkeypatch: Any) -> None:
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
    # The portion, those of the last one that are not forgotten yet, and the models' patterns.
    assert max(alive) - before <= 2 * 5 + 3
    assert [each.objects.count() for each in (Producer, Product, Recognition)] == [20] * 3
    assert not Product.objects.exclude(name_key__startswith="gạo").exists()

"""Records that others create or change between the check of a file and its writing."""

from typing import Any

import pytest

from ocop.imports.models import ImportBatch, StoredFile, Upload
from ocop.imports.pipeline import pipeline
from products.models import Product, Recognition
from products.records.history import update_all
from tests.imports.workbooks import everything, places, product_row, recognitions
from tests.support.factories import make_producer, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def meanwhile(monkeypatch):
    """meanwhile(act) runs `act` after all checks, right before the import writes."""

    def before_writing(act: Any) -> None:
        write = pipeline._write_or_refuse

        def overtaken(*args: Any) -> None:
            act()
            write(*args)

        monkeypatch.setattr(pipeline, "_write_or_refuse", overtaken)

    return before_writing


def records() -> dict[str, Any]:
    """All rows but those of the import itself, which stands as running until it ends."""
    return {name: rows for name, rows in everything().items() if not name.startswith("imports.")}


def refused_and_unwritten(rows: list[Any], act: Any, meanwhile: Any) -> None:
    state: dict[str, Any] = {}

    def act_and_look() -> None:
        act()
        state.update(records())

    meanwhile(act_and_look)
    outcome = recognitions(*rows)
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [("conflict", None)])
    assert (outcome.created, outcome.updated, outcome.batch) == (0, 0, None)
    assert records() == state
    assert not ImportBatch.objects.exclude(state="applied").exists()
    assert Upload.objects.count() == StoredFile.objects.count() == ImportBatch.objects.count()


def test_a_product_created_meanwhile(meanwhile):
    producer = make_producer("HTX Ong Vàng")
    refused_and_unwritten(
        [product_row("A"), product_row("Mật ong")],
        lambda: make_product("Mật ong", producer),
        meanwhile,
    )


def test_a_record_changed_meanwhile(meanwhile):
    recognitions(product_row(score=65))

    def change() -> None:
        recognition = Recognition.objects.get()
        recognition.note = "của người khác"
        update_all([recognition], ["note"], None, "thử")

    refused_and_unwritten([product_row(score=66), product_row("B")], change, meanwhile)
    assert Recognition.objects.get().note == "của người khác"


def test_a_record_deleted_meanwhile(meanwhile):
    recognitions(product_row(score=65))
    refused_and_unwritten(
        [product_row(score=66)], lambda: Recognition.objects.all().delete(), meanwhile
    )
    assert Product.objects.count() == 1

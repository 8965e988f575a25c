"""An undoing where things moved, or where only some records can come back."""

import pytest

from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from ocop.organisation.models import User
from products.models import Evidence, Producer, Product, Recognition
from tests.imports.undo.test_undo import undo
from tests.imports.workbooks import product_row, recognitions
from tests.support.factories import make_producer

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_what_belongs_to_a_record_that_stays_away_stays_away_too():
    outcome = recognitions(product_row("A", "Hộ A"), product_row("B", "Hộ B"))
    taken = Producer.objects.get(name="Hộ A")
    undone = undo(outcome.batch)
    make_producer("Hộ A", taken.district)
    done = undo(undone.batch.pk)
    assert list(Product.objects.values_list("name", flat=True)) == ["B"]
    assert {type(step.record) for step in done.left} == {Producer, Product, Recognition}


def test_evidence_added_while_the_undoing_began_stops_it(monkeypatch):
    outcome = recognitions(product_row("A"))
    begun = services._begun

    def then_evidence(*given):
        record = Recognition.objects.get()
        Evidence.objects.create(
            kind="recognition", record_id=record.pk, name="qd.pdf", size=1,
            content_type="application/pdf", sha256="0" * 64,
            added_by=User.objects.get(username="tinh"),
        )  # fmt: skip
        return begun(*given)

    monkeypatch.setattr(services, "_begun", then_evidence)
    with pytest.raises(services.CannotUndo):
        undo(outcome.batch)
    assert Recognition.objects.count() == 1
    assert ImportBatch.objects.count() == 1

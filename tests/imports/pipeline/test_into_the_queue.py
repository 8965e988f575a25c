"""An officer's import that changes a draft or a returned record sends it up with its change."""

import pytest

from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from ocop.organisation.models import User
from products.choices import Status
from products.models import Recognition
from products.records import workflow
from tests.imports.workbooks import DECIDED, as_user, product_row, recognitions
from tests.support.factories import district, make_producer, make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def officer():
    return User.objects.get(username="huyen844")


def on_record(status, **fields) -> Recognition:
    product = make_product("Mật ong", make_producer("HTX Ong Vàng", unit=district("844")))
    return make_recognition(product, DECIDED, status=status, score=60, **fields)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_what_it_changes_goes_into_the_queue(status, officer):
    reasons = {"score": "sai"} if status == Status.RETURNED else {}
    record = on_record(status, status_reason="sai" if reasons else "", field_reasons=reasons)
    outcome = recognitions(product_row(score=65), importer=as_user("huyen844"))
    assert (outcome.verdict, outcome.updated) == ("accepted", 1)
    record.refresh_from_db()
    assert (record.status, record.status_reason, record.field_reasons) == ("submitted", "", {})
    assert (record.submitted_by, record.edited_by) == (officer, officer)
    assert record.submitted_at is not None
    line = record.history.latest("history_id")
    assert (line.status, line.version, line.history_user) == ("submitted", record.version, officer)
    with pytest.raises(workflow.WorkflowError):
        workflow.advance(record, "verify", officer)


def test_undoing_it_gives_the_draft_back():
    record = on_record(Status.RETURNED, status_reason="sai", field_reasons={"score": "sai"})
    batch = recognitions(product_row(score=65), importer=as_user("huyen844")).batch
    services.undo(ImportBatch.objects.get(pk=batch), as_user("huyen844"))
    record.refresh_from_db()
    assert (record.status, record.score) == ("returned", 60)
    assert (record.status_reason, record.field_reasons) == ("sai", {"score": "sai"})
    assert (record.submitted_by, record.submitted_at) == (None, None)


def test_what_it_leaves_alone_stays_a_draft():
    record = on_record(Status.DRAFT)
    outcome = recognitions(product_row(score=60), importer=as_user("huyen844"))
    assert outcome.unchanged == 1
    record.refresh_from_db()
    assert record.status == "draft"


def test_an_administrators_import_leaves_the_status_alone():
    record = on_record(Status.DRAFT)
    recognitions(product_row(score=65), importer=as_user("quantri"))
    record.refresh_from_db()
    assert (record.status, record.score) == ("draft", 65)

"""An import taken back, and what is left where somebody went on from it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import BatchState, ImportBatch
from ocop.imports.undo import services
from ocop.organisation.models import User
from ocop.organisation.scope import SYSTEM
from ocop.web.errors import NotForYou
from products.choices import Status
from products.datasets.undo.plan import touched_records
from products.kinds import KINDS
from products.models import Evidence, IPRight, Producer, Product, Recognition
from products.records import amendments, workflow
from products.records.history import update_all
from tests.imports.workbooks import (
    IP_RIGHTS,
    as_user,
    everything,
    imported,
    product_row,
    recognitions,
)
from tests.support.factories import district, make_ip_right, make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]
COUNTING = "organisation.DataVersionToken"


DERIVED = ("products.ValiditySpan", "products.FirstRecognition")
"""Rows written anew with what they follow from: their ids say nothing."""


def records() -> dict[str, Any]:
    """All rows but history, marks and the imports' own, without columns that count changes."""
    stored = {}
    for name, rows in everything().items():
        if not name.startswith(("imports.", COUNTING)) and ".Historical" not in name:
            left_out = {"version", "updated_at", *(["id"] if name in DERIVED else [])}
            stored[name] = [
                {key: value for key, value in row.items() if key not in left_out} for row in rows
            ]
            if name in DERIVED:
                stored[name].sort(key=repr)
    return stored


def undo(number: int | None, importer: Any = None, **options: Any) -> services.UndoResult:
    batch = ImportBatch.objects.get(pk=number)
    return services.undo(batch, importer or system_importer(), **options)


def edit(record: Any, user: Any = None, **values: Any) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    update_all([record], list(values), user, "sửa tay")


def test_what_an_import_created_is_gone_and_nothing_else():
    recognitions(product_row("Khác", "HTX Khác"))
    before = records()
    outcome = recognitions(product_row("A"), product_row("B", "Hộ ông B"))
    done = undo(outcome.batch)
    assert records() == before
    assert (done.batch.deleted, done.batch.updated, done.left) == (6, 0, [])


def test_what_an_import_changed_is_as_it_was():
    recognitions(product_row("A", score=65), product_row("B"))
    before = records()
    outcome = recognitions(product_row("A", score=66), product_row("B", rank="4 sao"))
    assert Recognition.objects.filter(score=66).count() == 1
    done = undo(outcome.batch)
    assert records() == before
    assert (done.batch.deleted, done.batch.updated) == (0, 2)
    assert Recognition.objects.get(product__name="A").version == 3


def test_each_record_gets_one_history_row_with_who_and_why():
    recognitions(product_row("A", score=65))
    outcome = recognitions(product_row("A", score=66), product_row("B"))
    undo(outcome.batch, as_user("quantri"))
    changed = Recognition.objects.get().history.order_by("history_id")
    assert [row.action for row in changed] == ["create", "edit", "undo"]
    gone = Product.history.filter(name="B").order_by("history_id")
    assert [(row.action, row.history_type) for row in gone] == [("create", "+"), ("undo", "-")]
    for row in (changed.last(), gone.last()):
        assert row.history_user.username == "quantri"
        assert row.history_change_reason == f"undo of import {outcome.batch}"


def test_what_was_edited_since_is_listed_and_left():
    outcome = recognitions(product_row("A"), product_row("B", "Hộ ông B"))
    somebody = User.objects.get(username="tinh")
    edit(Recognition.objects.get(product__name="A"), somebody, note="đã xem lại")
    done = undo(outcome.batch)
    assert [step.title for step in done.left if step.edited] == [
        str(Recognition.objects.get(product__name="A"))
    ]
    assert str(somebody) in done.left[0].edited
    # With it what it rests on: its product and that one's producer.
    assert {type(step.record) for step in done.left} == {Recognition, Product, Producer}
    assert list(Product.objects.values_list("name", flat=True)) == ["A"]
    assert len(done.batch.left) == 3


def test_what_was_edited_since_is_taken_back_where_the_person_says_so():
    before = records()
    outcome = recognitions(product_row("A"))
    edit(Recognition.objects.get(), note="đã xem lại")
    plan = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), system_importer())
    assert [step.action for step in plan.edited] == ["delete"]
    done = undo(outcome.batch, overwrite={step.change.pk for step in plan.edited})
    assert done.left == []
    assert records() == before


def test_a_column_somebody_changed_since_stays_theirs():
    recognitions(product_row("A", score=65))
    outcome = recognitions(product_row("A", score=66))
    edit(Recognition.objects.get(), note="của tôi")
    plan = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), system_importer())
    undo(outcome.batch, overwrite={step.change.pk for step in plan.edited})
    recognition = Recognition.objects.get()
    assert (recognition.score, recognition.note) == (65, "của tôi")


def test_what_others_rest_on_stays_whatever_the_person_says():
    outcome = recognitions(product_row("A"), product_row("B", "Hộ ông B"))
    product = Product.objects.get(name="A")
    later = make_recognition(product, decided_on=date(2024, 4, 5))
    plan = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), system_importer())
    blocked = {step.record: step.blocking_reason for step in plan.blocked}
    assert set(blocked) == {product, product.producer}
    assert str(Recognition.objects.get(pk=later.pk)) in blocked[product]
    undo(outcome.batch, overwrite={step.change.pk for step in plan.steps})
    assert list(Recognition.objects.all()) == [later]
    assert list(Product.objects.all()) == [product]


@pytest.mark.parametrize("attach", ["evidence", "amendment"])
def test_a_record_with_evidence_or_a_proposed_change_stays(attach):
    outcome = recognitions(product_row("A"))
    product, user = Product.objects.get(), User.objects.get(username="tinh")
    if attach == "evidence":
        Evidence.objects.create(
            kind="product", record_id=product.pk, name="quet.pdf", content_type="application/pdf",
            size=1, sha256="0" * 64, added_by=user,
        )  # fmt: skip
    else:
        amendments.propose(KINDS["product"], product, {"name": "A mới"}, user, "đổi tên")
    done = undo(outcome.batch)
    assert (Product.objects.get(), Recognition.objects.count()) == (product, 0)
    assert {type(step.record) for step in done.left} == {Product, Producer}


def test_links_between_records_go_and_come_back():
    product = make_product("Mật ong")
    row = ["Nhãn hiệu", "Ong Vàng", "HTX Ong", None, "4-2022-12345", None, None, "Mật ong"]
    before = records()
    outcome = imported("ip_rights", [[*IP_RIGHTS, "Sản phẩm"], row])
    assert list(IPRight.objects.get().products.all()) == [product]
    done = undo(outcome.batch)
    assert records() == before
    undo(done.batch.pk)
    assert list(IPRight.objects.get().products.all()) == [product]


def test_an_undoing_is_undone_and_that_one_too():
    recognitions(product_row("A", score=65))
    outcome = recognitions(product_row("A", score=66), product_row("B"))
    after = records()
    first = undo(outcome.batch)
    second = undo(first.batch.pk)
    assert records() == after
    assert (second.batch.created, second.batch.updated) == (2, 1)
    undo(second.batch.pk)
    assert Recognition.objects.get().score == Decimal(65)
    versions = Product.history.filter(name="B").values_list("version", flat=True)
    assert sorted(versions) == [1, 1, 2, 2]


def test_nothing_is_taken_back_twice():
    outcome = recognitions(product_row("A"))
    undo(outcome.batch)
    with pytest.raises(services.CannotUndo):
        undo(outcome.batch)
    assert ImportBatch.objects.filter(state=BatchState.APPLIED).count() == 2


def test_an_undoing_that_finds_something_else_than_was_shown_stops():
    outcome = recognitions(product_row("A"))
    shown = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), system_importer())
    edit(Recognition.objects.get(), note="khác")
    before = everything()
    with pytest.raises(services.CannotUndo):
        undo(outcome.batch, digest=shown.digest)
    assert everything() == before


def test_records_that_are_gone_already_leave_nothing_to_take_back():
    outcome = recognitions(product_row("A"))
    for model in (Recognition, Product, Producer):
        model.objects.all().delete()
    with pytest.raises(services.CannotUndo):
        undo(outcome.batch)
    assert ImportBatch.objects.count() == 1


def test_officers_take_back_their_own_imports_until_they_are_verified():
    officer = as_user("huyen844")
    outcome = recognitions(product_row("A"), product_row("B", "Hộ ông B"), importer=officer)
    verifier = User.objects.get(username="tinh")
    stored = Product.objects.get(name="A")
    workflow.advance(stored.producer, "verify", verifier)
    plan = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), officer)
    done = undo(outcome.batch, officer, overwrite={step.change.pk for step in plan.steps})
    assert list(Producer.objects.all()) == [stored.producer]
    assert Producer.objects.get().status == Status.VERIFIED
    assert len(done.left) == 1


def test_people_see_their_own_imports_and_administrators_all():
    theirs = recognitions(product_row("A"), importer=as_user("huyen844")).batch
    mine = recognitions(product_row("B", "Hộ B"), importer=as_user("tinh")).batch
    seen = {
        name: set(services.visible_batches(as_user(name)).values_list("pk", flat=True))
        for name in ("huyen844", "huyen848", "tinh", "quantri")
    }
    assert seen == {
        "huyen844": {theirs},
        "huyen848": set(),
        "tinh": {mine},
        "quantri": {theirs, mine},
    }


# --- What a hostile look found --------------------------------------------------------------------


def test_a_record_that_a_later_import_changed_is_listed_not_passed_over():
    recognitions(product_row("A", score=60), product_row("B", score=60))
    first = recognitions(product_row("A", score=66), product_row("B", score=66))
    second = recognitions(product_row("A", score=70))
    plan = services.plan_undo(ImportBatch.objects.get(pk=first.batch), system_importer())
    assert [step.record.product.name for step in plan.edited] == ["A"]
    done = undo(first.batch)
    assert len(done.left) == len(done.batch.left) == 1
    assert Recognition.objects.get(product__name="A").score == 70
    assert Recognition.objects.get(product__name="B").score == 60
    undo(second.batch)
    assert Recognition.objects.get(product__name="A").score == 66


def test_a_later_value_goes_too_where_the_person_says_so():
    recognitions(product_row("A", score=60))
    first = recognitions(product_row("A", score=66))
    recognitions(product_row("A", score=70))
    plan = services.plan_undo(ImportBatch.objects.get(pk=first.batch), system_importer())
    assert [step.words[0][1:] for step in plan.edited] == [("70", "60")]
    undo(first.batch, overwrite={step.change.pk for step in plan.edited})
    assert Recognition.objects.get().score == 60


def test_the_checks_of_the_plan_hold_for_the_deed():
    officer = as_user("huyen844")
    outcome = recognitions(product_row("A"), importer=officer)
    nobody = type(officer)(type(officer.scope)(), officer.status, officer.user)
    with pytest.raises(services.CannotUndo):
        undo(outcome.batch, nobody)
    ImportBatch.objects.update(state=BatchState.INTERRUPTED)
    with pytest.raises(services.CannotUndo):
        undo(outcome.batch, officer)
    assert Recognition.objects.count() == 1


def test_an_officer_who_moved_leaves_the_old_district_alone():
    officer = as_user("huyen844")
    outcome = recognitions(product_row("A"), importer=officer)
    batch = ImportBatch.objects.get(pk=outcome.batch)
    assert services.get_batch_or_404(batch.pk, officer) == batch
    moved = replace(officer, scope=as_user("huyen848").scope)
    with pytest.raises(NotForYou):
        services.get_batch_or_404(batch.pk, moved)
    plan = services.plan_undo(batch, moved)
    assert {step.title for step in plan.blocked} == {str(plan.steps[0].title)}
    assert "A" not in plan.steps[0].title.split()
    with pytest.raises(services.CannotUndo):
        undo(batch.pk, moved)
    assert Recognition.objects.count() == 1


def test_what_rests_on_it_in_another_district_is_not_named():
    officer = as_user("huyen844")
    outcome = recognitions(product_row("A"), importer=officer)
    right = make_ip_right(name="NHÃN BÍ MẬT", district=district("848"))
    right.products.add(Product.objects.get())
    plan = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), officer)
    reasons = " ".join(step.reason_left for step in plan.steps)
    assert "BÍ MẬT" not in reasons
    assert len(plan.blocked) == 2
    province = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), as_user("quantri"))
    assert "BÍ MẬT" in " ".join(step.reason_left for step in province.steps)


def test_one_record_that_cannot_come_back_does_not_keep_the_others_away():
    outcome = recognitions(product_row("A"), product_row("B", "Hộ B"))
    undone = undo(outcome.batch)
    recognitions(product_row("A"))
    done = undo(undone.batch.pk)
    assert sorted(Product.objects.values_list("name", flat=True)) == ["A", "B"]
    assert {type(step.record) for step in done.left} == {Producer, Product, Recognition}
    assert Recognition.objects.count() == 2


def test_a_record_whose_change_is_proposed_is_listed_before_it_is_restored():
    recognitions(product_row("A", score=60))
    outcome = recognitions(product_row("A", score=66))
    recognition, user = Recognition.objects.get(), User.objects.get(username="tinh")
    amendments.propose(KINDS["recognition"], recognition, {"note": "x"}, user, "ghi thêm")
    plan = services.plan_undo(ImportBatch.objects.get(pk=outcome.batch), system_importer())
    assert [step.record for step in plan.edited] == [recognition]


def test_records_that_are_gone_keep_their_names_on_the_page():
    outcome = recognitions(product_row("Mật ong rừng"))
    undone = undo(outcome.batch)
    changes = list(undone.batch.changes.order_by("id"))
    titles = {one.model: one.title for one in touched_records(changes, SYSTEM)}
    assert titles["lần công nhận"].startswith("Mật ong rừng · 3 sao")
    assert all(titles.values())


def test_undoing_asks_no_more_for_many_records_than_for_few():
    def used(size: int, word: str) -> int:
        rows = [product_row(f"{word} {n}", f"Hộ {word} {n}") for n in range(size)]
        outcome = recognitions(*rows)
        with CaptureQueriesContext(connection) as captured:
            undo(outcome.batch)
        return len(captured)

    assert used(60, "Nhiều") <= used(6, "Ít") + 2

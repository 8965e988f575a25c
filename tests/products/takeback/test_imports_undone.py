"""Imports taken back, or done again, after what they brought in was merged or cancelled."""

from contextlib import suppress
from typing import Any

import pytest

from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import ImportBatch, ImportedChange
from ocop.imports.undo import services
from products.choices import Status
from products.models import Product, Recognition
from tests.imports.workbooks import DECIDED, RECOGNITIONS, TRACEABILITY, imported
from tests.products.takeback.steps import figures, propose_merge, take, verify_proposal
from tests.support.factories import make_producer, make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ROW = ["Kẹo dừa sáp", "HTX Mẫu", None, "Càng Long", None, "3 sao", DECIDED]


def an_import(*row: Any) -> ImportBatch:
    outcome = imported("recognitions", [RECOGNITIONS, list(row or ROW)])
    assert outcome.batch, outcome
    return ImportBatch.objects.get(pk=outcome.batch)


def undo_all_of(batch: ImportBatch) -> None:
    """As an administrator may, of what was changed since as well."""
    changes = ImportedChange.objects.filter(batch=batch)
    services.undo(
        batch, system_importer(), overwrite=frozenset(changes.values_list("pk", flat=True))
    )


def take_back(batch: ImportBatch) -> None:
    with suppress(services.CannotUndo):
        undo_all_of(batch)


def test_what_another_record_went_into_is_not_taken_back(officer: Any, verifier: Any) -> None:
    batch = an_import()
    brought = Recognition.objects.get(product__name="Kẹo dừa sáp")
    double = make_product("Kẹo dừa xáp", producer=brought.product.producer)
    said = ("decided_on", "rank", "decision_number", "authority", "certificate_number")
    own = make_recognition(double, **{name: getattr(brought, name) for name in said})
    propose_merge(officer, double, brought.product)
    verify_proposal(verifier, double)
    own.refresh_from_db()
    assert own.status == Status.CANCELLED
    before = figures()
    take_back(batch)
    assert figures() == before
    assert Recognition.objects.filter(pk=brought.pk).exists()


def test_what_another_is_proposed_to_go_into_is_not_taken_back(officer: Any, verifier: Any) -> None:
    batch = an_import()
    brought = Recognition.objects.get(product__name="Kẹo dừa sáp")
    double = make_product("Kẹo dừa xáp", producer=brought.product.producer)
    propose_merge(officer, double, brought.product)
    take_back(batch)
    assert verifier.get("/my-work/").status_code == 200
    verify_proposal(verifier, double)
    double.refresh_from_db()
    assert double.status == Status.CANCELLED
    assert Product.objects.filter(pk=brought.product_id).exists()


def test_a_merge_of_which_a_record_is_gone_says_so(officer: Any, verifier: Any) -> None:
    one = make_product("Kẹo dừa sáp", producer=make_producer("HTX Mẫu"))
    other = make_product("Kẹo dừa dẻo", producer=one.producer)
    batch = an_import()
    assert Product.objects.count() == 2
    propose_merge(officer, one, other)
    verify_proposal(verifier, one)
    undo_all_of(batch)
    assert not Recognition.objects.exists()
    answer = officer.get(f"/records/product/{one.pk}/separate/")
    assert answer.status_code == 200 and "không còn" in answer.content.decode()


def test_what_was_kept_is_found_under_the_name_that_went_into_it(
    officer: Any, verifier: Any
) -> None:
    wrong, right = make_producer("Cơ sở Bến Giá"), make_producer("Cơ sở Hoàng Gia")
    moved = make_product("Bánh tét", producer=wrong)
    one, two = (make_product(name, producer=right) for name in ("Kẹo dừa", "Mứt dừa"))
    for going, survivor in ((two, one), (wrong, right)):
        propose_merge(officer, going, survivor)
        verify_proposal(verifier, going)
    for name, owner, meant in (
        ("Bánh tét", "Cơ sở Bến Giá", moved),
        ("Mứt dừa", "Cơ sở Hoàng Gia", one),
    ):
        row = [name, owner, *ROW[2:]]
        outcome = imported("recognitions", [RECOGNITIONS, row], dry_run=True)
        assert {w.cause for w in outcome.warnings} == {"merged_name"}, outcome.errors
        assert imported("recognitions", [RECOGNITIONS, row]).created == 1, row
        assert Recognition.objects.latest("pk").product == meant, row
        listed = [name, owner, "VNPT Check", "1/5/2024", None]
        assert imported("traceability", [TRACEABILITY, listed]).created == 1, row
    assert sorted(Product.objects.values_list("name", flat=True)) == ["Bánh tét", "Kẹo dừa"]


def test_a_name_whose_merge_was_taken_back_is_its_own_again(officer: Any, verifier: Any) -> None:
    owner = make_producer("Cơ sở Hoàng Gia")
    one, two = (make_product(name, producer=owner) for name in ("Kẹo dừa", "Mứt dừa"))
    propose_merge(officer, two, one)
    verify_proposal(verifier, two)
    take(officer, verifier, two, "separate")
    row = ["Mứt dừa", "Cơ sở Hoàng Gia", *ROW[2:]]
    assert imported("recognitions", [RECOGNITIONS, row]).created == 1
    assert Recognition.objects.latest("pk").product == two

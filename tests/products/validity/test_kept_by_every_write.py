"""Whatever way a record changes, the spans of its product are those of its records afterwards."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ocop.db import reference_data
from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from ocop.organisation.models import User
from products.choices import Rank, Status
from products.kinds import KINDS
from products.models import (
    FirstRecognition,
    FloorListing,
    Product,
    Recognition,
    TraceabilityEnrolment,
    ValiditySpan,
)
from products.records import amendments, delete_all, history, workflow
from products.validity import differing_products
from targets.verification import effects
from tests.imports.workbooks import (
    ECOMMERCE,
    RECOGNITIONS,
    TRACEABILITY,
    as_user,
    imported,
    product_row,
    recognitions,
)
from tests.products.entry.form_data import (
    commune,
    edit_url,
    hidden,
    recognition_fields,
    return_record,
    submit,
    verify,
)
from tests.support.factories import (
    district,
    make_enrolment,
    make_listing,
    make_producer,
    make_product,
    make_recognition,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.usefixtures("effects_untold"),
]
LATER = date(2023, 8, 22)
Act = Callable[[], Any]


def stored() -> list[str]:
    columns = [
        [one.attname for one in model._meta.concrete_fields if not one.primary_key]
        for model in (ValiditySpan, FirstRecognition)
    ]
    spans = ValiditySpan.objects.values_list(*columns[0])
    firsts = FirstRecognition.objects.values_list(*columns[1])
    return sorted(map(repr, [*spans, *firsts]))


def person(name: str) -> User:
    return User.objects.get(username=name)


def mine(**fields: Any) -> dict[str, Any]:
    return fields | {"created_by": person("huyen844")}


# --- Forms and the steps of a record --------------------------------------------------------------


def a_draft_is_entered(signed_in: Any) -> Act:
    product, officer = make_product(), signed_in("officer_of_844")
    url = f"/records/recognition/new/?product={product.pk}"
    return lambda: officer.post(url, recognition_fields())


def it_is_submitted(signed_in: Any) -> Act:
    record = make_recognition(**mine(status=Status.DRAFT))
    return lambda: submit(signed_in("officer_of_844"), record)


def it_is_verified(signed_in: Any) -> Act:
    record = make_recognition(**mine(status=Status.SUBMITTED))
    return lambda: verify(signed_in("provincial_officer"), record)


def it_is_returned(signed_in: Any) -> Act:
    record = make_recognition(**mine(status=Status.SUBMITTED))
    return lambda: return_record(signed_in("provincial_officer"), record, "Thiếu ngày")


def it_is_changed_while_submitted(signed_in: Any) -> Act:
    record = make_recognition(**mine(status=Status.SUBMITTED, decision_number="12/QĐ-UBND"))
    client = signed_in("provincial_officer")
    fields = recognition_fields(decided_on="2024-05-06", authority="province")
    sent = fields | {"version": hidden(client, edit_url(record)), "warning_reason": "đúng"}
    return lambda: client.post(edit_url(record), sent)


def a_draft_is_discarded(signed_in: Any) -> Act:
    record = make_recognition(**mine(status=Status.DRAFT))
    return lambda: workflow.discard(record, person("huyen844"))


def an_amendment(record: Any, values: dict[str, Any]) -> Act:
    """The step that verifies it; what is entered before changes nothing."""
    kind = next(one for one in KINDS.values() if one.model is type(record))
    author = person("huyen844")
    change = amendments.propose(kind, record, values, author, "quyết định mới")
    workflow.advance(change, "submit", author)
    return lambda: workflow.advance(change, "verify", person("tinh"))


def it_is_revoked(signed_in: Any) -> Act:
    values = {"revoked_on": "2023-01-05", "revocation_reason": "vi phạm"}
    return an_amendment(make_recognition(), values)


PAPER = {"prolongation_number": "9/UBND", "prolonged_on": "2025-08-01"}


def it_is_prolonged(signed_in: Any) -> Act:
    return an_amendment(make_recognition(), PAPER | {"prolonged_until": "2026-02-18"})


def its_prolongation_is_taken_back(signed_in: Any) -> Act:
    record = make_recognition(**PAPER, prolonged_until=date(2026, 2, 18))
    nothing = {"prolongation_number": "", "prolonged_on": None, "prolonged_until": None}
    return an_amendment(record, nothing)


def it_is_prolonged_by_an_import(signed_in: Any) -> Act:
    recognitions(product_row())
    headers = ["Số văn bản gia hạn", "Ngày văn bản gia hạn", "Gia hạn đến"]
    paper = ["9/UBND", date(2025, 8, 1), date(2026, 2, 18)]
    table = [[*RECOGNITIONS, *headers], [*product_row(), *paper]]
    return lambda: accepted(imported("recognitions", table))


def its_day_is_corrected(signed_in: Any) -> Act:
    return an_amendment(make_recognition(), {"decided_on": "2022-08-23"})


def its_note_is_corrected(signed_in: Any) -> Act:
    return an_amendment(make_recognition(), {"note": "xem lại"})


def an_enrolment_ends(signed_in: Any) -> Act:
    recognition = make_recognition()
    enrolment = make_enrolment(recognition.product, date(2022, 1, 1))
    return an_amendment(enrolment, {"ended_on": "2023-01-01"})


def a_listing_is_on_another_floor(signed_in: Any) -> Act:
    recognition = make_recognition()
    listing = make_listing(recognition.product, date(2022, 1, 1))
    other = make_listing(make_product(), date(2022, 1, 1), floor="postmart").floor
    other.counted = False
    other.save()
    return an_amendment(listing, {"floor": other.pk})


def a_product_moves_to_another_district(signed_in: Any) -> Act:
    product = make_recognition().product
    there = commune("848")
    return an_amendment(product, {"place": there.pk, "district": district("848").pk})


def a_product_goes_to_another_producer(signed_in: Any) -> Act:
    return an_amendment(make_recognition().product, {"producer": make_producer().pk})


def many_are_verified_at_once(signed_in: Any) -> Act:
    product = make_product()
    common = mine(status=Status.SUBMITTED)
    records = [
        make_recognition(product, **common),
        make_recognition(product, LATER, Rank.FOUR, **common),
        make_recognition(**common),
        make_enrolment(product, date(2022, 1, 1), **common),
        make_listing(product, date(2022, 1, 1), **common),
    ]
    return lambda: verify(signed_in("provincial_officer"), *records)


def effects_of_verifying_are_shown(signed_in: Any) -> Act:
    record = make_recognition(**mine(status=Status.SUBMITTED))
    return lambda: effects.verification_effects([record], person("tinh"), date(2024, 1, 1))


def verifying_is_refused_halfway(signed_in: Any) -> Act:
    common = mine(status=Status.SUBMITTED)
    good = make_recognition(**common)
    bad = make_recognition(make_product(status=Status.SUBMITTED), **common)

    def act() -> None:
        with pytest.raises(workflow.WorkflowError):
            workflow.advance_all([good, bad], "verify", person("tinh"))

    return act


# --- Written by the program -----------------------------------------------------------------------


def a_verified_record_is_created(signed_in: Any) -> Act:
    product = make_product()
    record = Recognition(product=product, decided_on=LATER, rank=Rank.FOUR, status=Status.VERIFIED)
    return lambda: history.create_record(record, None, "thử")


def a_recognition_goes_to_another_product(signed_in: Any) -> Act:
    recognition, other = make_recognition(), make_product()
    recognition.product = other
    return lambda: history.update_record(recognition, ["product"], None, "gộp")


def many_go_to_another_product(signed_in: Any) -> Act:
    records, other = [make_recognition(), make_recognition()], make_product()
    for day, record in enumerate(records, start=1):
        record.product, record.decided_on = other, date(2023, 1, day)
    return lambda: history.update_all(records, ["product", "decided_on"], None, "gộp")


def a_verified_record_is_deleted(signed_in: Any) -> Act:
    recognition = make_recognition()
    return lambda: history.delete_record(recognition, None, "thử")


def records_with_their_product_are_deleted(signed_in: Any) -> Act:
    recognition = make_recognition()

    def act() -> None:
        delete_all([recognition], None, "thử", "undo")
        delete_all([recognition.product], None, "thử", "undo")

    return act


def a_product_is_deleted_while_its_spans_are_wrong(signed_in: Any) -> Act:
    """The database refuses a product with rows left, whatever they say."""
    product = make_product()
    recognition = make_recognition(product)
    Recognition.objects.filter(pk=recognition.pk).delete()
    return lambda: delete_all([product], None, "thử", "undo")


# --- Imports --------------------------------------------------------------------------------------


def accepted(outcome: Any) -> Any:
    assert outcome.verdict == "accepted", outcome.errors
    return outcome


def new_ones_are_imported(signed_in: Any) -> Act:
    return lambda: accepted(recognitions(product_row("A"), product_row("B", "Hộ ông B")))


def they_are_imported_into_the_queue(signed_in: Any) -> Act:
    return lambda: accepted(recognitions(product_row(), importer=as_user("huyen844")))


def they_are_recognised_again(signed_in: Any) -> Act:
    accepted(recognitions(product_row("A"), product_row("B", "Hộ ông B")))
    again = [product_row("A", day=LATER), product_row("B", "Hộ ông B", day=LATER, rank="4 sao")]
    return lambda: accepted(recognitions(*again))


def a_rank_is_changed_by_an_import(signed_in: Any) -> Act:
    accepted(recognitions(product_row()))
    return lambda: accepted(recognitions(product_row(rank="4 sao")))


ON_SALE = ["Mật ong", "HTX Ong Vàng", "Voso", None, date(2022, 9, 1), None]
IN_A_SYSTEM = ["Mật ong", "HTX Ong Vàng", "iCheck", date(2022, 9, 1), None]


def listings_are_imported(signed_in: Any) -> Act:
    accepted(recognitions(product_row()))

    def act() -> None:
        accepted(imported("ecommerce", [ECOMMERCE, ON_SALE]))
        accepted(imported("traceability", [TRACEABILITY, IN_A_SYSTEM]))
        assert FloorListing.objects.exists() and TraceabilityEnrolment.objects.exists()

    return act


def an_import_is_only_tried(signed_in: Any) -> Act:
    return lambda: accepted(recognitions(product_row(), dry_run=True))


def undone(outcome: Any) -> Any:
    batch = ImportBatch.objects.get(pk=accepted(outcome).batch)
    done = services.undo(batch, system_importer())
    assert done.left == []
    return done.batch


def what_an_import_created_is_undone(signed_in: Any) -> Act:
    outcome = recognitions(product_row("A"), product_row("B", "Hộ ông B"))
    return lambda: undone(outcome)


def what_an_import_changed_is_undone(signed_in: Any) -> Act:
    recognitions(product_row())
    outcome = recognitions(product_row(rank="4 sao"))
    return lambda: undone(outcome)


def being_recognised_again_is_undone(signed_in: Any) -> Act:
    """The product stays, with what it had before."""
    recognitions(product_row())
    outcome = recognitions(product_row(day=LATER, rank="4 sao"))
    return lambda: undone(outcome)


def an_undoing_is_undone(signed_in: Any) -> Act:
    undoing = undone(recognitions(product_row()))

    def act() -> None:
        assert services.undo(undoing, system_importer()).left == []
        assert Product.objects.exists()

    return act


# --- Reference data -------------------------------------------------------------------------------


def a_floor_counts_no_more(signed_in: Any) -> Act:
    listing = make_listing(make_recognition().product, date(2022, 1, 1))

    def act() -> None:
        path = reference_data.FIXTURES / "floors.json"
        rows = json.loads(path.read_text(encoding="utf-8"))
        changed = [row | {"counted": row["code"] != listing.floor.code} for row in rows]
        path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        call_command("load_reference", stdout=StringIO())

    return act


MOVES = [
    *(it_is_submitted, it_is_verified, it_is_returned, it_is_changed_while_submitted),
    *(it_is_prolonged, its_prolongation_is_taken_back, it_is_prolonged_by_an_import),
    *(it_is_revoked, its_day_is_corrected, an_enrolment_ends, a_listing_is_on_another_floor),
    *(a_product_moves_to_another_district, a_product_goes_to_another_producer),
    *(
        many_are_verified_at_once,
        a_verified_record_is_created,
        a_recognition_goes_to_another_product,
    ),
    *(many_go_to_another_product, a_verified_record_is_deleted),
    *(records_with_their_product_are_deleted, a_product_is_deleted_while_its_spans_are_wrong),
    *(new_ones_are_imported, they_are_imported_into_the_queue, they_are_recognised_again),
    *(a_rank_is_changed_by_an_import, listings_are_imported, what_an_import_created_is_undone),
    *(
        what_an_import_changed_is_undone,
        being_recognised_again_is_undone,
        an_undoing_is_undone,
        a_floor_counts_no_more,
    ),
]
LEAVES = [
    *(a_draft_is_entered, a_draft_is_discarded, its_note_is_corrected),
    *(effects_of_verifying_are_shown, verifying_is_refused_halfway, an_import_is_only_tried),
]


@pytest.fixture
def reference_files(tmp_path: Path, monkeypatch: Any) -> None:
    """Copies, which a case may change."""
    copy = tmp_path / "reference"
    shutil.copytree(reference_data.FIXTURES, copy)
    monkeypatch.setattr(reference_data, "FIXTURES", copy)


@pytest.mark.usefixtures("reference_files")
@pytest.mark.parametrize("way", [*MOVES, *LEAVES], ids=lambda way: way.__name__)
def test_spans_are_those_of_the_records(way: Callable[[Any], Act], signed_in: Any) -> None:
    act = way(signed_in)
    before = stored()
    act()
    assert (stored() != before) == (way in MOVES)
    assert differing_products() == []


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_data_has_its_spans() -> None:
    assert ValiditySpan.objects.count() > 400
    assert differing_products() == []

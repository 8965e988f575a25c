"""Why an undoing left a record: kept in no language, told to those who may see the record."""

import json
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from ocop.imports.undo.reasons import REASONS, reason_text, stored_reason
from ocop.organisation.models import User
from products.models import Product, Recognition
from tests.imports.undo.test_undo import edit, undo
from tests.imports.undo.test_undo_onto_taken_places import IP_RIGHTS, numbered_by_an_import
from tests.imports.workbooks import as_user, imported, product_row, recognitions
from tests.support.cases import every_case
from tests.support.factories import district, make_ip_right

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ABOUT: dict[str, Any] = {
    "what": Product,
    "columns": [Product._meta.get_field("name"), Product._meta.get_field("producer")],
    "day": date(2024, 5, 6),
    "who": stored_reason("system"),
}


@every_case("code", REASONS)
def test_every_reason_is_kept_without_words(code):
    with translation.override("en"):
        reason = stored_reason(code, **ABOUT)
        assert reason_text(json.loads(json.dumps(reason.stored))) == reason
    assert reason not in json.dumps(reason.stored)


def left_in(language: str, batch: ImportBatch, name: str = "quantri") -> list[tuple[str, str]]:
    with translation.override(language):
        return services.shown_left(ImportBatch.objects.get(pk=batch.pk), as_user(name).scope)


def test_an_edited_record_is_explained_in_the_readers_language():
    outcome = recognitions(product_row("A"), product_row("B", "Hộ B"))
    edit(
        Recognition.objects.get(product__name="A"),
        User.objects.get(username="tinh"),
        note="đã xem lại",
    )
    done = undo(outcome.batch)
    assert len(left_in("en", done.batch)) == 3
    english = dict(left_in("en", done.batch))[str(Product.objects.get())]
    assert english.endswith("rests on it")
    reasons = [reason for _record, reason in left_in("en", done.batch)]
    assert any("changed on" in reason and "Changed" in reason for reason in reasons)
    assert not set(reasons) & {reason for _record, reason in left_in("vi", done.batch)}
    assert "rests on it" not in json.dumps(done.batch.left)


def test_a_taken_place_is_explained_with_its_columns():
    batch = numbered_by_an_import("A", "B")
    make_ip_right(name="A", owner="HTX Ong")
    done = undo(batch)
    (_record, reason) = left_in("en", done.batch)[0]
    assert reason.endswith("is on record with the same kind, name, owner by now")
    assert imported("ip_rights", [IP_RIGHTS]).verdict != "accepted"


def test_who_may_not_see_the_record_is_told_nothing_of_it():
    rows = product_row("MẬT"), product_row("B", "Hộ B")
    outcome = recognitions(*rows, importer=as_user("huyen844"))
    edit(Recognition.objects.get(product__name="MẬT"), note="x")
    done = undo(outcome.batch, as_user("huyen844"))
    assert "MẬT" in str(left_in("vi", done.batch, "huyen844"))
    shown = left_in("vi", done.batch, "huyen848")
    assert {reason for _record, reason in shown} == {""}
    assert "MẬT" not in str(shown)
    Product.objects.update(district=district("848"))
    assert "MẬT" in str(left_in("vi", done.batch, "huyen848"))


def test_what_former_versions_kept_in_words_is_still_shown(signed_in):
    done = undo(recognitions(product_row("A")).batch)
    done.batch.left = [{"record": "Bản ghi cũ", "row": 2, "reason": "lý do cũ"}]
    done.batch.save()
    assert left_in("en", done.batch) == [("Bản ghi cũ", "lý do cũ")]
    page = signed_in("administrator").get(f"/imports/{done.batch.pk}/")
    assert "Bản ghi cũ: lý do cũ" in page.text

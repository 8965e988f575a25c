"""A preview is imported as shown, by the person it was shown to, once."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ocop.imports.datasets.registry import effects_worded
from ocop.imports.models import ImportBatch, StoredFile, Upload
from ocop.imports.uploads import application
from ocop.organisation.models import User
from products.choices import Status
from products.models import Product, Recognition
from products.records.history import update_all
from tests.imports.uploads.conftest import messages_of
from tests.imports.workbooks import (
    RECOGNITIONS,
    TRACEABILITY,
    everything,
    make_book,
    make_books,
    product_row,
    recognitions,
)
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def book(*rows: list[Any]) -> bytes:
    return make_book([RECOGNITIONS, *rows])


def records() -> dict[str, Any]:
    return {
        name: rows
        for name, rows in everything().items()
        if name.startswith(("products.", "targets."))
    }


def test_three_steps_lead_from_a_file_to_its_records(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A"), product_row("B", rank="4 sao")))
    page = admin.page(upload)
    assert page.context["rows_to_import"] == 2
    assert [line["kind"] for line in page.context["parts"][0].new_lines] == ["Mới", "Mới"]
    done = admin.confirm(upload)
    batch = ImportBatch.objects.get()
    assert done.redirect_chain == [(f"/imports/{batch.pk}/", 302)]
    assert (batch.state, batch.created, batch.user.username) == ("applied", 2, "quantri")
    assert (batch.upload, batch.finished_at is not None) == (upload, True)
    assert list(Recognition.objects.values_list("status", flat=True)) == ["verified"] * 2


def test_a_preview_writes_nothing(import_session):
    before = records()
    admin = import_session()
    admin.page(admin.hand_in(book(product_row("A"))))
    assert records() == before
    assert not ImportBatch.objects.exists()


def test_the_effect_shown_is_the_effect_had(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))
    admin.page(upload)
    shown = upload.findings["effects"]
    admin.confirm(upload)
    assert shown == ImportBatch.objects.get().effect
    assert [one["unit"] for one in shown] == ["Tỉnh Trà Vinh", "Huyện Càng Long"]
    assert "2022" in effects_worded(shown)[0]["sentence"]


def test_an_officers_records_enter_the_queue_and_the_effect_says_what_they_will_do(import_session):
    officer = import_session("officer_of_844")
    upload = officer.hand_in(book(product_row("A")))
    officer.page(upload)
    assert [one["unit"] for one in upload.findings["effects"]] == ["Huyện Càng Long"]
    officer.confirm(upload)
    assert Recognition.objects.get().status == Status.SUBMITTED
    assert Recognition.objects.get().created_by.username == "huyen844"


def test_a_district_officers_row_of_another_district_stops_the_file(import_session):
    officer = import_session("officer_of_844")
    upload = officer.hand_in(book(product_row("A"), product_row("B", district="Huyện Cầu Kè")))
    part = officer.page(upload).context["parts"][0]
    assert [(e["code"], e["cell"]) for e in part.outcome["errors"]] == [("not_permitted", "D3")]
    officer.confirm(upload)
    assert not Recognition.objects.exists()


@every_case("token", ["", "x", str(uuid.UUID(int=0)), "12345678-1234-5678-1234-567812345678"])
def test_a_forged_or_missing_token_is_refused(import_session, token):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))
    before = records()
    response = admin.confirm(upload, token)
    assert "không còn là" in messages_of(response)[0]
    assert records() == before
    assert not ImportBatch.objects.exists()
    assert admin.page(upload).context["rows_to_import"] == 1


def test_a_confirmation_without_a_preview_is_refused(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))
    Upload.objects.update(preview=None)
    admin.client.post(f"/imports/files/{upload.pk}/import/", {"preview": "None"})
    assert not ImportBatch.objects.exists()


def test_a_refused_file_is_not_imported_whatever_is_posted(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A", rank="6 sao"), product_row("B")))
    admin.confirm(upload)
    assert not Recognition.objects.exists()


def test_somebody_else_neither_sees_nor_imports_the_file(import_session):
    admin, other = import_session(), import_session("provincial_officer")
    upload = admin.hand_in(book(product_row("A")))
    for path in ("", "original/", "progress/"):
        assert other.client.get(f"/imports/files/{upload.pk}/{path}").status_code == 404
    for path in ("import/", "choose/", "discard/"):
        response = other.client.post(
            f"/imports/files/{upload.pk}/{path}", {"preview": str(upload.preview)}
        )
        assert response.status_code == 404
    assert not ImportBatch.objects.exists()


def test_the_same_confirmation_twice_imports_once(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))
    token = upload.preview
    admin.confirm(upload, token)
    response = admin.confirm(upload, token)
    assert "đã được nhập" in messages_of(response)[0]
    assert (ImportBatch.objects.count(), Recognition.objects.count()) == (1, 1)


def test_a_preview_grows_old(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))
    Upload.objects.update(previewed_at=timezone.now() - timedelta(hours=13))
    admin.confirm(upload)
    assert not ImportBatch.objects.exists()
    fresh = admin.page(upload)
    assert fresh.context["rows_to_import"] == 1
    admin.confirm(upload)
    assert ImportBatch.objects.count() == 1


def test_what_changed_since_the_preview_stops_the_import_and_names_the_rows(import_session):
    admin = import_session()
    recognitions(product_row("A", score=65), product_row("B", score=65))
    upload = admin.hand_in(
        book(product_row("A", score=66), product_row("B", score=65), product_row("C"))
    )
    recognition = Recognition.objects.get(product__name="A")
    recognition.note = "của người khác"
    update_all([recognition], ["note"], None, "thử")
    before = records()
    response = admin.confirm(upload)
    assert "“Danh sách” dòng 2" in messages_of(response)[0]
    assert records() == before
    assert ImportBatch.objects.filter(upload=upload).count() == 0
    assert admin.page(upload).context["rows_to_import"] == 2
    admin.confirm(upload)
    assert Recognition.objects.get(product__name="A").score == 66


def test_a_product_that_came_on_record_meanwhile_is_named_too(import_session):
    admin = import_session()
    producer = make_producer("HTX Ong Vàng")
    upload = admin.hand_in(book(product_row("X"), product_row("Mật ong")))
    make_product("Mật ong", producer)
    response = admin.confirm(upload)
    assert "dòng 3" in messages_of(response)[0]
    assert not Recognition.objects.exists()


def test_an_import_that_fails_is_open_again_and_left_nothing(import_session, monkeypatch):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))

    def fails(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("disk")

    monkeypatch.setattr(application.batches, "finish", fails)
    before = records()
    with pytest.raises(RuntimeError):
        admin.confirm(upload)
    monkeypatch.undo()
    assert records() == before
    assert not ImportBatch.objects.exists()
    assert "thất bại" in admin.page(upload).context["notice"]
    admin.confirm(upload)
    assert Recognition.objects.count() == 1


def test_several_sheets_that_build_on_one_another_go_in_together(import_session):
    admin = import_session()
    data = make_books(
        {
            "Sàn": [["Tên sản phẩm", "Chủ thể", "Sàn", "Ngày lên sàn"],
                    ["A", "HTX Ong Vàng", "Voso", "5/6/2023"]],
            "Truy xuất": [TRACEABILITY[:4], ["A", "HTX Ong Vàng", "iCheck", "5/6/2023"]],
            "Công nhận": [RECOGNITIONS, product_row("A")],
        }
    )  # fmt: skip
    upload = admin.hand_in(data)
    page = admin.page(upload)
    assert [part.sheet for part in page.context["parts"]] == ["Công nhận", "Sàn", "Truy xuất"]
    assert page.context["rows_to_import"] == 3
    admin.confirm(upload)
    product = Product.objects.get()
    assert (product.enrolments.count(), product.listings.count()) == (1, 1)
    assert ImportBatch.objects.count() == 3


def test_a_sheet_that_builds_on_a_refused_one_waits_for_it(import_session):
    admin = import_session()
    data = make_books(
        {
            "Công nhận": [RECOGNITIONS, product_row("A", rank="9 sao")],
            "Truy xuất": [TRACEABILITY[:4], ["A", "HTX Ong Vàng", "iCheck", "5/6/2023"]],
        }
    )
    parts = admin.page(admin.hand_in(data)).context["parts"]
    assert [(part.errors, part.waits_for) for part in parts] == [(1, ""), (0, "Công nhận")]


def test_a_file_that_changes_nothing_says_so_and_leaves_no_import(import_session):
    admin = import_session()
    recognitions(product_row("A"))
    upload = admin.hand_in(book(product_row("A")))
    page = admin.page(upload)
    assert page.context["rows_to_import"] == 0
    assert "data-import data-progress" not in page.content.decode()
    admin.confirm(upload)
    assert ImportBatch.objects.count() == 1


def test_the_same_file_handed_in_twice_is_one_page(import_session):
    admin = import_session()
    data = book(product_row("A"))
    assert admin.hand_in(data).pk == admin.hand_in(data).pk
    assert Upload.objects.count() == StoredFile.objects.count() == 1


def test_a_discarded_file_is_gone_with_its_bytes_but_never_one_that_was_imported(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))
    admin.client.post(f"/imports/files/{upload.pk}/discard/")
    assert Upload.objects.count() == StoredFile.objects.count() == 0
    upload = admin.hand_in(book(product_row("A")))
    admin.confirm(upload)
    admin.client.post(f"/imports/files/{upload.pk}/discard/")
    assert Upload.objects.count() == StoredFile.objects.count() == 1


def test_a_disabled_persons_file_waits_in_vain(import_session):
    admin = import_session()
    upload = admin.hand_in(book(product_row("A")))
    User.objects.filter(username="quantri").update(is_active=False)
    admin.client.post(f"/imports/files/{upload.pk}/import/", {"preview": str(upload.preview)})
    assert not ImportBatch.objects.exists()

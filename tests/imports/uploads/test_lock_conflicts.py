"""Two people at the same records at once: one gives way, and is told so in a sentence."""

import sqlite3
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from ocop.imports.models import ImportBatch
from ocop.imports.pipeline import batches, retries
from products.datasets import writing
from products.datasets.recognitions import Recognitions
from products.datasets.undo import plan
from products.models import Product, Recognition
from tests.imports.uploads.conftest import messages_of
from tests.imports.workbooks import RECOGNITIONS, make_book, places, product_row, recognitions

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("effects_untold"),
    pytest.mark.database,
]
ROWS = [
    product_row("Mứt dừa", "HTX Một"),
    product_row("Kẹo dừa", "Hộ Hai"),
    product_row("Kẹo dừa", "HTX Một"),
    product_row("Ăn liền", "HTX Ba", district="Huyện Cầu Kè"),
]
AT_IT = (
    "Đang có người khác thay đổi chính các hồ sơ này. Chưa hoàn tác gì. Hãy thử lại sau một phút."
)


def give_way() -> None:
    """Raise what the database raises where two transactions wait for each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$")
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("database is locked") from cause


@pytest.fixture
def others_first(monkeypatch):
    """others_first(times): so often somebody else is in the way of writing."""
    tries: list[int] = []

    def in_the_way(times: int) -> list[int]:
        save = Recognitions.save

        def saved(*args: Any, **options: Any) -> None:
            tries.append(1)
            if len(tries) <= times:
                give_way()
            save(*args, **options)

        monkeypatch.setattr(Recognitions, "save", saved)
        return tries

    return in_the_way


def order_written(rows: list[Any], monkeypatch: Any) -> list[str]:
    written: list[str] = []
    create = writing.create_new

    def noted(records: Any, *args: Any) -> None:
        written.extend(str(record.instance()) for record in records)
        create(records, *args)

    monkeypatch.setattr(writing, "create_new", noted)
    assert recognitions(*rows, dry_run=False).verdict == "accepted"
    monkeypatch.undo()
    Recognition.objects.all().delete()
    Product.objects.all().delete()
    return written


def test_new_records_are_written_in_one_order_whatever_the_order_of_the_rows(monkeypatch):
    one = order_written(ROWS, monkeypatch)
    producers = [name for name in one if name.startswith("H")]
    assert len(one) == 11
    assert one[: len(producers)] == ["Hộ Hai", "HTX Ba", "HTX Một"]
    make = recognitions(*ROWS[::-1]).batch
    assert make
    changes = ImportBatch.objects.get(pk=make).changes.filter(model="products.recognition")
    assert list(changes.values_list("row_number", flat=True)) == [2, 3, 4, 5]
    Recognition.objects.all().delete()
    Product.objects.all().delete()
    assert order_written(ROWS[::-1], monkeypatch) == one[3:]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has waited already")
def test_a_preview_is_made_again(import_session, others_first):
    tries = others_first(2)
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, ROWS[0]]))
    upload.refresh_from_db()
    assert (len(tries), upload.findings["verdict"]) == (3, "accepted")


def test_a_preview_that_cannot_be_made_ends_in_a_sentence(import_session, others_first):
    others_first(9)
    admin = import_session()
    admin.client.raise_request_exception = False
    file = SimpleUploadedFile("thu.xlsx", make_book([RECOGNITIONS, ROWS[0]]))
    page = admin.client.post("/imports/files/", {"file": file}, follow=True)
    assert (page.status_code, messages_of(page)) == (200, [retries.busy_message()])


def test_an_import_that_gives_way_writes_nothing_and_says_so(import_session, others_first):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, ROWS[0]]))
    admin.page(upload)
    others_first(1)
    page = admin.confirm(upload)
    assert messages_of(page)[0] == retries.busy_message()
    assert (Product.objects.count(), ImportBatch.objects.count()) == (0, 0)
    upload.refresh_from_db()
    assert upload.state == "open"
    admin.confirm(upload)
    assert Product.objects.count() == 1


def test_a_command_that_gives_way_refuses_the_file(others_first):
    others_first(1)
    outcome = recognitions(ROWS[0])
    assert (outcome.verdict, places(outcome.errors)) == ("rejected", [("conflict", None)])
    assert (outcome.errors[0].cause, ImportBatch.objects.count()) == ("busy", 0)


def test_a_database_in_use_before_anything_began_refuses_the_file(monkeypatch):
    monkeypatch.setattr(batches, "begin", lambda *args: give_way())
    outcome = recognitions(ROWS[0])
    assert (outcome.verdict, outcome.errors[0].cause) == ("rejected", "busy")


@pytest.fixture
def others_at_the_restore(monkeypatch):
    """Somebody else holds the record that an undoing would set back; the import's number."""
    recognitions(ROWS[0])
    changed = recognitions(product_row("Mứt dừa", "HTX Một", score=77)).batch
    assert ImportBatch.objects.get(pk=changed).updated == 1
    monkeypatch.setattr(plan, "update_all", lambda *args, **options: give_way())
    return changed


def test_a_page_of_an_undoing_that_cannot_be_tried_says_so(import_session, others_at_the_restore):
    page = import_session().client.get(f"/imports/{others_at_the_restore}/undo/", follow=True)
    assert page.redirect_chain[-1][0] == f"/imports/{others_at_the_restore}/"
    assert messages_of(page) == [AT_IT]


def test_an_undoing_by_command_that_cannot_be_tried_says_so(others_at_the_restore):
    for options in ({}, {"overwrite": True}):
        with pytest.raises(CommandError, match=AT_IT) as refusal:
            call_command("undo_import", others_at_the_restore, **options)
        assert refusal.value.returncode == 1, options


def test_other_failures_of_the_database_are_not_hidden(import_session, monkeypatch):
    def away(*args: Any, **options: Any) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(Recognitions, "save", away)
    with pytest.raises(OperationalError):
        recognitions(ROWS[0])

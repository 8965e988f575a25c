"""The page of an import, taking it back there, and imports that were interrupted."""

import fcntl
import os
import uuid

import pytest

from ocop.imports.datasets import run_progress
from ocop.imports.models import BatchState, ImportBatch, Upload
from ocop.imports.pipeline import batches
from ocop.organisation.models import User
from products.models import Product, Recognition
from products.records.history import update_all
from tests.imports.uploads.conftest import messages_of
from tests.imports.workbooks import (
    RECOGNITIONS,
    as_user,
    make_book,
    product_row,
    recognitions,
)
from tests.support.cases import every_case

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("effects_untold"),
    pytest.mark.database,
]


def undo(admin, pk, **fields):
    plan = admin.client.get(f"/imports/{pk}/undo/").context["plan"]
    return admin.client.post(f"/imports/{pk}/undo/", {"digest": plan.digest, **fields}, follow=True)


def test_it_tells_who_when_which_file_and_what_came_of_it(import_session):
    data = make_book([RECOGNITIONS, product_row("A")])
    admin = import_session()
    upload = admin.hand_in(data)
    admin.confirm(upload)
    batch = ImportBatch.objects.get()
    page = admin.client.get(f"/imports/{batch.pk}/")
    assert [(one.row, one.what) for one in page.context["touched"]] == [(2, "created")] * 3
    text = page.content.decode()
    for words in ("thu.xlsx", "Quản trị viên", f"/products/{Product.objects.get().pk}/"):
        assert words in text
    original = admin.client.get(f"/imports/{batch.pk}/file/")
    assert b"".join(original.streaming_content) == data
    assert "attachment" in original["Content-Disposition"]
    assert "sandbox" in original["Content-Security-Policy"]


def test_an_import_is_taken_back_from_its_page_and_that_too(import_session):
    admin = import_session()
    pk = recognitions(product_row("A"), importer=as_user("quantri")).batch
    undo(admin, pk)
    assert not Product.objects.exists()
    undoing = ImportBatch.objects.get(undoes=pk)
    page = admin.client.get(f"/imports/{pk}/")
    assert (page.context["may_undo"], page.context["batch"].undone_by) == (False, undoing)
    back = admin.client.get(f"/imports/{undoing.pk}/undo/").content.decode()
    assert "A · 3 sao · 22/08/2022" in back
    undo(admin, undoing.pk)
    assert Product.objects.count() == 1


def test_what_was_edited_since_is_ticked_or_stays(import_session):
    admin = import_session()
    pk = recognitions(product_row("A")).batch
    recognition = Recognition.objects.get()
    recognition.note = "của tôi"
    update_all([recognition], ["note"], User.objects.get(username="tinh"), "thử")
    page = admin.client.get(f"/imports/{pk}/undo/")
    (step,) = page.context["plan"].edited
    assert (len(page.context["plan"].blocked), page.context["deletes"]) == (2, 0)
    undo(admin, pk, overwrite=str(step.change.pk))
    assert not Product.objects.exists()


def test_an_undoing_that_was_confirmed_on_an_old_page_stops(import_session):
    admin = import_session()
    pk = recognitions(product_row("A")).batch
    response = admin.client.post(f"/imports/{pk}/undo/", {"digest": "old"}, follow=True)
    assert "thay đổi" in messages_of(response)[0]
    assert Product.objects.count() == 1


@every_case("ticked", ["9" * 5000, "-1", "²", "x", ""])
def test_a_tick_that_is_no_record_changes_nothing(import_session, ticked):
    admin = import_session()
    pk = recognitions(product_row("A")).batch
    undo(admin, pk, overwrite=ticked)
    assert not Product.objects.exists()


def test_an_undoing_twice_is_a_sentence(import_session):
    admin = import_session()
    pk = recognitions(product_row("A")).batch
    undo(admin, pk)
    response = admin.client.get(f"/imports/{pk}/undo/", follow=True)
    assert "đã được hoàn tác" in messages_of(response)[0]


def test_officers_see_their_own_imports_only(import_session):
    officer = import_session("officer_of_844")
    mine = recognitions(product_row("A"), importer=as_user("huyen844")).batch
    other = recognitions(product_row("B", "Hộ B")).batch
    assert officer.client.get(f"/imports/{mine}/").status_code == 200
    for path in ("", "undo/", "file/"):
        assert officer.client.get(f"/imports/{other}/{path}").status_code == 404
    assert list(officer.client.get("/imports/").context["batches"]) == [
        ImportBatch.objects.get(pk=mine)
    ]


def test_an_import_that_died_is_marked_and_its_file_open_again(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A")]))
    batch = batches.begin(upload, "recognitions", upload.user, uuid.uuid4())
    Upload.objects.update(state="running")
    page = admin.page(upload)
    batch.refresh_from_db()
    assert (batch.state, upload.state) == (BatchState.INTERRUPTED, "open")
    assert "bị ngắt giữa chừng" in page.context["notice"]
    assert "Bị ngắt giữa chừng" in admin.client.get("/imports/").content.decode()
    assert "chưa ghi gì" in admin.client.get(f"/imports/{batch.pk}/").content.decode()
    admin.confirm(upload)
    assert Recognition.objects.count() == 1


def test_an_import_that_is_alive_shows_how_far_it_is(import_session):
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row("A")]))
    with run_progress.under_way() as run:
        batch = batches.begin(upload, "recognitions", upload.user, run.token)
        Upload.objects.update(state="running")
        run.report("write", 1500, 3000)
        answer = admin.client.get(f"/imports/files/{upload.pk}/progress/").json()
        assert (answer["state"], answer["percent"]) == ("running", 67)
        assert "1500" in answer["words"].replace(".", "")
        assert "data-running" in admin.page(upload).content.decode()
        batch.refresh_from_db()
        assert batch.state == BatchState.RUNNING
    assert run_progress.progress_of(run.token) is None


def test_the_lock_of_a_run_is_let_go_when_its_process_dies(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    token = uuid.uuid4()
    child = os.fork()
    if child == 0:
        descriptor = os.open(run_progress._file(token), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert run_progress._file(token).exists()
    assert not run_progress.is_alive(token)


def test_imports_need_a_role_that_imports(import_session, outsider):
    member = import_session("committee_member")
    assert member.client.get("/imports/").status_code == 403
    assert member.client.post("/imports/files/").status_code == 403
    assert "/imports/" not in member.client.get("/").content.decode()
    assert "/imports/" in import_session("officer_of_844").client.get("/?unit=844").content.decode()

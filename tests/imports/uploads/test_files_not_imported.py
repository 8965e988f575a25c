"""Files that led to no import: discarded, forgotten, and all of them in the list."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from ocop.imports.datasets import run_progress
from ocop.imports.models import BatchState, ImportBatch, StoredFile, Upload
from ocop.imports.pipeline import batches
from ocop.imports.uploads import services
from ocop.organisation.models import User
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row
from tests.support.query_counts import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]
DATA = make_book([RECOGNITIONS, product_row("A")])


@pytest.fixture
def admin(import_session):
    return import_session()


@pytest.fixture
def interrupted(admin):
    """A file whose import was killed."""
    upload = admin.hand_in(DATA)
    Upload.objects.filter(pk=upload.pk).update(state="running")
    batches.begin(upload, "recognitions", upload.user, uuid.uuid4())
    assert len(run_progress.mark_interrupted()) == 1
    upload.refresh_from_db()
    return upload


def test_the_file_of_an_interrupted_import_is_discarded_and_the_import_stays_on_record(
    admin, interrupted
):
    batch = ImportBatch.objects.get()
    assert f"/imports/files/{interrupted.pk}/" in admin.client.get(f"/imports/{batch.pk}/").text
    admin.client.post(f"/imports/files/{interrupted.pk}/discard/")
    assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)
    batch.refresh_from_db()
    assert (batch.state, batch.upload, batch.file_name) == (
        BatchState.INTERRUPTED, None, interrupted.name,
    )  # fmt: skip
    page = admin.client.get(f"/imports/{batch.pk}/")
    assert (page.status_code, "/imports/files/" in page.text) == (200, False)
    assert admin.client.get(f"/imports/{batch.pk}/file/").status_code == 404


def test_one_that_was_imported_after_all_is_kept(admin, interrupted):
    admin.page(interrupted)
    admin.confirm(interrupted)
    assert Upload.objects.get().state == "applied"
    assert not services.discard_upload(interrupted)
    Upload.objects.update(state="open")
    assert not services.discard_upload(interrupted)


def test_an_old_one_is_forgotten_like_others(interrupted):
    Upload.objects.update(created_at=timezone.now() - timedelta(days=90))
    services.delete_old(interrupted.user)
    assert not Upload.objects.exists()
    assert ImportBatch.objects.count() == 1


def test_the_list_goes_on_behind_fifty(admin):
    user = User.objects.get(username="quantri")

    def hand_in(count: int) -> None:
        for number in range(count):
            batches.store_file(DATA, f"tep-{number}.xlsx", user)

    hand_in(40)
    few = queries(lambda: admin.client.get("/imports/"))
    hand_in(80)
    many = queries(lambda: admin.client.get("/imports/"))
    page = admin.client.get("/imports/?waiting=3")
    assert (len(page.context["waiting"]), page.context["waiting"].paginator.count) == (20, 120)
    assert "waiting=2" in page.text
    assert many == few


def test_somebody_elses_interrupted_file_is_not_linked(admin, interrupted):
    Upload.objects.update(user=None)
    batch = ImportBatch.objects.get()
    assert "/imports/files/" not in admin.client.get(f"/imports/{batch.pk}/").text

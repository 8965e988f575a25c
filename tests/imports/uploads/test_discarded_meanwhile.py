"""A file discarded while somebody imports, looks at or hands in the same one."""

from typing import Any

import pytest

from ocop.imports.models import StoredFile, Upload
from ocop.imports.pipeline import batches
from ocop.imports.uploads import application, services
from ocop.organisation.models import User
from ocop.web.errors import NotForYou
from products.models import Product
from tests.imports.uploads.conftest import messages_of
from tests.imports.workbooks import RECOGNITIONS, as_user, make_book, product_row

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DATA = make_book([RECOGNITIONS, product_row("A")])


@pytest.fixture
def upload(import_session) -> Any:
    admin = import_session()
    upload = admin.hand_in(DATA)
    admin.page(upload)
    return upload


def test_importing_it_is_not_found(upload):
    held = Upload.objects.get(pk=upload.pk)
    assert services.discard_upload(upload)
    with pytest.raises(NotForYou):
        application.apply_preview(held, str(held.preview), as_user("quantri"))
    assert not Product.objects.exists()


def test_choosing_for_it_and_looking_at_it_are_not_found(upload):
    held = Upload.objects.select_related("file").get(pk=upload.pk)
    assert held.file.size
    assert services.discard_upload(upload)
    for act in (
        lambda: services.set_choices(held, {"legacy": ""}),
        lambda: services.make_preview(held, as_user("quantri")),
        lambda: services.make_preview(Upload(pk=held.pk, file_id=held.file_id), as_user("quantri")),
    ):
        with pytest.raises(NotForYou):
            act()


def test_its_page_says_that_it_is_gone(import_session, upload):
    admin = import_session()
    assert services.discard_upload(Upload.objects.get(pk=upload.pk))
    answer = admin.client.post(f"/imports/files/{upload.pk}/import/", {"preview": upload.preview})
    assert answer.status_code == 404
    assert not messages_of(admin.client.get("/imports/"))


def test_bytes_discarded_while_the_same_are_handed_in_are_kept_again(upload, monkeypatch):
    user = User.objects.get(username="quantri")
    create, times = StoredFile.objects.get_or_create, []

    def discarded_right_after(**given: Any) -> Any:
        answer = create(**given)
        times.append(1)
        if len(times) == 1:
            assert not answer[1]
            Upload.objects.all().delete()
            StoredFile.objects.all().delete()
        return answer

    monkeypatch.setattr(StoredFile.objects, "get_or_create", discarded_right_after)
    stored = batches.store_file(DATA, "b.xlsx", user)
    assert (len(times), batches.content_of(Upload.objects.get(pk=stored.pk))) == (2, DATA)

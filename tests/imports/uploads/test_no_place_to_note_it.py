"""VAR_DIR/imports that cannot be used: the pages say so, and nothing is written."""

import pytest

from ocop.imports.models import ImportBatch
from products.models import Recognition
from tests.imports.uploads.conftest import messages_of
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row

pytestmark = pytest.mark.django_db


def test_the_page_says_why_nothing_is_imported_or_undone(import_session, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, product_row()]))
    admin.page(upload)
    (tmp_path / "imports").write_text("")
    page = admin.confirm(upload)
    assert (page.status_code, len(messages_of(page))) == (200, 1)
    assert "VAR_DIR" in messages_of(page)[0]
    assert (Recognition.objects.count(), ImportBatch.objects.count()) == (0, 0)
    (tmp_path / "imports").unlink()
    admin.confirm(upload)
    batch = ImportBatch.objects.get()
    digest = admin.client.get(f"/imports/{batch.pk}/undo/").context["plan"].digest
    (tmp_path / "imports").rmdir()
    (tmp_path / "imports").write_text("")
    page = admin.client.post(f"/imports/{batch.pk}/undo/", {"digest": digest}, follow=True)
    assert (page.status_code, "VAR_DIR" in messages_of(page)[0]) == (200, True)
    assert Recognition.objects.count() == 1

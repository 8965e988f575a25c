"""The list of imports: page by page, in as many queries however long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.imports.models import ImportBatch
from ocop.organisation.models import User

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("effects_untold"),
    pytest.mark.database,
]


def make(count: int) -> None:
    user = User.objects.get(username="quantri")
    for number in range(count):
        batch = ImportBatch.objects.create(dataset="recognitions", file_name=f"{number}", user=user)
        ImportBatch.objects.create(dataset="recognitions", undoes=batch, user=user)


def test_page_by_page(import_session):
    make(30)
    admin = import_session()
    page = admin.client.get("/imports/")
    assert (len(page.context["batches"]), page.context["page_obj"].paginator.num_pages) == (50, 2)
    assert "?page=2" in page.content.decode()
    last = admin.client.get("/imports/?page=2").context["batches"]
    assert [batch.pk for batch in last] == list(
        ImportBatch.objects.order_by("pk").values_list("pk", flat=True)[:10][::-1]
    )
    assert [batch.undone_by is not None for batch in last] == [False, True] * 5


def test_an_interrupted_undoing_leaves_the_import_standing():
    make(1)
    batch = ImportBatch.objects.get(undoes=None)
    assert batch.undone_by
    batch.undoings.update(state="interrupted")
    assert ImportBatch.objects.get(undoes=None).undone_by is None


def test_in_as_many_queries_however_long(import_session):
    admin = import_session()
    counted = []
    for count in (2, 18):
        make(count)
        with CaptureQueriesContext(connection) as queries:
            admin.client.get("/imports/")
        counted.append(len(queries))
    assert counted[0] == counted[1]

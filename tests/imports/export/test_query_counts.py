"""An export asks the database as often for many records as for few."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ocop.imports.export.exporter import export_file
from ocop.organisation.scope import SYSTEM
from tests.imports.export.generated import DATASETS, generate
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
MOST = 4


def queries(dataset, size):
    with transaction.atomic():
        generate(size)
        with CaptureQueriesContext(connection) as captured:
            export_file(dataset, SYSTEM)
        transaction.set_rollback(True)
    return len(captured)


@every_case("dataset", DATASETS)
def test_queries_do_not_grow_with_records(dataset):
    few = queries(dataset, 20)
    assert few == queries(dataset, 200)
    assert few <= MOST

"""What is exported is imported again as the same records, into an empty database or the own one."""

import pytest
from django.db import transaction

from products.models import Recognition
from tests.imports.export.generated import DATASETS, exports, generate, rows_of
from tests.imports.workbooks import imported_file

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SIZE = 300


def made_and_exported(size, fmt):
    """Exports of generated records that are gone again."""
    with transaction.atomic():
        generate(size)
        files = exports(fmt)
        transaction.set_rollback(True)
    assert not Recognition.objects.exists()
    return files


def same(first, second, fmt):
    if fmt == "csv":
        return first == second
    return rows_of(first) == rows_of(second)


def round_trip(size, fmt):
    before = made_and_exported(size, fmt)
    for dataset, data in before.items():
        # Systems that this database does not know are new to it.
        outcome = imported_file(dataset, data, name=f"{dataset}.{fmt}", answers={"*": "new"})
        assert outcome.verdict == "accepted", (dataset, outcome.errors[:5])
        codes = {(p.code, p.column) for p in outcome.warnings if p.code == "unknown_value"}
        assert codes == set(), dataset
    after = exports(fmt)
    for dataset in DATASETS:
        assert same(before[dataset], after[dataset], fmt), dataset
    return before


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_into_an_empty_database_and_out_again(fmt):
    before = round_trip(SIZE, fmt)
    assert all(len(data) > 2000 for data in before.values())


def test_importing_an_export_of_the_same_database_changes_nothing():
    generate(SIZE)
    for fmt in ("xlsx", "csv"):
        for dataset, data in exports(fmt).items():
            outcome = imported_file(dataset, data, name=f"{dataset}.{fmt}")
            assert outcome.verdict == "accepted", (dataset, outcome.errors[:5])
            assert (outcome.created, outcome.updated, outcome.batch) == (0, 0, None), dataset
            assert outcome.unchanged == outcome.rows > 50

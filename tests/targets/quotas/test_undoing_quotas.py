"""An import of quotas taken back leaves what movements rest on, whatever the person ticks."""

from typing import Any

import pytest

from ocop.imports.datasets.importer import system_importer
from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from targets.models import Allocation
from tests.imports.workbooks import ALLOCATIONS, imported
from tests.targets.quotas.made import DAY, FIRST_DAY, make_allocation, move, quota_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HEADER = [*ALLOCATIONS, "Số văn bản"]


def allocated(*rows: list[Any]) -> ImportBatch:
    return ImportBatch.objects.get(pk=imported("allocations", [HEADER, *rows]).batch)


def test_a_quota_moved_since_is_not_set_back_even_where_the_person_says_so() -> None:
    unit = make_allocation("844", 5).unit.name
    batch = allocated(["OCOP-NEW", unit, 2024, 7, "15/KH-UBND"])
    move({"844": -6, "84": 6})
    (change,) = batch.changes.all()
    with pytest.raises(services.CannotUndo):
        services.undo(batch, system_importer(), overwrite={change.pk})
    assert (quota_on(FIRST_DAY, "844"), quota_on(DAY, "844")) == (7, 1)


def test_a_quota_not_moved_is_set_back() -> None:
    unit = make_allocation("844", 5).unit.name
    services.undo(allocated(["OCOP-NEW", unit, 2024, 7, "15/KH-UBND"]), system_importer())
    assert Allocation.objects.get().value == 5

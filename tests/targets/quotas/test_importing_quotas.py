"""First quotas come in by the import; once moved, a quota changes by movements only."""

from datetime import date, timedelta
from typing import Any

import pytest

from ocop.imports.export.exporter import ExportSelection
from ocop.organisation.scope import SYSTEM
from targets.models import Allocation
from targets.quotas.resources import Allocations
from tests.imports.workbooks import ALLOCATIONS, imported, places
from tests.targets.quotas.made import DAY, make_allocation, move, quota_on

pytestmark = pytest.mark.django_db
HEADER = [*ALLOCATIONS, "Số văn bản"]


def allocated(*rows: list[Any]) -> Any:
    return imported("allocations", [HEADER, *rows])


def test_a_change_without_a_document_is_accepted_and_remarked_on() -> None:
    unit = make_allocation("844", 5).unit.name
    assert not allocated(["OCOP-NEW", unit, 2024, 5, None]).warnings
    outcome = allocated(["OCOP-NEW", unit, 2024, 6, None])
    assert (outcome.updated, places(outcome.warnings)) == (1, [("required", "E2")])
    outcome = allocated(["OCOP-NEW", unit, 2024, 7, "15/KH-UBND"])
    assert (outcome.updated, outcome.warnings) == (1, [])
    assert Allocation.objects.get().history.first().document == "15/KH-UBND"


def test_a_quota_that_was_moved_is_not_overwritten() -> None:
    unit = make_allocation("844", 5).unit.name
    move({"844": -2, "84": 2})
    outcome = allocated(["OCOP-NEW", unit, 2024, 5, "15/KH-UBND"])
    assert places(outcome.errors) == [("conflict", "D2")]
    assert quota_on(DAY, "844") == 3
    assert allocated(["OCOP-NEW", unit, 2024, 3, ""]).unchanged == 1


@pytest.mark.parametrize(
    "day,expected",
    [(None, {"844": 3, "848": 2}), (DAY, {"844": 3, "848": 2}), (DAY - timedelta(1), {"844": 5})],
)
def test_the_export_gives_the_quotas_as_of_its_day(
    day: date | None, expected: dict[str, int]
) -> None:
    make_allocation("844", 5)
    move({"844": -2, "848": 2})
    resource = Allocations()
    records = resource.selected_records(
        Allocation.objects.all(), ExportSelection(scope=SYSTEM, as_of=day)
    )
    selection = ExportSelection(scope=SYSTEM, as_of=day)
    found = {one.unit.code: resource.cells_of(one, selection)["value"] for one in records}
    assert found == expected

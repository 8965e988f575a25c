"""Dataset allocations: counts given to districts year by year."""

import pytest

from targets.models import Allocation
from tests.imports.workbooks import ALLOCATIONS, imported, places

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def allocated(*rows):
    return imported("allocations", [ALLOCATIONS, *rows])


def test_an_allocation_is_entered_and_changed_by_its_key():
    assert allocated(["OCOP-NEW", "Càng Long", 2023, 4]).created == 1
    outcome = allocated(["ocop new", "Huyện Càng Long", "2023", "5"])
    assert (outcome.created, outcome.updated, Allocation.objects.get().value) == (0, 1, 5)


def test_zero_is_a_value():
    allocated(["OCOP-NEW", "Càng Long", 2023, 4])
    assert allocated(["OCOP-NEW", "Càng Long", 2023, 0]).updated == 1
    assert Allocation.objects.get().value == 0


def test_every_wrong_cell_is_named():
    outcome = allocated(
        ["TRACE-SHARE", "Càng Long", 2023, 4],
        ["OCOP-NEW", "Càng Long", 2030, 4],
        ["KHÔNG-CÓ", "Càng Long", 2023, 4],
        ["OCOP-NEW", "Duyên Hải", 2023, 4],
        ["OCOP-NEW", "Cầu Kè", 2023, -1],
        ["OCOP-NEW", "Tiểu Cần", 2023, "4,5"],
        ["OCOP-NEW", "Cầu Kè", "2023,5", 4],
        ["OCOP-NEW", "Cầu Kè", None, None],
        ["OCOP-NEW", "Trà Cú", 2024, "1.250"],
        ["OCOP-NEW", "Trà Cú", 2024, 7],
    )
    assert places(outcome.errors) == [
        ("conflict", "A2"),
        ("out_of_range", "C3"),
        ("unknown_value", "A4"),
        ("ambiguous_unit", "B5"),
        ("out_of_range", "D6"),
        ("invalid_number", "D7"),
        ("invalid_number", "C8"),
        ("required", "C9"),
        ("required", "D9"),
        ("duplicate_row", "A11"),
    ]
    assert not Allocation.objects.exists()


def test_a_row_without_its_target_is_refused_and_not_taken_for_a_districts_heading():
    outcome = allocated(["OCOP-NEW", "Càng Long", 2023, 4], [None, "TP. Trà Vinh", 2023, 3])
    assert places(outcome.errors) == [("required", "A3")]


def test_a_district_above_its_rows_is_still_a_heading_be_there_a_count_beside_it():
    outcome = allocated([None, "Huyện Càng Long", None, 4], ["OCOP-NEW", "Càng Long", 2023, 4])
    assert (outcome.verdict, outcome.rows, outcome.skipped) == ("accepted", 1, 1)

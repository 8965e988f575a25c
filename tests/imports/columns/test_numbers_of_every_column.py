"""Every column of numbers against every way of writing one: never a silent second meaning."""

from decimal import Decimal

from ocop.imports.columns.columns import Column, NumberWidget
from ocop.imports.datasets.registry import DATASETS
from ocop.lib.errors import ReadingError
from tests.support.cases import every_case

COLUMNS = {
    (dataset, key): column
    for dataset, resource in DATASETS.items()
    for key, column in resource.columns().items()
    if isinstance(column.widget, NumberWidget)
}
SCORE = ("recognitions", "score")
BUDGET = ("science_tasks", "budget")
YEAR = ("allocations", "year")
VALUE = ("allocations", "value")
AMBIGUOUS, WHOLE, NONE, RANGE = "ambiguous", "not_whole", "not_a_number", "out_of_range"

READ = {
    #               score       budget      year        value
    "65": (Decimal(65), Decimal(65), RANGE, 65),
    "62,5": (Decimal("62.5"), Decimal("62.5"), WHOLE, WHOLE),
    "62.5": (Decimal("62.5"), Decimal("62.5"), WHOLE, WHOLE),
    "62,375": (Decimal("62.375"), AMBIGUOUS, WHOLE, AMBIGUOUS),
    "62.375": (AMBIGUOUS, Decimal(62375), AMBIGUOUS, 62375),
    "1,000": (AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    "1.000": (AMBIGUOUS, Decimal(1000), AMBIGUOUS, 1000),
    "65,000": (AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    "2,024": (Decimal("2.024"), AMBIGUOUS, WHOLE, AMBIGUOUS),
    "2.024": (AMBIGUOUS, Decimal(2024), AMBIGUOUS, 2024),
    "2 024": (RANGE, Decimal(2024), 2024, 2024),
    "2024": (RANGE, Decimal(2024), 2024, 2024),
    "2024,0": (RANGE, Decimal(2024), 2024, 2024),
    "2024.000": (RANGE, AMBIGUOUS, 2024, AMBIGUOUS),
    "01.250": (AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    "1,234.5": (NONE, NONE, NONE, NONE),
    "1.250,5": (RANGE, Decimal("1250.5"), WHOLE, WHOLE),
    "1,250,000": (NONE, NONE, NONE, NONE),
    "1.250.000": (RANGE, RANGE, RANGE, RANGE),
    "-1,000": (AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS),
    "1e2": (NONE, NONE, NONE, NONE),
    "65%": (NONE, NONE, NONE, NONE),
}


def outcome(column: Column, written: str) -> object:
    try:
        return column.widget.clean(written)
    except ReadingError as error:
        return error.params.get("reason", error.code)


def test_no_column_of_numbers_is_missing_here():
    assert set(COLUMNS) == {SCORE, BUDGET, YEAR, VALUE}


@every_case("written", READ)
def test_a_number_is_read_or_refused_in_every_column(written):
    found = tuple(outcome(COLUMNS[which], written) for which in (SCORE, BUDGET, YEAR, VALUE))
    assert found == READ[written]

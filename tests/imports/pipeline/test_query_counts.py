"""Questions to the database grow with blocks of rows, not with rows."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.imports.workbooks import TRACEABILITY, imported, product_row, recognitions

pytestmark = pytest.mark.django_db
SIZES = [50, 150, pytest.param(500, marks=pytest.mark.slow)]
TARGETS_COUNTED = 2 * 8
"""The targets before and after: at most 8 queries each, however many records there are."""


def statements(work):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        outcome = work()
    assert outcome.verdict == "accepted", outcome.errors[:3]
    return len(captured)


def rows(size, **cells):
    return [product_row(f"Sản phẩm {n}", f"Hộ ông {n}", **cells) for n in range(size)]


def blocks(size):
    """Rows one INSERT or UPDATE holds: 500, on SQLite as many as its parameters allow."""
    most = connection.features.max_query_params
    return math.ceil(size / (500 if most is None else most // 30))


@pytest.mark.parametrize("size", SIZES)
def test_a_first_import(size):
    used = statements(lambda: recognitions(*rows(size)))
    assert used <= 25 + TARGETS_COUNTED + 7 * blocks(size)


@pytest.mark.parametrize("size", SIZES)
def test_an_import_of_nothing_new(size):
    recognitions(*rows(size))
    used = statements(lambda: recognitions(*rows(size)))
    # The file and the running import are put on record, and taken out again.
    assert used <= 30 + 4 * math.ceil(size / 500)


@pytest.mark.parametrize("size", SIZES)
def test_an_import_that_changes_every_row(size):
    recognitions(*rows(size))
    used = statements(lambda: recognitions(*rows(size, score=66)))
    assert used <= 25 + TARGETS_COUNTED + 4 * blocks(size)


@pytest.mark.parametrize("size", SIZES)
def test_listings_of_known_products(size):
    recognitions(*rows(size))
    listed = [[f"Sản phẩm {n}", f"Hộ ông {n}", "iCheck", "5/6/2023", None] for n in range(size)]
    used = statements(lambda: imported("traceability", [TRACEABILITY, *listed]))
    assert used <= 20 + TARGETS_COUNTED + 4 * blocks(size)


def test_unknown_products_are_looked_for_within_bounds():
    listed = [[f"Sản phẩm {n}", f"Hộ {n}", "iCheck", "5/6/2023", None] for n in range(400)]
    with CaptureQueriesContext(connection) as captured:
        outcome = imported("traceability", [TRACEABILITY, *listed])
    assert len(outcome.errors) == 400
    assert len(captured) <= 120

"""Every workbook of the corpus comes to exactly what is written beside it."""

import io
from collections import Counter
from typing import Any

import pytest
from openpyxl import load_workbook

from ocop.imports.export.marked_copies import marked_copy
from ocop.lib.spreadsheets.writing.annotated import MARKS_SHEET
from tests.corpus.annexes import ANNEXES
from tests.corpus.cells import CELLS
from tests.corpus.datasets import DATASETS
from tests.corpus.files import FILES
from tests.corpus.shapes import ACCEPTED, RECORDS, UNUSABLE, Shape
from tests.corpus.sheets import SHEETS
from tests.imports.workbooks import everything, imported_file
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product

pytestmark = pytest.mark.django_db
CORPUS: tuple[Shape, ...] = (*ANNEXES, *CELLS, *SHEETS, *FILES, *DATASETS)
COUNTS = ("rows", "created", "updated", "unchanged", "skipped")


def brought_in(shape: Shape) -> tuple[bytes, Any]:
    if shape.dataset in ("traceability", "ecommerce"):
        make_product("Mật ong hoa nhãn", make_producer("HTX Ong Vàng"))
        make_product("Dừa sáp tươi", make_producer("Công ty TNHH Dừa Xanh"))
    for make in shape.before:
        assert imported_file(shape.dataset, make(), name=shape.file).verdict == ACCEPTED
    data = shape.make()
    return data, imported_file(shape.dataset, data, name=shape.file)


def the_facts(shape: Shape) -> dict[str, dict[str, Any]]:
    """Of each record the shape has facts about, what the database says of the same fields."""
    model, name = RECORDS[shape.dataset]
    return {
        key: model.objects.filter(**{name: key}).values(*fields).get()
        for key, fields in shape.facts.items()
    }


@every_case("shape", [s for s in CORPUS if s.verdict == ACCEPTED])
def test_a_good_workbook_of_the_corpus_becomes_exactly_these_records(shape: Shape) -> None:
    _data, outcome = brought_in(shape)
    assert [(one.cell, one.code, one.message) for one in outcome.errors] == []
    assert outcome.verdict == ACCEPTED
    found = {name: getattr(outcome, name) for name in COUNTS}
    assert found == {name: getattr(shape, name) for name in COUNTS}
    assert Counter(one.code for one in outcome.warnings) == Counter(shape.warnings)
    assert not shape.sheet or outcome.sheet == shape.sheet
    assert the_facts(shape) == shape.facts


@every_case("shape", [s for s in CORPUS if s.verdict != ACCEPTED])
def test_a_bad_workbook_of_the_corpus_is_refused_at_exactly_these_cells(shape: Shape) -> None:
    before = None if shape.before else everything()
    data, outcome = brought_in(shape)
    assert outcome.verdict == shape.verdict
    assert [(one.cell, one.code) for one in outcome.errors] == list(shape.refused)
    assert (outcome.created, outcome.updated, outcome.batch) == (0, 0, None)
    if before is not None and shape.dataset not in ("traceability", "ecommerce"):
        assert everything() == before
    if shape.verdict != UNUSABLE:
        assert marked_cells(data, shape, outcome) == {cell for cell, _ in shape.refused if cell}


def marked_cells(data: bytes, shape: Shape, outcome: Any) -> set[str]:
    """The cells that carry one of our notes in the office's own file with its mistakes marked."""
    _name, copy = marked_copy(data, shape.file, outcome.errors)
    pages = [page for page in load_workbook(io.BytesIO(copy)) if page.title != MARKS_SHEET]
    return {
        cell.coordinate
        for page in pages
        for row in page.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def test_there_are_at_least_44_shapes_each_with_a_name_of_its_own() -> None:
    assert len({shape.name for shape in CORPUS}) == len(CORPUS) >= 44

"""Exports of thousands of records go round; LibreOffice finds no formula in any of them."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from ocop.imports.datasets import DATASETS as RESOURCES
from ocop.imports.export.templates import template_file
from tests.imports.export.generated import DATASETS, exports, rows_of
from tests.imports.export.payloads import PAYLOADS, make_records
from tests.imports.export.test_round_trip import round_trip
from tests.imports.workbooks import imported_file
from tests.support import libreoffice

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_5000_records_of_each_dataset_go_round(fmt):
    before = round_trip(5000, fmt)
    if fmt == "xlsx":
        assert len(rows_of(before["recognitions"])) > 4000


def as_ods(path, tmp_path):
    """What LibreOffice makes of the file, as the XML of an ods."""
    saved = libreoffice.resaved(path, tmp_path / "out", "ods")
    with zipfile.ZipFile(saved) as archive:
        return archive.read("content.xml").decode()


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_no_cell_is_a_formula_to_libreoffice(fmt, tmp_path):
    make_records()
    for dataset, data in exports(fmt).items():
        path = tmp_path / f"{dataset}.{fmt}"
        path.write_bytes(data)
        content = as_ods(path, tmp_path)
        assert "table:formula" not in content, dataset
        assert content.count("1+1") >= 8


def test_a_workbook_saved_by_libreoffice_is_imported_as_unchanged(tmp_path):
    make_records()
    for dataset, data in exports("xlsx").items():
        path = tmp_path / f"{dataset}.xlsx"
        path.write_bytes(data)
        saved = libreoffice.resaved(path, tmp_path / "out").read_bytes()
        outcome = imported_file(dataset, saved)
        assert outcome.verdict == "accepted", (dataset, outcome.errors[:3])
        assert (outcome.created, outcome.updated) == (0, 0), dataset


@pytest.mark.parametrize("dataset", DATASETS)
def test_templates_open_in_libreoffice(dataset, tmp_path):
    path = tmp_path / f"{dataset}.xlsx"
    path.write_bytes(template_file(dataset)[1])
    saved = libreoffice.resaved(path, tmp_path / "out").read_bytes()
    workbook = load_workbook(io.BytesIO(saved))
    assert workbook.sheetnames[:2] == ["Danh sách", "Ví dụ"]
    offered = len(RESOURCES[dataset]().offered())
    assert len(workbook["Danh sách"].data_validations.dataValidation) == offered
    outcome = imported_file(dataset, saved)
    assert (outcome.rows, outcome.header_row) == (0, 2)


def test_there_are_forty_payloads():
    assert len(set(PAYLOADS)) == 40

"""A dataset is a resource of django-import-export: its own ways in and out, its own results."""

import pytest
import tablib
from import_export.exceptions import ImportError as RowImportError
from import_export.resources import ModelResource
from import_export.results import Result

from ocop.imports import DATASETS
from ocop.imports.datasets.importer import system_importer
from ocop.imports.datasets.library import TableDataset
from ocop.imports.datasets.resource import specs
from ocop.imports.models import ImportBatch
from ocop.imports.undo import services
from ocop.lib.spreadsheets.reading import SheetContent
from ocop.lib.spreadsheets.tables import find_table
from products.models import Product, Recognition

pytestmark = pytest.mark.django_db

HEAD = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Số quyết định", "Ngày quyết định"]


def annex(*rows: tuple[str, str], head=HEAD) -> tablib.Dataset:
    lines = [
        [name, "HTX Mẫu", "Càng Long", rank, "1693/QĐ-UBND", "22/08/2022"] for name, rank in rows
    ]
    return tablib.Dataset(*lines, headers=head)


def import_rows(*rows: tuple[str, str], **options) -> Result:
    return DATASETS["recognitions"]().import_data(annex(*rows), **options)


def test_every_dataset_is_a_model_resource() -> None:
    assert DATASETS
    assert all(issubclass(one, ModelResource) for one in DATASETS.values())


def test_a_dry_run_tells_what_each_row_would_do_and_writes_nothing() -> None:
    result = import_rows(("Kẹo dừa", "3 sao"), ("Mật ong", "4 sao"), dry_run=True)
    assert isinstance(result, Result)
    assert [row.import_type for row in result.rows] == ["new", "new"]
    assert (result.totals["new"], result.total_rows, result.has_errors()) == (2, 2, False)
    assert not Product.objects.exists()
    assert not ImportBatch.objects.exists()


def test_rows_are_written_as_an_import_that_can_be_undone() -> None:
    result = import_rows(("Kẹo dừa", "3 sao"))
    assert Recognition.objects.get().rank == 30
    batch = ImportBatch.objects.get()
    assert (result.batch, batch.created, batch.changes.count()) == (batch, 1, 3)
    services.undo(batch, system_importer(), frozenset())
    assert not Recognition.objects.exists()


def test_what_is_on_record_is_skipped_and_what_differs_updated_with_its_difference() -> None:
    import_rows(("Kẹo dừa", "3 sao"), ("Mật ong", "4 sao"))
    result = import_rows(("Kẹo dừa", "4 sao"), ("Mật ong", "4 sao"))
    assert [row.import_type for row in result.rows] == ["update", "skip"]
    shown = dict(zip(result.diff_headers, result.rows[0].diff, strict=True))
    assert shown["Hạng sao"] == "<del>3 sao</del><ins>4 sao</ins>"
    assert shown["Tên sản phẩm"] == "Kẹo dừa"
    assert result.rows[1].diff is None


def test_errors_stand_at_their_rows_and_nothing_is_written() -> None:
    result = import_rows(("Kẹo dừa", "3 sao"), ("Mật ong", "9 sao"))
    assert result.has_errors()
    assert [row.import_type for row in result.rows] == ["skip", "error"]
    (error,) = result.rows[1].errors
    assert (error.number, error.error.code) == (3, "unknown_value")
    assert "Ô D3" in error.error.message
    assert result.row_errors()[0][0] == 2
    assert not Product.objects.exists()


def test_a_table_that_lacks_a_column_has_errors_of_its_own() -> None:
    short = tablib.Dataset(["Kẹo dừa", "HTX Mẫu"], headers=HEAD[:2])
    result = DATASETS["recognitions"]().import_data(short)
    assert {error.error.code for error in result.base_errors} == {"missing_column"}
    strange = tablib.Dataset(["a", "b"], headers=["Một", "Hai"])
    assert DATASETS["recognitions"]().import_data(strange).has_errors()


def test_errors_are_raised_where_that_is_asked_for() -> None:
    with pytest.raises(RowImportError, match="D2"):
        import_rows(("Kẹo dừa", "9 sao"), raise_errors=True)
    assert not Product.objects.exists()


def test_a_sheets_table_has_the_same_errors_without_a_result_for_each_row() -> None:
    resource = DATASETS["recognitions"]()
    for rows, wrong in ((("Kẹo dừa", "3 sao"), False), (("Kẹo dừa", "9 sao"), True)):
        lines = [dict(enumerate(line, 1)) for line in (HEAD, annex(rows)[0])]
        sheet = SheetContent("DS", list(enumerate(lines, 1)))
        given = TableDataset(find_table([sheet], specs(resource)))
        result = resource.import_data(given, dry_run=True)
        assert (result.has_errors(), result.has_validation_errors()) == (wrong, wrong)
        assert result.rows == []
    with pytest.raises(RowImportError, match="D2"):
        resource.import_data(given, raise_errors=True)
    assert not Product.objects.exists()


def test_errors_of_a_whole_table_are_none_of_a_row() -> None:
    short = tablib.Dataset(["Kẹo dừa", "HTX Mẫu"], headers=HEAD[:2])
    result = DATASETS["recognitions"]().import_data(short)
    assert (result.has_errors(), result.has_validation_errors()) == (True, False)
    assert import_rows(("Mật ong", "9 sao")).has_validation_errors()


def test_markup_in_a_name_is_text_in_the_difference() -> None:
    import_rows(("<b>Kẹo</b> dừa", "3 sao"))
    (row,) = import_rows(("<b>Kẹo</b> dừa", "4 sao"), dry_run=True).rows
    assert row.diff[0] == "&lt;b&gt;Kẹo&lt;/b&gt; dừa"


def test_what_goes_out_comes_in_again_unchanged() -> None:
    import_rows(("Kẹo dừa", "3 sao"), ("Mật ong", "4 sao"))
    exported = DATASETS["recognitions"]().export()
    assert isinstance(exported, tablib.Dataset)
    assert exported["Tên sản phẩm"] == ["Kẹo dừa", "Mật ong"]
    again = DATASETS["recognitions"]().import_data(exported)
    assert (again.totals["skip"], again.totals["new"], again.has_errors()) == (2, 0, False)


def test_only_the_records_of_a_queryset_go_out() -> None:
    import_rows(("Kẹo dừa", "3 sao"), ("Mật ong", "4 sao"))
    exported = DATASETS["recognitions"]().export(Recognition.objects.filter(rank=40))
    assert exported["Tên sản phẩm"] == ["Mật ong"]

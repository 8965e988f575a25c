"""A dataset as django-import-export has it: `import_data` takes a tablib dataset, gives a Result.

The library's contract kept whole with a set-based inside: all rows are checked before one is
written, and all are written in one transaction or none. The pages and the command line come in
by the same two methods; what they bring (who imports, answers, a batch on record) are arguments.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import escape, format_html
from import_export.exceptions import ImportError as RowImportError
from import_export.results import Error, Result, RowResult

from ocop.imports.datasets import batches
from ocop.imports.datasets.exports import SHEET, ExportSelection, in_csv, shown
from ocop.imports.datasets.importer import system_importer
from ocop.imports.datasets.persistence import write
from ocop.imports.datasets.plans import RecordChange
from ocop.imports.datasets.preparation import CellDecision
from ocop.imports.datasets.registry import effects_of
from ocop.imports.datasets.resource import DatasetResource, specs
from ocop.imports.datasets.run_progress import NO_PROGRESS, RunProgress
from ocop.imports.datasets.validation import CheckedTable, check
from ocop.imports.findings import Importer, Problem
from ocop.imports.models import BatchState, ImportBatch
from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.reading import SheetContent
from ocop.lib.spreadsheets.tables import Record, Table, find_table
from ocop.organisation.scope import SYSTEM
from ocop.web.page_query import PageQuery


class TableDataset(tablib.Dataset):
    """The table found in a sheet, as the library's dataset; its rows are made when asked for."""

    def __init__(self, table: Table) -> None:
        self.table = table
        super().__init__(title=table.sheet)

    def __len__(self) -> int:
        return len(self.table.records)

    @property
    def headers(self) -> list[str]:
        texts = self.table.header_texts
        return [texts.get(place, key) for key, place in self.table.columns.items()]

    @headers.setter
    def headers(self, given: Any) -> None:
        """As of the rows."""

    @property
    def _data(self) -> list[Any]:
        keys = self.table.columns
        return [
            tablib.core.Row([record.values.get(key) for key in keys])
            for record in self.table.records
        ]

    @_data.setter
    def _data(self, rows: list[Any]) -> None:
        """What the table holds stands; the library only sets it up empty."""


class DatasetRowResult(RowResult):
    """What one row does; `number` is its row in the sheet, the header's being counted.

    `diff` and `row_values` are made when they are looked at: few who import look.
    """

    def __init__(
        self, number: int, resource: DatasetResource, records: list[Record], changes: list[Any]
    ) -> None:
        self.number = number
        self._resource, self._records, self._changes = resource, records, changes
        super().__init__()

    @property
    def diff(self) -> list[str] | None:
        """A piece of HTML for each column: what is taken away struck out, what comes marked."""
        if not self._changes:
            return None
        change = self._changes[0]
        now = self._resource.cells_as_text(change.instance())
        before = self._resource.cells_as_text(as_before(change)) if change.before else {}
        return [_difference(before.get(key, ""), now[key]) for key in self._resource.columns()]

    @diff.setter
    def diff(self, value: Any) -> None:
        """The library sets None; there is nothing to keep."""

    @property
    def row_values(self) -> dict[str, Any]:
        columns = self._resource.columns()
        values = self._records[0].values if self._records else {}
        return {columns[key].header: value for key, value in values.items() if key in columns}

    @row_values.setter
    def row_values(self, value: Any) -> None:
        """As of `diff`."""


class DatasetResult(Result):
    """The library's result, with the checked table it was made of (None of a refused file).

    Whether there are errors is asked of what was checked: of a `TableDataset` there are no row
    results that could tell.
    """

    checked: CheckedTable | None = None
    batch: ImportBatch | None = None

    @property
    def _found(self) -> list[Problem]:
        return self.checked.outcome.errors if self.checked is not None else []

    def has_errors(self) -> bool:
        return bool(self._found) or super().has_errors()

    def has_validation_errors(self) -> bool:
        """True where a row is in error: what is wrong with a row is a ValidationError."""
        return any(problem.row for problem in self._found) or super().has_validation_errors()


class ImportableResource(DatasetResource):
    """A dataset with the library's ways in and out."""

    def import_data(  # type: ignore[override]
        self,
        dataset: tablib.Dataset,
        dry_run: bool = False,
        raise_errors: bool = False,
        use_transactions: bool | None = None,
        collect_failed_rows: bool = False,
        rollback_on_validation_errors: bool = False,
        *,
        importer: Importer | None = None,
        decisions: Iterable[CellDecision] = (),
        run: RunProgress = NO_PROGRESS,
        header_given: bool = False,
        without: Set[int] = frozenset(),
    ) -> DatasetResult:
        """Check the dataset's rows as this one's and, but for `dry_run`, write them all or none.

        `dataset` has the headers a workbook may have; a `TableDataset` is read as the sheet it was
        found in. `raise_errors` raises the library's ImportError for the first error; else those
        of rows stand in their row results, the table's in `base_errors`. The library's switches
        about transactions change nothing: an import is always one.

        `importer`: on whose behalf; the system by default. The rest is as `check` has it.
        """
        importer = importer or system_importer()
        try:
            table = dataset.table if isinstance(dataset, TableDataset) else self._table(dataset)
        except FileRefused as refusal:
            return self._refused(refusal, len(dataset), raise_errors)
        result = DatasetResult()
        checked = check(self, table, importer, decisions, run, header_given, without)
        result.checked, errors = checked, checked.outcome.errors
        if not isinstance(dataset, TableDataset):
            self._tell_rows(result, checked)
        if raise_errors and errors:
            raise RowImportError(_error(errors[0]).error, number=errors[0].row or None)
        if not dry_run and checked.changes_anything:
            name = dataset.title or self.dataset
            result.batch = self._written(checked, name, importer, run)
        return result

    def _table(self, dataset: tablib.Dataset) -> Table:
        lines = [dataset.headers or [], *dataset]
        rows = [
            (number, {n: value for n, value in enumerate(line, 1) if value not in (None, "")})
            for number, line in enumerate(lines, 1)
        ]
        sheet = SheetContent(dataset.title or self.dataset, [row for row in rows if row[1]])
        return find_table([sheet], specs(self))

    def _refused(self, refusal: FileRefused, rows: int, raise_errors: bool) -> DatasetResult:
        result = DatasetResult()
        result.total_rows = rows
        result.append_base_error(Error(refusal))
        if raise_errors:
            raise RowImportError(refusal)
        return result

    def _tell_rows(self, result: DatasetResult, checked: CheckedTable) -> None:
        """The row results. Of a `TableDataset` there are none: a thousand rows would hold twice
        the memory, and the pages and the command line read what was `checked`."""
        table, errors = checked.context.table, checked.outcome.errors
        result.diff_headers = [column.header for column in self.columns().values()]
        records, wrong, changes = defaultdict(list), defaultdict(list), defaultdict(list)
        for record in table.records:
            records[record.row_number].append(record)
        for problem in errors:
            wrong[problem.row if problem.row in records else 0].append(problem)
        for change in checked.plan.own if checked.plan is not None else ():
            changes[change.row].append(change)
        result.base_errors = [_error(problem) for problem in wrong.pop(0, ())]
        for number in sorted({*records, *(row for row, _reason in table.skipped)}):
            row = DatasetRowResult(number, self, records[number], changes[number])
            row.errors = [_error(problem) for problem in wrong[number]]
            row.import_type = _import_type(row, changes[number])
            if row.errors:
                result.append_error_row(number, row.row_values, row.errors)
            result.append_row_result(row)
            result.increment_row_result_total(row)
        result.total_rows = len(result.rows)

    def _written(
        self, checked: CheckedTable, name: str, importer: Importer, run: RunProgress
    ) -> ImportBatch:
        """The records and an import on record, as any other: it is listed and can be undone.

        Raises CHANGED_MEANWHILE where the records have moved on since they were checked."""
        with transaction.atomic():
            batch = ImportBatch.objects.create(
                dataset=self.dataset,
                file_name=batches.clean_name(name),
                state=BatchState.RUNNING,
                user=importer.user,
            )
            effects = effects_of(lambda: write(checked, batch, run), importer)
            batches.finish(batch, checked.outcome, effects)
        checked.outcome.batch = batch.pk
        return batch

    # --- going out ----------------------------------------------------------------------------

    def export(  # type: ignore[override]
        self, queryset: Any = None, *, selection: ExportSelection | None = None, **kwargs: Any
    ) -> tablib.Dataset:
        """The records of `queryset`, or all verified ones, in the import's own format.

        `selection` says more narrowly which, and for whom.
        """
        selection = selection or ExportSelection(SYSTEM, listed=queryset)
        columns = self.columns()
        found = tablib.Dataset(title=SHEET, headers=[one.header for one in columns.values()])
        for cells in self.export_rows(selection):
            found.append([shown(column, cells.get(key)) for key, column in columns.items()])
        return found

    def cells_as_text(self, record: Any) -> dict[str, str]:
        """What the export says of one record, by key of column."""
        cells = self.cells_of(record, ExportSelection(SYSTEM))
        values = {key: shown(column, cells.get(key)) for key, column in self.columns().items()}
        return {key: "" if value is None else str(in_csv(value)) for key, value in values.items()}

    examples: Sequence[Mapping[str, Any]] = ()
    """Two rows by key of column, as an office would write them."""

    def listed(self, request: HttpRequest, query: PageQuery) -> Any:
        """The records of a list that the request's address asks for; None where it asks for none.

        Raises BadParameter for what the list refuses.
        """
        return None

    def export_rows(self, selection: ExportSelection) -> Iterable[Mapping[str, Any]]:
        """One mapping a record, key of column → value; in an order that ids do not decide."""
        raise NotImplementedError

    def cells_of(self, record: Any, selection: ExportSelection) -> Mapping[str, Any]:
        """One record's values by key of column."""
        raise NotImplementedError

    def offered(self) -> Mapping[str, Sequence[str]]:
        """Values that a column takes, by its key, where there are few enough to choose from."""
        return {}


def as_before(change: RecordChange) -> Any:
    """The changed record with the values it had, beside the one that has its new ones."""
    record = copy.copy(change.record)
    for field in record._meta.fields:
        if field.attname in (change.before or {}):
            setattr(record, field.attname, field.to_python((change.before or {})[field.attname]))
    return record


def _import_type(row: DatasetRowResult, changes: list[RecordChange]) -> str:
    if row.errors:
        return str(RowResult.IMPORT_TYPE_ERROR)
    if not changes:
        return str(RowResult.IMPORT_TYPE_SKIP)
    new = any(change.before is None for change in changes)
    return str(RowResult.IMPORT_TYPE_NEW if new else RowResult.IMPORT_TYPE_UPDATE)


def _error(problem: Problem) -> Error:
    """The library's error: a ValidationError that says the cell, with the finding's code."""
    return Error(ValidationError(problem.message, code=problem.code), number=problem.row or None)


def _difference(before: str, now: str) -> str:
    if before == now:
        return escape(now)
    gone = format_html("<del>{}</del>", before) if before else ""
    return format_html("{}<ins>{}</ins>", gone, now) if now else gone

"""From a workbook to records: read, find the table, check every row, write all or nothing.

The same steps serve the command line and the pages. Nothing is written before every row has
been checked; what is written is written in one transaction.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from ocop.imports.cells import Column
from ocop.imports.messages import BECAUSE
from ocop.imports.models import ImportBatch, ImportedChange
from ocop.imports.registry import DATASETS
from ocop.imports.report import Place, Problem, Report
from ocop.imports.resource import Context, DatasetResource, Overtaken, Plan, Row, snapshot
from ocop.lib.spreadsheets.headers import ColumnSpec
from ocop.lib.spreadsheets.reader import FileRefused, read_workbook
from ocop.lib.spreadsheets.refusal import LARGEST_FILE
from ocop.lib.spreadsheets.tables import Table, find_table
from ocop.organisation.choices import Role
from ocop.organisation.scope import Scope
from ocop.organisation.unit_names import UnitNames

ACCEPTED, REJECTED, UNUSABLE = "accepted", "rejected", "unusable"


@dataclass
class Outcome:
    """What an import did or found; `batch` is None where nothing was written."""

    dataset: str
    verdict: str
    sheet: str = ""
    header_row: int | None = None
    batch: int | None = None
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        counts = ("rows", "created", "updated", "unchanged", "skipped")
        return {
            "dataset": self.dataset,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "verdict": self.verdict,
            "batch": self.batch,
            **{name: getattr(self, name) for name in counts},
            "errors": [problem.as_json() for problem in self.errors],
            "warnings": [problem.as_json() for problem in self.warnings],
        }


@dataclass(frozen=True)
class Importer:
    """On whose behalf records enter: their scope and the status the records get."""

    scope: Scope
    status: str
    user: Any = None


def import_file(
    source: Path | bytes,
    name: str,
    dataset: str,
    importer: Importer,
    sheet: str | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Import one sheet of a workbook as `dataset` (a name in the registry).

    Never raises for what is in the file: a file that cannot be used gives the verdict
    unusable, rows with errors give rejected, and neither leaves anything in the database.
    """
    resource = DATASETS[dataset]()
    name = name.replace("\0", "").encode(errors="replace").decode()
    try:
        data = source if isinstance(source, bytes) else _content(source)
        sheets = read_workbook(data, name)
        table = find_table(sheets, specs(resource), sheet)
    except OSError:
        return _unusable(dataset, "unreadable", Place(value=name), because="not_found")
    except FileRefused as refusal:
        return _unusable(dataset, refusal.code, Place(), **_refusal(refusal, resource))
    return import_table(resource, table, importer, name, data, dry_run)


def _content(path: Path) -> bytes:
    """The file's bytes; of a file that is too large only enough to see that it is."""
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def specs(resource: DatasetResource) -> list[ColumnSpec]:
    """The columns as the table finder knows them.

    What a title line, a group row or another column may give is asked for later, row by row.
    """
    return [
        ColumnSpec(
            key=column.key,
            header=column.header,
            synonyms=column.also,
            required=column.required and not column.from_title and not column.alternative,
        )
        for column in resource.columns().values()
    ]


def _refusal(refusal: FileRefused, resource: DatasetResource) -> dict[str, Any]:
    details = dict(refusal.params)
    reason = str(details.pop("reason", ""))
    required = [c.header for c in resource.columns().values() if c.required]
    details["columns"] = ", ".join(required)
    if reason in BECAUSE:
        details["because"] = reason
    return details


def _unusable(dataset: str, code: str, place: Place, **details: Any) -> Outcome:
    report = Report()
    report.error(code, place, **details)
    return Outcome(dataset, UNUSABLE, errors=report.errors)


def import_table(
    resource: DatasetResource,
    table: Table,
    importer: Importer,
    name: str,
    data: bytes,
    dry_run: bool = False,
) -> Outcome:
    """Check a found table's rows and, unless there are errors, write them."""
    context = _context(table, importer)
    outcome = Outcome(
        resource.dataset,
        REJECTED,
        sheet=table.sheet,
        header_row=table.header_row,
        rows=len(table.records),
        skipped=len(table.skipped),
    )
    plan = _checked_plan(resource, context, importer)
    report = context.report.in_order()
    outcome.errors, outcome.warnings = report.errors, report.warnings
    if plan is None or report.errors:
        return outcome
    outcome.created, outcome.updated = plan.created, plan.updated
    outcome.unchanged = plan.unchanged
    if not dry_run and any(plan.changes()):
        try:
            outcome.batch = _write(resource, plan, context, outcome, name, data)
        except (IntegrityError, DataError, Overtaken):
            # What the checks saw is no longer so; the transaction took everything back.
            report.error("conflict", Place(), because="overtaken")
            outcome.created = outcome.updated = outcome.unchanged = 0
            return outcome
    outcome.verdict = ACCEPTED
    return outcome


def _context(table: Table, importer: Importer) -> Context:
    return Context(
        table=table,
        report=Report(table.sheet),
        scope=importer.scope,
        user=importer.user,
        status=importer.status,
        units=UnitNames.read(),
    )


def _checked_plan(resource: DatasetResource, context: Context, importer: Importer) -> Plan | None:
    """All errors of all rows go to the report; the plan only where there are none."""
    report, table = context.report, context.table
    if not may_import(importer.scope, resource):
        report.error("not_permitted", Place(), because="role")
        return None
    _report_columns(resource, context)
    if report.errors:
        return None
    rows = resource.read(context)
    resource.resolve(rows, context)
    if report.errors:
        return None
    if not rows:
        report.error("no_header", Place(), because="no_rows", sheet=table.sheet)
        return None
    plan = resource.plan(rows, context)
    if not report.errors:
        _check_models(plan, rows, resource, context)
    return plan


def may_import(scope: Scope, resource: DatasetResource) -> bool:
    """True if one of the person's roles imports this dataset; provincial ones in their fields."""
    allowed = scope.roles & resource.roles
    if allowed == {Role.PROVINCE} and resource.field_of_work:
        return resource.field_of_work in scope.fields
    return bool(allowed)


def _report_columns(resource: DatasetResource, context: Context) -> None:
    """Missing columns are errors, unknown ones warnings."""
    table, report = context.table, context.report
    columns = resource.columns()
    missing = [columns[key] for key in table.missing]
    for key, column in columns.items():
        known = key in table.columns or column.alternative in table.columns
        if column.required and not known and column not in missing:
            titled = column.from_title and resource.title_value(key, context) is not None
            if not titled and not resource.given_by_rows(key, context):
                missing.append(column)
    for column in missing:
        report.error("missing_column", Place(column.header))
    for cell, text in table.unknown:
        report.warn("unknown_column", Place(text, cell, text))
    if table.also:
        others = ", ".join(f"“{name}”" for name in table.also)
        report.warn(
            "other_sheets", Place(), because="other_sheets", sheet=table.sheet, others=others
        )


def _check_models(plan: Plan, rows: list[Row], resource: DatasetResource, context: Context) -> None:
    """What columns allow (lengths, choices) is checked before writing, for every record."""
    by_number = {row.number: row for row in rows}
    for change in plan.changes():
        record = change.record
        exclude = [f.name for f in record._meta.fields if f.is_relation or not f.editable]
        try:
            record.clean_fields(exclude=exclude)
        except ValidationError as error:
            row = by_number[change.row or 0]
            for name, words in error.message_dict.items():
                column = _column_of(resource, record, name)
                context.error(row, column, "conflict", because="field", details=" ".join(words))


def _column_of(resource: DatasetResource, record: models.Model, name: str) -> Column:
    """The column that gives a record's field, be it of the dataset's own model or beside it."""
    path = (
        name if isinstance(record, resource._meta.model) else f"{record._meta.model_name}__{name}"
    )
    columns = list(resource.columns().values())
    return next((c for c in columns if f"__{c.attribute}".endswith(f"__{path}")), columns[0])


def _write(
    resource: DatasetResource,
    plan: Plan,
    context: Context,
    outcome: Outcome,
    name: str,
    data: bytes,
) -> int:
    """One transaction: the records with their history, and what the import did to each."""
    counts = ("rows", "created", "updated", "unchanged", "skipped")
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            dataset=resource.dataset,
            file_name=Path(name).name[:255],
            content_hash=hashlib.sha256(data).hexdigest(),
            sheet=outcome.sheet[:255],
            header_row=outcome.header_row,
            warnings=[problem.as_json() for problem in outcome.warnings],
            user=context.user,
            **{count: getattr(outcome, count) for count in counts},
        )
        resource.save(plan, context, reason=f"import {batch.pk}")
        ImportedChange.objects.bulk_create(
            [
                ImportedChange(
                    batch=batch,
                    model=change.record._meta.label_lower,
                    record_id=change.record.pk,
                    row_number=change.row,
                    before=change.before,
                    after=snapshot(change.record),
                )
                for change in plan.changes()
            ],
            batch_size=500,
        )
    return batch.pk

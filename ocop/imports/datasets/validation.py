"""Every row of a table looked at before anything is written: all errors at once, or a plan."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ocop.imports.columns import Column, ColumnChecks, DayWidget, TextWidget, checked_names
from ocop.imports.datasets.plans import WritePlan
from ocop.imports.datasets.preparation import CellDecision, prepare
from ocop.imports.datasets.resource import DatasetResource, ImportContext, ImportRow
from ocop.imports.datasets.run_progress import NO_PROGRESS, RunProgress
from ocop.imports.findings import (
    ACCEPTED,
    IGNORE,
    REJECTED,
    CellReference,
    Choice,
    Importer,
    ImportOutcome,
    ProblemReport,
    kinds,
)
from ocop.lib.garbage_collection import collection_paused
from ocop.lib.spreadsheets.reading import cell_name
from ocop.lib.spreadsheets.tables import DAYS, Table
from ocop.organisation.choices import Role
from ocop.organisation.scope import Scope
from ocop.organisation.succession import communes_of_today
from ocop.organisation.unit_names import UnitNames


@dataclass
class CheckedTable:
    """What the rows of one table would do; `plan` is None where they may not be written."""

    resource: DatasetResource
    context: ImportContext
    outcome: ImportOutcome
    plan: WritePlan | None = None
    rows: list[ImportRow] = field(default_factory=list)
    """The rows as they were read and resolved, where some of them have errors."""
    records_in_row: dict[int, int] = field(default_factory=dict)
    """Of rows that hold several records (floors in one cell, products split), how many; of those
    that are left out as well."""

    @property
    def changes_anything(self) -> bool:
        if self.plan is None:
            return False
        kept = any(not one.known for one in self.outcome.drafts)
        return kept or any(True for _change in self.plan.changes())


@collection_paused()
def check(
    resource: DatasetResource,
    table: Table,
    importer: Importer,
    decisions: Iterable[CellDecision] = (),
    run: RunProgress = NO_PROGRESS,
    header_given: bool = False,
    without: Set[int] = frozenset(),
) -> CheckedTable:
    """Check a found table's rows; nothing is written.

    `decisions`: what a person said certain spellings mean. The table's records are changed to
    what is meant. `header_given`: somebody said which of the sheet's tables this is. `without`:
    rows that are not looked at, but that others may refer to with "as above".
    """
    context = _context(table, importer)
    outcome = ImportOutcome(
        resource.dataset,
        REJECTED,
        sheet=table.sheet,
        header_row=table.header_row,
    )
    checked = CheckedTable(resource, context, outcome)
    if not header_given:
        _ask_which_table(context)
    plan = _plan(checked, importer, decisions, run, without)
    # Several records may stand in one row.
    outcome.rows = len({record.row_number for record in table.records})
    outcome.skipped = len(table.skipped)
    report = context.report.in_order()
    outcome.errors, outcome.warnings = report.errors, report.warnings
    if plan is None or report.errors:
        return checked
    checked.plan = plan
    outcome.verdict = ACCEPTED
    outcome.created, outcome.updated = plan.created, plan.updated
    outcome.unchanged = plan.unchanged
    return checked


def _context(table: Table, importer: Importer) -> ImportContext:
    return ImportContext(
        table=table,
        report=ProblemReport(table.sheet),
        scope=importer.scope,
        user=importer.user,
        status=importer.status,
        units=UnitNames.read(),
        communes=communes_of_today(),
    )


def read_rows(
    resource: DatasetResource,
    table: Table,
    importer: Importer,
    decisions: Iterable[CellDecision] = (),
    header_given: bool = False,
) -> tuple[CheckedTable, list[ImportRow]]:
    """A table's rows as `check` reads and resolves them, for whoever only looks at them; nothing
    is planned. No rows where the columns do not allow reading any."""
    context = _context(table, importer)
    outcome = ImportOutcome(
        resource.dataset, REJECTED, sheet=table.sheet, header_row=table.header_row
    )
    checked = CheckedTable(resource, context, outcome)
    if not header_given:
        _ask_which_table(context)
    rows = _read(checked, importer, decisions, NO_PROGRESS, frozenset()) or []
    outcome.rows = len({record.row_number for record in table.records})
    outcome.skipped = len(table.skipped)
    report = context.report.in_order()
    outcome.errors, outcome.warnings = report.errors, report.warnings
    return checked, rows


def _read(
    checked: CheckedTable,
    importer: Importer,
    decisions: Iterable[CellDecision],
    run: RunProgress,
    without: Set[int],
) -> list[ImportRow] | None:
    """Every row read and resolved, all errors in the report; None where the columns stop it."""
    resource, context = checked.resource, checked.context
    report, table = context.report, context.table
    if not may_import(importer.scope, resource):
        report.error("not_permitted", CellReference(), because="role")
        return None
    resource.reshape(context)
    _report_columns(resource, context)
    stopped = bool(report.errors)
    _ask_about_unread(resource, context)
    if stopped:
        return None
    total = 4 * len(table.records)
    _tell_hidden_rows(context)
    prepare(resource, context, decisions)
    held = Counter(record.row_number for record in table.records)
    _leave_out(context, without)
    rows = resource.read(context)
    held |= Counter(row.number for row in rows)
    checked.records_in_row = {row: count for row, count in held.items() if count > 1}
    run.report("check", total // 4, total)
    resource.resolve(rows, context)
    run.report("check", total // 2, total)
    return rows


def _plan(
    checked: CheckedTable,
    importer: Importer,
    decisions: Iterable[CellDecision],
    run: RunProgress,
    without: Set[int],
) -> WritePlan | None:
    """All errors of all rows go to the report; the plan only where there are none."""
    resource, context = checked.resource, checked.context
    report, table = context.report, context.table
    total = 4 * len(table.records)
    rows = _read(checked, importer, decisions, run, without)
    if rows is None or report.errors:
        checked.rows = rows or []
        return None
    if not rows and not without:
        report.error("no_header", CellReference(), because="no_rows", sheet=table.sheet)
        return None
    plan = resource.plan(rows, context)
    run.report("check", 3 * total // 4, total)
    if not report.errors:
        _check_models(plan, rows, resource, context)
    run.report("check", total, total)
    return plan


def _leave_out(context: ImportContext, without: Set[int]) -> None:
    """The rows go, with all that was said of them."""
    if not without:
        return
    records, report = context.table.records, context.report
    records[:] = [one for one in records if one.row_number not in without]
    for found in (report.errors, report.warnings):
        found[:] = [one for one in found if one.row not in without]


def _ask_which_table(context: ImportContext) -> None:
    """Of a sheet with several tables nobody can say which is meant, or whether all are."""
    table, report = context.table, context.report
    if table.other_headers:
        rows = ", ".join(str(row) for row in (table.header_row, *table.other_headers))
        first = table.other_headers[0]
        place = CellReference("", cell_name(first, 1), table.sheet, first)
        chosen_choices = [
            Choice(
                f"row:{row}",
                _("The table with its header in row %(row)s") % {"row": row},
                part=part,
            )
            for row in (table.header_row, *table.complete)
            for part in ({"header_row": row},)
        ]
        report.error(
            "conflict",
            place,
            because="two_tables",
            rows=rows,
            kind=kinds.TABLE,
            asked=chosen_choices,
        )
    if table.side_by_side:
        place = CellReference("", cell_name(table.header_row, 1), None, table.header_row)
        report.error("conflict", place, because="side_by_side", row_number=table.header_row)


def _tell_hidden_rows(context: ImportContext) -> None:
    hidden = set(context.table.hidden)
    for record in context.table.records if hidden else ():
        if record.row_number in hidden and record.values:
            cell = record.cell(next(iter(record.values)))
            context.report.warn("hidden_row", CellReference("", cell, None, record.row_number))


def may_import(scope: Scope, resource: DatasetResource) -> bool:
    """True if one of the person's roles imports this dataset; provincial ones in their fields."""
    allowed = scope.roles & resource.roles
    if allowed == {Role.PROVINCE} and resource.field_of_work:
        return resource.field_of_work in scope.fields
    return bool(allowed)


def _report_columns(resource: DatasetResource, context: ImportContext) -> None:
    """Missing columns are errors, unknown ones warnings."""
    table, report = context.table, context.report
    columns = resource.columns()
    missing = [columns[key] for key in table.missing if not resource.given_by_rows(key, context)]
    for key, column in columns.items():
        # The first alternative is there to stand in for it; another one does where it is filled in.
        known = not table.columns.keys().isdisjoint({key, *column.alternatives[:1]}) or any(
            other in record.values for other in column.alternatives for record in table.records
        )
        if column.required and not known and column not in missing:
            titled = column.from_title and resource.title_value(key, context) is not None
            if not titled and not resource.given_by_rows(key, context):
                missing.append(column)
    for column in missing:
        report.error("missing_column", CellReference(column.header))
    unread = {one.cell for one in table.unread}
    for cell, text in table.unknown:
        if cell in unread:
            continue
        report.warn("unknown_column", CellReference(text, cell, text))
    if table.also:
        others = ", ".join(f"“{name}”" for name in table.also)
        report.warn(
            "other_sheets",
            CellReference(),
            because="other_sheets",
            sheet=table.sheet,
            others=others,
        )


def _ask_about_unread(resource: DatasetResource, context: ImportContext) -> None:
    """A column that is not read although it holds days or numbers of decisions is not passed over:
    the figures may follow from it."""
    taken = context.table.columns
    for one in context.table.unread:
        dates_or_numbers = DayWidget if one.holds == DAYS else TextWidget
        fitting = [
            column
            for key, column in resource.columns().items()
            if key not in taken
            and type(column.widget) is dates_or_numbers
            and (column.from_title or one.holds == DAYS)
        ]
        chosen_choices = [
            Choice(
                column.key,
                _("It is the column “%(column)s”") % {"column": column.header},
                part={"columns": {one.column: column.key}},
            )
            for column in fitting
        ]
        ignore = Choice(IGNORE, _("Do not read this column"), part={"columns": {one.column: ""}})
        place = CellReference(one.text, one.cell, one.text, 0)
        context.report.error(
            "answer_needed",
            place,
            because=f"unread_{one.holds}",
            example=one.example,
            kind=kinds.COLUMN,
            asked=[*chosen_choices, ignore],
        )


def _check_models(
    plan: WritePlan, rows: list[ImportRow], resource: DatasetResource, context: ImportContext
) -> None:
    """What columns allow (lengths, choices) is checked before writing, for every record."""
    checks: dict[type[models.Model], ColumnChecks] = {}
    for change in plan.changes():
        model = change.model
        if model not in checks:
            checks[model] = ColumnChecks(model)
        if checks[model].passes(change.record):
            continue
        record = change.instance()
        names = set(checked_names(model))
        try:
            record.clean_fields(exclude=[f.name for f in model._meta.fields if f.name not in names])
        except ValidationError as error:
            row = next(row for row in rows if row.number == change.row)
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

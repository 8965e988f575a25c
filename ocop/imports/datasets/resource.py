"""What a dataset knows: its columns, how its rows find their records, how they are saved.

A DatasetResource is a django-import-export resource: fields map columns to attributes and
widgets read cells. Its own import loop is replaced, because the library's saves rows that
break validators, forgets about unknown columns, lets a repeated key win silently, asks the
database once a row and reports rows by the wrong number. Here all rows are read, then all keys
resolved at once, then all rows checked, and only then is anything written, in bulk.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils import timezone
from import_export import resources

from ocop.imports.columns import Column, DayWidget, is_finite
from ocop.imports.datasets import day_questions
from ocop.imports.datasets.plans import TouchedRecord, WritePlan
from ocop.imports.datasets.run_progress import NO_PROGRESS, RunProgress
from ocop.imports.findings import (
    BECAUSE,
    CellReference,
    Importer,
    ProblemReport,
    answer_key,
    new,
    with_choices,
)
from ocop.lib.errors import ReadingError
from ocop.lib.fonts import is_legacy_text
from ocop.lib.spreadsheets.reading import CellError, cell_name
from ocop.lib.spreadsheets.tables import ColumnSpec, Record, Table
from ocop.organisation.scope import Scope
from ocop.organisation.unit_names import UnitNames

UNDER = " > "
"""Between the upper and the lower cell of a two-row header, in a column's synonyms."""
MAX_REMEMBERED = 500
"""Different values of one column whose reading is remembered: names hardly repeat."""


class ConcurrentChange(Exception):
    """Records to be changed have been changed by somebody else since they were read."""


@dataclass(slots=True)
class ImportRow:
    """One data row: what its cells say, and what they were found to mean."""

    number: int
    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    resolved: dict[str, Any] = field(default_factory=dict)
    failed: bool = False

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def text(self, key: str) -> str:
        """What the cell says, as text; empty where there is none."""
        return str(self.record.values.get(key, ""))


@dataclass
class ImportContext:
    """What an import knows besides its rows."""

    table: Table
    report: ProblemReport
    scope: Scope
    user: Any
    status: str
    units: UnitNames
    communes: Mapping[int, int | None]
    settled: set[tuple[Any, ...]] = field(default_factory=set)
    """Cells that a person decided to keep: (what they say, row)."""
    today: date = field(default_factory=timezone.localdate)
    cache: dict[int, set[str]] = field(default_factory=dict)
    """Cells of which everything has been said: row → keys of columns."""

    @cached_property
    def common(self) -> dict[str, Any]:
        """What every new record is given: who made it, in the status the importer's role gives."""
        return {"status": self.status, "created_by": self.user}

    def place(self, row: ImportRow, column: Column) -> CellReference:
        """Where a row's column stands in the sheet, for messages.

        An empty cell has a place too; of a column that the sheet does not have (its value comes
        from a group row or the title) the place is the column standing in for it, or else the
        row's first cell.
        """
        values, columns = row.record.values, self.table.columns
        if cell := row.record.cell(column.key) if column.key in values else "":
            value = values[column.key]
            return CellReference(column.header, cell, value, row.number, column.key)
        own = (columns.get(key) for key in (column.key, *column.alternatives))
        at = next((place for place in own if place), None)
        at = at or min((columns[key] for key in values if key in columns), default=1)
        here, is_own = values.get(column.key), column.key in columns
        cell = cell_name(row.number, at)
        return CellReference(column.header, cell, here, row.number, column.key, is_own)

    def error(self, row: ImportRow, column: Column, code: str, **details: Any) -> None:
        """`instead`: by column key, what the cells of the row may have meant; `asked`: several
        such choices, `about` the columns whose cells the answer is about."""
        row.failed = True
        self.report.error(code, self.place(row, column), **with_choices(row, details))

    def warn(self, row: ImportRow, column: Column, code: str, **details: Any) -> None:
        """As `error`; that the cells mean what they say is a choice too."""
        more = [new(column.key)] if details.get("instead") else []
        self.report.warn(code, self.place(row, column), **with_choices(row, details, more))

    def is_settled(self, row: ImportRow, keys: Iterable[str]) -> bool:
        """True where a person decided that these cells mean what they say."""
        if not self.settled:
            return False
        return (answer_key({key: row.text(key) for key in keys}), row.number) in self.settled


class DatasetResource(resources.ModelResource):
    """Base of all datasets. Subclasses declare Columns and say how rows become records."""

    dataset: ClassVar[str]
    roles: ClassVar[frozenset[str]]
    """Roles that may import this dataset."""
    field_of_work: ClassVar[str] = ""
    """The field in which provincial officers import it; empty: all of them do."""
    comes_after: ClassVar[tuple[str, ...]] = ()
    """Datasets whose records this one's rows name: of several sheets those are read first."""
    merged_columns: ClassVar[frozenset[str]] = frozenset({"producer", "owner", "district"})
    """Columns that offices merge over several rows."""
    label: ClassVar[Any] = ""
    """The dataset's name for people."""
    counting: ClassVar[frozenset[str]] = frozenset()
    """Columns without which a record cannot count: a row that lacks no others may be kept as an
    incomplete record. Empty: none is kept."""

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The dataset's columns by key, in their order."""
        if "_columns" not in cls.__dict__:
            found = [f for f in cls.fields.values() if isinstance(f, Column)]
            found.sort(key=lambda column: column.position)
            cls._columns = {column.key: column for column in found}
        return cls._columns

    _columns: ClassVar[dict[str, Column]]

    # --- reading ------------------------------------------------------------------------------

    def extra_specs(self) -> list[ColumnSpec]:
        """Columns of a sheet that give a value of the dataset's own in another form: one for each
        rank to be ticked, number and day of a decision in one cell. Their keys are none of
        `columns`; `reshape` reads them."""
        return []

    def reshape(self, context: ImportContext) -> None:
        """Turn what the sheet's records hold under the keys of `extra_specs` into values of the
        dataset's own columns, one record into several where a row holds several (`Record.part`).

        Before any column is missed or any cell is read; replaces `context.table.records` in place
        and leaves no key that is not a column's."""

    def read(self, context: ImportContext) -> list[ImportRow]:
        """Every record of the table with its cells read; errors go to the report."""
        # Districts, ranks and days repeat: what a cell says is worked out once.
        known: dict[str, dict[Any, Any]] = {key: {} for key in self.columns()}
        needed = {key: column for key, column in self.columns().items() if column.required}
        self._filled: set[str] = set()
        return [self._read_row(record, context, known, needed) for record in context.table.records]

    def _read_row(
        self,
        record: Record,
        context: ImportContext,
        known: dict[str, dict[Any, Any]],
        needed: dict[str, Column],
    ) -> ImportRow:
        row = ImportRow(record.row_number, record)
        values = row.values
        unread = set(context.cache.get(row.number, ()))
        for key, value in record.values.items():
            read_as = value.__class__, value
            read = known[key]
            if read_as in read:
                values[key] = read[read_as]
                continue
            column = self._columns[key]
            try:
                values[key] = self.read_cell(column, value)
            except ReadingError as error:
                unread.add(key)
                context.error(row, column, error.code, **_details(error, column, value))
                continue
            if len(read) < MAX_REMEMBERED:
                read[read_as] = values[key]
        for key, column in needed.items():
            if values.get(key) not in (None, "") or key in unread:
                self._filled.add(key)
                continue
            if self._is_missing(row, key, column, context):
                details = self.asked_if_missing(key, context) or self._lost(key, column, context)
                context.error(row, column, "required", **details)
            elif any(other in values for other in column.alternatives):
                self._filled.add(key)
        return row

    def _lost(self, key: str, column: Column, context: ImportContext) -> dict[str, Any]:
        """What else to say of an empty cell: below a filled one, in a column that offices merge
        over several rows, of a sheet without merged cells, it may have been lost."""
        if key in self.merged_columns and key in self._filled and not context.table.has_merges:
            return {"because": "merged_lost"}
        return {}

    @staticmethod
    def read_cell(column: Column, value: Any) -> Any:
        """The cell's meaning; ReadingError for formulas without result and unreadable values."""
        if isinstance(value, CellError):
            raise ReadingError("formula_error")
        if isinstance(value, str) and is_legacy_text(value):
            raise ReadingError("legacy_encoding")
        if not is_finite(value):
            raise ReadingError("invalid_number")
        return column.widget.clean(value)

    def _is_missing(self, row: ImportRow, key: str, column: Column, context: ImportContext) -> bool:
        """Whether nothing else gives what the cell leaves empty."""
        if any(row[other] not in (None, "") for other in column.alternatives):
            return False
        if column.from_title and self.title_value(key, context) is not None:
            return False
        return not self.stands_elsewhere(row, key, context)

    def stands_elsewhere(self, row: ImportRow, key: str, context: ImportContext) -> bool:
        """True where the row's surroundings give what its own cell leaves empty."""
        return False

    def given_by_rows(self, key: str, context: ImportContext) -> bool:
        """True where group rows of the sheet stand for a column it does not have."""
        return False

    def title_value(self, key: str, context: ImportContext) -> Any:
        """What the sheet's title line says for a column, None where it says nothing."""
        return None

    def asked_if_missing(self, key: str, context: ImportContext) -> dict[str, Any]:
        """The details of the finding that a required cell is empty: what may be answered."""
        return {}

    # --- meaning ------------------------------------------------------------------------------

    def resolve(self, rows: list[ImportRow], context: ImportContext) -> None:
        """Find what rows refer to, for all rows at once; errors go to the report."""
        raise NotImplementedError

    def key_of(self, row: ImportRow) -> Any:
        """What identifies the row's record; None where errors left it unknown."""
        raise NotImplementedError

    def check_repeats(self, rows: list[ImportRow], context: ImportContext, column: Column) -> None:
        """Two rows about one record contradict each other or are a slip: neither wins."""
        seen: dict[Any, ImportRow] = {}
        for row in rows:
            key = self.key_of(row)
            if key is None:
                continue
            first = seen.setdefault(key, row)
            if first is not row:
                context.error(row, column, "duplicate_row", other=first.number)

    def plan(self, rows: list[ImportRow], context: ImportContext) -> WritePlan:
        """The changes the rows make; called only when there are no errors so far."""
        raise NotImplementedError

    def save(
        self, plan: WritePlan, context: ImportContext, reason: str, run: RunProgress = NO_PROGRESS
    ) -> None:
        """Write the plan's records and their history, in bulk, inside a transaction."""
        raise NotImplementedError

    def kinds_of_rows(self, plan: WritePlan) -> dict[int, str]:
        """Row number → what sort of new record it makes, in words, where there are sorts."""
        return {}

    def detail_of(self, record: Any) -> str:
        """What tells a planned record from others of its title; asks the database nothing."""
        return ""

    def created_beside(self, plan: WritePlan) -> list[str]:
        """In words, how many records a plan creates besides the dataset's own, by model."""
        return []

    def touched(self, changes: list[Any], scope: Scope) -> list[TouchedRecord]:
        """The records of an import's changes as they stand now, in their order; by name only
        those that `scope` sees."""
        raise NotImplementedError

    # --- taking back --------------------------------------------------------------------------

    def plan_undo(self, changes: list[Any], importer: Importer, overwrite: Set[int]) -> list[Any]:
        """What undoing each of an import's `changes` (latest first) does: undoing.Step."""
        raise NotImplementedError

    def apply_undo(self, steps: list[Any], importer: Importer, reason: str) -> None:
        """Carry such steps out with their history, inside a transaction. Raises Overtaken."""
        raise NotImplementedError


def specs(resource: DatasetResource) -> list[ColumnSpec]:
    """The columns as the table finder knows them.

    What a title line, a group row or another column may give is asked for later, row by row. An
    extra column whose `one_of` is a column's key stands in for that column.
    """
    extra = resource.extra_specs()
    replaceable = {spec.one_of for spec in extra if spec.one_of}
    own = [
        ColumnSpec(
            key=column.key,
            header=column.header,
            synonyms=tuple(text for text in column.also if UNDER not in text),
            required=column.required
            and column.key not in replaceable
            and not (column.from_title or column.alternatives or column.one_of),
            one_of=column.key if column.key in replaceable else column.one_of,
            codes=column.codes,
            qualified=tuple(qualified(text) for text in column.also if UNDER in text),
        )
        for column in resource.columns().values()
    ]
    return [*own, *extra]


def qualified(text: str) -> tuple[str, str]:
    """(upper, lower) header of a synonym written "Chủ thể > Tên"."""
    upper, _under, lower = text.partition(UNDER)
    return upper, lower


def _details(error: ReadingError, column: Column, value: Any) -> dict[str, Any]:
    """What the message needs of a reading error; a known reason picks the exact sentence. A day
    that may be one of several is asked about."""
    details = {name: value for name, value in error.params.items() if name != "value"}
    if details.get("reason") in BECAUSE:
        details["because"] = details["reason"]
    if error.code == "ambiguous_date" and isinstance(column.widget, DayWidget):
        details |= day_questions.about_incomplete(column.key, value)
    return details

"""What stands for something else in the cells of a table: "as above", a dash, a decided spelling.

Done before any row is read, and said of each cell, so that nobody takes it for what was written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ocop.imports.columns import REFUSE, SKIP, Column, YesNoWidget
from ocop.imports.datasets.resource import DatasetResource, ImportContext, answer_key
from ocop.imports.findings import CellReference
from ocop.lib.spreadsheets.tables import (
    Record,
    is_dash,
    may_stand_for_another,
    means_none,
    means_same_as_above,
)

PLACES = {"commune", "district", "address"}
"""Not carried past a group row, which may name another place."""


@dataclass(frozen=True)
class CellDecision:
    """For the cells of `rows` with these texts (by column key): the texts to read instead.

    `instead` None keeps them as they are. A decision holds for the cells it was asked about and
    no other: the same words may mean another in another district, sheet or dataset. `rows` None
    is every row of any sheet.
    """

    given: dict[str, str]
    instead: dict[str, str] | None
    dataset: str = ""
    sheet: str = ""
    rows: frozenset[int] | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    """Details of the remark on each cell: `because` where it is not just "as you decided"."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.given))

    def concerns(self, resource: DatasetResource, context: ImportContext) -> bool:
        here = (resource.dataset, context.table.sheet)
        return self.rows is None or (self.dataset, self.sheet) == here

    def holds_in(self, row: int) -> bool:
        return self.rows is None or row in self.rows


def prepare(
    resource: DatasetResource, context: ImportContext, decisions: Iterable[CellDecision] = ()
) -> None:
    """Put the meant values into the table's records, in their place; warnings say which."""
    records = context.table.records
    _carry_down(resource, context, records)
    concerned = [one for one in decisions if one.concerns(resource, context)]
    if concerned:
        _heed(resource, context, records, concerned)


def _carry_down(resource: DatasetResource, context: ImportContext, records: list[Record]) -> None:
    columns = resource.columns()
    above: dict[str, Any] = {}
    groups: tuple[str, ...] = ()
    carried: list[Record] = []
    for record in records:
        if record.groups != groups:
            groups = record.groups
            above = {key: value for key, value in above.items() if key not in PLACES}
        values = record.values
        reading = _RowReading(context, record, above)
        # What makes a row no record comes first: of the rest of such a row nothing is said.
        for key in sorted(values, key=lambda key: columns[key].nothing != SKIP):
            value = values[key]
            if reading.skipped:
                break
            if not isinstance(value, str) or may_stand_for_another(value) or columns[key].nothing:
                reading.take(columns[key], value)
        # A cell left empty is above the next one too: nothing is carried past it.
        above = reading.seen(values)
        if reading.skipped:
            context.table.skipped.append((record.row_number, "none"))
            continue
        carried.append(record.having(reading.changed) if reading.changed else record)
    if len(carried) < len(records):
        context.table.skipped.sort()
    records[:] = carried


class _RowReading:
    """What the cells of one record stand for. `above`: what the row above it says."""

    def __init__(self, context: ImportContext, record: Record, above: dict[str, Any]) -> None:
        self.context, self.record, self.above = context, record, above
        self.changed: dict[str, Any] = {}
        self.none: dict[str, Any] = {}
        self.skipped = False

    def take(self, column: Column, value: Any) -> None:
        key, report = column.key, self.context.report
        where = CellReference(
            column.header, self.record.cell(key), value, self.record.row_number, key
        )
        meant = value
        if means_same_as_above(value):
            if key not in self.above:
                # Said once: the cell is not read further.
                self._refuse(where, "nothing_above")
                return
            meant = self.changed[key] = self.above[key]
            report.warn("same_as_above", where, above=CellReference(value=meant).shown)
        if column.nothing and means_none(meant):
            self.none[key], self.changed[key] = meant, None
            self.skipped = self.skipped or column.nothing == SKIP
            if column.nothing == REFUSE:
                self._refuse(where, "not_rated")
        elif is_dash(meant) and not isinstance(column.widget, YesNoWidget):
            self.changed[key] = None
            if not column.required:
                report.warn("same_as_above", where, because="dash_empty")

    def _refuse(self, where: CellReference, because: str) -> None:
        self.changed[where.key] = None
        self.context.cache.setdefault(self.record.row_number, set()).add(where.key)
        self.context.report.error("required", where, because=because)

    def seen(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the next row refers to with "as above": a cell that says "none" says so there."""
        now = {key: self.changed.get(key, value) for key, value in values.items()}
        return {key: value for key, value in now.items() if value is not None} | self.none


def _heed(
    resource: DatasetResource,
    context: ImportContext,
    records: list[Record],
    decisions: list[CellDecision],
) -> None:
    """Put what was decided into the records, the latest decision about a cell first."""
    by_answer: dict[tuple[Any, ...], list[CellDecision]] = {}
    for one in decisions:
        by_answer.setdefault(answer_key(one.given), []).insert(0, one)
    sets_of_keys = sorted({one.keys for one in decisions})
    for place, record in enumerate(records):
        for keys in sets_of_keys:
            values = record.values
            texts = {key: str(values[key]) for key in keys if key in values}
            fitting = by_answer.get(answer_key(texts), ()) if len(texts) == len(keys) else ()
            held = [one for one in fitting if one.holds_in(record.row_number)]
            # Decisions about cells that are not there are of several columns: each of them holds.
            for decision in held if not keys else held[:1]:
                record = records[place] = _decided(resource, context, record, decision, texts)


def _decided(
    resource: DatasetResource,
    context: ImportContext,
    record: Record,
    decision: CellDecision,
    texts: dict[str, str],
) -> Record:
    """The record as the decision has it; `texts`: what the cells that it is about say."""
    if decision.instead is None:
        context.settled.add((answer_key(texts), record.row_number))
        _say_settled(resource, context, record, decision)
        return record
    columns, values, instead = resource.columns(), record.values, decision.instead
    if not decision.given:
        # Asked about empty cells: another record of the row may have the value.
        instead = {key: text for key, text in instead.items() if key not in values}
    instead = {key: text for key, text in instead.items() if key in columns}
    for key, text in instead.items():
        if text != texts.get(key):
            cell, value = record.cell(key) or None, values.get(key)
            where = CellReference(columns[key].header, cell, value, record.row_number, key)
            empty = {"because": "decided_empty"} if value is None else {}
            context.report.warn("decided", where, now=text, **{**empty, **decision.said})
    return record.having(instead)


def _say_settled(
    resource: DatasetResource, context: ImportContext, record: Record, decision: CellDecision
) -> None:
    """What nobody was asked this time is said: that the words mean what they say."""
    key = next(iter(decision.given), "")
    if decision.said and key in resource.columns():
        cell, value = record.cell(key) or None, record.values.get(key)
        header = resource.columns()[key].header
        where = CellReference(header, cell, value, record.row_number, key)
        said = {**decision.said, "because": "kept_as_before"}
        context.report.warn("decided", where, now=where.shown, **said)

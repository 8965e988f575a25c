"""What stands for something else in the cells of a table: "as above", a dash, a decided spelling.

Done before any row is read, and said of each cell, so that nobody takes it for what was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ocop.imports.cells import Column, YesNoWidget
from ocop.imports.report import Place
from ocop.imports.resource import Context, DatasetResource, answer_key
from ocop.lib.spreadsheets.records import Record
from ocop.lib.spreadsheets.same_as_above import (
    is_dash,
    may_stand_for_another,
    means_same_as_above,
)

CARRIED_BY_DASH = {"address"}
"""Stands for a required column, so a dash in it repeats what stands above as there."""
PLACES = {"commune", "district", "address"}
"""Not carried past a group row, which may name another place."""


@dataclass(frozen=True)
class Decision:
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

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.given))

    def concerns(self, resource: DatasetResource, context: Context) -> bool:
        here = (resource.dataset, context.table.sheet)
        return self.rows is None or (self.dataset, self.sheet) == here

    def holds_in(self, row: int) -> bool:
        return self.rows is None or row in self.rows


def prepare(
    resource: DatasetResource, context: Context, decisions: Iterable[Decision] = ()
) -> None:
    """Put the meant values into the table's records, in their place; warnings say which."""
    records = context.table.records
    _carry_down(resource, context, records)
    concerned = [one for one in decisions if one.concerns(resource, context)]
    if concerned:
        _heed(resource, context, records, concerned)


def _carry_down(resource: DatasetResource, context: Context, records: list[Record]) -> None:
    columns = resource.columns()
    above: dict[str, Any] = {}
    groups: tuple[str, ...] = ()
    for place, record in enumerate(records):
        if record.groups != groups:
            groups = record.groups
            above = {key: value for key, value in above.items() if key not in PLACES}
        changed: dict[str, Any] = {}
        values = record.values
        for key, value in values.items():
            if not isinstance(value, str) or not may_stand_for_another(value):
                continue
            if not _refers(columns[key], value):
                continue
            column = columns[key]
            where = Place(column.header, record.cell(key), value, record.row_number, key)
            if _is_empty(column, value):
                changed[key] = None
                context.report.warn("same_as_above", where, because="dash_empty")
            elif key in above:
                changed[key] = above[key]
                shown = Place(value=above[key]).shown
                context.report.warn("same_as_above", where, above=shown)
            elif not is_dash(value):
                # A dash is refused by the column itself. Said once: the cell is not read further.
                changed[key] = None
                context.told.setdefault(record.row_number, set()).add(key)
                context.report.error("required", where, because="nothing_above")
        if changed:
            records[place] = record.having(changed)
            values = records[place].values
        # A cell left empty is above the next one too: nothing is carried past it.
        above = values


def _refers(column: Column, value: str) -> bool:
    """Whether the cell says nothing of its own. Of a dash in a yes-or-no column it does: no."""
    if is_dash(value):
        return not isinstance(column.widget, YesNoWidget)
    return means_same_as_above(value)


def _is_empty(column: Column, value: str) -> bool:
    carried = column.required or column.key in CARRIED_BY_DASH
    return is_dash(value) and not carried


def _heed(
    resource: DatasetResource, context: Context, records: list[Record], decisions: list[Decision]
) -> None:
    """Put what was decided into the records, the latest decision about a cell first."""
    by_answer: dict[tuple[Any, ...], list[Decision]] = {}
    for one in decisions:
        by_answer.setdefault(answer_key(one.given), []).insert(0, one)
    columns = resource.columns()
    for place, record in enumerate(records):
        for keys in sorted({one.keys for one in decisions}):
            values = record.values
            texts = {key: str(values[key]) for key in keys if key in values}
            fitting = by_answer.get(answer_key(texts), ()) if len(texts) == len(keys) else ()
            decision = next((one for one in fitting if one.holds_in(record.row_number)), None)
            if decision is None:
                continue
            if decision.instead is None:
                context.settled.add((answer_key(texts), record.row_number))
                continue
            for key, text in decision.instead.items():
                if text != texts[key]:
                    cell, value = record.cell(key), values[key]
                    where = Place(columns[key].header, cell, value, record.row_number, key)
                    context.report.warn("decided", where, now=text)
            record = records[place] = record.having(decision.instead)

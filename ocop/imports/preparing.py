"""What stands for something else in the cells of a table: "as above", a dash, a decided spelling.

Done before any row is read, and said of each cell, so that nobody takes it for what was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ocop.imports.cells import Column, TextWidget, YesNoWidget
from ocop.imports.report import Place
from ocop.imports.resource import Context, DatasetResource, answer_key
from ocop.lib.spreadsheets.records import Record
from ocop.lib.spreadsheets.same_as_above import is_dash, means_same_as_above

CARRIED_BY_DASH = {"commune", "district", "address", "kind", "number"}
"""Columns that need not be filled, in which a dash still repeats what stands above it."""


@dataclass(frozen=True)
class Decision:
    """For cells with these texts (by column key): the texts to read instead, or None to keep."""

    given: dict[str, str]
    instead: dict[str, str] | None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.given))


def prepare(
    resource: DatasetResource, context: Context, decisions: Iterable[Decision] = ()
) -> None:
    """Put the meant values into the table's records, in their place; warnings say which."""
    records = context.table.records
    _carry_down(resource, context, records)
    decided = {answer_key(one.given): one for one in decisions}
    context.settled = {key for key, one in decided.items() if one.instead is None}
    by_keys = {one.keys for one in decided.values() if one.instead is not None}
    if by_keys:
        _put_decided(resource, context, records, decided, by_keys)


def _carry_down(resource: DatasetResource, context: Context, records: list[Record]) -> None:
    columns = resource.columns()
    above: dict[str, Any] = {}
    for place, record in enumerate(records):
        changed: dict[str, Any] = {}
        for key, (cell, value) in record.cells.items():
            column = columns[key]
            if not isinstance(value, str) or not _refers(column, value):
                above[key] = value
                continue
            where = Place(column.header, cell, value, record.row_number, key)
            if _is_empty(column, value):
                changed[key] = None
                context.report.warn("same_as_above", where, because="dash_empty")
            elif key in above:
                changed[key] = above[key]
                context.report.warn("same_as_above", where, above=str(above[key]))
            elif not is_dash(value) and isinstance(column.widget, TextWidget):
                # Any other column refuses the word by itself, and a name the dash.
                context.report.error("required", where, because="nothing_above")
        if changed:
            records[place] = _with(record, changed)


def _refers(column: Column, value: str) -> bool:
    """Whether the cell says nothing of its own. Of a dash in a yes-or-no column it does: no."""
    if is_dash(value):
        return not isinstance(column.widget, YesNoWidget)
    return means_same_as_above(value)


def _is_empty(column: Column, value: str) -> bool:
    carried = column.required or column.key in CARRIED_BY_DASH
    return is_dash(value) and not carried


def _with(record: Record, changed: dict[str, Any]) -> Record:
    cells = dict(record.cells)
    for key, value in changed.items():
        if value is None:
            del cells[key]
        else:
            cells[key] = (cells[key][0] if key in cells else "", value)
    return Record(record.row_number, cells, record.groups)


def _put_decided(
    resource: DatasetResource,
    context: Context,
    records: list[Record],
    decided: dict[tuple[Any, ...], Decision],
    by_keys: set[tuple[str, ...]],
) -> None:
    columns = resource.columns()
    for place, record in enumerate(records):
        for keys in by_keys:
            texts = {key: str(record.cells[key][1]) for key in keys if key in record.cells}
            decision = decided.get(answer_key(texts)) if len(texts) == len(keys) else None
            if decision is None or decision.instead is None:
                continue
            for key, text in decision.instead.items():
                if text == texts[key]:
                    continue
                cell, value = record.cells[key]
                where = Place(columns[key].header, cell, value, record.row_number, key)
                context.report.warn("decided", where, now=text)
            record = records[place] = _with(record, dict(decision.instead))

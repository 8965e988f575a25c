"""Cells that a person corrected on the page: read as if the workbook said so, and said of each."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from ocop.imports.datasets import CellDecision, CheckedTable
from ocop.imports.findings import CellReference
from ocop.lib.spreadsheets.reading import CellValue, SheetContent, column_letters, parse_cell_name

MAX_CORRECTION_LENGTH = 2000


@dataclass(frozen=True)
class Correction:
    """`text` is read instead of what the cell says (`was`); empty, as an empty cell.

    `cell` is "G17", or empty where the sheet has no column for it: then `key` names the column of
    `dataset` that the row gets a value for. `who` and `at` (ISO) say who wrote it and when.
    """

    sheet: str
    row: int
    text: str
    cell: str = ""
    key: str = ""
    dataset: str = ""
    column: str = ""
    was: str = ""
    who: str = ""
    at: str = ""

    @property
    def place(self) -> str:
        """What tells it from others of the sheet: a later one of the same place replaces it."""
        return self.cell or f"{self.row}:{self.key}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Correction":
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})

    @property
    def when(self) -> str:
        """The moment as the page writes it; empty where none was kept."""
        try:
            moment = timezone.localtime(datetime.fromisoformat(self.at))
        except ValueError:
            return ""
        return date_format(moment, "SHORT_DATETIME_FORMAT")

    def said(self) -> dict[str, Any]:
        """The details of the remark on the cell."""
        because = "corrected" if self.was else "filled_in"
        return {"because": because, "who": self.who, "when": self.when}


def corrected(
    sheets: Sequence[SheetContent], corrections: Iterable[Correction]
) -> list[SheetContent]:
    """The sheets with the corrected cells. One of a cell or row that is not there does nothing."""
    by_sheet: dict[str, dict[int, dict[int, str]]] = {}
    for one in corrections:
        if place := parse_cell_name(one.cell):
            by_sheet.setdefault(one.sheet, {}).setdefault(place[0], {})[place[1]] = one.text
    return [_with(sheet, by_sheet[sheet.name]) if sheet.name in by_sheet else sheet
            for sheet in sheets]  # fmt: skip


def _with(sheet: SheetContent, texts: dict[int, dict[int, str]]) -> SheetContent:
    rows = [
        (number, _row_with(cells, texts[number])) if number in texts else (number, cells)
        for number, cells in sheet.rows
    ]
    return SheetContent(
        sheet.name, rows, sheet.merged, sheet.hidden, sheet.hidden_rows, sheet.fonts
    )


def _row_with(cells: dict[int, CellValue], texts: dict[int, str]) -> dict[int, CellValue]:
    now = {**cells, **texts}
    return {column: now[column] for column in sorted(now) if now[column] != ""}


def as_decisions(corrections: Iterable[Correction]) -> list[CellDecision]:
    """Those of cells that the sheet does not have: values of their row's columns."""
    return [
        CellDecision(
            {},
            {one.key: one.text},
            one.dataset,
            one.sheet,
            frozenset({one.row}),
            one.said(),
        )
        for one in corrections
        if not one.cell and one.text
    ]


def say_corrections(checked: CheckedTable, corrections: Iterable[Correction]) -> None:
    """A remark on each corrected cell that was read, and the outcome's list of them."""
    table, outcome = checked.context.table, checked.outcome
    columns = checked.resource.columns()
    keys = {column_letters(place): key for key, place in table.columns.items()}
    rows = {record.row_number for record in table.records}
    for one in corrections:
        if one.sheet != table.sheet or one.row not in rows:
            continue
        key = keys.get(one.cell.rstrip("0123456789"), "") if one.cell else one.key
        if one.cell and key in columns:
            place = CellReference(columns[key].header, one.cell, one.was, one.row, key)
            checked.context.report.warn("decided", place, now=one.text or "–", **one.said())
        if key in columns:
            outcome.corrections.append({**one.as_json(), "column": columns[key].header})
    if outcome.corrections:
        checked.context.report.in_order()

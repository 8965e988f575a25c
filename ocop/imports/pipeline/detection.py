"""Which sheet of a workbook holds which dataset, told by its headers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from ocop.imports.datasets import (
    DATASETS,
    ImportableResource,
    all_headers,
    described,
    may_import,
    specs,
)
from ocop.imports.findings import Importer
from ocop.imports.models import RememberedColumns
from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.reading import MAX_CELLS_SEARCHED, CellError, SheetContent
from ocop.lib.spreadsheets.tables import ROWS_SEARCHED, Table, find_table
from ocop.lib.text import folded

SAMPLE_ROWS = 8
SAMPLE_COLUMNS = 14
MAX_SAMPLE_LENGTH = 60
MIN_ALIKE = 0.72
Remembered = dict[tuple[str, str], list[str]]
"""(dataset, digest of the headers) → key of each header's column in their order, "" not read."""


@dataclass(frozen=True)
class SheetImport:
    """One sheet to be imported as one dataset.

    `header_row`: where the person says the header begins, None to look for it. `columns`:
    column number → key ("" is not read) where the person or the office's memory says so.
    """

    sheet: str
    dataset: str
    header_row: int | None = None
    columns: Mapping[int, str] | None = None

    def as_json(self) -> dict[str, Any]:
        columns = None if self.columns is None else {str(n): k for n, k in self.columns.items()}
        return {
            "sheet": self.sheet,
            "dataset": self.dataset,
            "header_row": self.header_row,
            "columns": columns,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "SheetImport":
        columns = stored.get("columns")
        return cls(
            stored["sheet"],
            stored["dataset"],
            stored.get("header_row"),
            None if columns is None else {int(n): key for n, key in columns.items()},
        )


@dataclass
class Guess:
    """What a sheet was taken for; `table` None where no dataset's headers were found.

    `certain`: every required column is there and no other dataset fits as well. `remembered`:
    the columns are those that the office chose for these headers before.
    """

    sheet: SheetContent
    dataset: str = ""
    table: Table | None = None
    certain: bool = False
    remembered: bool = False
    part: SheetImport | None = None
    others: list[str] = field(default_factory=list)


def importable(importer: Importer) -> list[str]:
    """Names of the datasets the person may import, in the registry's order."""
    return [name for name in DATASETS if may_import(importer.scope, described(name))]


def guess(sheets: Sequence[SheetContent], importer: Importer, office: str) -> list[Guess]:
    """One guess for each sheet, in the workbook's order.

    Raises FileRefused where there is more to look through than any office's workbook has.
    """
    searched = sum(len(cells) for sheet in sheets for _row, cells in sheet.rows[:ROWS_SEARCHED])
    if searched > MAX_CELLS_SEARCHED:
        raise FileRefused("too_large", reason="searched", limit=MAX_CELLS_SEARCHED)
    datasets = importable(importer)
    remembered: Remembered = {
        (one.dataset, one.headers): one.columns
        for one in RememberedColumns.objects.filter(office=office, dataset__in=datasets)
    }
    return [_guess(sheet, datasets, remembered) for sheet in sheets]


def _guess(sheet: SheetContent, datasets: list[str], remembered: Remembered) -> Guess:
    found: list[tuple[tuple[bool, int], str, Table]] = []
    for name in datasets:
        table = table_or_none([sheet], SheetImport(sheet.name, name))
        if table is not None:
            found.append(((not table.missing, len(table.columns)), name, table))
    found.sort(key=lambda each: each[0], reverse=True)
    known = _from_memory(sheet, datasets, remembered, found)
    if known is not None or not found:
        return known or Guess(sheet)
    best, name, table = found[0]
    rivals = [other for rank, other, _table in found[1:] if rank >= best]
    certain = not table.missing and not rivals
    others = [other for _rank, other, _table in found[1:]]
    return Guess(sheet, name, table, certain, False, SheetImport(sheet.name, name), others)


def _from_memory(
    sheet: SheetContent,
    datasets: list[str],
    remembered: Remembered,
    found: list[tuple[tuple[bool, int], str, Table]],
) -> Guess | None:
    """By the headers that were found; else by a row that reads like one the office chose for."""
    if not remembered:
        return None
    tried = [
        (name, None, table.header_texts, digest_of(table.header_texts))
        for _rank, name, table in found
    ]
    for number, cells in sheet.rows[:ROWS_SEARCHED]:
        texts = {column: str(value) for column, value in cells.items()}
        digest = digest_of(texts)
        tried += [(name, number, texts, digest) for name in datasets]  # type: ignore[misc]
    for name, header_row, texts, digest in tried:
        keys = remembered.get((name, digest))
        if keys is None or len(keys) != len(texts):
            continue
        part = SheetImport(
            sheet.name, name, header_row, dict(zip(sorted(texts), keys, strict=True))
        )
        table = table_or_none([sheet], part)
        if table is not None:
            return Guess(sheet, name, table, not table.missing, True, part)
    return None


def table_or_none(sheets: Sequence[SheetContent], part: SheetImport) -> Table | None:
    """The part's table, None where it has no header to be found.

    Raises FileRefused where there is too much that may be one.
    """
    try:
        return find_part(sheets, part)
    except FileRefused as refusal:
        if refusal.code == "too_large":
            raise
        return None


def find_part(sheets: Sequence[SheetContent], part: SheetImport) -> Table:
    """The table of a part. Raises FileRefused where it is not to be found."""
    resource = described(part.dataset)
    return find_table(
        sheets,
        specs(resource),
        part.sheet,
        header_row=part.header_row,
        chosen=part.columns,
        known_headers=all_headers(),
    )


def digest_of(texts: Mapping[int, str]) -> str:
    """A header row by its texts in their order, whatever their case and diacritics."""
    line = "\n".join(folded(texts[column]) for column in sorted(texts))
    return hashlib.sha256(line.encode()).hexdigest()


def likely_columns(table: Table, resource: ImportableResource) -> dict[int, str]:
    """Column number → key that a header nobody knows may mean, for columns not found yet."""
    names: dict[str, str] = {}
    for key, column in resource.columns().items():
        if key not in table.columns:
            names |= {folded(text): key for text in (column.header, *column.also)}
    likely: dict[int, str] = {}
    taken = set(table.columns.values())
    for place, text in table.header_texts.items():
        if place in taken:
            continue
        # Of a two-row header the lower row tells the columns under one upper cell apart.
        lower = text.rpartition(" / ")[2]
        close = get_close_matches(folded(lower), names, n=1, cutoff=MIN_ALIKE)
        if close and names[close[0]] not in likely.values():
            likely[place] = names[close[0]]
    return likely


# --- A look at a sheet ----------------------------------------------------------------------------


def first_rows(sheet: SheetContent) -> list[dict[str, Any]]:
    """The first rows as texts, for a person to recognise the sheet by."""
    rows = []
    sample = sheet.rows[:SAMPLE_ROWS]
    last = min(SAMPLE_COLUMNS, max((max(cells) for _number, cells in sample), default=0))
    for number, cells in sample:
        texts = [shown(cells.get(column)) for column in range(1, last + 1)]
        rows.append({"number": number, "cells": texts, "hidden": number in sheet.hidden_rows})
    return rows


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text or "?"
    text = value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)
    return text if len(text) <= MAX_SAMPLE_LENGTH else text[: MAX_SAMPLE_LENGTH - 1] + "…"

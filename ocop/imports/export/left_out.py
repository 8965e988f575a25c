"""The rows that an import left out, as a workbook that can be mended and imported by itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.export.marked_copies import mark_texts
from ocop.imports.findings import apart, with_text
from ocop.lib.spreadsheets.reading import SheetContent, cell_name, parse_cell_name
from ocop.lib.spreadsheets.tables import Table
from ocop.lib.spreadsheets.writing import Excerpt, Mark, annotated_copy, excerpt


@dataclass(frozen=True)
class LeftOutOfSheet:
    """`table` None where the sheet's table is not found any more: only its header row is known."""

    sheet: SheetContent
    table: Table | None
    header_row: int
    rows: Sequence[apart.LeftOutRow]

    def excerpt(self) -> Excerpt:
        if self.table is None:
            return Excerpt(self.sheet, self.header_row, [one.row for one in self.rows])
        records = [record.row_number for record in self.table.records]
        skipped = [row for row, _reason in self.table.skipped]
        head = min([*records, *skipped, 1 + max(one.row for one in self.rows)]) - 1
        groups = [row for row, reason in self.table.skipped if reason == "group"]
        return Excerpt(self.sheet, head, [one.row for one in self.rows], groups)


def left_out_workbook(name: str, sheets: Iterable[LeftOutOfSheet]) -> tuple[str, bytes]:
    """(file name, xlsx): the titles and headers as they stood, only these rows, and what is wrong
    with each marked in its cells. It imports as it is."""
    sheets = [one for one in sheets if one.rows]
    excerpts = [one.excerpt() for one in sheets]
    marks = [
        mark for one, its in zip(sheets, excerpts, strict=True) for mark in _marks(one, its.moved())
    ]
    file = f"{Path(name).stem or 'tep'} - {_('left out')}.xlsx"
    return file, annotated_copy(excerpt(excerpts), file, marks, mark_texts())


def _marks(one: LeftOutOfSheet, moved: Mapping[int, int]) -> list[Mark]:
    marks = []
    for row in one.rows:
        for stored in row.problems if row.row in moved else ():
            place = parse_cell_name(stored["cell"] or "")
            if place is not None and place[0] in moved:
                marks.append(_mark(one.sheet.name, cell_name(moved[place[0]], place[1]), stored))
    return marks


def _mark(sheet: str, cell: str, stored: dict[str, Any]) -> Mark:
    said = with_text(stored)
    return Mark(sheet[:31], cell, stored["column"], stored["value"], said["text"])

"""Some rows of sheets as a workbook of their own, under the titles and headers they stood under."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ocop.lib.spreadsheets.reading import CellValue, SheetContent, cell_name
from ocop.lib.spreadsheets.tables import means_same_as_above
from ocop.lib.spreadsheets.writing.writer import cell_to_write


@dataclass(frozen=True)
class Excerpt:
    """`head`: the last row of what stands above the records; it is copied whole. `groups`: rows
    that say something of the rows under them; those before a copied row are copied too."""

    sheet: SheetContent
    head: int
    rows: Sequence[int]
    groups: Sequence[int] = field(default=())

    def moved(self) -> dict[int, int]:
        """Number of a row in the sheet → its number in the excerpt."""
        there = {number for number, _cells in self.sheet.rows}
        wanted = sorted(set(self.rows) & there)
        last = wanted[-1] if wanted else 0
        groups = {number for number in self.groups if number in there and number < last}
        below = sorted({*wanted, *groups})
        heads = {number: number for number in range(1, self.head + 1)}
        return heads | {number: self.head + at for at, number in enumerate(below, 1)}


def excerpt(excerpts: Sequence[Excerpt]) -> bytes:
    """An xlsx with one sheet for each. A copied cell that says "as above", or that a merge covers,
    says what it meant: the row above it may not be there."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for one in excerpts:
        page = workbook.create_sheet(one.sheet.name[:31])
        for top, left, bottom, right in one.sheet.merged:
            if bottom <= one.head:
                page.merged_cells.add(_range(top, left, bottom, right))
        _write(page, one)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write(page: Any, one: Excerpt) -> None:
    moved = one.moved()
    at = {new: old for old, new in moved.items()}
    meant = _meant(one.sheet, one.head)
    rows = dict(one.sheet.rows)
    for number in range(1, max(at, default=0) + 1):
        old = at[number]
        cells = rows.get(old, {}) if old <= one.head else meant.get(old, {})
        last = max(cells, default=0)
        page.append([cell_to_write(page, cells.get(column)) for column in range(1, last + 1)])


def _meant(sheet: SheetContent, head: int) -> Mapping[int, dict[int, CellValue]]:
    """The rows under the head, with what "as above" and merges over several rows stand for."""
    tall = [merge for merge in sheet.merged if merge[2] > merge[0] > head]
    rows = {number: dict(cells) for number, cells in sheet.rows if number > head}
    for top, left, bottom, _right in tall:
        value = rows.get(top, {}).get(left)
        if value is not None:
            for number in rows:
                if top < number <= bottom:
                    rows[number].setdefault(left, value)
    above: dict[int, CellValue] = {}
    for cells in rows.values():
        for column, value in cells.items():
            if means_same_as_above(value) and column in above:
                cells[column] = above[column]
        above = cells
    return rows


def _range(top: int, left: int, bottom: int, right: int) -> str:
    return f"{cell_name(top, left)}:{cell_name(bottom, right)}"

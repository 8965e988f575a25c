"""xlsx whose cells lie far apart, or name no place: read cell by cell, never as a dense table.

A stray space in row 1,048,576 or a format down to the last row is common in real workbooks.
"""

import io
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser

from ocop.lib.spreadsheets.cells import CellValue, SheetContent
from ocop.lib.spreadsheets.refusal import FileRefused, check_extent
from ocop.lib.spreadsheets.values import plain_value


def read_sparse(data: bytes) -> list[SheetContent]:
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, TypeError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    return [_sheet(workbook, sheet) for sheet in workbook.worksheets]


def _sheet(workbook: Any, sheet: Any) -> SheetContent:
    # openpyxl's own loops fill every gap with empty rows; the parser below them does not.
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        rows = _rows(parser, sheet.title)
    content = SheetContent(sheet.title, rows, hidden=sheet.sheet_state != "visible")
    if parser.merged_cells:
        content.merged = [
            (merge.min_row, merge.min_col, merge.max_row, merge.max_col)
            for merge in parser.merged_cells.mergeCell
        ]
    return content


def _rows(parser: Any, name: str) -> list[tuple[int, dict[int, CellValue]]]:
    found: dict[int, dict[int, CellValue]] = {}
    for number, row in parser.parse():
        cells = {}
        for cell in row:
            value = plain_value(cell["value"])
            if value is not None:
                cells[cell["column"]] = value
        if cells:
            check_extent(number, max(cells), name)
            found.setdefault(number, {}).update(cells)
    return sorted(found.items())

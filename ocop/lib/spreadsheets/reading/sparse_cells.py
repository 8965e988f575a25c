"""xlsx whose cells lie far apart, or name no place: read cell by cell, never as a dense table.

A stray space in row 1,048,576 or a format down to the last row is common in real workbooks.
"""

import io
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser

from ocop.lib.spreadsheets.reading.cells import CellValue, SheetContent
from ocop.lib.spreadsheets.reading.refusal import FileRefused, check_extent
from ocop.lib.spreadsheets.reading.values import plain_value


def read_sparse(data: bytes) -> list[SheetContent]:
    try:
        reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        # Without openpyxl's own sheets: each would be read through to find its last cell.
        found = [
            (sheet, relation.target)
            for sheet, relation in reader.parser.find_sheets()
            if relation.target in reader.valid_files and "chartsheet" not in relation.Type
        ]
        return [_sheet(reader, sheet.name, sheet.state, target) for sheet, target in found]
    except (InvalidFileException, KeyError, ValueError, TypeError) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem


def _sheet(reader: Any, name: str, state: str, target: str) -> SheetContent:
    # openpyxl's own loops fill every gap with empty rows; the parser below them does not.
    with reader.archive.open(target) as source:
        parser = WorkSheetParser(
            source,
            reader.shared_strings,
            data_only=True,
            epoch=reader.wb.epoch,
            date_formats=reader.wb._date_formats,
            timedelta_formats=reader.wb._timedelta_formats,
        )
        rows = _rows(parser, name)
    content = SheetContent(name, rows, hidden=state != "visible")
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

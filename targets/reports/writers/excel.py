"""The workbook beside a report. Knows no request and no database.

Texts are forced to be texts, so that no cell made of data is a formula. The only formulas are the
totals written here, over columns of numbers; they follow a filter that the reader sets.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain
from math import ceil
from typing import Any, BinaryIO

from openpyxl import Workbook as Book
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from ocop.lib.spreadsheets.writing import DAY_FORMAT, clean_text
from targets.reports.writers.document import SUM, AnnexSheet, AnnexWorkbook, SheetColumn

FONT = "Times New Roman"
HEAD = PatternFill("solid", fgColor="E9EFEB")
LINE = Side(style="thin", color="8B958F")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LINE_HEIGHT, MAX_LINES = 15, 27
"""Points of a line; no row may be higher than 409 points."""
VISIBLE_SUM = 109
"""SUBTOTAL's code for a sum of the rows that a filter leaves visible."""


def write(workbook: AnnexWorkbook, target: BinaryIO) -> None:
    """Write the workbook as .xlsx to a binary stream, row by row.

    TypeError, with nothing written, for a value that is no text, number or day.
    """
    _refuse_other_values(workbook)
    book = Book(write_only=True)
    for sheet in workbook.sheets:
        _write_sheet(book, sheet)
    # Formulas carry no value of their own: whoever opens the file works them out.
    book.calculation.fullCalcOnLoad = True
    book.save(target)


def _refuse_other_values(workbook: AnnexWorkbook) -> None:
    for sheet in workbook.sheets:
        for value in chain.from_iterable(sheet.rows):
            if value is not None and not isinstance(value, (str, int, float, date)):
                raise TypeError(f"no cell for {type(value).__name__}")


def _write_sheet(book: Any, sheet: AnnexSheet) -> None:
    page = book.create_sheet(FORBIDDEN.sub(" ", clean_text(sheet.name))[:31])
    _set_up(page, sheet)
    for title in sheet.titles:
        page.append([_text(page, title, bold=True, boxed=False)])
    page.append([])
    header = len(sheet.titles) + 2
    _make_room(page, sheet, header, [column.title for column in sheet.columns])
    page.append([_head(page, column) for column in sheet.columns])
    for place, row in enumerate(sheet.rows, header + 1):
        _make_room(page, sheet, place, row)
        page.append([_value(page, value) for value in row])
    if sheet.total_label:
        page.append(_totals(page, sheet))
    if sheet.note:
        page.append([_text(page, sheet.note, boxed=False)])


def _set_up(page: Any, sheet: AnnexSheet) -> None:
    """Widths, frozen header, filter, and a print on landscape A4 with the header repeated."""
    header = len(sheet.titles) + 2
    last = get_column_letter(len(sheet.columns))
    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = f"A{header + 1}"
    page.auto_filter.ref = f"A{header}:{last}{header + len(sheet.rows)}"
    page.print_title_rows = f"{header}:{header}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _make_room(page: Any, sheet: AnnexSheet, place: int, values: Sequence[Any]) -> None:
    """A row as high as its longest text needs: programs do not agree on doing it themselves."""
    texts = ((v, c) for v, c in zip(values, sheet.columns, strict=True) if isinstance(v, str))
    lines = max((ceil(1.1 * len(text) / column.width) for text, column in texts), default=1)
    if lines > 1:
        page.row_dimensions[place].height = LINE_HEIGHT * min(lines, MAX_LINES)


def _totals(page: Any, sheet: AnnexSheet) -> list[Any]:
    """The row under the list: the label, and a sum under each column that is added up."""
    first = len(sheet.titles) + 3
    cells = []
    for place, column in enumerate(sheet.columns, 1):
        if column.total != SUM:
            cells.append(_text(page, sheet.total_label if place == 1 else "", bold=True))
            continue
        letter = get_column_letter(place)
        span = f"{letter}{first}:{letter}{first + len(sheet.rows) - 1}"
        formula = f"=SUBTOTAL({VISIBLE_SUM},{span})"
        cells.append(_styled(WriteOnlyCell(page, value=formula if sheet.rows else 0), bold=True))
    return cells


def _head(page: Any, column: SheetColumn) -> Any:
    cell = _text(page, column.title, bold=True)
    cell.fill = HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _value(page: Any, value: Any) -> Any:
    """A cell of data: text as text, a whole or broken number, a day, or nothing."""
    if isinstance(value, str):
        cell = _text(page, value)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell
    cell = _styled(WriteOnlyCell(page, value=value))
    if isinstance(value, date):
        cell.number_format = DAY_FORMAT
    cell.alignment = Alignment(vertical="top")
    return cell


def _text(page: Any, text: str, bold: bool = False, boxed: bool = True) -> Any:
    cell = WriteOnlyCell(page, value=clean_text(text) or None)
    if cell.value is not None:
        # openpyxl takes "=…" for a formula and "#N/A" for an error.
        cell.data_type = "s"
    return _styled(cell, bold, boxed)


def _styled(cell: Any, bold: bool = False, boxed: bool = True) -> Any:
    cell.font = Font(name=FONT, size=11, bold=bold)
    if boxed:
        cell.border = BOX
    return cell

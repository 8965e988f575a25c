"""Workbooks and text files whose cells are values, never formulas."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import Any, BinaryIO, TextIO

from ocop.lib.spreadsheets.reading import CellError, column_letters, quoted_text

# What XML cannot hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_A_DATE = re.compile(r"\d{1,4}\s*[/-]\s*\d{1,4}|\d{1,2}\s*[/-]\s*\d{1,2}\s*[/-]\s*\d{1,2}")
"""Two numbers such as "3/10" or "1-2", or three that are no day with its whole year."""
WORD_JOINER = "\u2060"
MAX_TEXT_LENGTH = 32_767
WIDEST, NARROWEST = 60, 8
DAY_FORMAT = "dd/mm/yyyy"
LISTS_SHEET = "Danh mục"
ROWS_SAMPLED = 200
REQUIRED_COLOUR = "FFE2CC"
NOTE_AUTHOR = "OCOP"


@dataclass(slots=True)
class SheetToWrite:
    """`header` fills row 1 unless `titles` come before it.

    The following go by the number of the column, from 1. `choices`: values offered in a drop-down
    list under the header. `notes`: what a note on the header says. `required`: columns whose
    header stands out. `formats`: number formats of the cells still to be filled in.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]] = ()
    titles: Sequence[str] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    required: frozenset[int] = frozenset()
    formats: Mapping[int, str] = field(default_factory=dict)
    wrapped: bool = False


def clean_text(text: str) -> str:
    """Without characters no spreadsheet can hold, cut to the longest text of a cell."""
    return CONTROL.sub("", text)[:MAX_TEXT_LENGTH]


def csv_safe(value: Any) -> Any:
    """Every line of a text that a spreadsheet would take for a formula gets an apostrophe; numbers
    stay numbers.

    `unquoted_text` takes exactly those apostrophes away again.
    """
    return quoted_text(CONTROL.sub("", value)) if isinstance(value, str) else value


def dateless(value: Any) -> Any:
    """Text that a spreadsheet would take for a day, such as a decision's number "3/2022", with a
    word joiner before it: it cannot be seen, and a text that is read loses it again (nfc).
    """
    if isinstance(value, str) and LIKE_A_DATE.fullmatch(value.strip()):
        return WORD_JOINER + value
    return value


def write_csv(
    stream: TextIO,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    guard_dates: bool = True,
) -> None:
    """Comma-separated; open the file as utf-8-sig with newline="" so that Excel reads it right.

    Without `guard_dates` texts like days stay letter for letter: the import's own format.
    """
    writer = csv.writer(stream)
    writer.writerow([csv_safe(text) for text in header])
    for row in rows:
        cells = map(_plain, row)
        writer.writerow([csv_safe(dateless(cell) if guard_dates else cell) for cell in cells])


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    return value.isoformat() if isinstance(value, date) else value


def write_workbook(target: str | BinaryIO, sheets: Sequence[SheetToWrite]) -> None:
    """Write an xlsx file to a path or a binary stream, row by row."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(workbook, sheet)
    _write_lists(workbook, sheets)
    workbook.save(target)


def _write_sheet(workbook: Any, sheet: SheetToWrite) -> None:
    page = workbook.create_sheet(sheet.name[:31])
    coming = iter(sheet.rows)
    # Widths stand before the cells in the file: the first rows tell them, the others are streamed.
    sample = [list(row) for row in islice(coming, ROWS_SAMPLED)]
    for place, title in enumerate(sheet.header, 1):
        longest = max((len(str(row[place - 1])) for row in sample if len(row) >= place), default=0)
        dimension = page.column_dimensions[column_letters(place)]
        dimension.width = min(WIDEST, max(NARROWEST, len(title), longest) + 2)
        if place in sheet.formats:
            dimension.number_format = sheet.formats[place]
    page.freeze_panes = f"A{len(sheet.titles) + 2}"
    for title in sheet.titles:
        page.append([cell_to_write(page, title, bold=True)])
    page.append([_header_cell(page, sheet, place) for place in range(1, len(sheet.header) + 1)])
    for row in chain(sample, coming):
        cells = [cell_to_write(page, value) for value in row]
        page.append([_wrapped(page, cell) for cell in cells] if sheet.wrapped else cells)
    _offer_choices(page, sheet)


def _header_cell(page: Any, sheet: SheetToWrite, place: int) -> Any:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = cell_to_write(page, sheet.header[place - 1], bold=True)
    if place in sheet.required:
        cell.fill = PatternFill("solid", fgColor=REQUIRED_COLOUR)
    if note := clean_text(sheet.notes.get(place, "")):
        height = 24 + 18 * sum(1 + len(line) // 40 for line in note.split("\n"))
        cell.comment = Comment(note, NOTE_AUTHOR, width=300, height=height)
    return cell


def _wrapped(page: Any, value: Any) -> Any:
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = value if isinstance(value, Cell) else WriteOnlyCell(page, value=value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def cell_to_write(page: Any, value: Any, bold: bool = False) -> Any:
    """A value as a cell of a write-only sheet: never a formula, days as days."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, CellError):
        value = value.text
    if not isinstance(value, str):
        if isinstance(value, date):
            cell = WriteOnlyCell(page, value=value)
            cell.number_format = DAY_FORMAT
            return cell
        return value
    text = clean_text(value)
    if not bold and text[:1] not in ("=", "#"):
        return text
    cell = WriteOnlyCell(page, value=text)
    # openpyxl takes "=…" for a formula and "#N/A" for an error.
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _offer_choices(page: Any, sheet: SheetToWrite) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    first = len(sheet.titles) + 2
    for place, (column, values) in enumerate(sheet.choices.items(), 1):
        if not values:
            continue
        letters = column_letters(place)
        source = f"'{_lists_name(sheet)}'!${letters}$1:${letters}${len(values)}"
        offered = DataValidation(type="list", formula1=source, allow_blank=True)
        offered.showErrorMessage = False
        offered.add(f"{column_letters(column)}{first}:{column_letters(column)}{first + 4999}")
        page.data_validations.append(offered)


def _lists_name(sheet: SheetToWrite) -> str:
    return f"{LISTS_SHEET} {sheet.name}".replace("'", "")[:31]


def _write_lists(workbook: Any, sheets: Sequence[SheetToWrite]) -> None:
    """The values of drop-down lists on a hidden sheet: inside the rule they may not pass 255."""
    for sheet in sheets:
        columns = list(sheet.choices.values())
        if not any(columns):
            continue
        page = workbook.create_sheet(_lists_name(sheet))
        page.sheet_state = "hidden"
        for row in range(max(map(len, columns))):
            page.append(
                [
                    cell_to_write(page, values[row]) if row < len(values) else None
                    for values in columns
                ]
            )

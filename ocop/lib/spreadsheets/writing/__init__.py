"""Workbooks and text files written: cells are values, never formulas."""

from ocop.lib.spreadsheets.writing.annotated import (
    Mark,
    MarkTexts,
    annotated_copy,
    is_marks_sheet,
    is_signed,
)
from ocop.lib.spreadsheets.writing.excerpt import Excerpt, excerpt
from ocop.lib.spreadsheets.writing.writer import (
    DAY_FORMAT,
    SheetToWrite,
    clean_text,
    write_csv,
    write_workbook,
)

"""Workbooks handed in through the pages: looked at, decided about, imported."""

from ocop.imports.uploads import application, decisions, presentation, services
from ocop.imports.uploads.preview import all_problems
from ocop.imports.uploads.sheet_rows import SheetRows, rows_of

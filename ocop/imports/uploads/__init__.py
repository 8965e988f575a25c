"""Workbooks handed in through the pages: looked at, decided about, imported."""

from ocop.imports.uploads import (
    application,
    decisions,
    presentation,
    problem_views,
    question_views,
    row_choices,
    services,
)
from ocop.imports.uploads.left_out import left_out_of_batch, left_out_of_upload
from ocop.imports.uploads.preview import all_problems
from ocop.imports.uploads.sheet_rows import SheetRows, rows_of

"""From a workbook to records: read, find the table, check every row, write all or nothing."""

from ocop.imports.datasets import (
    CHANGED_MEANWHILE,
    CellDecision,
    CheckedTable,
    batches,
    incomplete,
    may_import,
)
from ocop.imports.pipeline import answers, memory, pipeline, row_options
from ocop.imports.pipeline.corrections import MAX_CORRECTION_LENGTH, Correction, corrected
from ocop.imports.pipeline.detection import (
    Guess,
    SheetImport,
    digest_of,
    find_part,
    first_rows,
    guess,
    importable,
    likely_columns,
    table_or_none,
)
from ocop.imports.pipeline.memory import office_of
from ocop.imports.pipeline.pipeline import (
    confirmed_by,
    import_file,
    message_details,
    sheets_typed,
)
from ocop.imports.pipeline.retries import (
    busy_message,
    is_lock_error,
    redirect_on_lock,
    retry_on_lock,
)

"""Any spreadsheet to plain cells. Knows no Django, for it runs in the sandbox."""

from ocop.lib.spreadsheets.reading.cells import (
    ERROR_TEXTS,
    CellError,
    CellValue,
    SheetContent,
    cell_name,
    column_letters,
    parse_cell_name,
)
from ocop.lib.spreadsheets.reading.formats import read_bytes
from ocop.lib.spreadsheets.reading.guard import judge
from ocop.lib.spreadsheets.reading.limits import check_limits
from ocop.lib.spreadsheets.reading.reader import read_workbook
from ocop.lib.spreadsheets.reading.refusal import (
    MAX_CELLS_SEARCHED,
    MAX_FILE_SIZE,
    MAX_HEADER_CELLS,
    MAX_ROWS,
)
from ocop.lib.spreadsheets.reading.values import quoted_text

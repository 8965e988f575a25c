"""Why a file, or a table in it, is not read at all; and how large a file may be.

FileRefused's codes here are `too_large`, `unreadable`, `legacy_encoding` and `no_header`, with
`params["reason"]`:
too_large – file, entries, unpacked, rows, columns, cells, memory, time; sheets,
relationships, names, strings, texts, formats, merges, links, comments, written, tags, lines,
separators, headers, searched (each with its `limit`);
unreadable – empty, password, macros, doctype, damaged, same_part, not_a_spreadsheet;
no_header – sheet (no sheet of that name; `sheet`), header, chosen (columns that are none).
legacy_encoding has no reason; `params["kind"]` is tcvn3 or vni where it is known.
"""

from ocop.lib.sandbox import MEBIBYTE as MEBIBYTE
from ocop.lib.sandbox import FileRefused as FileRefused

MAX_FILE_SIZE = 5 * MEBIBYTE
MAX_UNPACKED_SIZE = 50 * MEBIBYTE
MAX_ENTRIES = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000
MAX_MERGES = 20_000
MAX_SHEETS = 100
MAX_RELATIONSHIPS = 1_000
"""Of the workbook itself; each sheet's links have their own."""
MAX_NAMES = 20_000
MAX_LIST_SIZE = 4 * MEBIBYTE
"""The part that names sheets and ranges, and the one that says where they stand."""
MAX_STRINGS = 500_000
MAX_TEXTS_SIZE = 48 * MEBIBYTE
"""All texts of all cells together, a string that many cells share counted for each of them."""
MAX_FORMATS = 65_000
MAX_LINKS = 20_000
MAX_COMMENTS = 20_000
MAX_CELLS_WRITTEN = 2_000_000
"""Cells that a file names, those without a value too; read are MAX_CELLS."""
MAX_TAGS = 8_000_000
MAX_HEADER_CELLS = 20_000
"""Cells of all rows below a sheet's header that may be headers of further pages or tables."""
MAX_CELLS_SEARCHED = 100_000
"""Cells among which the headers of all sheets are looked for."""
MAX_LINES = 400_000
"""Of a text file: a cell in quotes may hold line breaks."""
MAX_SEPARATORS = 1_000_000


def check_extent(last_row: int, last_column: int, sheet: str) -> None:
    if last_row > MAX_ROWS:
        raise FileRefused("too_large", reason="rows", limit=MAX_ROWS, sheet=sheet)
    if last_column > MAX_COLUMNS:
        raise FileRefused("too_large", reason="columns", limit=MAX_COLUMNS, sheet=sheet)

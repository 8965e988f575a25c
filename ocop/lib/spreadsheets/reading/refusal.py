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

LARGEST_FILE = 5 * MEBIBYTE
LARGEST_UNPACKED = 50 * MEBIBYTE
MOST_ENTRIES = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
MOST_MERGES = 20_000
MOST_SHEETS = 100
MOST_RELATIONSHIPS = 1_000
"""Of the workbook itself; each sheet's links have their own."""
MOST_NAMES = 20_000
LARGEST_LIST = 4 * MEBIBYTE
"""The part that names sheets and ranges, and the one that says where they stand."""
MOST_STRINGS = 500_000
LARGEST_TEXTS = 48 * MEBIBYTE
"""All texts of all cells together, a string that many cells share counted for each of them."""
MOST_FORMATS = 65_000
MOST_LINKS = 20_000
MOST_COMMENTS = 20_000
MOST_CELLS_WRITTEN = 2_000_000
"""Cells that a file names, those without a value too; read are MOST_CELLS."""
MOST_TAGS = 8_000_000
MOST_HEADER_CELLS = 20_000
"""Cells of all rows below a sheet's header that may be headers of further pages or tables."""
MOST_CELLS_SEARCHED = 100_000
"""Cells among which the headers of all sheets are looked for."""
MOST_LINES = 400_000
"""Of a text file: a cell in quotes may hold line breaks."""
MOST_SEPARATORS = 1_000_000


def check_extent(last_row: int, last_column: int, sheet: str) -> None:
    if last_row > MOST_ROWS:
        raise FileRefused("too_large", reason="rows", limit=MOST_ROWS, sheet=sheet)
    if last_column > MOST_COLUMNS:
        raise FileRefused("too_large", reason="columns", limit=MOST_COLUMNS, sheet=sheet)

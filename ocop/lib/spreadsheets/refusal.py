"""Why a file, or a table in it, is not read at all; and how large a file may be."""

from typing import Any

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 5 * MEBIBYTE
LARGEST_UNPACKED = 50 * MEBIBYTE
MOST_ENTRIES = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
MOST_MERGES = 20_000


class FileRefused(Exception):
    """A stable code (`too_large`, `unreadable`, `legacy_encoding`, `no_header`) and its params.

    `params["reason"]` is a key, never a sentence:
    too_large – file, entries, unpacked, rows, columns, cells, memory, time;
    unreadable – empty, password, macros, doctype, damaged, not_a_spreadsheet;
    no_header – sheet (no sheet of that name; `sheet`), header, chosen (columns that are none).
    legacy_encoding has no reason; `params["kind"]` is tcvn3 or vni where it is known.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def check_extent(last_row: int, last_column: int, sheet: str) -> None:
    if last_row > MOST_ROWS:
        raise FileRefused("too_large", reason="rows", limit=MOST_ROWS, sheet=sheet)
    if last_column > MOST_COLUMNS:
        raise FileRefused("too_large", reason="columns", limit=MOST_COLUMNS, sheet=sheet)

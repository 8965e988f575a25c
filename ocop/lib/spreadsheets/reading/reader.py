"""Any spreadsheet to plain rows: `read_workbook` is the way in, in a process of its own."""

from pathlib import Path

from ocop.lib.fonts import KINDS
from ocop.lib.spreadsheets.reading.cells import CellError, SheetContent, cell_name
from ocop.lib.spreadsheets.reading.child import read_in_child
from ocop.lib.spreadsheets.reading.limits import check_limits
from ocop.lib.spreadsheets.reading.refusal import MAX_FILE_SIZE, FileRefused
from ocop.lib.text import storable

__all__ = ["CellError", "FileRefused", "SheetContent", "cell_name", "read_workbook"]


def read_workbook(
    source: str | Path | bytes, filename: str = "", *, legacy: str = ""
) -> list[SheetContent]:
    """All worksheets of an xlsx, xls, ods or text file, told apart by content.

    `filename` only names the one sheet of a text file. `legacy` (tcvn3 or vni) says that a text
    file is typed in such a font, one byte a letter: it is turned into Unicode instead of being
    refused; workbooks are not touched by it (`old_fonts.converted`), nor text in Unicode. Raises
    FileRefused; OSError where the path cannot be opened; ValueError for another `legacy`.
    """
    if legacy and legacy not in KINDS:
        raise ValueError(legacy)
    if isinstance(source, bytes):
        data = source
    else:
        filename = filename or Path(source).name
        with Path(source).open("rb") as stream:
            data = stream.read(MAX_FILE_SIZE + 1)
    check_limits(data)
    return named_apart(read_in_child(data, Path(filename).stem or "csv", legacy=legacy))


def named_apart(sheets: list[SheetContent]) -> list[SheetContent]:
    """Storable names, each once: the second of a name becomes "name (2)".

    So no sheet is taken for another, in a forged file neither.
    """
    taken: set[str] = set()
    for sheet in sheets:
        base = name = storable(sheet.name)
        number = 1
        while name in taken:
            number += 1
            name = f"{base} ({number})"
        taken.add(name)
        sheet.name = name
    return sheets

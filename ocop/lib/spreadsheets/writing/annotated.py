"""The office's own workbook back, with every cell that has to be mended marked in it.

What is not marked stays as it is, byte for byte: the parts of the package are patched, not
written anew from what a library understood of them. The work is done in a process of its own,
as the reading is: the file is an upload.
"""

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from ocop.lib import sandbox
from ocop.lib.sandbox import MEBIBYTE
from ocop.lib.spreadsheets.reading import SheetContent, check_limits

LIMITS = sandbox.Limits(
    processor_seconds=20, wall_seconds=45, answer=64 * MEBIBYTE, written=1024 * MEBIBYTE
)
TASK = "ocop.lib.spreadsheets.writing.annotated:mark"
MARKS_SHEET = "Cần sửa"
SIGNATURE = "ocop-marks"
"""Stands in a hidden column of the sheet of marks."""
MAX_MARKS = 20_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding. `cell` is "G17", or None for one about a sheet or the file as a whole.

    `column` is the header it stands under, `value` what the cell holds, `message` the reason
    and the remedy, all as shown to people. `now`: what the cell is to say instead,
    None to leave it.
    """

    sheet: str
    cell: str | None
    column: str
    value: str
    message: str
    is_warning: bool = False
    now: str | None = None


@dataclass(frozen=True, slots=True)
class MarkTexts:
    """The words of the sheet of marks, in the language of the person who gets it.

    `title` stands above the table, then come its headings in their order; `error` and `warning`
    are the two words under `kind`; `author` signs the notes.
    """

    title: str
    number: str
    sheet: str
    cell: str
    column: str
    value: str
    kind: str
    message: str
    error: str
    warning: str
    author: str = "OCOP"


def is_marks_sheet(name: str) -> bool:
    """True for the name of a sheet that `annotated_copy` adds: readers pass over it."""
    from ocop.lib.text import nfc

    plain = nfc(name)
    base, _space, number = plain.rpartition(" ")
    numbered = number[:1] == "(" and number[-1:] == ")" and number[1:-1].isdigit()
    return plain == MARKS_SHEET or (base == MARKS_SHEET and numbered)


def is_signed(sheet: SheetContent) -> bool:
    """True for a sheet that carries the sign of those that `annotated_copy` adds."""
    return any(SIGNATURE in cells.values() for _number, cells in sheet.rows[:3])


def annotated_copy(data: bytes, name: str, marks: Sequence[Mark], texts: MarkTexts) -> bytes:
    """An xlsx: the workbook `data` with `marks` in it and a first sheet that lists them.

    Cells are coloured and carry a note with the sentence; notes of the office stay and ours come
    after them. A copy that is marked again loses the marks that no longer hold: the fills that
    were there come back. Layout, formulas and their values are not touched. xls, ods and text
    files come back as an xlsx of what they hold, at the same places.

    `name` is the file's name; its stem is the sheet name of a text file. At most MAX_MARKS
    marks are written. Raises FileRefused for whatever the file does to the child.
    """
    check_limits(data)
    listed = [astuple(mark) for mark in marks[:MAX_MARKS]]
    stem = Path(name).stem or "csv"
    return sandbox.run(TASK, data, LIMITS, name=stem, marks=listed, texts=asdict(texts))


def mark(data: bytes, name: str, marks: list[Any], texts: dict[str, str]) -> bytes:
    """The marked copy: in the sandbox."""
    from ocop.lib.spreadsheets.writing.marking import marked

    return marked(data, name, [Mark(*fields) for fields in marks], MarkTexts(**texts))

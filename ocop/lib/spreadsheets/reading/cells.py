"""A sheet as read: only cells that hold something, where they really stand."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

ERROR_TEXTS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"}
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_letters: dict[int, str] = {}


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed (`text` is "#N/A" and the like) or was never worked out ("")."""

    text: str = ""

    def __str__(self) -> str:
        return self.text


CellValue = str | int | float | bool | date | datetime | CellError


@dataclass(slots=True)
class SheetContent:
    """`rows`: (row number, {column number: value}) in order, both counted from 1, no blanks.

    `merged`: (first row, first column, last row, last column), the last ones included.
    `hidden_rows`: rows that hold something and are hidden, by hand or by a filter.
    `fonts`: (row, column) of text cells in a font of before Unicode → its kind
    (`ocop.lib.fonts.legacy`: tcvn3, tcvn3-capitals, vni). `links`: (row, column) → the web
    address behind the cell.
    """

    name: str
    rows: list[tuple[int, dict[int, CellValue]]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)


def column_letters(column: int) -> str:
    """1 is A, 27 is AA."""
    if column not in _letters:
        letters, rest = "", column
        while rest:
            rest, place = divmod(rest - 1, 26)
            letters = chr(ord("A") + place) + letters
        _letters[column] = letters
    return _letters[column]


def cell_name(row: int, column: int) -> str:
    """Row 17, column 7 is "G17"."""
    return f"{column_letters(column)}{row}"


def parse_cell_name(name: str) -> tuple[int, int] | None:
    """(row, column) of "G17"; None where it is no reference to one cell."""
    match = REFERENCE.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column

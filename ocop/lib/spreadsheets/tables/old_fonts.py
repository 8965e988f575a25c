"""Sheets typed with fonts of before Unicode: whether these are such, and the same in Unicode.

A cell's font is the best evidence, but people also type Unicode into cells dressed in .VnTime; and
"Hòa" or "Dõa" can be either. What a cell alone leaves open, its row decides, then its sheet.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ocop.lib.fonts import (
    KINDS,
    TCVN3,
    TCVN3_CAPITALS,
    TELLING,
    legacy_kind,
    looks_like,
    to_unicode,
)
from ocop.lib.spreadsheets.reading import CellValue, SheetContent, cell_name

MAX_SAMPLES = 3
MAX_LOOKED_AT = 200
# So many texts tell enough about a workbook.
MAX_JUDGED = 2_000
SIGNS_OF_OLD_FONTS = re.compile(f"[{''.join(sorted(TELLING))}]")
CellText = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class OldFont:
    """`kind`: tcvn3 or vni; `samples`: up to three cells as (name, text as it is, as meant)."""

    kind: str
    samples: tuple[tuple[str, str, str], ...]


def found_in(sheets: Sequence[SheetContent]) -> OldFont | None:
    """The old font of a workbook: by the cells' fonts first, else by their content; None for none.

    Where both kinds occur, the more frequent one is told. Call again after `converted`.
    """
    by_font = Counter(
        _family(sheet.fonts[row, column])
        for sheet in sheets
        if sheet.fonts
        for row, column, text in _texts(sheet)
        if (row, column) in sheet.fonts and not text.isascii()
    )
    for evidence in (by_font.most_common(), _by_content(sheets).most_common()):
        for kind, _ in evidence:
            if samples := _samples(sheets, kind):
                return OldFont(kind, samples)
    return None


def _by_content(sheets: Sequence[SheetContent]) -> Counter[str]:
    telling = (
        text for sheet in sheets for _, _, text in _texts(sheet) if SIGNS_OF_OLD_FONTS.search(text)
    )
    kinds = (legacy_kind(text) for text in islice(telling, MAX_JUDGED))
    return Counter(kind for kind in kinds if kind)


def converted(sheets: Sequence[SheetContent], kind: str) -> list[SheetContent]:
    """The sheets with the texts of this kind (tcvn3 or vni) in Unicode; all else as it was.

    A cell whose font is known is read by that font (capitals where the font shows capitals), in
    a sheet without such fonts every text that looks like this kind. Texts that are plainly
    Unicode and texts of ASCII only stay. Raises ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    return [_converted_sheet(sheet, kind) for sheet in sheets]


def _converted_sheet(sheet: SheetContent, kind: str) -> SheetContent:
    changes = dict(_changes(sheet, kind))
    if not changes:
        return sheet
    rows: list[tuple[int, dict[int, CellValue]]] = []
    for number, cells in sheet.rows:
        changed = {column: changes.get((number, column), value) for column, value in cells.items()}
        rows.append((number, changed))
    fonts = {place: font for place, font in sheet.fonts.items() if _family(font) != kind}
    return replace(sheet, rows=rows, fonts=fonts)


def _samples(sheets: Sequence[SheetContent], kind: str) -> tuple[tuple[str, str, str], ...]:
    """Texts with more than one word first: they show best what becomes of them."""
    found: list[tuple[str, str, str]] = []
    for sheet in sheets:
        rows = dict(sheet.rows)
        for (row, column), after in islice(_changes(sheet, kind), MAX_LOOKED_AT):
            before = rows[row][column]
            if isinstance(before, str) and before != after:
                found.append((cell_name(row, column), before, after))
    found.sort(key=lambda sample: " " not in sample[1])
    return tuple(found[:MAX_SAMPLES])


def _changes(sheet: SheetContent, kind: str) -> Iterator[tuple[tuple[int, int], str]]:
    """(row, column) → the text meant, of every cell that is to be read as `kind`."""
    dressed = any(_family(font) == kind for font in sheet.fonts.values())
    judged: dict[tuple[int, int], tuple[str, bool | None]] = {}
    rows: Counter[int] = Counter()
    for row, column, text in _texts(sheet):
        if text.isascii() or _family(sheet.fonts.get((row, column), kind)) != kind:
            continue
        if dressed and (row, column) not in sheet.fonts:
            # Beside cells in such a font, one in another font has to be unmistakable.
            answer: bool | None = legacy_kind(text) == kind
        else:
            answer = looks_like(text, kind)
            rows[row] += 0 if answer is None else 1 if answer else -1
        judged[row, column] = (text, answer)
    whole = rows.total()
    for (row, column), (text, answer) in judged.items():
        if answer is None:
            leaning = rows[row] or whole
            answer = leaning > 0 or (leaning == 0 and dressed)
        if answer:
            yield (row, column), to_unicode(text, sheet.fonts.get((row, column), kind))


def _family(font: str) -> str:
    return TCVN3 if font == TCVN3_CAPITALS else font


def _texts(sheet: SheetContent) -> Iterator[CellText]:
    for row, cells in sheet.rows:
        for column, value in cells.items():
            if isinstance(value, str):
                yield row, column, value

"""Reading a workbook in the sandbox: what it answers, and what that says.

The answer is lines of JSON: nothing in it is executed. The first line tells of the sheets, the
others hold their rows, a portion a line: the parent never has all of them in JSON's lists and in
its own at once.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from typing import Any

from ocop.lib import sandbox
from ocop.lib.spreadsheets.reading.cells import CellError, CellValue, SheetContent
from ocop.lib.spreadsheets.reading.refusal import (
    MAX_CELLS,
    MAX_MERGES,
    MAX_SHEETS,
    MAX_TEXTS_SIZE,
    FileRefused,
)

LIMITS = sandbox.Limits(processor_seconds=20, wall_seconds=45, answer=MAX_TEXTS_SIZE)
TASK = "ocop.lib.spreadsheets.reading.child:read"
ROWS_A_LINE = 200


def read_in_child(data: bytes, name: str, legacy: str = "") -> list[SheetContent]:
    """Raises FileRefused for whatever the file does to the child."""
    output = sandbox.run(TASK, data, LIMITS, name=name, legacy=legacy)
    try:
        return _sheets_from(output)
    except (ValueError, StopIteration) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem


def read(data: bytes, name: str, legacy: str) -> bytes:
    """The lines of the answer: in the sandbox."""
    from ocop.lib.spreadsheets.reading.formats import read_bytes

    sheets = read_bytes(data, name, legacy)
    _check_amount(sheets)
    rows = (line for sheet in sheets for line in _rows_to(sheet))
    lines: Iterator[Any] = chain([[_sheet_to(sheet) for sheet in sheets]], rows)
    texts = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    return "\n".join(texts).encode(errors="replace")


def _check_amount(sheets: list[SheetContent]) -> None:
    """Of what was read, however the file writes it."""
    if len(sheets) > MAX_SHEETS:
        raise FileRefused("too_large", reason="sheets", limit=MAX_SHEETS)
    cells = sum(len(row) for sheet in sheets for _, row in sheet.rows)
    merges = max((len(sheet.merged) for sheet in sheets), default=0)
    if cells > MAX_CELLS or merges > MAX_MERGES:
        raise FileRefused("too_large", reason="cells", limit=MAX_CELLS)


def _sheet_to(sheet: SheetContent) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "merged": sheet.merged,
        "hidden_rows": sorted(sheet.hidden_rows),
        "fonts": [[row, column, kind] for (row, column), kind in sheet.fonts.items()],
        "links": [[row, column, address] for (row, column), address in sheet.links.items()],
        "rows": len(sheet.rows),
    }


def _rows_to(sheet: SheetContent) -> Iterator[list[Any]]:
    """Lines of rows: row number, column numbers, values."""
    for first in range(0, len(sheet.rows), ROWS_A_LINE):
        yield [
            [number, list(cells), [_to_json(value) for value in cells.values()]]
            for number, cells in sheet.rows[first : first + ROWS_A_LINE]
        ]


def _to_json(value: CellValue) -> Any:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {"error": value.text}


def _sheets_from(output: bytes) -> list[SheetContent]:
    """Raises ValueError or StopIteration for an answer that is not whole."""
    lines = map(json.loads, BytesIO(output))
    return [_sheet_from(sheet, lines) for sheet in next(lines)]


def _sheet_from(answer: dict[str, Any], lines: Iterator[Any]) -> SheetContent:
    rows: list[tuple[int, dict[int, CellValue]]] = []
    # Names of places, ranks and days repeat: equal ones are kept once.
    texts: dict[str, str] = {}
    days: dict[str, CellValue] = {}
    while len(rows) < answer["rows"]:
        for number, columns, values in next(lines):
            widths = _kept_once(values, texts, days)
            rows.append((number, dict(zip(columns, widths, strict=True))))
    merged = [(top, left, bottom, right) for top, left, bottom, right in answer["merged"]]
    return SheetContent(
        answer["name"],
        rows,
        merged,
        answer["hidden"],
        set(answer["hidden_rows"]),
        {(row, column): kind for row, column, kind in answer["fonts"]},
        {(row, column): address for row, column, address in answer["links"]},
    )


def _kept_once(
    values: list[Any], texts: dict[str, str], days: dict[str, CellValue]
) -> Iterator[CellValue]:
    for value in values:
        kind = type(value)
        if kind is str:
            yield texts.setdefault(value, value)
        elif kind is dict:
            value_told = str(value)
            if value_told not in days:
                days[value_told] = _from_json(value)
            yield days[value_told]
        else:
            yield value


def _from_json(answer: dict[str, str]) -> CellValue:
    if "date" in answer:
        return date.fromisoformat(answer["date"])
    if "datetime" in answer:
        return datetime.fromisoformat(answer["datetime"])
    return CellError(answer["error"])

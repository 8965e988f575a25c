"""Parsing in a process of its own, with bounds on memory, processor and wall time.

The child gets the file on standard input and answers in lines of JSON: nothing it says is
executed, and nothing of the program's settings is in its environment. The first line tells of
the sheets or refuses the file, the others hold their rows, a portion a line: the parent never
has all of them in JSON's lists and in its own at once.
"""

import gc
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from ocop.lib.spreadsheets.cells import CellError, CellValue, SheetContent
from ocop.lib.spreadsheets.refusal import (
    LARGEST_TEXTS,
    MEBIBYTE,
    MOST_CELLS,
    MOST_MERGES,
    MOST_SHEETS,
    FileRefused,
)

MEMORY = 1024 * MEBIBYTE
PROCESSOR_SECONDS = 20
WALL_SECONDS = 45
LARGEST_ANSWER = LARGEST_TEXTS
ROWS_A_LINE = 200
ROOT = Path(__file__).resolve().parents[3]
MODULE = "ocop.lib.spreadsheets.child"
OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGKILL}
_inline = False


def use_inline(inline: bool) -> None:
    """Read in this process, without bounds: for tests, which read workbooks of their own."""
    global _inline
    _inline = inline


def read_in_child(
    data: bytes, name: str, wall_seconds: float = WALL_SECONDS, legacy: str = ""
) -> list[SheetContent]:
    """Raises FileRefused for whatever the file does to the child."""
    if _inline:
        output = _encoded(_answer(data, name, legacy))
    else:
        output = run_bounded(MODULE, [name, legacy], data, wall_seconds)
    try:
        return _sheets_from(output)
    except (ValueError, StopIteration) as problem:
        raise FileRefused("unreadable", reason="damaged") from problem


def run_bounded(module: str, words: Sequence[str], data: bytes, wall_seconds: float) -> bytes:
    """What a module of ours, run with `words` in a process of its own, answers to `data`.

    It puts its bounds on itself (`limit`). Raises FileRefused where it is killed or takes too
    long: it is the file that does this to it.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", module, *words],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            cwd=ROOT,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise FileRefused("too_large", reason="time") from problem
    if done.returncode < 0:
        raise _killed(-done.returncode)
    return done.stdout


def _environment() -> Mapping[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONDONTWRITEBYTECODE": "1" if sys.dont_write_bytecode else "",
        "PYTHONUTF8": "1",
        "OPENPYXL_LXML": "False",
    }


def _killed(number: int) -> FileRefused:
    if number == signal.SIGXCPU:
        return FileRefused("too_large", reason="time")
    if number in OUT_OF_MEMORY:
        return FileRefused("too_large", reason="memory")
    return FileRefused("unreadable", reason="damaged")


def main() -> None:
    """The child: limits first, then the reading."""
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CPU, PROCESSOR_SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    # Nothing here lives long enough to be worth collecting.
    gc.disable()
    answer = _encoded(_answer(sys.stdin.buffer.read(), *sys.argv[1:3]))
    if len(answer) > LARGEST_ANSWER:
        answer = _encoded([{"refused": "too_large", "params": {"reason": "cells"}}])
    sys.stdout.buffer.write(answer)


def _encoded(lines: Sequence[Any]) -> bytes:
    texts = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    return "\n".join(texts).encode(errors="replace")


def limit(kind: int, amount: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        amount = min(amount, hard)
    resource.setrlimit(kind, (amount, amount))


def _answer(data: bytes, name: str, legacy: str = "") -> list[Any]:
    """The lines of the answer."""
    from ocop.lib.spreadsheets.formats import read_bytes

    try:
        sheets = read_bytes(data, name, legacy)
        _check_amount(sheets)
        lines = [line for sheet in sheets for line in _rows_to(sheet)]
        return [{"sheets": [_sheet_to(sheet) for sheet in sheets]}, *lines]
    except FileRefused as refusal:
        return [{"refused": refusal.code, "params": refusal.params}]
    except MemoryError:
        return [{"refused": "too_large", "params": {"reason": "memory"}}]
    except BaseException:
        # A parser's own error, or a panic inside its Rust code, which is no Exception: whatever
        # it is, the file is what cannot be read.
        return [{"refused": "unreadable", "params": {"reason": "damaged"}}]


def _check_amount(sheets: list[SheetContent]) -> None:
    """Of what was read, however the file writes it."""
    if len(sheets) > MOST_SHEETS:
        raise FileRefused("too_large", reason="sheets", limit=MOST_SHEETS)
    cells = sum(len(row) for sheet in sheets for _, row in sheet.rows)
    merges = max((len(sheet.merged) for sheet in sheets), default=0)
    if cells > MOST_CELLS or merges > MOST_MERGES:
        raise FileRefused("too_large", reason="cells", limit=MOST_CELLS)


def _sheet_to(sheet: SheetContent) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "merged": sheet.merged,
        "hidden_rows": sorted(sheet.hidden_rows),
        "fonts": [[row, column, kind] for (row, column), kind in sheet.fonts.items()],
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
    """Raises FileRefused where the child refused, ValueError or StopIteration for no answer."""
    lines = map(json.loads, BytesIO(output))
    head = next(lines)
    if "refused" in head:
        raise FileRefused(head["refused"], **head["params"])
    return [_sheet_from(sheet, lines) for sheet in head["sheets"]]


def _sheet_from(answer: dict[str, Any], lines: Iterator[Any]) -> SheetContent:
    rows: list[tuple[int, dict[int, CellValue]]] = []
    # Names of places, ranks and days repeat: equal ones are kept once.
    texts: dict[str, str] = {}
    days: dict[str, CellValue] = {}
    while len(rows) < answer["rows"]:
        for number, columns, values in next(lines):
            kept = _kept_once(values, texts, days)
            rows.append((number, dict(zip(columns, kept, strict=True))))
    merged = [(top, left, bottom, right) for top, left, bottom, right in answer["merged"]]
    return SheetContent(
        answer["name"],
        rows,
        merged,
        answer["hidden"],
        set(answer["hidden_rows"]),
        {(row, column): kind for row, column, kind in answer["fonts"]},
    )


def _kept_once(
    values: list[Any], texts: dict[str, str], days: dict[str, CellValue]
) -> Iterator[CellValue]:
    for value in values:
        kind = type(value)
        if kind is str:
            yield texts.setdefault(value, value)
        elif kind is dict:
            told = str(value)
            if told not in days:
                days[told] = _from_json(value)
            yield days[told]
        else:
            yield value


def _from_json(answer: dict[str, str]) -> CellValue:
    if "date" in answer:
        return date.fromisoformat(answer["date"])
    if "datetime" in answer:
        return datetime.fromisoformat(answer["datetime"])
    return CellError(answer["error"])


if __name__ == "__main__":
    main()

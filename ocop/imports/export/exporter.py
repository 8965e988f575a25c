"""Exports in the import's own format: the same columns, in spellings that it reads back.

What a dataset holds is asked of its resource; here it becomes a workbook or a text file. No cell
of either is a formula.
"""

import io
from datetime import date
from typing import Any, BinaryIO

from ocop.imports.datasets import DATASETS, ExportSelection, in_csv
from ocop.lib.spreadsheets.writing import SheetToWrite, write_csv, write_workbook
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope

FORMATS = ("xlsx", "csv")


def export_file(
    dataset: str,
    scope: Scope,
    as_of: date | None = None,
    pending: bool = False,
    unit: Unit | None = None,
    fmt: str = "xlsx",
    listed: Any = None,
) -> tuple[str, bytes]:
    """(file name, content) of a dataset's export; `fmt` is one of FORMATS.

    Only what `scope` sees; `listed` (or None) are the records of a list. A unit has to be judged
    by the caller. Queries do not grow with rows, but for what rights link to, which is read in
    blocks of them.
    """
    stream = io.BytesIO()
    selection = ExportSelection(scope, as_of, pending, unit, listed)
    write_export(dataset, selection, stream, fmt)
    filtered = "" if listed is None else "loc"
    parts = [dataset, filtered, unit.code if unit else "", as_of.isoformat() if as_of else ""]
    return "-".join(part for part in parts if part) + f".{fmt}", stream.getvalue()


def write_export(dataset: str, selection: ExportSelection, stream: BinaryIO, fmt: str) -> None:
    """Write the export to a binary stream."""
    table = DATASETS[dataset]().export(selection=selection)
    if fmt == "csv":
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        cells = ([in_csv(value) for value in row] for row in table)
        write_csv(text, table.headers, cells, guard_dates=False)
        text.flush()
        text.detach()
    else:
        write_workbook(stream, [SheetToWrite(table.title, table.headers, table)])

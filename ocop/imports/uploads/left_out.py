"""The rows that a file's preview, or an import, left out, with the sheets they stand in."""

from collections.abc import Sequence
from typing import Any

from ocop.imports.export import LeftOutOfSheet
from ocop.imports.findings import Importer, apart
from ocop.imports.models import ImportBatch, Upload
from ocop.imports.pipeline import (
    Correction,
    SheetImport,
    batches,
    corrected,
    pipeline,
    table_or_none,
)
from ocop.imports.uploads.row_choices import corrections_of
from ocop.lib.spreadsheets.reading import SheetContent


def left_out_of_upload(upload: Upload, importer: Importer) -> list[LeftOutOfSheet]:
    """Of every part of the latest preview. Raises FileRefused where the file cannot be opened."""
    sheets = _sheets(upload, upload.choices, corrections_of(upload.choices))
    parts = (upload.findings or {}).get("parts", [])
    found = [
        _of(
            sheets,
            SheetImport.from_json(part["part"]),
            part["header_row"],
            part.get("left_out", []),
        )
        for part in parts
    ]
    return [one for one in found if one is not None]


def left_out_of_batch(batch: ImportBatch) -> list[LeftOutOfSheet]:
    """The same of an import that was carried out."""
    assert batch.upload is not None
    corrections = [Correction.from_json(one) for one in batch.corrections]
    sheets = _sheets(batch.upload, batch.upload.choices, corrections)
    columns = next(
        (
            part["part"]["columns"]
            for part in (batch.upload.findings or {}).get("parts", [])
            if (part["sheet"], part["header_row"]) == (batch.sheet, batch.header_row)
        ),
        None,
    )
    part = {
        "sheet": batch.sheet,
        "dataset": batch.dataset,
        "header_row": batch.header_row,
        "columns": columns,
    }
    found = _of(sheets, SheetImport.from_json(part), batch.header_row, batch.left_out)
    return [found] if found is not None else []


def _sheets(
    upload: Upload, choices: dict[str, Any], corrections: Sequence[Correction]
) -> list[SheetContent]:
    sheets = pipeline.in_unicode(batches.content_of(upload), upload.name, choices.get("legacy", ""))
    return corrected(sheets, corrections)


def _of(
    sheets: Sequence[SheetContent],
    part: SheetImport,
    header_row: int | None,
    stored: Sequence[dict[str, Any]],
) -> LeftOutOfSheet | None:
    sheet = next((one for one in sheets if one.name == part.sheet), None)
    if sheet is None or not stored:
        return None
    rows = [apart.LeftOutRow(one["row"], one["how"], one["problems"]) for one in stored]
    return LeftOutOfSheet(sheet, table_or_none(sheets, part), header_row or 1, rows)

"""The rows of a file as its import would read them, for whoever only looks at them."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ocop.imports.datasets import DATASETS, ImportRow, batches, read_rows
from ocop.imports.findings import CellReference, Importer, ImportOutcome, unusable_outcome
from ocop.imports.models import Upload
from ocop.imports.pipeline import SheetImport, find_part, message_details
from ocop.imports.uploads.preview import OpenedFile, decisions_of, opened
from ocop.imports.uploads.services import office_of
from ocop.lib.sandbox import FileRefused


@dataclass
class SheetRows:
    """One sheet's rows with what was found wrong or is asked; `resource` None where the sheet has
    no table of the dataset."""

    sheet: str
    outcome: ImportOutcome
    resource: Any = None
    rows: list[ImportRow] = field(default_factory=list)


def rows_of(upload: Upload, dataset: str, importer: Importer) -> list[SheetRows]:
    """Every sheet that the person chose for the dataset, or that looks like it, with its rows read
    by the answers given so far. Nothing is written.

    Raises FileRefused for a file that cannot be used, NotForYou where it was discarded.
    """
    data = batches.content_of(upload)
    office = office_of(importer.user, timezone.localdate())
    found = opened(data, upload.name, upload.choices, importer, office)
    decisions = decisions_of(upload.choices)
    return [
        _read(found, part, importer, decisions) for part in found.parts if part.dataset == dataset
    ]


def _read(found: OpenedFile, part: SheetImport, importer: Importer, decisions: Any) -> SheetRows:
    resource = DATASETS[part.dataset]()
    try:
        table = find_part(found.sheets, part)
    except FileRefused as refusal:
        details = message_details(refusal, resource)
        outcome = unusable_outcome(part.dataset, refusal.code, CellReference(), **details)
        return SheetRows(part.sheet, outcome)
    given = part.header_row is not None
    checked, rows = read_rows(resource, table, importer, decisions, given)
    return SheetRows(part.sheet, checked.outcome, resource, rows)

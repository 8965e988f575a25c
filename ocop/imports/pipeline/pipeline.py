"""From a workbook to records: read, find the table, check every row, write all or nothing.

The same steps serve the command line and the pages. Nothing is written before every row has
been checked; what is written is written in one transaction.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from ocop.imports.datasets import (
    CHANGED_MEANWHILE,
    DATASETS,
    NO_PROGRESS,
    CannotRun,
    CheckedTable,
    ImportableResource,
    RunProgress,
    batches,
    effects_of,
    mark_interrupted,
    registry,
    under_way,
    write,
)
from ocop.imports.findings import (
    ACCEPTED,
    BECAUSE,
    REJECTED,
    UNUSABLE,
    CellReference,
    Importer,
    ImportOutcome,
    UnknownChoice,
    unusable_outcome,
)
from ocop.imports.models import ImportBatch, Upload
from ocop.imports.pipeline.answers import ReadOptions, checked_with_answers
from ocop.imports.pipeline.memory import office_of, remember
from ocop.imports.pipeline.retries import is_lock_error
from ocop.imports.pipeline.row_options import LEAVE_OUT, RowOptions
from ocop.lib.garbage_collection import collection_paused
from ocop.lib.sandbox import FileRefused
from ocop.lib.spreadsheets.reading import MAX_FILE_SIZE, SheetContent, read_workbook
from ocop.lib.spreadsheets.tables import converted
from ocop.lib.spreadsheets.writing import is_marks_sheet, is_signed

__all__ = [
    "ACCEPTED",
    "LEAVE_OUT",
    "REJECTED",
    "UNUSABLE",
    "ImportOutcome",
    "Importer",
    "import_file",
]


@collection_paused()
def import_file(
    source: Path | bytes,
    name: str,
    dataset: str,
    importer: Importer,
    sheet: str | None = None,
    dry_run: bool = False,
    old_font: str = "",
    answers: Mapping[str, str] | None = None,
    leave_out: Iterable[str] = (),
    drafts: bool = False,
) -> ImportOutcome:
    """Import one sheet of a workbook as `dataset` (a name in the registry).

    `old_font` (tcvn3 or vni): texts typed in such a font are read as they were meant. `answers`:
    ids of choices by ids of questions, or by "*" for all questions that have the choice.
    `leave_out`: "errors", "outside": rows that do not hold the others up; `drafts`: rows that lack
    only what counting needs are kept as incomplete records. What the importer's office
    answered before holds again; the system has no such memory.

    Never raises for what is in the file: a file that cannot be used gives the verdict
    unusable, rows with errors or open questions give rejected, and neither leaves anything in
    the database.
    """
    name = name.replace("\0", "").encode(errors="replace").decode()
    try:
        data = source if isinstance(source, bytes) else _content(source)
    except OSError:
        place = CellReference(value=name)
        return unusable_outcome(dataset, "unreadable", place, because="not_found")
    rows = RowOptions(frozenset(leave_out), drafts)
    office = office_of(importer.user, timezone.localdate()) if importer.user else ""
    resource = DATASETS[dataset]()
    reading = ReadOptions(sheet, old_font, answers or {}, rows, office)
    if dry_run:
        return _checked(resource, data, name, importer, reading, NO_PROGRESS)[0]
    return _on_record_or_refused(resource, data, name, importer, reading)


def _on_record_or_refused(
    resource: ImportableResource, data: bytes, name: str, importer: Importer, reading: ReadOptions
) -> ImportOutcome:
    try:
        mark_interrupted()
        return _on_record(resource, data, name, importer, reading)
    except CannotRun as error:
        details = {"because": "no_place", "reason": error.reason}
        return unusable_outcome(resource.dataset, "conflict", CellReference(), **details)
    except OperationalError as error:
        if not is_lock_error(error):
            raise
        outcome = unusable_outcome(resource.dataset, "conflict", CellReference(), because="busy")
        outcome.verdict = REJECTED
        return outcome


def _on_record(
    resource: ImportableResource, data: bytes, name: str, importer: Importer, reading: ReadOptions
) -> ImportOutcome:
    with under_way() as run:
        # On record before the first row is read: whatever ends the process, it is known of.
        upload = batches.store_file(data, name, importer.user)
        batch = batches.begin(upload, resource.dataset, importer.user, run.token)
        outcome, checked = _checked(resource, data, name, importer, reading, run)
        if checked is not None and checked.changes_anything:
            _write_or_refuse(checked, upload, batch, importer, run, reading.office)
        if outcome.batch is None:
            batch.delete()
            batches.discard_file(upload)
    return outcome


def _content(path: Path) -> bytes:
    """The file's bytes; of a file that is too large only enough to see that it is."""
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_SIZE + 1)


def _checked(
    resource: ImportableResource,
    data: bytes,
    name: str,
    importer: Importer,
    reading: ReadOptions,
    run: RunProgress,
) -> tuple[ImportOutcome, CheckedTable | None]:
    """The outcome so far; nothing checked where the file cannot be used."""
    try:
        sheets = in_unicode(data, name, reading.old_font)
        checked = checked_with_answers(resource, sheets, importer, reading, run)
    except FileRefused as refusal:
        details = message_details(refusal, resource)
        return unusable_outcome(resource.dataset, refusal.code, CellReference(), **details), None
    except UnknownChoice as error:
        choices = ", ".join(one["id"] for one in error.question.choices)
        words = {"question": error.question.id, "choices": choices, "because": "unknown_choice"}
        place = CellReference(value=error.answer)
        return unusable_outcome(resource.dataset, "answer_needed", place, **words), None
    # What is to be written stands in the plan: the memory of the rows is free for writing.
    checked.context.table.records.clear()
    return checked.outcome, checked


def sheets_of(data: bytes, name: str, legacy: str = "") -> list[SheetContent]:
    """The workbook's sheets but for the list of mistakes that a marked copy begins with.

    `legacy`: the old font that a text file is written in. Raises FileRefused.
    """
    sheets = read_workbook(data, name, legacy=legacy) if legacy else read_workbook(data, name)
    # An office may have a sheet of that name itself: ours is the first, and signed.
    ours = len(sheets) > 1 and is_marks_sheet(sheets[0].name) and is_signed(sheets[0])
    return sheets[1:] if ours else sheets


def in_unicode(data: bytes, name: str, old_font: str) -> list[SheetContent]:
    """The workbook's sheets, converted where they were typed in `old_font`. Raises FileRefused."""
    sheets = sheets_typed(data, name, old_font)
    return converted(sheets, old_font) if old_font else sheets


def sheets_typed(data: bytes, name: str, old_font: str) -> list[SheetContent]:
    """The sheets as they stand; of a text file only an old font may make out the letters."""
    try:
        return sheets_of(data, name)
    except FileRefused as refusal:
        if refusal.code != "legacy_encoding" or not old_font:
            raise
    return sheets_of(data, name, old_font)


def _write_or_refuse(
    checked: CheckedTable,
    upload: Upload,
    batch: ImportBatch,
    importer: Importer,
    run: RunProgress,
    office: str,
) -> None:
    """All records and their batch in one transaction, or none and the reason."""
    outcome = checked.outcome
    try:
        with transaction.atomic():
            effects = effects_of(lambda: write(checked, batch, run), importer)
            batches.finish(batch, outcome, effects)
            remember(office, importer.user, outcome.answers)
            batches.mark_applied(upload)
        outcome.batch = batch.pk
    except CHANGED_MEANWHILE:
        # What the checks saw is no longer so; the transaction took everything back.
        checked.context.report.error("conflict", CellReference(), because="overtaken")
        outcome.reject(checked.context.report)
    except OperationalError as error:
        if not is_lock_error(error):
            raise
        checked.context.report.error("conflict", CellReference(), because="busy")
        outcome.reject(checked.context.report)


def confirmed_by(checked: CheckedTable) -> list[str]:
    """Names of the confirmed periods that the planned changes reach into."""
    plan = checked.plan
    changes = plan.changes() if plan is not None else ()
    touching = ((change.instance(), change.before) for change in changes)
    return registry.confirmed_among(touching, arriving=True)


def message_details(refusal: FileRefused, resource: ImportableResource) -> dict[str, Any]:
    """What the sentence about a refused file needs."""
    details = dict(refusal.params)
    reason = str(details.pop("reason", ""))
    required = [c.header for c in resource.columns().values() if c.required]
    details["columns"] = ", ".join(required)
    if reason in BECAUSE:
        details["because"] = reason
    return details

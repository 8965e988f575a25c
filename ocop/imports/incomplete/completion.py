"""An incomplete record completed: its row, with what was missing, goes through the import's own
checks and is an import of its own, so that it is taken back like any other."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from ocop.imports.datasets import DATASETS, NO_PROGRESS, effects_of, registry, under_way
from ocop.imports.findings import ACCEPTED, CellReference, Importer, ImportOutcome
from ocop.imports.models import BatchState, ImportBatch, IncompleteRecord, IncompleteState
from ocop.imports.pipeline import (
    CHANGED_MEANWHILE,
    CheckedTable,
    answers,
    batches,
    confirmed_by,
    office_of,
    pipeline,
)
from ocop.lib.spreadsheets.reading import SheetContent

MAX_TEXT_LENGTH = 2000
SETTLED = "settled"
REASON_NEEDED = "reason_needed"


class AlreadySettled(Exception):
    """Somebody else completed or discarded it first."""


def complete(
    record: IncompleteRecord,
    texts: Mapping[str, str],
    importer: Importer,
    given: Mapping[str, str],
    reason: str = "",
) -> tuple[ImportOutcome, list[str]]:
    """Import the row that `texts` (by column key) make; once, whoever else tries.

    Returns what came of it, and the confirmed periods a reason is still asked for: nothing is
    written while there are errors, questions or such periods. Raises AlreadySettled.
    """
    checked = _checked(record, texts, importer, given)
    outcome = checked.outcome
    if outcome.verdict != ACCEPTED:
        return outcome, []
    if not reason and (periods := confirmed_by(checked)):
        return outcome, periods
    try:
        with under_way() as run, transaction.atomic():
            batch = _begun(record, importer, run.token)
            if not _settle(record, importer, IncompleteState.COMPLETED, batch):
                raise AlreadySettled
            effects = effects_of(lambda: pipeline.write(checked, batch, why=reason), importer)
            batches.finish(batch, outcome, effects)
        outcome.batch = batch.pk
    except CHANGED_MEANWHILE:
        checked.context.report.error("conflict", CellReference(), because="overtaken")
        outcome.reject(checked.context.report)
    return outcome, []


def discard(record: IncompleteRecord, importer: Importer) -> None:
    """Raises AlreadySettled."""
    if not _settle(record, importer, IncompleteState.DISCARDED, None):
        raise AlreadySettled


def _settle(
    record: IncompleteRecord, importer: Importer, state: str, batch: ImportBatch | None
) -> bool:
    waiting = IncompleteRecord.objects.filter(pk=record.pk, state=IncompleteState.OPEN)
    changed = waiting.update(
        state=state, completed_by=batch, settled_by=importer.user, settled_at=timezone.now()
    )
    return bool(changed)


def _checked(
    record: IncompleteRecord,
    texts: Mapping[str, str],
    importer: Importer,
    given: Mapping[str, str],
) -> CheckedTable:
    resource = DATASETS[record.dataset]()
    columns = list(registry.described(record.dataset).columns().values())
    cells = {at: texts.get(column.key, "") for at, column in enumerate(columns, 1)}
    sheet = SheetContent(
        record.batch.sheet or "1",
        [
            (1, {at: column.header for at, column in enumerate(columns, 1)}),
            (2, {at: text for at, text in cells.items() if text}),
        ],
    )
    office = office_of(importer.user, timezone.localdate())
    reading = answers.ReadOptions(answers=given, office=office)
    return answers.checked_with_answers(resource, [sheet], importer, reading, NO_PROGRESS)


def _begun(record: IncompleteRecord, importer: Importer, token: uuid.UUID) -> ImportBatch:
    return ImportBatch.objects.create(
        state=BatchState.RUNNING,
        token=token,
        dataset=record.dataset,
        file_name=record.batch.file_name,
        content_hash=record.batch.content_hash,
        user=importer.user,
    )

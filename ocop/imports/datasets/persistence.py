"""The records of a checked table written, with their history and what the import did to each."""

from collections.abc import Iterable

from django.db import DataError, IntegrityError

from ocop.db import statistics
from ocop.imports.datasets import batches, incomplete
from ocop.imports.datasets.plans import RecordChange
from ocop.imports.datasets.resource import ConcurrentChange
from ocop.imports.datasets.run_progress import NO_PROGRESS, RunProgress
from ocop.imports.datasets.validation import CheckedTable
from ocop.imports.models import ImportBatch, ImportedChange
from ocop.lib.garbage_collection import collection_paused

CHANGED_MEANWHILE = (IntegrityError, DataError, ConcurrentChange)
"""What writing raises where the checks' view of the records no longer holds."""


@collection_paused()
def write(
    checked: CheckedTable, batch: ImportBatch, run: RunProgress = NO_PROGRESS, why: str = ""
) -> None:
    """The planned records with their history, and what the import did to each.

    `why` stands in the history beside the import's number. Inside the caller's transaction.
    Raises CHANGED_MEANWHILE.
    """
    plan = checked.plan
    assert plan is not None
    count = sum(1 for _change in plan.changes())
    run.report("write", 0, count)
    reason = f"import {batch.pk}: {why}" if why else f"import {batch.pk}"
    checked.resource.save(plan, checked.context, reason=reason, run=run)
    batches.note_changes(
        (
            batch.pk,
            change.model._meta.label_lower,
            change.record.pk,
            change.row,
            change.before,
            getattr(change.record, "version", None),
            False,
        )
        for change in plan.changes()
    )
    incomplete.keep(batch, checked.outcome.drafts)
    if count >= statistics.MANY:
        statistics.bring_up_to_date(_tables(plan.changes()))
    run.report("write", count, count)


def _tables(changes: Iterable[RecordChange]) -> set[str]:
    """The tables that an import writes: records, their histories, what it did to each. What
    only links two records, such as a right and its products, has no history of its own."""
    models = {change.model for change in changes}
    tables = (getattr(model, "history", None) for model in models)
    histories = {history.model for history in tables if history is not None}
    return {model._meta.db_table for model in {ImportedChange, *models, *histories}}

"""Incomplete records: kept by an import, taken back with it, there again with it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ocop.imports.findings import Importer, apart
from ocop.imports.models import STANDING, ImportBatch, IncompleteRecord, IncompleteState

MAX_ASKED_AT_ONCE = 500


def standing(digests: Iterable[str]) -> set[str]:
    """Those of the digests of which a record is open or completed."""
    found: set[str] = set()
    asked = list(digests)
    for start in range(0, len(asked), MAX_ASKED_AT_ONCE):
        portion = asked[start : start + MAX_ASKED_AT_ONCE]
        records = IncompleteRecord.objects.filter(digest__in=portion, state__in=STANDING)
        found |= set(records.values_list("digest", flat=True))
    return found


def keep(batch: ImportBatch, rows: Iterable[apart.IncompleteRow]) -> None:
    """The rows on record, but for those known already; in the transaction of their import."""
    IncompleteRecord.objects.bulk_create(
        IncompleteRecord(
            batch=batch,
            row_number=row.row,
            dataset=batch.dataset,
            texts=row.texts,
            missing=row.missing,
            district_id=row.district_id,
            commune_id=row.commune_id,
            digest=row.digest,
        )
        for row in rows
        if not row.known
    )


def concerned_by_undo(undone: ImportBatch) -> Any:
    """The incomplete records that undoing a batch takes back, or brings back where the batch is
    itself an undoing (of an undoing …) of the import that kept them."""
    root, goes = _root(undone)
    state = IncompleteState.OPEN if goes else IncompleteState.TAKEN_BACK
    return IncompleteRecord.objects.filter(batch=root, state=state)


def follow_undo(undone: ImportBatch) -> None:
    """What an import kept goes with it, and comes back where its undoing is undone; what it
    completed waits again.

    In the transaction of the undoing. Completed ones are records by now, of an import of their own.
    """
    for record in concerned_by_undo(undone):
        if record.state == IncompleteState.OPEN:
            record.state = IncompleteState.TAKEN_BACK
        elif standing([record.digest]):
            continue
        else:
            record.state = IncompleteState.OPEN
        record.save(update_fields=["state"])
    root, goes = _root(undone)
    before, after = IncompleteState.COMPLETED, IncompleteState.OPEN
    if not goes:
        before, after = after, before
    IncompleteRecord.objects.filter(completed_by=root, state=before).update(state=after)


def _root(undone: ImportBatch) -> tuple[ImportBatch, bool]:
    """The import that an undoing (of an undoing …) is about, and whether it is taken back."""
    root, goes = undone, True
    while root.undoes is not None:
        root, goes = root.undoes, not goes
    return root, goes


def visible(importer: Importer, datasets: Iterable[str]) -> QuerySet[IncompleteRecord]:
    """Those that wait and that the importer may complete: of the own district; of no district
    where the own import kept them; all for those who see everything."""
    waiting = IncompleteRecord.objects.filter(state=IncompleteState.OPEN, dataset__in=datasets)
    scope = importer.scope
    if scope.everything:
        return waiting
    own = scope.own("district_id")
    return waiting.filter(own | Q(district=None, batch__user=importer.user))

"""Files kept and imports begun, finished or taken out of the books again."""

import hashlib
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.db.bulk import insert_rows
from ocop.imports.findings import COUNTS, ImportOutcome
from ocop.imports.models import (
    BatchState,
    ImportBatch,
    ImportedChange,
    StoredFile,
    Upload,
    UploadState,
)
from ocop.web.errors import NotForYou

MAX_NAME_LENGTH = 255
CHANGE_COLUMNS = ["batch_id", "model", "record_id", "row_number", "before", "version", "deleted"]


def clean_name(name: str) -> str:
    """The last part of a file's name, without what no database keeps."""
    return Path(name.replace("\\", "/")).name.replace("\0", "")[:MAX_NAME_LENGTH]


def store_file(data: bytes, name: str, user: Any) -> Upload:
    """The file on record: its bytes once for each content, and who handed it in."""
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic(savepoint=False):
        while True:
            _stored, new = StoredFile.objects.get_or_create(
                sha256=digest, defaults={"content": data, "size": len(data)}
            )
            # Somebody may be discarding the same bytes: once they are held, they stay.
            if new or _held(digest):
                return Upload.objects.create(file_id=digest, name=clean_name(name), user=user)


def _held(digest: str) -> bool:
    """Lock the bytes' row until the transaction ends; False where it is gone."""
    row = StoredFile.objects.select_for_update().filter(sha256=digest)
    return bool(row.values_list("sha256"))


def content_of(upload: Upload) -> bytes:
    """The bytes as handed in; NotForYou where they were discarded meanwhile."""
    try:
        return bytes(upload.file.content)
    except StoredFile.DoesNotExist:
        raise no_such_file() from None


def no_such_file() -> NotForYou:
    """What is said of a file that is not there, or of somebody else's."""
    return NotForYou(_("There is no such file, or it is not yours."))


def begin(upload: Upload, dataset: str, user: Any, token: uuid.UUID) -> ImportBatch:
    """An import on record as running. Outside the transaction that writes: it must be seen."""
    return ImportBatch.objects.create(
        upload=upload,
        state=BatchState.RUNNING,
        token=token,
        dataset=dataset,
        file_name=upload.name,
        content_hash=upload.file_id,
        user=user,
    )


def finish(batch: ImportBatch, outcome: ImportOutcome, effect: list[dict[str, Any]]) -> None:
    """Applied, inside the transaction that wrote the records."""
    batch.state = BatchState.APPLIED
    batch.sheet, batch.header_row = outcome.sheet[:255], outcome.header_row
    batch.warnings = [problem.stored() for problem in outcome.warnings]
    batch.left_out = [row.stored() for row in outcome.left_out]
    batch.corrections = outcome.corrections
    batch.effect, batch.finished_at = effect, timezone.now()
    for count in COUNTS:
        setattr(batch, count, getattr(outcome, count))
    batch.save()


def note_changes(rows: Iterable[tuple[Any, ...]]) -> None:
    """What an import did to each record, as tuples in the order of CHANGE_COLUMNS."""
    insert_rows(ImportedChange, CHANGE_COLUMNS, rows)


def discard_file(upload: Upload) -> None:
    """The row, and the bytes where no other row has them."""
    digest = upload.file_id
    with transaction.atomic(savepoint=False):
        _held(digest)
        upload.delete()
        if not Upload.objects.filter(file_id=digest).exists():
            StoredFile.objects.filter(sha256=digest).delete()


def mark_applied(upload: Upload) -> None:
    upload.state, upload.notice = UploadState.APPLIED, {}
    upload.save(update_fields=["state", "notice"])

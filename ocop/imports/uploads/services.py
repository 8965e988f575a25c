"""Files that people handed in: found by their owner, looked at, decided about, thrown away."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from ocop.imports.findings import Importer
from ocop.imports.models import BatchState, RememberedColumns, Upload, UploadState
from ocop.imports.pipeline import batches, digest_of, office_of
from ocop.imports.uploads.preview import preview
from ocop.lib.text import storable_data

PREVIEW_LASTS = timedelta(hours=12)
OPEN_LASTS = timedelta(days=60)
IMPORTED_STATES = (BatchState.RUNNING, BatchState.APPLIED)


def get_upload_or_404(pk: uuid.UUID, user: Any) -> Upload:
    """The person's own upload; NotForYou for anybody else's, whether it exists or not."""
    upload = Upload.objects.filter(pk=pk, user=user).first()
    if upload is None:
        raise batches.no_such_file()
    return upload


def refresh(upload: Upload) -> None:
    """The upload as it is stored by now; NotForYou where it was discarded meanwhile."""
    try:
        upload.refresh_from_db()
    except Upload.DoesNotExist:
        raise batches.no_such_file() from None


def store_upload(data: bytes, name: str, user: Any) -> Upload:
    """The file on record; the same file of the same person still open is that one again."""
    digest = hashlib.sha256(data).hexdigest()
    waiting = Upload.objects.filter(file_id=digest, user=user, state=UploadState.OPEN)
    same = waiting.filter(name=batches.clean_name(name)).first()
    return same or batches.store_file(data, name, user)


def delete_old(user: Any) -> None:
    """Files that led to nothing for two months go, so that the database does not keep them all."""
    before = timezone.now() - OPEN_LASTS
    old = Upload.objects.filter(user=user, state=UploadState.OPEN, created_at__lt=before)
    for upload in old.exclude(batches__state__in=IMPORTED_STATES):
        discard_upload(upload)


def make_preview(upload: Upload, importer: Importer) -> None:
    """Find out what the file would do now, and keep it under a new token."""
    data = batches.content_of(upload)
    office = office_of(importer.user, timezone.localdate())
    findings = storable_data(preview(upload, data, importer, office))
    token = uuid.uuid4()
    # Only while it is open: an import that began meanwhile goes on with what was shown.
    Upload.objects.filter(pk=upload.pk, state=UploadState.OPEN).update(
        findings=findings, preview=token, previewed_at=timezone.now()
    )
    refresh(upload)


def is_stale(upload: Upload) -> bool:
    """True where the findings are missing, too old, or in another language than the page."""
    if upload.state != UploadState.OPEN:
        return False
    if upload.findings is None or upload.previewed_at is None or upload.preview is None:
        return True
    return is_old(upload) or upload.findings.get("language") != translation.get_language()


def is_old(upload: Upload) -> bool:
    """True where the preview was made too long ago to be confirmed."""
    at = upload.previewed_at
    return at is None or timezone.now() - at > PREVIEW_LASTS


def set_choices(upload: Upload, changes: dict[str, Any]) -> None:
    """Keep what the person decided; the file has to be looked at again."""
    change_choices(upload, lambda _choices: changes)


def change_choices(upload: Upload, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The same, where what is kept follows from what was kept: `change` is given that and returns
    the entries that become others."""
    with transaction.atomic():
        stored = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if stored is None:
            raise batches.no_such_file()
        if stored.state != UploadState.OPEN:
            return
        stored.choices = {**stored.choices, **storable_data(change(stored.choices))}
        stored.preview, stored.notice = None, {}
        stored.save(update_fields=["choices", "preview", "notice"])
    refresh(upload)


def delete_remembered_columns(upload: Upload) -> None:
    """The office's memory of how the sheets of this file are read goes; they are guessed anew."""
    office = office_of(upload.user, timezone.localdate())
    for part in (upload.findings or {}).get("parts", []):
        texts = {column["number"]: column["text"] for column in part["columns"]}
        RememberedColumns.objects.filter(
            office=office, dataset=part["dataset"], headers=digest_of(texts)
        ).delete()
    set_choices(upload, {"parts": None})


def discard_upload(upload: Upload) -> bool:
    """Take an upload that led to no import out of the books; False where one did.

    One that was interrupted wrote nothing; it stays on record, without its file.
    """
    with transaction.atomic():
        stored = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if stored is None or stored.state != UploadState.OPEN:
            return False
        if stored.batches.filter(state__in=IMPORTED_STATES).exists():
            return False
        stored.batches.update(upload=None)
        batches.discard_file(stored)
    return True

"""Evidence of a record: stored under an id once its content was checked, shown in place.

Access is the caller's to check (products.records.permissions), but for what depends on the record's
status at the moment of writing. Nothing here changes a record or a figure.
"""

import hashlib
import logging
import os
import time
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.lib.files import JPEG, MAX_FILE_SIZE, MAX_PAGES, PDF, PNG, WEBP, child
from ocop.lib.sandbox import FileRefused
from ocop.lib.text import nfc
from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou
from products.choices import Status
from products.evidence.messages import sentence
from products.kinds import RecordKind
from products.models import Evidence
from products.records import permissions, update_record

MAX_FILES = 20
MAX_AT_ONCE = 10
MAX_NAME_LENGTH = 200
SECONDS_AT_ONCE = 30.0
"""All files of one request together: the web server gives a request 60 seconds."""
REMOVABLE = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED)
SECONDS_BEFORE_TRYING_AGAIN = 3600
"""A page that cannot be drawn costs a child its whole bounds: not once for every visitor."""
ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), WEBP: (".webp",)}

log = logging.getLogger(__name__)


# --- Taking in ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken, and the sentence that says why and how to mend it."""

    name: str
    message: str


def add(
    kind: RecordKind, record: Any, files: Sequence[Any], user: Any
) -> tuple[list[Evidence], list[RefusedFile]]:
    """Each uploaded file is stored or refused by itself: (stored, refused)."""
    stored: list[Evidence] = []
    refused: list[RefusedFile] = []
    ends = time.monotonic() + SECONDS_AT_ONCE
    for number, file in enumerate(files):
        name = clean_name(file.name or "")
        try:
            if number >= MAX_AT_ONCE:
                raise FileRefused("at_once")
            row = Evidence(kind=kind.slug, record_id=record.pk, name=name, added_by=user)
            stored.append(_store(kind, row, file, ends - time.monotonic()))
        except FileRefused as unfit:
            refused.append(RefusedFile(name, _sentence(unfit.reason, name, file.size)))
        except OSError:
            log.exception("A file of evidence could not be written")
            refused.append(RefusedFile(name, sentence("not_stored", name=name)))
    return stored, refused


def _sentence(reason: str, name: str, size: int) -> str:
    return sentence(
        reason,
        name=name,
        size=filesizeformat(size),
        limit=filesizeformat(MAX_FILE_SIZE),
        pages=MAX_PAGES,
        files=MAX_FILES,
        at_once=MAX_AT_ONCE,
    )


def clean_name(name: str) -> str:
    """The name as a line of text: composed, no path, nothing invisible; its ending survives."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    visible = "".join(
        letter for letter in last if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")
    )
    clean = nfc(visible) or _("unnamed file")
    if len(clean) <= MAX_NAME_LENGTH:
        return clean
    stem, dot, ending = clean.rpartition(".")
    if not stem or len(ending) > 8:
        return clean[:MAX_NAME_LENGTH]
    return stem[: MAX_NAME_LENGTH - len(ending) - 1] + dot + ending


def _store(kind: RecordKind, row: Evidence, file: Any, seconds: float) -> Evidence:
    """Written aside, looked at, then moved to its place together with its row."""
    if not file.size:
        raise FileRefused("empty")
    if file.size > MAX_FILE_SIZE:
        raise FileRefused("too_large")
    if seconds <= 0:
        raise FileRefused("time")
    place = path_of(row.pk)
    _make_private(place.parent)
    temporary = place.with_name(f"{place.name}.part")
    try:
        row.size, row.sha256 = _written(file, temporary)
        looked_at = child.inspected(temporary, min(child.LIMITS.wall_seconds, seconds))
        row.content_type, row.pages = looked_at.content_type, looked_at.pages
        _save_row_and_file(kind, row, temporary, place)
    finally:
        temporary.unlink(missing_ok=True)
    return row


def _make_private(folder: Path) -> None:
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)


def _new_file(path: Path) -> Any:
    """Open for writing, readable by this program's account only from its first moment on."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _written(file: Any, path: Path) -> tuple[int, str]:
    """(size, SHA-256) of what now lies on the disk, not only in its cache."""
    size, digest = 0, hashlib.sha256()
    with _new_file(path) as out:
        for chunk in file.chunks():
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _save_row_and_file(kind: RecordKind, row: Evidence, temporary: Path, place: Path) -> None:
    """Row and file, or neither. Two people who add at once are counted one after the other."""
    try:
        with transaction.atomic():
            _locked_status(kind, row.record_id)
            present = Evidence.objects.of(row.kind, row.record_id)
            if present.filter(sha256=row.sha256).exists():
                raise FileRefused("twice")
            if present.count() >= MAX_FILES:
                raise FileRefused("full")
            row.save(force_insert=True)
            temporary.replace(place)
            _sync_folder(place.parent)
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _locked_status(kind: RecordKind, pk: int) -> str:
    """The record's status, which does not change before the transaction ends."""
    records: Any = kind.model._default_manager
    row = records.select_for_update().order_by().filter(pk=pk).values_list("status").first()
    if row is None:
        raise NotForYou(_("There is no such record, or it is not in your district."))
    return str(row[0])


# --- Finding, showing ---------------------------------------------------------------------------


def path_of(pk: uuid.UUID) -> Path:
    """Where the bytes lie: never under a name that somebody chose."""
    return Path(settings.MEDIA_ROOT) / _place(pk)


def _place(pk: uuid.UUID) -> str:
    return f"evidence/{str(pk)[:2]}/{pk}"


def file_of_row(row: Mapping[str, Any]) -> tuple[str, int, str]:
    """For backups: where the file of a row of evidence lies below MEDIA_ROOT, size, SHA-256."""
    return _place(uuid.UUID(str(row["id"]))), row["size"], row["sha256"]


def get_evidence_or_404(pk: uuid.UUID, scope: Scope) -> Evidence:
    """The evidence, if the person may see its record and it was not removed; else NotForYou."""
    evidence = Evidence.objects.filter(pk=pk, removed_at__isnull=True).first()
    if evidence is None:
        raise NotForYou(_("There is no such file, or it was removed."))
    permissions.get_visible_or_404(
        permissions.get_kind_or_404(evidence.kind), evidence.record_id, scope
    )
    return evidence


def opened(evidence: Evidence) -> Any:
    """The file, open for reading; NotForYou where the disk has lost it."""
    try:
        return path_of(evidence.pk).open("rb")
    except FileNotFoundError:
        log.error("The file of evidence %s is missing", evidence.pk)
        raise NotForYou(
            _("The file is missing from the store. Tell the administrator, who has backups.")
        ) from None


def download_name(evidence: Evidence) -> str:
    """Its name, with an ending that agrees with what it is: a PDF called .exe stays a PDF."""
    endings = ENDINGS[evidence.content_type]
    name: str = evidence.name
    return name if name.lower().endswith(endings) else name + endings[0]


def picture_of(evidence: Evidence, page: int) -> Path:
    """A JPEG of one page, made when first asked for and kept beside the file; or NotForYou."""
    if not 1 <= page <= evidence.pages:
        raise NotForYou(_("The file has no such page."))
    original = path_of(evidence.pk)
    preview = original.with_name(f"{original.name}.page-{page}.jpg")
    if preview.exists():
        return preview
    opened(evidence).close()
    failed = preview.with_suffix(".failed")
    if _is_recent(failed):
        raise NotForYou(_no_picture())
    temporary = preview.with_name(f"{preview.name}.{uuid.uuid4().hex}.part")
    try:
        made = child.picture(original, page)
        with _new_file(temporary) as out:
            out.write(made)
        temporary.replace(preview)
    except (FileRefused, OSError) as problem:
        log.exception("No picture of page %d of evidence %s", page, evidence.pk)
        if isinstance(problem, FileRefused):
            with suppress(OSError):
                failed.touch(mode=0o600)
        raise NotForYou(_no_picture()) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return preview


def _is_recent(mark: Path) -> bool:
    try:
        return time.time() - mark.stat().st_mtime < SECONDS_BEFORE_TRYING_AGAIN
    except FileNotFoundError:
        return False


def _no_picture() -> str:
    return _("No picture of this page can be made. Download the file to look at it.")


@dataclass(frozen=True)
class EvidenceRow:
    """One file as the record's page shows it; `remove_url` is "" for who may not remove it."""

    id: str
    name: str
    size_words: str
    added_by: str
    added_at: datetime
    pages: list[str]
    url: str
    remove_url: str

    @property
    def preview(self) -> str:
        return self.pages[0]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "size_words": self.size_words,
            "pages": len(self.pages),
            "preview": self.preview,
            "url": self.url,
            "remove": self.remove_url,
        }


def evidence_rows(
    kind: RecordKind, record: Any, scope: Scope, to_look_at: bool = False
) -> list[EvidenceRow]:
    """The record's evidence, the oldest first; `to_look_at` offers nothing to be removed."""
    removable = not to_look_at and may_remove(kind, record, scope)
    rows = Evidence.objects.of(kind.slug, record.pk).select_related("added_by")
    return [_line(row, removable) for row in rows]


def _line(row: Evidence, removable: bool) -> EvidenceRow:
    return EvidenceRow(
        id=str(row.pk),
        name=row.name,
        size_words=filesizeformat(row.size),
        added_by=str(row.added_by),
        added_at=row.added_at,
        pages=[
            reverse("evidence-page", args=[row.pk, number]) for number in range(1, row.pages + 1)
        ],
        url=reverse("evidence-file", args=[row.pk]),
        remove_url=reverse("evidence-remove", args=[row.pk]) if removable else "",
    )


# --- Removing -----------------------------------------------------------------------------------


def may_remove(kind: RecordKind, record: Any, scope: Scope) -> bool:
    enters = permissions.may_enter(scope, kind, kind.area_of(record))
    return enters and record.status in REMOVABLE


def remove(kind: RecordKind, evidence: Evidence, user: Any) -> None:
    """Out of sight; row and file stay. PermissionDenied once the record is verified.

    The record gets a history row and a new version: who looked at it with that file looks again.
    """
    with transaction.atomic():
        records = kind.model._default_manager.select_for_update()
        record: Any = records.filter(pk=evidence.record_id).first()
        if record is None:
            raise NotForYou(_("There is no such record, or it is not in your district."))
        if record.status not in REMOVABLE:
            raise PermissionDenied(
                _("The record is verified: its evidence stays. Files may still be added.")
            )
        gone = Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).update(
            removed_by=user, removed_at=timezone.now()
        )
        if gone:
            reason = _("evidence removed: %(name)s") % {"name": evidence.name}
            update_record(record, [], user, reason)

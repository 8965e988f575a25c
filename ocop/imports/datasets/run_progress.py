"""Imports under way: which of them are alive, and how far they have come.

An import holds a lock on a small file from before its first row is written until it ends. The
system lets go of the lock when the process dies, however it dies; so a batch that stands as
running whose lock is free was interrupted. How far it has come is in the same file, because what
its transaction writes nobody else can read.
"""

import fcntl
import json
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, transaction

from ocop.imports.findings import BECAUSE
from ocop.imports.models import BatchState, ImportBatch, Upload, UploadState
from ocop.lib.disk import describe_os_error

log = logging.getLogger(__name__)


class CannotRun(Exception):
    """Nothing can be noted of an import under way, so none is begun; `reason` is for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(BECAUSE["no_place"] % {"reason": self.reason})


class RunProgress:
    """An import under way. `report` says how far it is; outside of one it says nothing."""

    def __init__(self, token: uuid.UUID, descriptor: int | None = None) -> None:
        self.token = token
        self._descriptor = descriptor
        self._last = -1

    def report(self, stage: str, done: int, of: int) -> None:
        """`stage`: read, check, write or count; `done` of `of` rows or records of that stage."""
        if self._descriptor is None:
            return
        percent = 100 * done // max(of, 1)
        if percent == self._last and done != of:
            return
        self._last = percent
        line = json.dumps({"stage": stage, "done": done, "of": of}).ljust(80)
        with suppress(OSError):
            # On a full disk the import goes on: only its progress is not shown.
            os.pwrite(self._descriptor, line.encode(), 0)


NO_PROGRESS = RunProgress(uuid.UUID(int=0))
"""For checks that nobody waits for."""


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _file(token: uuid.UUID) -> Path:
    return _folder() / f"{token}.run"


@contextmanager
def under_way(token: uuid.UUID | None = None) -> Iterator[RunProgress]:
    """A run that others can see is alive until the block ends. Raises CannotRun before it."""
    token = token or uuid.uuid4()
    try:
        path = _file(token)
        descriptor = _locked(path)
    except OSError as error:
        raise CannotRun(describe_os_error(error)) from None
    try:
        yield RunProgress(token, descriptor)
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _locked(path: Path) -> int:
    """A descriptor of the file with its lock held. OSError where that cannot be."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.fstat(descriptor).st_ino == path.stat().st_ino:
                    return descriptor
        except OSError:
            os.close(descriptor)
            raise
        # Taken for one that has ended, and cleared away before the lock was held.
        os.close(descriptor)


def is_alive(token: uuid.UUID) -> bool:
    try:
        descriptor = os.open(_file(token), os.O_RDONLY)
    except FileNotFoundError:
        return False
    except OSError:
        # Nobody can tell; what may still be running is left alone.
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def progress_of(token: uuid.UUID) -> dict[str, Any] | None:
    """{"stage", "done", "of"} of a living run; None where there is none or it just began."""
    try:
        answer = json.loads(_file(token).read_text())
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def mark_interrupted() -> list[ImportBatch]:
    """Mark batches that stand as running and have ended without a word; returns those marked.

    What they had written was taken back by the database; their files are open again. One that
    ended between its last write and the end of its process is finished: only its run is cleared.
    """
    marked = []
    for batch in ImportBatch.objects.filter(state=BatchState.RUNNING).select_related("user"):
        if is_alive(batch.token):
            continue
        with transaction.atomic():
            # A run that ended well in the meantime is no longer in this state.
            running = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING)
            if not running.update(state=BatchState.INTERRUPTED):
                continue
            uploads = Upload.objects.filter(batches=batch, state=UploadState.RUNNING)
            uploads.update(state=UploadState.OPEN, preview=None, notice={"because": "interrupted"})
        with suppress(OSError):
            _file(batch.token).unlink()
        log.warning(
            "Import %s of %s was interrupted; nothing of it was written", batch.pk, batch.file_name
        )
        batch.state = BatchState.INTERRUPTED
        marked.append(batch)
    _clear_ended()
    return marked


def _clear_ended() -> None:
    """Take away the files of runs that hold no lock and that no batch stands as running with."""
    with suppress(OSError):
        for path in (Path(settings.VAR_DIR) / "imports").glob("*.run"):
            _clear_if_ended(path)


def _clear_if_ended(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        # Held meanwhile, so that nobody begins with the file that goes.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        running = ImportBatch.objects.filter(state=BatchState.RUNNING)
        if path.stem not in map(str, running.values_list("token", flat=True)):
            path.unlink()
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)


def mark_interrupted_at_start() -> list[ImportBatch]:
    """The same when the program starts, and never in its way.

    A database that is away, or not migrated yet, is none of this one's business: the pages of
    imports look again.
    """
    try:
        return mark_interrupted()
    except (Error, OSError) as error:
        log.info("Interrupted imports were not looked for at the start: %s", error)
        return []

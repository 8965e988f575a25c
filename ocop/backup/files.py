"""Files that rows name: which they are, and how they come to their place.

settings.BACKUP_FILES names for a model the function that tells, from a row's plain values, where
its file lies below MEDIA_ROOT, its size and its SHA-256. Other files there are made again.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ocop.backup.archive import CHUNK, Archive, sync_folder
from ocop.backup.manifest import ArchivedFile, DamagedArchive
from ocop.backup.tables import Model, fields_of, kept_models, table_of

ASIDE = ".restore-"
"""How the folder begins in which files wait until their rows are written."""


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def file_reader_of(model: Model) -> Callable[[Any], ArchivedFile] | None:
    """What tells a row's file, from the row as a sequence of values; None: rows have none."""
    name = settings.BACKUP_FILES.get(model._meta.label)
    if name is None:
        return None
    tell = import_string(name)
    names = [field.attname for field in fields_of(model)]
    return lambda row: ArchivedFile(*tell(dict(zip(names, row, strict=True))))


def check_named(archive: Archive) -> None:
    """The archive has the files that its rows name, as they name them, and no others."""
    named: dict[str, ArchivedFile] = {}
    models = {table_of(model): model for model in kept_models()}
    for table in archive.manifest.tables:
        if tell := file_reader_of(models[table.name]):
            try:
                files = [tell(row) for row in archive.rows(table)]
            except (ValueError, TypeError, AttributeError):
                raise DamagedArchive("contents") from None
            named |= {file.path: file for file in files}
    records = {file.path: file for file in archive.manifest.files}
    if records.keys() != named.keys():
        raise DamagedArchive("contents")
    for path, file in records.items():
        is_as_named = (file.size, file.sha256) == (named[path].size, named[path].sha256)
        if not is_as_named and file.fault != "changed":
            raise DamagedArchive("contents")


def others_at(folder: Path) -> list[Path]:
    """All files below `folder`, but for those of a restore that was cut off."""
    return [
        path
        for path in folder.rglob("*")
        if not path.is_dir() and not path.relative_to(folder).parts[0].startswith(ASIDE)
    ]


class StagedFiles:
    """Files that lie beside their places, whole and on the disk."""

    def __init__(self, temporary: Path, files: list[ArchivedFile]) -> None:
        self._aside = temporary
        self._files = files
        self._undo: list[tuple[Path, Path | None]] = []

    def put_in_place(self) -> None:
        """All of them, before their rows are committed. Nothing that is there is taken away."""
        for file in self._files:
            place = root() / file.path
            if _is_the_same(place, file):
                continue
            _make_private(place.parent)
            former = None
            if place.exists():
                former = self._aside / f"former-{len(self._undo)}"
                place.rename(former)
            self._undo.append((place, former))
            (self._aside / file.path).rename(place)
        for folder in {(root() / file.path).parent for file in self._files}:
            sync_folder(folder)

    def roll_back(self) -> None:
        """As it was: the rows were not committed."""
        for place, former in reversed(self._undo):
            with suppress(OSError):
                place.unlink(missing_ok=True)
                if former is not None:
                    former.rename(place)

    def tidy(self) -> None:
        """Take away what no row names any more: the rows are committed."""
        named = {root() / file.path for file in self._files}
        for path in others_at(root()):
            if path not in named:
                with suppress(OSError):
                    path.unlink()
        for folder in sorted((p for p in root().rglob("*") if p.is_dir()), reverse=True):
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def staged(archive: Archive) -> Iterator[StagedFiles]:
    """Every file of the archive written beside its place. Raises OSError, Damaged."""
    files = archive.manifest.present_files()
    _make_private(root())
    _clear_cut_off()
    temporary = Path(tempfile.mkdtemp(prefix=ASIDE, dir=root()))
    try:
        for file in files:
            _take_out(archive, file, temporary / file.path)
        yield StagedFiles(temporary, files)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _take_out(archive: Archive, file: ArchivedFile, path: Path) -> None:
    _make_private(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        for chunk in archive.chunks(file):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def _make_private(folder: Path) -> None:
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)


def _clear_cut_off() -> None:
    for folder in root().glob(f"{ASIDE}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _is_the_same(place: Path, file: ArchivedFile) -> bool:
    try:
        if place.is_symlink() or place.stat().st_size != file.size:
            return False
        digest = hashlib.sha256()
        with place.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == file.sha256

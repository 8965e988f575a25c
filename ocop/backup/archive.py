"""The file of a backup: a zip that any tool opens, with a sum over all of it at its end.

Its comment, the last bytes of the file, is a SHA-256 over the whole file, worked out with zeros
where it stands itself; so a bit that changed anywhere is found, in the zip's own bookkeeping too.
The sum tells damage, not a forger: what is inside is bounded and checked as well.
"""

import hashlib
import io
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from ocop.backup.manifest import (
    ArchivedFile,
    ArchivedTable,
    DamagedArchive,
    Manifest,
    as_bytes,
    read,
)

MANIFEST = "manifest.json"
MARK = b"ocop-backup sha256 "
DIGITS = 64
CHUNK = 1024 * 1024
MAX_MANIFEST_SIZE = 128 * 1024 * 1024
MAX_ROW_LENGTH = 256 * 1024 * 1024
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, KeyError, OverflowError),
)
"""What Python's reader of zip files raises for one that is not as it should be."""


# --- Writing ------------------------------------------------------------------------------------


class ArchiveMember:
    """One member while it is written."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._sum = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._sum.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


class _ChecksumStream:
    """A stream that is only written forward, and sums up what passes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sum.update(data)
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


class ArchiveWriter:
    """An archive while it is written; `finish` is its last word."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._summed = _ChecksumStream(stream)
        self._zip = zipfile.ZipFile(cast(Any, self._summed), "w")
        self.digest = ""

    @contextmanager
    def member(self, name: str, *, packed: bool) -> Iterator[ArchiveMember]:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as stream:
            yield ArchiveMember(stream)

    def finish(self, manifest: Manifest) -> None:
        with self.member(MANIFEST, packed=True) as member:
            member.write(as_bytes(manifest))
        self._zip.comment = MARK + b"0" * DIGITS
        self._zip.close()
        self.digest = self._summed.sum.hexdigest()
        self._stream.seek(-DIGITS, os.SEEK_END)
        self._stream.write(self.digest.encode())

    def give_up(self) -> None:
        """Keep the zip from being closed, which would write on."""
        self._zip.fp = None


@contextmanager
def written(path: Path) -> Iterator[ArchiveWriter]:
    """Written beside `path` and put in its place when it is whole and on the disk.

    Readable by its owner only. Raises OSError; FileExistsError for a file that is there already.
    """
    _check_not_there(path)
    descriptor, name = tempfile.mkstemp(".part", f".{path.name}.", path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            writer = ArchiveWriter(cast(BinaryIO, stream))
            try:
                yield writer
            finally:
                writer.give_up()
            stream.flush()
            os.fsync(stream.fileno())
        _check_not_there(path)
        temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _check_not_there(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise FileExistsError(path)


def sync_folder(folder: Path) -> None:
    """Names in `folder` are on the disk, as far as its file system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --- Reading ------------------------------------------------------------------------------------


class Archive:
    """An archive whose every byte was checked; made by `opened` only."""

    def __init__(self, reader: zipfile.ZipFile, manifest: Manifest, digest: str) -> None:
        self._zip = reader
        self.manifest = manifest
        self.digest = digest

    def rows(self, table: ArchivedTable) -> Iterator[list[Any]]:
        """The table's rows, a list of as many plain values as it has columns."""
        number = 0
        with self._reading(table) as stream:
            lines = io.BufferedReader(cast(Any, stream), CHUNK)
            while line := lines.readline(MAX_ROW_LENGTH + 1):
                row = _row(line, len(table.columns))
                number += 1
                yield row
        if number != table.rows:
            raise DamagedArchive("contents")

    def chunks(self, part: ArchivedTable | ArchivedFile) -> Iterator[bytes]:
        """The member's content; never more than it is said to be."""
        left = part.size
        digest = hashlib.sha256()
        with self._reading(part) as stream:
            while chunk := stream.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise DamagedArchive("contents")
                digest.update(chunk)
                yield chunk
        if left or digest.hexdigest() != part.sha256:
            raise DamagedArchive("contents")

    @contextmanager
    def _reading(self, part: ArchivedTable | ArchivedFile) -> Iterator[Any]:
        with _refusing_what_is_odd(), self._zip.open(part.member) as stream:
            yield stream


def _row(line: bytes, length: int) -> list[Any]:
    if len(line) > MAX_ROW_LENGTH:
        raise DamagedArchive("contents")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise DamagedArchive("contents") from None
    if not isinstance(row, list) or len(row) != length:
        raise DamagedArchive("contents")
    return row


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive, once all of it was found to be as it was written; else Damaged. OSError."""
    with path.open("rb") as stream:
        digest = _whole(stream)
        with _refusing_what_is_odd():
            reader = zipfile.ZipFile(stream)
        with reader:
            with _refusing_what_is_odd():
                archive = Archive(reader, _manifest_in(reader), digest)
            for part in archive.manifest.parts():
                for _chunk in archive.chunks(part):
                    pass
            yield archive


def _whole(stream: BinaryIO) -> str:
    """The sum at the file's end; Damaged unless it is the file's sum."""
    size = stream.seek(0, os.SEEK_END)
    left = size - DIGITS
    stream.seek(max(left - len(MARK), 0))
    end = stream.read()
    if left < 0 or end[:-DIGITS] != MARK:
        raise DamagedArchive("no_archive")
    digest = hashlib.sha256()
    stream.seek(0)
    while left:
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            raise DamagedArchive("no_archive")
        digest.update(chunk)
        left -= len(chunk)
    digest.update(b"0" * DIGITS)
    if digest.hexdigest().encode() != end[-DIGITS:]:
        raise DamagedArchive("sum")
    return digest.hexdigest()


def _manifest_in(reader: zipfile.ZipFile) -> Manifest:
    """The manifest, if the members are those it names and no others."""
    members = reader.infolist()
    for info in members:
        if info.compress_type not in COMPRESSIONS or info.flag_bits & 1:
            raise DamagedArchive("contents")
    if reader.getinfo(MANIFEST).file_size > MAX_MANIFEST_SIZE:
        raise DamagedArchive("contents")
    with reader.open(MANIFEST) as stream:
        manifest = read(stream.read(MAX_MANIFEST_SIZE))
    names_said = {part.member: part.size for part in manifest.parts()}
    found = [(info.filename, info.file_size) for info in members if info.filename != MANIFEST]
    if sorted(names_said.items()) != sorted(found) or len(members) != len(names_said) + 1:
        raise DamagedArchive("contents")
    return manifest


@contextmanager
def _refusing_what_is_odd() -> Iterator[None]:
    try:
        yield
    except UNREADABLE:
        raise DamagedArchive("contents") from None

"""Making a backup: the tables of one moment, then the files that their rows name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.backup import files, schema, tables
from ocop.backup.archive import CHUNK, MAX_ROW_LENGTH, ArchiveMember, ArchiveWriter, written
from ocop.backup.manifest import ArchivedFile, ArchivedTable, Manifest
from ocop.backup.snapshot import last_ids, snapshot
from ocop.command_line import refused, unusable
from ocop.lib.disk import describe_os_error

MAX_NAMED = 5


@dataclass(frozen=True)
class SavedBackup:
    manifest: Manifest
    digest: str
    size: int


def save(path: Path, *, allow_missing: bool = False) -> SavedBackup:
    """Write the archive, or raise CommandError and leave nothing."""
    schema.check_database()
    try:
        with written(path) as writer:
            manifest = _contents(writer)
            if not allow_missing:
                _refuse_faults(manifest.files)
            writer.finish(manifest)
        return SavedBackup(manifest, writer.digest, path.stat().st_size)
    except FileExistsError:
        raise unusable(
            _("The file %(file)s exists already. A backup never overwrites one: choose another.")
            % {"file": path}
        ) from None
    except OSError as problem:
        raise unwritable(path, problem) from None


def unwritable(path: Path, problem: OSError) -> CommandError:
    return unusable(
        _("The file %(file)s cannot be written: %(reason)s.")
        % {"file": path, "reason": describe_os_error(problem)}
    )


def _contents(writer: ArchiveWriter) -> Manifest:
    """Tables first: a file is in its place when its row is committed, and is never taken away."""
    created_at = timezone.localtime().isoformat(timespec="seconds")
    named: list[ArchivedFile] = []
    with snapshot() as using:
        models = tables.kept_models()
        records = [_table(writer, model, using, named) for model in models]
        ids = last_ids(models, using)
    records = [replace(table, last_id=ids.get(table.name)) for table in records]
    return Manifest(
        created_at=created_at,
        database=connection.vendor,
        migrations=schema.of_program(),
        tables=records,
        files=[_file(writer, file) for file in sorted(named, key=lambda file: file.path)],
    )


def _table(
    writer: ArchiveWriter, model: tables.Model, using: str, named: list[ArchivedFile]
) -> ArchivedTable:
    """The table's rows into the archive; the files they name into `named`."""
    entry = ArchivedTable(tables.table_of(model), tables.columns_of(model), 0, None, 0, "")
    tell: Callable[[Any], ArchivedFile] | None = files.file_reader_of(model)
    rows = 0
    with writer.member(entry.member, packed=True) as member:
        for row in tables.rows_of(model, using):
            line = tables.line_of(row)
            if len(line) > MAX_ROW_LENGTH:
                raise refused(
                    _("A row of the table %(table)s is too long for a backup (key %(key)s).")
                    % {"table": entry.name, "key": row[0]}
                )
            member.write(line)
            rows += 1
            if tell is not None:
                named.append(tell(row))
    return replace(entry, rows=rows, size=member.size, sha256=member.sha256)


def _file(writer: ArchiveWriter, file: ArchivedFile) -> ArchivedFile:
    """The file into the archive, as it is; its `fault` says where that is not as its row says."""
    try:
        stream = (Path(settings.MEDIA_ROOT) / file.path).open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return replace(file, fault="missing")
    with stream, writer.member(file.member, packed=False) as member:
        _copy(stream, member)
    if (member.size, member.sha256) == (file.size, file.sha256):
        return file
    return replace(file, size=member.size, sha256=member.sha256, fault="changed")


def _copy(stream: Any, member: ArchiveMember) -> None:
    while chunk := stream.read(CHUNK):
        member.write(chunk)


def _refuse_faults(records: list[ArchivedFile]) -> None:
    faulty = [f"{file.path} ({fault_word(file)})" for file in records if file.fault]
    if not faulty:
        return
    more = len(faulty) - MAX_NAMED
    raise refused(
        _(
            "%(number)d files that records name are missing from %(folder)s or are not what was "
            "taken in: %(files)s. No backup was written. Put them back from an earlier backup, or "
            "back up all the same: --allow-missing."
        )
        % {
            "number": len(faulty),
            "folder": settings.MEDIA_ROOT,
            "files": ", ".join(faulty[:MAX_NAMED]) + (f" … (+{more})" if more > 0 else ""),
        }
    )


def fault_word(file: ArchivedFile) -> str:
    return _("missing") if file.fault == "missing" else _("another content")

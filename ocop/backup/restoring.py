"""Restoring: all is checked, then files are put beside their places, then one transaction.

A file is put in its place before the rows are committed and nothing is taken away before they
are: wherever this is cut off, every row that can be seen has its file.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ocop.backup import files, loading, schema
from ocop.backup.archive import Archive, opened
from ocop.backup.manifest import DamagedArchive
from ocop.command_line import refused, unusable
from ocop.db.statistics import bring_up_to_date
from ocop.lib.disk import describe_os_error

MAX_LISTED = 6


@contextmanager
def checked(path: Path) -> Iterator[Archive]:
    """The archive, every byte of it checked, of this version of the program; else CommandError."""
    try:
        with _opened(path) as archive:
            schema.check_archive(archive.manifest)
            files.check_named(archive)
            yield archive
    except DamagedArchive as damage:
        raise unusable(_damage(damage.reason) % {"file": path}) from None


@contextmanager
def _opened(path: Path) -> Iterator[Archive]:
    inside = False
    try:
        with opened(path) as archive:
            inside = True
            yield archive
    except OSError as problem:
        if inside:
            raise
        raise unusable(
            _("The file %(file)s cannot be read: %(reason)s.")
            % {"file": path, "reason": describe_read_error(problem)}
        ) from None


def describe_read_error(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return _("there is no such file")
    if isinstance(problem, PermissionError):
        return _("reading it is not permitted")
    return describe_os_error(problem)


def _damage(reason: str) -> str:
    return {
        "no_archive": _(
            "The file %(file)s is no whole backup of this program: it is another file, was cut "
            "off or is damaged. Nothing was changed."
        ),
        "sum": _(
            "The backup %(file)s is damaged: its content is not what was written. Nothing was "
            "changed. Use another copy of it."
        ),
        "format": _(
            "The backup %(file)s has a form that this version of the program does not know. "
            "Restore it with the version that wrote it. Nothing was changed."
        ),
    }.get(
        reason,
        _(
            "The backup %(file)s holds what no backup of this program holds. Nothing was changed. "
            "Do not use it."
        ),
    )


def restore(archive: Archive, *, replace: bool) -> None:
    """The database and the files as the archive has them, or CommandError and all as before."""
    if schema.is_blank():
        call_command("migrate", verbosity=0, interactive=False)
    schema.check_database()
    if not replace:
        _check_empty()
    _check_free_space(archive)
    try:
        with files.staged(archive) as staged:
            _written(archive, staged, replace)
            staged.tidy()
    except OSError as problem:
        raise unusable(
            _("The files cannot be written to %(folder)s: %(reason)s. Nothing was changed.")
            % {"folder": files.root(), "reason": describe_os_error(problem)}
        ) from None
    bring_up_to_date()


def _written(archive: Archive, staged: files.StagedFiles, replace: bool) -> None:
    try:
        with transaction.atomic():
            if not replace:
                _check_empty()
            loading.load(archive)
            staged.put_in_place()
    except loading.RowsRejected as error:
        staged.roll_back()
        raise _rejected_message(error) from None
    except BaseException:
        staged.roll_back()
        raise


def _rejected_message(error: loading.RowsRejected) -> CommandError:
    if error.table == "*":
        message = _("The backup's rows do not fit together (%(reason)s). Nothing was changed.")
    else:
        message = _(
            "The database does not take the rows of the table %(table)s (%(reason)s). Nothing was "
            "changed."
        )
    return refused(message % {"table": error.table, "reason": error.reason})


def _check_empty() -> None:
    if found := loading.present():
        listed = [f"{name}: {number}" for name, number in found if name][:MAX_LISTED]
        rest = sum(number for _name, number in found) - sum(
            number for _name, number in [each for each in found if each[0]][:MAX_LISTED]
        )
        if rest:
            listed.append(_("other rows: %(number)d") % {"number": rest})
        raise refused(
            _(
                "The database is not empty; it holds: %(found)s. Nothing was changed. To put the "
                "backup in its place, all of it: --replace."
            )
            % {"found": ", ".join(listed)}
        )
    if there := files.others_at(files.root()):
        raise refused(
            _(
                "The folder %(folder)s holds %(number)d files already. Nothing was changed. To put "
                "the backup's files in their place: --replace."
            )
            % {"folder": files.root(), "number": len(there)}
        )


def _check_free_space(archive: Archive) -> None:
    needed = sum(file.size for file in archive.manifest.present_files())
    if not needed:
        return
    folder = next(one for one in (files.root(), *files.root().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise unusable(
            _("The backup's files need %(needed)s, and %(folder)s has %(free)s left.")
            % {
                "needed": filesizeformat(needed),
                "folder": folder,
                "free": filesizeformat(free),
            }
        )

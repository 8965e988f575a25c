"""What the commands that write workbooks share: their arguments, and files that appear whole."""

import errno
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from ocop.command_line import unusable
from ocop.imports.datasets import DATASETS
from ocop.lib.disk import describe_os_error


def known_dataset(name: str) -> str:
    """Raises CommandError (exit 2) for a dataset there is not."""
    if name not in DATASETS:
        raise unusable(
            _("There is no dataset “%(name)s”. Choose one of: %(choices)s.")
            % {"name": name, "choices": ", ".join(sorted(DATASETS))}
        )
    return name


def check_target(path: Path, formats: Sequence[str]) -> str:
    """The format a file's name asks for; CommandError (exit 2) for any other than `formats`."""
    fmt = path.suffix.lower().lstrip(".")
    if fmt not in formats:
        endings = ", ".join(f".{each}" for each in formats)
        raise unusable(
            _("The file %(file)s cannot be written: its name must end in %(endings)s.")
            % {"file": path, "endings": endings}
        )
    return fmt


def check_writable(path: Path) -> None:
    """Exit 2 where `written` would fail by now, so that nothing else is done before it does."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        with tempfile.NamedTemporaryFile(dir=path.parent):
            pass
    except OSError as problem:
        raise _unwritable(path, problem) from None


def _unwritable(path: Path, problem: OSError) -> CommandError:
    return unusable(
        _("The file %(file)s cannot be written: %(reason)s.")
        % {"file": path, "reason": describe_os_error(problem)}
    )


def written(path: Path, write: Callable[[BinaryIO], Any]) -> None:
    """Write beside the file and put it in its place when it is whole; exit 2 where that fails."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            temporary = Path(stream.name)
            try:
                write(cast(BinaryIO, stream))
            except BaseException:
                temporary.unlink()
                raise
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as problem:
        raise _unwritable(path, problem) from problem

"""Put a backup's database and files in place: all of it, or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from ocop.backup.archive import Archive
from ocop.backup.restoring import checked, restore
from ocop.backup.saving import fault_word
from ocop.command_line import PlainCommand


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="put it in the place of what the database and the folder of files hold",
        )
        parser.add_argument(
            "--check", action="store_true", help="check the archive only, change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with checked(options["file"]) as archive:
            if not options["check"]:
                restore(archive, replace=options["replace"])
        for file in archive.manifest.files:
            if file.fault:
                self.stderr.write(f"{file.path}: {fault_word(file)}")
        self.stdout.write(self._done(options["check"]) % self._figures(archive))

    @staticmethod
    def _done(only_checked: bool) -> str:
        if only_checked:
            return _(
                "The backup of %(moment)s is whole and fits this version of the program: %(rows)d "
                "rows of %(tables)d tables, %(files)d files; SHA-256 %(digest)s."
            )
        return _(
            "Restored the backup of %(moment)s: %(rows)d rows of %(tables)d tables, %(files)d "
            "files; SHA-256 %(digest)s."
        )

    @staticmethod
    def _figures(archive: Archive) -> dict[str, Any]:
        manifest = archive.manifest
        return {
            "moment": manifest.created_at,
            "rows": manifest.rows,
            "tables": len(manifest.tables),
            "files": len(manifest.present_files()),
            "digest": archive.digest,
        }

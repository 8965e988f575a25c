"""Write the whole database and its files into one archive, while the program runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ocop.backup.saving import fault_word, save
from ocop.command_line import PlainCommand


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--allow-missing",
            action="store_true",
            help="also where files that records name are missing or changed on the disk",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        saved = save(options["file"], allow_missing=options["allow_missing"])
        manifest = saved.manifest
        for file in manifest.files:
            if file.fault:
                self.stderr.write(f"{file.path}: {fault_word(file)}")
        self.stdout.write(
            _(
                "Backed up to %(file)s: %(rows)d rows of %(tables)d tables, %(files)d files; "
                "%(size)s, SHA-256 %(digest)s."
            )
            % {
                "file": options["file"],
                "rows": manifest.rows,
                "tables": len(manifest.tables),
                "files": len(manifest.present_files()),
                "size": filesizeformat(saved.size),
                "digest": saved.digest,
            }
        )

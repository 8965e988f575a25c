"""Replaces django-import-export's command of this name, which knows no checks and no history."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from ocop.command_line import PlainCommand, refused


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("anything", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        raise refused(_("Nothing was done. Use import_workbook or export_workbook instead."))

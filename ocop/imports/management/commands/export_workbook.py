"""Write a dataset as a workbook that the import reads back."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.command_line import PlainCommand, unusable
from ocop.imports.export import (
    FORMATS,
    ExportSelection,
    check_target,
    known_dataset,
    write_export,
    written,
)
from ocop.organisation.models import Unit, User
from ocop.organisation.scope import SYSTEM, Scope, scope_of
from ocop.web.page_query import figures_units, read_day, read_unit


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset", metavar="DATASET")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx|.csv")
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="what was known on that day")
        parser.add_argument("--unit", metavar="CODE", help="province, district or commune")
        parser.add_argument("--pending", action="store_true", help="submitted records too")
        parser.add_argument("--user", help="what this person may see (default: everything)")

    def handle(self, *args: Any, **options: Any) -> None:
        dataset = known_dataset(options["dataset"])
        fmt = check_target(options["out"], FORMATS)
        scope = self._scope(options["user"])
        day = read_day(options["as_of"]) if options["as_of"] is not None else None
        selection = ExportSelection(
            scope=scope,
            as_of=day,
            pending=options["pending"],
            unit=self._unit(options["unit"], scope, day or timezone.localdate()),
        )
        written(options["out"], lambda stream: write_export(dataset, selection, stream, fmt))
        self.stdout.write(_("Written: %(file)s") % {"file": options["out"]})

    @staticmethod
    def _scope(name: str | None) -> Scope:
        if name is None:
            return SYSTEM
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise unusable(_("There is no active account “%(name)s”.") % {"name": name})
        return scope_of(user, timezone.localdate())

    @staticmethod
    def _unit(code: str | None, scope: Scope, day: date) -> Unit | None:
        if code is None:
            return None
        units = [unit for unit in figures_units() if scope.sees_unit(unit)]
        return read_unit(code, units, day)

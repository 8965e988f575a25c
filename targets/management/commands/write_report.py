"""Write the committee's report on a day: a Word file, or its annex as a workbook."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.command_line import PlainCommand, unusable
from ocop.imports.export import check_target, check_writable, written
from ocop.web.page_query import PageQuery, figures_units, read_day, read_unit
from targets.figures import plan_at
from targets.reports import FORMATS, LANGUAGES, write_file, written_in


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.docx|.xlsx")
        parser.add_argument("--unit", metavar="CODE", help="province, district or commune (84)")
        parser.add_argument("--language", choices=LANGUAGES, default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        fmt = check_target(options["out"], FORMATS)
        query = self._wanted(read_day(options["as_of"]), options["unit"])
        check_writable(options["out"])
        language = options["language"]
        written(options["out"], lambda stream: write_file(query, language, fmt, stream))
        self.stdout.write(_("Written: %(file)s") % {"file": options["out"]})
        if written_in(language) != language:
            self.stderr.write(
                _(
                    "No part of the program is translated into “%(language)s” yet: the file is in "
                    "Vietnamese."
                )
                % {"language": language}
            )

    @staticmethod
    def _wanted(day: Any, code: str | None) -> PageQuery:
        units = figures_units()
        unit = None if code is None else read_unit(code, units, day)
        plan = plan_at(day, unit=unit)
        if plan is None:
            raise unusable(_("No plan has been loaded yet. Run: manage.py load_reference"))
        return PageQuery(day, timezone.localdate(), unit or plan.unit, units)

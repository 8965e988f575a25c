"""Write an empty workbook of a dataset, with drop-down lists and explanations."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from ocop.command_line import PlainCommand
from ocop.imports.export import check_target, known_dataset, template_file, written


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dataset", metavar="DATASET")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        dataset = known_dataset(options["dataset"])
        check_target(options["out"], ("xlsx",))
        _name, content = template_file(dataset)
        written(options["out"], lambda stream: stream.write(content))
        self.stdout.write(_("Written: %(file)s") % {"file": options["out"]})

"""Print every target's progress at a day, for the province or one district."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.command_line import PlainCommand, unusable
from ocop.web.page_query import figures_units, read_day, read_unit
from targets.figures import as_json, overview, plan_at, unit_of_figures, wording


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="day of the figures (today)")
        parser.add_argument("--unit", metavar="CODE", help="province, district or commune (84)")
        parser.add_argument("--pending", action="store_true", help="count submitted records too")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        day = read_day(options["as_of"]) if options["as_of"] is not None else timezone.localdate()
        code = options["unit"]
        unit = None if code is None else read_unit(code, figures_units(), day)
        plan = plan_at(day, unit=unit)
        if plan is None:
            raise unusable(_("No plan has been loaded yet. Run: manage.py load_reference"))
        of_unit = unit_of_figures(plan, unit or plan.unit)
        built = overview.build(plan, of_unit, day, options["pending"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(built), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_table(built))


def as_table(built: overview.Overview) -> str:
    """The rows in columns wide enough for their longest text, the stock above them."""
    stock = ", ".join(f"{name} {number}" for name, number in built.stock.items())
    head = [_("Target"), _("Period"), _("Actual"), _("Limit"), _("State"), ""]
    rows = [
        [
            row.code,
            row.period_label,
            row.actual_text,
            row.threshold_text,
            row.state_label,
            row.status_text,
        ]
        for row in built.rows
    ]
    widths = [max(len(line[i]) for line in [head, *rows]) for i in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [head, *rows]
    ]
    return "\n".join([f"{built.unit} · {wording.day(built.as_of)} · {stock}", *lines])

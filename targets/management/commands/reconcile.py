"""Hold the record against the published totals: a table or JSON."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from ocop.command_line import PlainCommand, refused
from ocop.organisation.scope import SYSTEM
from ocop.web.page_query import figures_units, read_unit
from targets.choices import TotalState
from targets.reconciliation import totals


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="province, district or commune (84)")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses (exit 1) where any total that can be compared differs."""
        units = figures_units()
        code = options["unit"]
        today = timezone.localdate()
        unit = units[0] if code is None else read_unit(code, units, today)
        compared = totals.compare_all(SYSTEM, unit, units, today)
        if options["format"] == "json":
            rows = [_as_json(one) for one in compared]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(map(_line, compared)))
        differing = sum(one.state == TotalState.DIFFERS for one in compared)
        if differing:
            message = ngettext(
                "%(n)d published total differs from the record.",
                "%(n)d published totals differ from the record.",
                differing,
            )
            raise refused(message % {"n": differing})


def _as_json(one: totals.Comparison) -> dict[str, Any]:
    total = one.total
    return {
        "period": total.period,
        "day": total.day.isoformat() if total.day else None,
        "unit": total.unit.code,
        "scope": total.scope,
        "measure": total.measure,
        "decision_number": total.decision_number,
        "published": total.value,
        "record": one.record,
        "with_pending": one.pending,
        "state": str(one.state.value),
        "why": one.why,
        "notes": one.notes,
        "source": total.source,
    }


def _line(one: totals.Comparison) -> str:
    total = one.total
    record = "–" if one.record is None else str(one.record)
    words = f"{total.get_measure_display()}, {total.get_scope_display()}"
    place = f"{total.period or '–':<10}  {total.unit.code:<4}"
    return f"{place}  {total.value:>6}  {record:>6}  {one.state_text}  {words}"

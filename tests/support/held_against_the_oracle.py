"""The program's printed progress on a random world, held against the oracle."""

import json
from datetime import date
from io import StringIO
from typing import Any

from django.core.cache import cache
from django.core.management import call_command

from tests.support import oracle
from tests.support.cases import taken_back
from tests.support.worlds import write

UNITS = ("84", "844", "848")


def printed_progress(day: date, unit: str, pending: bool) -> dict[str, Any]:
    out = StringIO()
    asked = ["--as-of", day.isoformat(), "--unit", unit, "--format", "json"]
    call_command("progress", *asked, *(["--pending"] if pending else []), stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def all_differences(world: oracle.World, days: list[date]) -> list[str]:
    """Of every field on those days, for the province and two districts, without and with pending;
    each names day, unit and basis. What is written is taken back."""
    cache.clear()
    with taken_back():
        write(world)
        return [
            f"{day} {unit}{' pending' if pending else ''} {one}"
            for day in days
            for unit in UNITS
            for pending in (False, True)
            for one in oracle.differences(
                printed_progress(day, unit, pending), oracle.progress(world, day, unit, pending)
            )
        ]


def report(differing: list[str], most: int = 20) -> str:
    left_out = len(differing) - most
    more = [f"… and {left_out} more"] if left_out > 0 else []
    return "\n".join([f"{len(differing)} fields differ:", *differing[:most], *more])

"""What `progress` prints stands on every page, list and chart: one figure, wherever it is read."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.support.cases import every_case

pytestmark = pytest.mark.usefixtures("demonstration", "db")
DAYS = [
    *("2021-12-31", "2022-01-01", "2022-06-02", "2022-12-31", "2024-06-30"),
    *("2025-12-30", "2025-12-31", "2026-01-01", "2026-06-01", "2026-12-01"),
]
UNITS = ["84", "844"]
ASKED = [*((day, "84") for day in DAYS), *((day, "844") for day in DAYS[3::3])]


@pytest.fixture
def member(signed_in: Any) -> Client:
    client: Client = signed_in("committee_member")
    return client


def printed(day: str, unit: str) -> dict[str, Any]:
    out = StringIO()
    call_command("progress", "--as-of", day, "--unit", unit, "--format", "json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def counted(target: dict[str, Any]) -> tuple[int, ...]:
    """(value,) of a count, the two numbers of a share."""
    if target["kind"] == "count":
        return (int(target["actual"]),)
    return target["numerator"], target["denominator"]


def read(row: Any) -> tuple[int, ...]:
    reading = row.reading
    return (
        (reading.value,)
        if reading.value is not None
        else (
            reading.numerator,
            reading.denominator,
        )
    )


@every_case("day,unit", ASKED)
def test_pages_lists_and_charts_hold_what_the_command_prints(
    day: str, unit: str, member: Client
) -> None:
    asked = f"as_of={day}&unit={unit}"
    answer = printed(day, unit)
    page = member.get(f"/?{asked}").context["overview"]
    assert {name: page.stock[name] for name in answer["stock"]} == answer["stock"]
    rows = {(row.code, row.period): row for row in page.rows}
    assert list(rows) == [(one["code"], one["period"]) for one in answer["targets"]]
    for target in answer["targets"]:
        row = rows[target["code"], target["period"]]
        assert (row.state, read(row)) == (target["state"], counted(target)), row.code
        assert member.get(row.url).context["total"] == counted(target)[0], row.url
    for line in page.lines:
        of_line = [one for one in answer["targets"] if one["code"] == line.code]
        target = next(one for one in of_line if one["period"] == line.current.period)
        shown = member.get(f"/targets/{line.code}/?{asked}").context
        assert (read(shown["row"]), shown["row"].state) == (counted(target), target["state"])
        assert shown["row"].pace == line.current.pace
        chart = shown["page"].charts[0]["payload"]["options"]["plugins"]["twin"]["rows"]
        on = date.fromisoformat(target["counted_at"]).strftime("%d/%m/%Y")
        drawn = next((cells for cells in chart if cells[0] == on), None)
        if drawn is not None and target["state"] != "not_due":
            numbers = drawn[2:4] if target["kind"] == "share" else drawn[1:2]
            assert numbers == [f"{n:,}".replace(",", ".") for n in counted(target)], line.code


@every_case("day", DAYS)
def test_districts_beside_each_other_hold_what_the_command_prints(day: str, member: Client) -> None:
    answer = {one["code"]: one for one in printed(day, "844")["targets"]}
    matrix = member.get(f"/units/?as_of={day}").context["status_matrix"]
    cells = next(line.cells for line in matrix.lines if line.unit.code == "844")
    for cell in cells:
        if not cell.row.period.isdigit():
            target = answer[cell.row.code]
            assert (read(cell.row), cell.row.state) == (counted(target), target["state"])


@every_case("unit", UNITS)
@every_case("day", DAYS)
def test_the_forecast_begins_with_the_shares_of_the_day(
    day: str, unit: str, member: Client
) -> None:
    answer = {one["code"]: one for one in printed(day, unit)["targets"]}
    context = member.get(f"/forecast/?as_of={day}&unit={unit}").context
    for share, _level, _sentence in context["shares"]:
        target = answer[share.row.code]
        level = target.get("now", target)
        assert tuple(share.points[0]) == (level["numerator"], level["denominator"])

"""The chart of a target: its points are the overview's rows of those days."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from targets.charts.target import TrajectoryPoint, trajectory
from targets.choices import TargetType
from targets.figures import overview
from targets.figures.overview import FigureRow, Overview
from targets.figures.selection import select_target
from targets.models import Milestone, Plan, Target, TargetValue
from tests.support.cases import every_case

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]

AS_OF = date(2025, 6, 30)
CODES = ["IP-TRADEMARK", "IP-CERTIFICATION", "ST-TASKS", "OCOP-NEW", "TRACE-SHARE", "ECOM-SHARE"]


@pytest.fixture
def member(signed_in: Any) -> Client:
    return signed_in("committee_member")


def built(day: date, code: str = "84", pending: bool = False) -> Overview:
    unit = Unit.objects.get(code=code, level__in=["province", "district"])
    return overview.build(Plan.objects.get(), unit, day, pending)


def points(whole: Overview, code: str, period: str = "") -> list[TrajectoryPoint]:
    chosen = select_target(whole, code, period)
    return trajectory(whole, chosen)


def row(whole: Overview, code: str, period: str) -> FigureRow:
    return next(row for row in whole.rows if (row.code, row.period) == (code, period))


def answer(client: Client, query: str) -> Any:
    response = client.get(f"/charts/target.json?{query}")
    assert response.status_code == 200
    return json.loads(response.content)


def ten_of(drawn: list[TrajectoryPoint], last: date) -> list[TrajectoryPoint]:
    past = [point for point in drawn if point.day <= last]
    return [*past[:: max(1, len(past) // 9)][:9], past[-1]]


@pytest.mark.parametrize("unit", ["84", "844"])
def test_points_at_ten_days_are_the_overviews_rows_of_those_days(unit: str) -> None:
    target = Target.objects.get(code="OCOP-NEW")
    TargetValue.objects.create(
        target=target,
        year=2025,
        effective_from=date(2025, 3, 1),
        threshold=40,
        aim=50,
        document="văn bản sau",
    )
    Milestone.objects.create(target=target, year=2025, due_on=date(2025, 5, 15), value=10)
    whole, rows = built(AS_OF, unit), {}
    for code in CODES:
        period = "2025" if code == "OCOP-NEW" else "plan"
        for point in ten_of(points(whole, code), AS_OF):
            if point.day not in rows:
                rows[point.day] = built(point.day, unit)
            result = row(rows[point.day], code, period).result
            drawn = (point.reached, point.limit, point.aim, point.expected)
            shown_text = (result.actual, result.threshold, result.aim, result.expected)
            assert drawn == shown_text, (code, point.day)
            if result.kind == TargetType.SHARE:
                assert point.parts == (result.numerator, result.denominator)


def test_a_later_document_draws_a_step_where_it_comes_into_force() -> None:
    TargetValue.objects.create(
        target=Target.objects.get(code="OCOP-NEW"),
        year=2024,
        effective_from=date(2024, 3, 1),
        threshold=40,
        aim=50,
        document="văn bản sau",
    )
    drawn = {p.day: (p.limit, p.aim) for p in points(built(date(2024, 12, 31)), "OCOP-NEW")}
    assert drawn[date(2024, 2, 29)] == (25, 30)
    assert drawn[date(2024, 3, 31)] == drawn[date(2024, 12, 31)] == (40, 50)
    before = points(built(date(2024, 2, 29)), "OCOP-NEW")
    assert {(p.limit, p.aim) for p in before} == {(25, 30)}


def test_a_count_is_told_up_to_the_day_and_a_share_goes_on_with_what_is_certain() -> None:
    whole = built(AS_OF)
    assert all((p.reached is None) == (p.day > AS_OF) for p in points(whole, "IP-TRADEMARK"))
    share = points(whole, "TRACE-SHARE")
    at_end = next(p for p in share if p.day == date(2025, 12, 31))
    reading = row(whole, "TRACE-SHARE", "plan").reading
    assert at_end.parts == (reading.end_numerator, reading.end_denominator)


def test_milestones_stand_on_their_days_and_bend_the_expected_line() -> None:
    target = Target.objects.get(code="OCOP-NEW")
    Milestone.objects.create(target=target, year=2022, due_on=date(2022, 8, 22), value=20)
    drawn = points(built(date(2022, 12, 31)), "OCOP-NEW")
    assert [(p.day, p.milestone) for p in drawn if p.milestone] == [(date(2022, 8, 22), 20)]
    assert next(p.expected for p in drawn if p.day == date(2022, 8, 22)) == 20


@every_case("code", CODES)
def test_the_page_carries_the_json_that_the_address_answers(code: str, member: Client) -> None:
    page = member.get(f"/targets/{code}/?as_of=2025-06-30")
    card = page.context["page"].charts[0]
    fetched = json.loads(member.get(card["url"]).content)
    assert fetched == card["payload"]
    assert set(fetched) == {"type", "data", "options"}


@every_case("code", CODES)
@every_case("day", ["2021-06-01", "2022-12-31", "2026-06-30"])
@every_case("unit", ["84", "848"])
def test_lines_and_table_have_a_place_for_every_day(
    code: str, day: str, unit: str, member: Client
) -> None:
    chart = answer(member, f"code={code}&as_of={day}&unit={unit}")
    labels, data_table = chart["data"]["labels"], chart["options"]["plugins"]["twin"]
    assert all(len(line["data"]) == len(labels) for line in chart["data"]["datasets"])
    assert [cells[0] for cells in data_table["rows"]] == labels
    assert {len(cells) for cells in data_table["rows"]} == {len(data_table["columns"])}
    assert all(isinstance(cell, str) and cell for cells in data_table["rows"] for cell in cells)


def test_a_district_officer_draws_the_own_district_only(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    assert client.get("/charts/target.json?code=OCOP-NEW&unit=848").status_code == 404
    assert client.get("/charts/target.json?code=OCOP-NEW").status_code == 200

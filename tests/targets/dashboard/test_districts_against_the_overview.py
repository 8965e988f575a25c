"""Pages of districts tell the overview's figures, which add up to the province's."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from targets.figures import overview
from targets.models import Plan
from tests.support.cases import every_case
from tests.support.factories import district

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]

DAYS = ["2021-06-01", "2022-12-31", "2024-06-30", "2026-01-31"]


@pytest.fixture
def member(signed_in: Any) -> Client:
    return signed_in("committee_member")


def built_for(code: str, day: str) -> overview.Overview:
    return overview.build(Plan.objects.get(), district(code), date.fromisoformat(day))


def side_by_side(client: Client, day: str) -> Any:
    return client.get(f"/units/?as_of={day}").context["ranking"]


def column(ranking: Any, key: str) -> dict[str, Any]:
    """{district's code: figure} in the order shown."""
    return {
        row.unit.code: figure for row in ranking.rows for one, figure in row.cells if one.key == key
    }


@every_case("day", DAYS)
@every_case("code", ["844", "849"])
def test_the_page_tells_the_overviews_rows_of_that_district(
    code: str, day: str, member: Client
) -> None:
    context = member.get(f"/units/{code}/?as_of={day}").context
    built = built_for(code, day)
    lines = [line for section in context["sections"] for line in section.lines]
    assert [row for line in lines for row in line.periods] == built.rows
    assert context["overview"].stock == built.stock
    assert {line.rank: line.number for line in context["page"].ranks} == {
        key: built.stock[key] for key in ("rank_3", "rank_4", "potential_5", "rank_5")
    }


def test_each_row_leads_to_the_target_for_this_district(member: Client) -> None:
    page = member.get("/units/844/?as_of=2024-06-30").content.decode()
    for row in built_for("844", "2024-06-30").rows:
        if row.period in ("plan", "2024"):
            assert row.page_url.replace("&", "&amp;") in page
            assert "unit=844" in row.page_url


@every_case("day", DAYS)
def test_figures_are_the_overviews_and_add_up_to_the_province(day: str, member: Client) -> None:
    ranking = side_by_side(member, day)
    unit = Unit.objects.get(code="84", level="province")
    built = overview.build(Plan.objects.get(), unit, date.fromisoformat(day))
    current = {line.code: line.current for line in built.lines}
    assert sum(f.value for f in column(ranking, "valid").values()) == built.stock["total"]
    news = [f.text.partition("/")[0] for f in column(ranking, "new").values()]
    assert sum(map(int, news)) == current["OCOP-NEW"].reading.value
    for key, code in (("traced", "TRACE-SHARE"), ("sold", "ECOM-SHARE")):
        pairs = [f.text.split("/") for f in column(ranking, key).values() if f.text != "–"]
        sums = [sum(int(pair[place]) for pair in pairs) for place in (0, 1)]
        reading = current[code].reading
        assert sums == [reading.numerator, reading.denominator]
    total = {one.key: figure.value for one, figure in ranking.total.cells}
    assert total["valid"] == built.stock["total"]


def test_each_figure_leads_to_as_many_records(member: Client) -> None:
    ranking = side_by_side(member, "2024-06-30")
    for key in ("valid", "new", "traced", "sold"):
        figure = column(ranking, key)["844"]
        assert str(member.get(figure.url).context["total"]) == figure.text.partition("/")[0]

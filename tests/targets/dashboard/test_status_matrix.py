"""Districts against targets as a table: the overview's cells, filtered and counted by address."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from targets.figures import overview
from targets.models import Plan
from tests.support.cases import every_case

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]

DAY = "as_of=2025-06-30"


@pytest.fixture
def member(signed_in: Any) -> Client:
    return signed_in("committee_member")


def status_matrix(client: Client, query: str = "") -> Any:
    response = client.get(f"/units/?{DAY}&{query}")
    assert response.status_code == 200
    return response.context["status_matrix"]


def cells(table: Any) -> list[Any]:
    return [cell for line in table.lines for cell in line.cells]


def test_every_cell_is_the_overviews_row_of_that_district(member: Client) -> None:
    table = status_matrix(member)
    for line in table.lines:
        unit = Unit.objects.get(code=line.unit.code, level="district")
        built = overview.build(Plan.objects.get(), unit, date(2025, 6, 30))
        assert [cell.row for cell in line.cells] == [one.current for one in built.lines]
    assert (table.shown, table.total, len(cells(table))) == (99, 99, 99)


def test_each_cell_says_its_state_in_shape_and_word_and_leads_to_the_target(
    member: Client,
) -> None:
    page = member.get(f"/units/?{DAY}").content.decode()
    for cell in cells(status_matrix(member)):
        row = cell.row
        link = f'href="{row.page_url.replace("&", "&amp;")}"'
        after = page.split(link, 1)[1].split("</td>", 1)[0]
        assert f'href="#s-{row.state}"' in after
        assert row.state_label in after
        assert cell.figure in after
        assert f"unit={row.page_url.partition('unit=')[2][:3]}" in row.page_url


def test_chips_count_the_cells_of_each_state(member: Client) -> None:
    table = status_matrix(member)
    counted = Counter(cell.row.state for cell in cells(table))
    assert {state: number for state, _word, number in table.states} == counted


def test_a_state_leaves_districts_and_targets_that_have_it(member: Client) -> None:
    whole, table = status_matrix(member), status_matrix(member, "state=attention")
    wanted = [cell for cell in cells(whole) if cell.row.state == "attention"]
    assert table.shown == len(wanted) > 0
    assert [cell.row for cell in cells(table) if cell.asked_for] == [cell.row for cell in wanted]
    assert {row.code for row in table.heads} == {cell.row.code for cell in wanted}
    for line in table.lines:
        assert any(cell.asked_for for cell in line.cells)
    assert table.states == whole.states


@every_case(
    "query,codes",
    [
        ("section=recognition", ["OCOP-NEW"]),
        ("section=market", ["TRACE-SHARE", "ECOM-SHARE"]),
        ("target=IP-GI", ["IP-GI"]),
        ("section=market&target=ECOM-SHARE", ["ECOM-SHARE"]),
    ],
)
def test_section_and_target_choose_columns(query: str, codes: list[str], member: Client) -> None:
    table = status_matrix(member, query)
    assert [row.code for row in table.heads] == codes
    assert table.shown == len(cells(table)) == 9 * len(codes)
    assert sum(number for _state, _word, number in table.states) == table.shown


def test_filters_that_leave_nothing_say_so(member: Client) -> None:
    table = status_matrix(member, "section=market&target=IP-GI")
    assert (table.heads, table.shown) == ([], 0)
    assert status_matrix(member, "state=not_due").lines == []


@pytest.mark.parametrize("query", ["state=green", "section=all", "target=NOTHING"])
def test_a_filter_that_is_none_is_refused(query: str, member: Client) -> None:
    assert member.get(f"/units/?{query}").status_code == 400


def test_an_officer_sees_the_own_district_alone(signed_in: Any) -> None:
    table = status_matrix(signed_in("officer_of_844"))
    assert [line.unit.code for line in table.lines] == ["844"]
    assert table.total == 11

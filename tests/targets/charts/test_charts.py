"""Every chart answers Chart.js's three keys; its figures and its table are the overview's."""

import json
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from products.choices import RANK_KEYS
from targets.charts.registry import CHARTS
from tests.support.cases import every_case

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]

NAMES = ["new-products", "stock", "ip", "shares", "districts", "groups", "heat"]
DAYS = ["2021-06-01", "2022-12-31", "2025-06-30", "2026-01-31"]
RANKS = list(RANK_KEYS.values())


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


def answer(client: Client, name: str, query: str) -> dict[str, Any]:
    response = client.get(f"/charts/{name}.json?{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    return json.loads(response.content)


def progress(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("progress", "--format", "json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_charts_are_these_seven() -> None:
    assert list(CHARTS) == ["new-products", "stock", "ip", "shares", "districts", "groups", "heat"]


@every_case("name", NAMES)
@every_case("unit", ["84", "844"])
def test_every_chart_answers_exactly_type_data_and_options(
    name: str, unit: str, client_in: Client
) -> None:
    for day in DAYS:
        chart = answer(client_in, name, f"as_of={day}&unit={unit}")
        assert set(chart) == {"type", "data", "options"}
        labels, datasets = chart["data"]["labels"], chart["data"]["datasets"]
        assert labels
        assert datasets
        if chart["type"] != "matrix":
            assert all(len(dataset["data"]) == len(labels) for dataset in datasets)


@every_case("name", NAMES)
@every_case("day", DAYS)
def test_the_table_under_a_chart_has_a_row_a_label_and_as_many_cells_as_heads(
    name: str, day: str, client_in: Client
) -> None:
    chart = answer(client_in, name, f"as_of={day}")
    data_table, labels = chart["options"]["plugins"]["twin"], chart["data"]["labels"]
    if chart["type"] == "matrix":
        assert len(data_table["rows"]) == 9
        assert len(data_table["rows"]) * len(labels) == len(chart["data"]["datasets"][0]["data"])
    else:
        assert [row[0] for row in data_table["rows"]] == labels
    assert {len(row) for row in data_table["rows"]} == {len(data_table["columns"])}
    assert all(isinstance(cell, str) for row in data_table["rows"] for cell in row)


@every_case("name", ["stock", "districts", "groups", "ip"])
def test_cells_of_the_table_are_the_points_of_the_chart(name: str, client_in: Client) -> None:
    chart = answer(client_in, name, "as_of=2025-06-30")
    for place, row in enumerate(chart["options"]["plugins"]["twin"]["rows"]):
        points = [dataset["data"][place] for dataset in chart["data"]["datasets"]]
        cells = row[1 : 1 + len(points)]
        assert [int(cell.replace(".", "")) for cell in cells] == points


@every_case("unit", ["84", "844"])
@every_case("day", DAYS)
def test_figures_of_the_charts_are_those_of_the_command(
    day: str, unit: str, client_in: Client
) -> None:
    shown_text = progress("--as-of", day, "--unit", unit)
    targets, stock = shown_text["targets"], shown_text["stock"]
    query = f"as_of={day}&unit={unit}"
    new = answer(client_in, "new-products", query)["data"]["datasets"][0]["data"]
    expected = [row for row in targets if row["code"] == "OCOP-NEW"]
    assert new == [None if row["state"] == "not_due" else int(row["actual"]) for row in expected]
    rights = answer(client_in, "ip", query)["data"]["datasets"]
    of_rights = [row for row in targets if row["code"].startswith("IP-")]
    assert rights[0]["data"] == [int(row["actual"]) for row in of_rights]
    assert rights[2]["data"] == [row["threshold"] and float(row["threshold"]) for row in of_rights]
    points = answer(client_in, "stock", query)["data"]
    place = points["labels"].index(date.fromisoformat(day).strftime("%d/%m/%Y"))
    assert [dataset["data"][place] for dataset in points["datasets"]] == [
        stock[key] for key in RANKS
    ]
    groups = answer(client_in, "groups", query)["data"]["datasets"]
    assert [sum(dataset["data"]) for dataset in groups] == [stock[key] for key in RANKS]


@every_case("day", DAYS)
def test_shares_on_the_day_are_those_of_the_command(day: str, client_in: Client) -> None:
    shown_text = [row for row in progress("--as-of", day)["targets"] if row["kind"] == "share"]
    data_table = answer(client_in, "shares", f"as_of={day}")["options"]["plugins"]["twin"]
    shown = date.fromisoformat(day).strftime("%d/%m/%Y")
    row = next(row for row in data_table["rows"] if row[0] == shown)
    # Of a plan that is over the chart shows the level of the day.
    levels = [share.get("now", share) for share in shown_text]
    numbers = [(str(share["numerator"]), str(share["denominator"])) for share in levels]
    assert [tuple(row[2:4]), tuple(row[5:7])] == numbers


def test_districts_of_the_chart_add_up_to_the_stock_of_the_province(client_in: Client) -> None:
    day = "2025-06-30"
    datasets = answer(client_in, "districts", f"as_of={day}")["data"]["datasets"]
    stock = progress("--as-of", day)["stock"]
    assert [sum(dataset["data"]) for dataset in datasets] == [stock[key] for key in RANKS]


def test_cells_of_the_heat_table_are_the_districts_own_figures(client_in: Client) -> None:
    day = "2025-06-30"
    chart = answer(client_in, "heat", f"as_of={day}")
    cells = chart["data"]["datasets"][0]["data"]
    shown_text = progress("--as-of", day, "--unit", "844")["targets"]
    of_year = [row for row in shown_text if row["period"] in ("plan", "2025")]
    mine = [cell for cell in cells if cell["y"] == "Huyện Càng Long"]
    assert [cell["color"] for cell in mine] == [
        f"--state-{row['state'].replace('_', '-')}" for row in of_year
    ]
    counts = [int(row["actual"]) for row in of_year if row["kind"] == "count"]
    assert [cell["v"] for cell in mine if isinstance(cell["v"], int)] == counts


def test_the_page_carries_the_same_json_that_the_addresses_answer(client_in: Client) -> None:
    html = client_in.get("/?as_of=2025-06-30").content.decode()
    for name in NAMES:
        found = re.search(
            rf'<script id="chart-{name}-json" type="application/json">(.*?)</script>', html
        )
        assert found
        assert json.loads(found[1]) == answer(client_in, name, "as_of=2025-06-30&unit=84")


@every_case("name", NAMES)
def test_head_is_answered_without_a_body(name: str, client_in: Client) -> None:
    response = client_in.head(f"/charts/{name}.json")
    assert response.status_code == 200
    assert response.content == b""


def test_an_unknown_chart_is_not_found(client_in: Client) -> None:
    assert client_in.get("/charts/pie.json").status_code == 404
    assert client_in.get("/charts/STOCK.json").status_code == 404


def test_a_district_officers_heat_table_holds_only_the_own_district(signed_in: Any) -> None:
    cells = answer(signed_in("officer_of_844"), "heat", "")["data"]["datasets"][0]["data"]
    assert {cell["y"] for cell in cells} == {"Huyện Càng Long"}

"""What lies ahead: the page of the forecast and its charts, on the demonstration data."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from products.choices import RANK_KEYS
from targets.charts.registry import CHARTS, FURTHER_CHARTS
from targets.forecast import projection
from tests.support.cases import every_case

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]

CLIFF = date(2025, 12, 30)
BEFORE = "as_of=2025-10-01"
NAMES = ["forecast", "forecast-shares"]
RANKS = list(RANK_KEYS.values())


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


def page(client: Client, query: str) -> Any:
    response = client.get(f"/forecast/?{query}")
    assert response.status_code == 200
    return response.context


def drawn(client: Client, name: str, query: str) -> dict[str, Any]:
    response = client.get(f"/charts/{name}.json?{query}")
    assert response.status_code == 200
    return json.loads(response.content)


def progress(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("progress", "--format", "json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")


# --- Stock ----------------------------------------------------------------------------------------


def test_the_forecast_begins_with_the_stock_of_the_day_and_looks_36_months_ahead(
    client_in: Client,
) -> None:
    projected = page(client_in, BEFORE)["projected"]
    stock = progress("--as-of", "2025-10-01")["stock"]
    assert projected.stock[0].ranks == {key: stock[key] for key in RANKS}
    assert projected.stock[0].total == projected.stock[0].unrenewed == stock["total"]
    assert (projected.days[0], projected.days[-1]) == (date(2025, 10, 1), date(2028, 10, 1))


@every_case(
    "asked, number",
    [
        ("2024-06-30", 104),
        ("2025-10-01", 104),
        # By then eight of these products have been recognised again.
        ("2025-12-29", 96),
        ("2025-12-30", 96),
    ],
)
def test_the_fall_of_30_december_2025_is_plain_to_see(
    asked: str, number: int, client_in: Client
) -> None:
    context = page(client_in, f"as_of={asked}")
    projected = context["projected"]
    assert (CLIFF, number) in projected.cliffs
    before, after = projected.stock_on([CLIFF, CLIFF + timedelta(days=1)])
    assert before.total - after.total == number
    (url,) = [
        url for text, url in context["cliffs"] if f"{number} " in text and "2025-12-30" in url
    ]
    assert client_in.get(url).context["total"] == number
    marks = drawn(client_in, "forecast", f"as_of={asked}")["options"]["plugins"]["annotation"]
    texts = [mark["label"]["content"] for mark in marks["annotations"].values()]
    assert f"30/12/2025: −{number}" in texts


def test_the_day_after_nothing_of_that_fall_is_ahead(client_in: Client) -> None:
    assert CLIFF not in dict(page(client_in, "as_of=2025-12-31")["projected"].cliffs)


@pytest.mark.parametrize("percent", [0, 33, 100])
def test_the_chart_and_its_table_say_what_the_page_says(percent: int, client_in: Client) -> None:
    query = f"{BEFORE}&renewal={percent}"
    projected = page(client_in, query)["projected"]
    chart = drawn(client_in, "forecast", query)
    points = [dataset["data"] for dataset in chart["data"]["datasets"]]
    assert points[:4] == [[point.ranks[key] for point in projected.stock] for key in RANKS]
    assert points[4:] == ([[point.unrenewed for point in projected.stock]] if percent else [])
    data_table = chart["options"]["plugins"]["twin"]
    assert {len(row) for row in data_table["rows"]} == {len(data_table["columns"])}
    assert [int(row[5].replace(".", "")) for row in data_table["rows"]] == [
        point.total for point in projected.stock
    ]


def test_with_everything_renewed_no_product_is_lost(client_in: Client) -> None:
    projected = page(client_in, f"{BEFORE}&renewal=100")["projected"]
    assert {point.total for point in projected.stock} == {projected.stock[0].total}
    assert projected.stock[-1].unrenewed == 0, "every certificate ends within 36 months"


def test_shown_ranks_never_add_up_to_more_than_the_shown_total(client_in: Client) -> None:
    for point in page(client_in, f"{BEFORE}&renewal=37")["projected"].stock:
        assert 0 <= point.total - sum(point.ranks.values()) <= 3


# --- Shares ---------------------------------------------------------------------------------------


def test_on_1_october_2025_traceability_is_met_and_lost_from_31_december(
    client_in: Client,
) -> None:
    shown_text = progress("--as-of", "2025-10-01")["targets"]
    (share,) = [row for row in shown_text if row["code"] == "TRACE-SHARE"]
    assert (share["state"], share["met"]) == ("slipping", True)
    shares = {one.row.code: (one, text) for one, _level, text in page(client_in, BEFORE)["shares"]}
    found, sentence = shares["TRACE-SHARE"]
    assert found.row.state == "slipping"
    assert found.loss.day == date(2025, 12, 31)
    assert shown(found.loss.day) in sentence
    html = client_in.get(f"/forecast/?{BEFORE}").content.decode()
    assert sentence in html


@every_case("asked", ["2023-06-30", "2024-10-01", "2025-06-30", "2025-12-30"])
@every_case("unit", ["84", "844"])
def test_a_share_about_to_be_lost_has_its_day_of_loss_within_the_plan(
    asked: str, unit: str, client_in: Client
) -> None:
    for share, _level, _sentence in page(client_in, f"as_of={asked}&unit={unit}")["shares"]:
        if share.row.state == "slipping":
            assert share.loss.day <= date(2025, 12, 31)
        if share.row.result.met is False:
            assert share.loss is None


def test_the_day_of_loss_is_exactly_the_first_on_which_the_command_finds_it_unmet(
    client_in: Client,
) -> None:
    """Nothing is decided or listed after the demonstration's last round, so the look ahead from
    there is what the command counts on the days themselves."""
    shares = page(client_in, "as_of=2025-12-31")["shares"]
    (share,) = [one for one, _level, _text in shares if one.row.code == "ECOM-SHARE"]
    assert share.loss is not None
    for day, met in ((share.loss.day - timedelta(days=1), True), (share.loss.day, False)):
        shown_text = progress("--as-of", day.isoformat())["targets"]
        (level,) = [row["now"] for row in shown_text if row["code"] == "ECOM-SHARE"]
        assert (100 * level["numerator"] > 70 * level["denominator"]) is met


def test_the_chart_of_shares_marks_limits_and_days_of_loss(client_in: Client) -> None:
    chart = drawn(client_in, "forecast-shares", BEFORE)
    marks = chart["options"]["plugins"]["annotation"]["annotations"]
    assert marks["TRACE-SHARE"]["yMin"] == 50
    assert marks["ECOM-SHARE"]["yMin"] == 70
    place = marks["loss-TRACE-SHARE"]["xMin"]
    assert chart["data"]["labels"][place] == "31/12/2025"
    data_table = chart["options"]["plugins"]["twin"]
    assert [row[0] for row in data_table["rows"]] == chart["data"]["labels"]
    assert {len(row) for row in data_table["rows"]} == {len(data_table["columns"])}


def test_first_shares_of_the_chart_are_those_of_the_command(client_in: Client) -> None:
    shown_text = [
        row for row in progress("--as-of", "2025-10-01")["targets"] if row["kind"] == "share"
    ]
    first = drawn(client_in, "forecast-shares", BEFORE)["options"]["plugins"]["twin"]["rows"][0]
    numbers = [[str(row["numerator"]), str(row["denominator"])] for row in shown_text]
    assert [first[2:4], first[5:7]] == numbers
    assert first[1] == f"{shown_text[0]['actual'].replace('.', ',')}%"


# --- Scope and address ----------------------------------------------------------------------------


def test_a_district_officer_sees_the_own_district_alone(signed_in: Any, client_in: Client) -> None:
    own = page(signed_in("officer_of_844"), BEFORE)["projected"]
    assert own.overview.unit.code == "844"
    stock = progress("--as-of", "2025-10-01", "--unit", "844")["stock"]
    assert own.stock[0].total == stock["total"]
    assert own.stock[0].total < page(client_in, BEFORE)["projected"].stock[0].total
    assert signed_in("officer_of_844").get("/charts/forecast.json?unit=848").status_code == 404


@every_case("text", ["101", "-1", "12.5", "12,5", "abc", "1e1", "٥", "1000"])
def test_a_share_of_renewals_that_is_no_whole_percent_is_refused(
    text: str, client_in: Client
) -> None:
    assert client_in.get("/forecast/", {"renewal": text}).status_code == 400
    assert client_in.get("/charts/forecast.json", {"renewal": text}).status_code == 400


@every_case("text, percent", [("", 0), ("0", 0), (" 50 ", 50), ("100", 100)])
def test_whole_percents_from_0_to_100_are_taken(text: str, percent: int) -> None:
    assert projection.read_renewal(text) == percent


def test_charts_of_the_forecast_stand_on_its_page_and_not_on_the_overview(
    client_in: Client,
) -> None:
    assert list(FURTHER_CHARTS) == NAMES
    assert not set(NAMES) & set(CHARTS)
    context = page(client_in, f"{BEFORE}&renewal=40")
    for card in context["charts"]:
        assert client_in.get(card["url"]).json() == card["payload"]


def test_before_anything_was_recognised_the_page_says_so(client_in: Client) -> None:
    context = page(client_in, "as_of=2001-01-01&renewal=10")
    assert context["projected"].stock[0].total == 0
    assert context["cliffs"] == []
    assert all(share.loss is None for share, _level, _sentence in context["shares"])


def test_what_is_renewed_moves_the_day_of_loss(client_in: Client) -> None:
    def lost(percent: int) -> date | None:
        shares = page(client_in, f"{BEFORE}&renewal={percent}")["shares"]
        (share,) = [one for one, _level, _text in shares if one.row.code == "TRACE-SHARE"]
        return share.loss.day if share.loss else None

    assert lost(0) == date(2025, 12, 31)
    assert lost(50) is None

"""A share of fewer than 20 products is told by its two numbers everywhere, never as a percentage.

District 844 has ten valid products, three of them traced and none sold; 842 has thirty, of which
twelve are traced and six sold. Fifteen of those end on 1/9/2025: from then on 25 are left in the
province, and from 1/2/2027 none.
"""

import io
import json
import re
from datetime import date
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from ocop.organisation.models import Unit
from targets.attention import RULES
from targets.charts import CHARTS
from targets.confirmations.board import shown_figures
from targets.figures import FigureRow, as_json, overview, wording
from targets.forecast import part_percent, part_products
from targets.models import Plan
from targets.progress import FractionalShare
from targets.reports.content import prose, tables
from targets.reports.content.tables import describe_chart
from targets.verification import effect_wording
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_listing,
    make_product,
    make_recognition,
)
from tests.targets.attention.made import seen_on
from tests.targets.reports.reading import file_of

pytestmark = [pytest.mark.django_db]

DAY = date(2024, 6, 30)
PERCENT = re.compile(r"(?<![\d,])(?:30,0|0,0) ?%")
"""What the two shares of the small district would be."""


def recognised(
    code: str, number: int, traced: int, day: date = date(2024, 2, 1), sold: int = 0
) -> None:
    for place in range(number):
        product = make_recognition(make_product(district=district(code)), day).product
        if place < traced:
            make_enrolment(product, day)
        if place < sold:
            make_listing(product, day)


@pytest.fixture(autouse=True)
def products() -> None:
    recognised("844", 10, 3)
    recognised("842", 15, 6, sold=6)
    recognised("842", 15, 6, date(2022, 9, 1))


@pytest.fixture
def member(signed_in: Any) -> Client:
    return signed_in("committee_member")


def built(code: str = "844", day: date = DAY) -> overview.Overview:
    unit = Unit.objects.get(code=code, level__in=["province", "district"])
    return overview.build(Plan.objects.get(), unit, day)


def row_of(built_for: overview.Overview, code: str = "TRACE-SHARE") -> FigureRow:
    return next(row for row in built_for.rows if row.code == code)


def chart(client: Client, name: str, **query: str) -> dict[str, Any]:
    response = client.get(f"/charts/{name}.json", {"as_of": DAY.isoformat(), **query})
    assert response.status_code == 200
    return json.loads(response.content)


def twin(payload: dict[str, Any]) -> list[list[str]]:
    return payload["options"]["plugins"]["twin"]["rows"]


# --- The one function -----------------------------------------------------------------------------


@every_case(
    "numerator, denominator, text",
    [(3, 10, "3/10"), (19, 19, "19/19"), (0, 1, "0/1"), (10, 20, "50,0%"), (0, 0, "–")],
)
def test_twenty_products_have_a_percentage_and_nineteen_have_not(
    numerator: int, denominator: int, text: str
) -> None:
    for threshold in (50, None):
        assert wording.share_text(numerator, denominator, ">", threshold) == text  # type: ignore[arg-type]


def test_the_limit_keeps_its_percentage_and_stands_apart_from_two_numbers() -> None:
    small, large = row_of(built()), row_of(built("84"))
    assert wording.limit_after(small.actual_text, small.threshold_text) == " · >50%"
    assert wording.limit_after(large.actual_text, large.threshold_text) == "/>50%"


# --- Texts of a row -------------------------------------------------------------------------------


def test_every_text_of_a_small_row_tells_the_two_numbers() -> None:
    row = row_of(built())
    assert row.actual_text == "3/10"
    assert wording.share_with_parts(row.result) == "3/10"
    assert row.explanation.startswith("3 trong 10 sản phẩm còn hiệu lực; mức >50%.")
    assert prose._reached(row) == "có 3/10 sản phẩm, so với chỉ tiêu trên 50%."
    assert tables.actual(row) == tables._share(row) == "3/10"
    for text in (row.status_text, row.gap_text, row.explanation, prose.target(row)):
        assert not PERCENT.search(text), text
    large = row_of(built("84"))
    assert large.actual_text == "37,5%"
    assert "= 37,5%" in large.explanation
    assert wording.share_with_parts(large.result) == "37,5% (15/40)"


def test_the_state_and_what_is_compared_stay() -> None:
    out = StringIO()
    day = ("--as-of", DAY.isoformat())
    call_command("progress", *day, "--unit", "844", "--format", "json", stdout=out)
    row = next(r for r in json.loads(out.getvalue())["targets"] if r["code"] == "TRACE-SHARE")
    assert (row["actual"], row["numerator"], row["denominator"]) == ("30.0", 3, 10)
    assert (row["met"], row["gap"]) == (False, 3)
    assert not PERCENT.search(row["explanation"])


def test_effects_attention_and_confirmed_figures_tell_the_two_numbers() -> None:
    before, after = row_of(built(day=date(2024, 1, 31))), row_of(built())
    figures = effect_wording.figures_of("20-CT/TU", before, after)
    assert "từ – thành 3/10" in effect_wording.sentence(figures, after.short_name)
    seen = seen_on(DAY, "844")
    told = [one.text for rule in RULES.values() for one in rule.find(seen)]
    assert any("3/10 so với mức >50%" in text for text in told)
    assert not any(PERCENT.search(text) for text in told)
    confirmed = {one.code: one for one in shown_figures(as_json(built()))}
    assert (confirmed["TRACE-SHARE"].actual, confirmed["TRACE-SHARE"].limit) == ("3/10", "> 50%")
    whole = {one.code: one for one in shown_figures(as_json(built("84")))}
    assert whole["TRACE-SHARE"].actual == "37,5% (15/40)"


# --- Pages ----------------------------------------------------------------------------------------


@every_case(
    "address",
    [
        "/?unit=844",
        "/targets/TRACE-SHARE/?unit=844",
        "/targets/ECOM-SHARE/?unit=844",
        "/units/844/?",
        "/forecast/?unit=844",
        "/forecast/?unit=844&renewal=50",
        "/confirmations/844/2024/2/?",
    ],
)
def test_no_page_of_a_small_district_shows_a_percentage(address: str, member: Client) -> None:
    response = member.get(f"{address}&as_of={DAY}")
    assert response.status_code == 200
    # What charts hold is looked at below: other districts, and what is expected, have percentages.
    html = re.sub(r"(?s)<script.*?</script>", "", response.content.decode())
    assert "3/10" in html or "0/10" in html
    found = PERCENT.search(html)
    assert not found, html[found.start() - 300 : found.end()]
    assert "/&gt;50%" not in re.sub(r"<[^>]+>", "", html)


def test_the_overview_of_the_district_parts_the_limit_from_the_numbers(member: Client) -> None:
    html = member.get(f"/?unit=844&as_of={DAY}").content.decode()
    text = re.sub(r"<[^>]+>|\s+", " ", html)
    assert re.search(r"3/10 .{0,60}· &gt;50%", text)


def test_the_working_says_that_there_are_too_few(member: Client) -> None:
    page = member.get(f"/targets/TRACE-SHARE/?unit=844&as_of={DAY}").context["page"]
    (share,) = [fact for fact in page.calculation if fact.figure == "3/10"]
    assert share.note == "quá ít để tính tỷ lệ"
    (contribution,) = [
        one
        for one in member.get(f"/targets/TRACE-SHARE/?as_of={DAY}").context["page"].contributions
        if one.name == "Huyện Càng Long"
    ]
    assert contribution.figure == "3/10"


# --- Charts ---------------------------------------------------------------------------------------


def test_the_heat_chart_and_its_table_show_the_two_numbers(member: Client) -> None:
    heat = chart(member, "heat")
    cells = {(cell["y"], cell["x"]): cell for cell in heat["data"]["datasets"][0]["data"]}
    name = row_of(built()).short_name
    assert cells["Huyện Càng Long", name]["label"] == "3/10"
    assert cells["Thành phố Trà Vinh", name]["label"] == "40,0%"
    column = heat["options"]["plugins"]["twin"]["columns"].index(name)
    (line,) = [line for line in twin(heat) if line[0] == "Huyện Càng Long"]
    assert line[column].startswith("3/10 · >50% · ")


def test_lines_of_shares_are_not_drawn_where_there_are_few(member: Client) -> None:
    payload = chart(member, "shares", unit="844")
    for line in payload["data"]["datasets"]:
        assert set(line["data"]) == {None}
        assert len(line["words"]) == sum(1 for cells in twin(payload) if cells[3] != "0")
    (today,) = [cells for cells in twin(payload) if cells[0] == "30/06/2024"]
    assert today[1:] == ["3/10", "3", "10", "0/10", "0", "10"]


def test_the_forecast_ends_its_lines_where_fewer_than_twenty_remain(member: Client) -> None:
    payload = chart(member, "forecast-shares")
    line = payload["data"]["datasets"][0]
    for place, (day, share, counted, valid, *_rest) in enumerate(twin(payload)):
        small = 0 < int(valid) < 20
        assert (line["data"][place] is None) == (small or valid == "0"), day
        assert ("words" in line and str(place) in line["words"]) == small, day
        assert share == (f"{counted}/{valid}" if small else share)
        assert ("%" in share) == (int(valid) >= 20), (day, share)
    assert {cells[3] for cells in twin(payload)} == {"40", "25", "0"}
    recognised("844", 5, 5, date(2022, 6, 1))
    district_alone = chart(member, "forecast-shares", unit="844")
    assert {cells[1] for cells in twin(district_alone)} == {"8/15", "3/10", "–"}
    assert set(district_alone["data"]["datasets"][0]["data"]) == {None}


@every_case(
    "numerator, denominator, text",
    [("11/2", "39/2", "5/19"), ("10", "20", "50,0%"), ("1/3", "1/2", "–")],
)
def test_a_supposed_share_counts_whole_products(
    numerator: str, denominator: str, text: str
) -> None:
    share = FractionalShare(Fraction(numerator), Fraction(denominator))
    assert part_percent(share, row_of(built())) == text
    assert part_products(share) == (int(share.numerator), int(share.denominator))


def test_the_course_of_a_target_draws_what_is_not_small(member: Client) -> None:
    for unit, text, drawn in (("844", "3/10", None), ("84", "37,5%", 37.5)):
        payload = chart(member, "target", unit=unit, code="TRACE-SHARE")
        place = payload["data"]["labels"].index("30/06/2024")
        reached, limit = payload["data"]["datasets"][:2]
        assert twin(payload)[place][1] == text
        assert reached["data"][place] == drawn
        assert limit["data"][place] == 50
        assert reached.get("words", {}).get(str(place)) == (text if drawn is None else None)


def test_a_chart_without_its_line_says_why(member: Client) -> None:
    few = "dưới 20 sản phẩm thì không vẽ đường"
    for address in ("/?unit=844", "/targets/TRACE-SHARE/?unit=844", "/forecast/?unit=844"):
        assert few in member.get(f"{address}&as_of={DAY}").content.decode(), address
    recognised("842", 30, 30, date(2021, 12, 31))
    at_start = member.get("/?unit=842&as_of=2022-06-30").content.decode()
    assert few not in at_start
    payload = chart(member, "shares", unit="844")
    words = describe_chart(payload, "Hình 1")
    assert "30/06/2024: 3/10" in words
    assert "None" not in words


def test_no_cell_of_a_chart_but_a_small_share_looks_like_a_day(member: Client) -> None:
    for name in CHARTS:
        for unit in ("84", "844"):
            for cells in twin(chart(member, name, unit=unit)):
                for cell in cells:
                    whole = re.fullmatch(r"\d+/(\d+)", cell)
                    assert not whole or int(whole[1]) < wording.SMALL, cells


# --- Papers ---------------------------------------------------------------------------------------


def test_papers_tell_the_two_numbers() -> None:
    document = Document(io.BytesIO(file_of(DAY, "844")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("3/10" in text for text in texts)
    assert not [text for text in texts if PERCENT.search(text)]
    workbook = load_workbook(io.BytesIO(file_of(DAY, "844", "xlsx")))
    cells = [cell for page in workbook for row in page.iter_rows() for cell in row if cell.value]
    (share,) = [cell for cell in cells if cell.value == "3/10"]
    assert (share.data_type, share.is_date) == ("s", False)
    assert not [cell.value for cell in cells if PERCENT.search(str(cell.value))]

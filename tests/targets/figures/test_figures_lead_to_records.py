"""From every figure to the records behind it: the list holds exactly as many."""

import html
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from targets.choices import TargetType
from targets.figures import overview
from targets.models import Plan, Target
from tests.support.cases import every_case
from tests.support.factories import make_ip_right

pytestmark = [
    pytest.mark.usefixtures("demonstration", "db"),
    pytest.mark.database,
]

DAYS = [date(2022, 12, 31), date(2024, 6, 30), date(2026, 1, 31)]


def rows(day: date, code: str, pending: bool = False) -> list[overview.FigureRow]:
    unit = Unit.objects.get(code=code, level__in=["province", "district"])
    return overview.build(Plan.objects.get(), unit, day, pending).rows


def figure(row: overview.FigureRow) -> int:
    number = row.result.numerator if row.result.kind == TargetType.SHARE else row.reading.value
    assert number is not None
    return number


def differing(
    client: Client, asked: list[overview.FigureRow]
) -> dict[tuple[str, str], tuple[int, int]]:
    found = {}
    for row in asked:
        total = client.get(row.url).context["total"]
        if total != figure(row):
            found[row.code, row.period] = (figure(row), total)
    return found


@every_case("code", ["84", "844", "848"])
@every_case("day", DAYS)
def test_every_figure_leads_to_as_many_records(day: date, code: str, signed_in: Any) -> None:
    assert differing(signed_in("committee_member"), rows(day, code)) == {}


def test_figures_of_the_preview_lead_to_lists_of_the_preview(signed_in: Any) -> None:
    asked = rows(date(2025, 12, 31), "84", pending=True)
    assert all("pending=1" in row.url for row in asked)
    assert differing(signed_in("committee_member"), asked) == {}


def test_a_target_that_counts_filings_leads_to_the_rights_filed(signed_in: Any) -> None:
    Target.objects.filter(code="IP-TRADEMARK").update(counting_event="filed")
    make_ip_right(filed_on=date(2022, 6, 1), supported=True)
    asked = [row for row in rows(date(2022, 12, 31), "84") if row.code == "IP-TRADEMARK"]
    assert figure(asked[0]) > 0
    assert differing(signed_in("committee_member"), asked) == {}


def test_a_district_officers_figures_lead_to_lists_the_officer_may_open(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    shown = client.get("/?as_of=2024-06-30").context["overview"].rows
    assert differing(client, shown) == {}


def test_sentences_about_certificates_ending_lead_to_that_many_products(signed_in: Any) -> None:
    client = signed_in("committee_member")
    shown_text = client.get("/?as_of=2025-06-30").context["attention"]
    ending = [sentence for sentence in shown_text if "ends_on=" in sentence.url]
    assert ending
    for sentence in ending:
        assert sentence.text.startswith(f"{client.get(sentence.url).context['total']} ")


def test_a_row_leads_to_its_targets_page_and_each_figure_to_its_records(signed_in: Any) -> None:
    client = signed_in("committee_member")
    page = client.get("/?as_of=2025-06-30")
    text = html.unescape(page.content.decode())
    for line in page.context["overview"].lines:
        assert f'class="target-link" href="{line.current.page_url}"' in text
        for row in [*line.periods, line.current]:
            assert f'class="year-link" href="{row.url}"' in text
        shown = client.get(line.current.page_url).context["row"]
        assert (shown.code, shown.period) == (line.code, line.current.period)


def test_from_the_overview_to_the_82_new_products_of_30_12_2022_are_two_clicks(
    signed_in: Any,
) -> None:
    client = signed_in("committee_member")
    row = next(
        r
        for r in client.get("/?as_of=2022-12-30").context["overview"].rows
        if (r.code, r.period) == ("OCOP-NEW", "2022")
    )
    page = client.get(row.page_url + "&since=2022-12-29&list=new").context["changes"]
    assert (page.groups[0].cause, page.groups[0].number) == ("new", "82")
    decided = client.get(row.url + "&decided_on=2022-12-30").context
    assert decided["total"] == 82


def test_a_list_that_a_figure_leads_to_names_the_filter_it_was_opened_with(signed_in: Any) -> None:
    client = signed_in("committee_member")
    page = client.get("/products/?as_of=2022-12-31&new_in=2022").content.decode()
    assert "Công nhận mới trong năm: 2022" in page
    rights = client.get("/ip/?granted_in=2022-01-01..2025-12-31").content.decode()
    assert "01/01/2022 – 31/12/2025" in rights

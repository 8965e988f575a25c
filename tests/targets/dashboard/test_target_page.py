"""The page of a target: its words, figures, links, districts, pipeline and changes."""

import html
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from targets.choices import TargetType
from targets.figures import overview
from targets.models import Plan, Target, TargetValue
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_ip_right,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]

CODES = [
    "IP-COLLECTIVE",
    "IP-TRADEMARK",
    "IP-DESIGN",
    "IP-PATENT",
    "IP-MADRID",
    "ST-TASKS",
    "IP-CERTIFICATION",
    "IP-GI",
    "OCOP-NEW",
    "TRACE-SHARE",
    "ECOM-SHARE",
]
DAYS = ["2021-06-01", "2022-12-31", "2024-06-30", "2026-01-31"]


@pytest.fixture
def member(signed_in: Any) -> Client:
    return signed_in("committee_member")


def shown(client: Client, code: str, query: str = "as_of=2025-06-30") -> Any:
    response = client.get(f"/targets/{code}/?{query}")
    assert response.status_code == 200
    return response.context


# --- Figures --------------------------------------------------------------------------------------


@every_case("day", DAYS)
def test_the_page_tells_the_row_of_the_overview(day: str, member: Client) -> None:
    unit = Unit.objects.get(code="84", level="province")
    built = overview.build(Plan.objects.get(), unit, date.fromisoformat(day))
    rows = {line.code: line.current for line in built.lines}
    assert {code: shown(member, code, f"as_of={day}")["row"] for code in CODES} == rows


def test_the_heading_quotes_the_clause_with_its_document_and_date(member: Client) -> None:
    page = html.unescape(member.get("/targets/OCOP-NEW/?as_of=2022-12-31").content.decode())
    target = Target.objects.get(code="OCOP-NEW")
    for text in (target.quote, target.document, "13/04/2022", target.lead_agency.name):
        assert text in page


def test_a_yearly_target_shows_the_year_of_the_day_unless_another_is_asked_for(
    member: Client,
) -> None:
    assert shown(member, "OCOP-NEW", "as_of=2024-06-30")["row"].period == "2024"
    asked = shown(member, "OCOP-NEW", "as_of=2024-06-30&period=2022")
    assert asked["row"].period == "2022"
    assert [row.period for row in asked["line"].periods] == ["2022", "2023", "2024", "2025"]


@every_case(
    "address,status",
    [
        ("/targets/NOTHING/", 404),
        ("/targets/OCOP-NEW/?period=2031", 400),
        ("/targets/OCOP-NEW/?period=plan", 400),
        ("/targets/OCOP-NEW/?since=yesterday", 400),
        ("/targets/OCOP-NEW/?list=nothing", 400),
        ("/targets/OCOP-NEW/?page=x", 400),
        ("/targets/OCOP-NEW/?page=2", 400),
        ("/targets/OCOP-NEW/?page=1", 200),
        ("/targets/OCOP-NEW/?as_of=2021-06-01&list=new&page=x", 400),
        ("/targets/OCOP-NEW/?as_of=2022-12-31&list=new&page=9", 400),
        ("/charts/target.json", 404),
        ("/charts/target.json?code=OCOP-NEW&period=x", 400),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(address: str, status: int, member: Client) -> None:
    assert member.get(address).status_code == status


# --- Working and its links ------------------------------------------------------------------------


@every_case("code", CODES)
@every_case("day", ["2022-12-31", "2025-12-31", "2026-06-30"])
@every_case("unit", ["84", "844"])
def test_records_left_out_lead_to_lists_of_as_many(
    unit: str, day: str, code: str, member: Client
) -> None:
    context = shown(member, code, f"as_of={day}&unit={unit}")
    left_out = context["row"].reading.left_out
    facts = context["page"].left_out
    assert len(facts) == len(left_out)
    totals = {fact.url: member.get(fact.url).context["total"] for fact in facts}
    assert list(totals.values()) == list(left_out.values()), totals


def listed(member: Client, code: str) -> dict[str, set[str]]:
    """The names on the list that each reason of a target leads to."""
    context = shown(member, code, "as_of=2022-12-31&unit=848")
    pairs = zip(context["row"].reading.left_out, context["page"].left_out, strict=True)
    return {
        reason: {record.name for record in member.get(fact.url).context["page_obj"]}
        for reason, fact in pairs
    }


def test_every_reason_of_rights_and_tasks_leads_to_exactly_its_records(member: Client) -> None:
    unit = district("848")
    granted = {"granted_on": date(2022, 5, 1), "district": unit, "filed_on": date(2022, 4, 1)}
    wanted = {
        "unsupported": make_ip_right(**granted).name,
        "cancelled": make_ip_right(**granted, supported=True, cancelled_on=date(2022, 6, 1)).name,
        "waiting": make_ip_right(**granted, supported=True, status="submitted").name,
    }
    task = make_task(date(2022, 3, 1), district=unit, cancelled_on=date(2022, 4, 1))
    asked_task = make_task(date(2022, 3, 1), district=unit, status="submitted")
    rights = listed(member, "IP-TRADEMARK")
    assert {reason: wanted[reason] in names for reason, names in rights.items()} == dict.fromkeys(
        wanted, True
    )
    tasks = listed(member, "ST-TASKS")
    assert tasks["cancelled"] >= {task.name}
    assert tasks["waiting"] == {asked_task.name}


def test_every_reason_of_products_leads_to_exactly_its_records(member: Client) -> None:
    unit = district("848")
    before = make_recognition(district=unit, decided_on=date(2019, 9, 1)).product
    make_recognition(before, date(2022, 9, 1))
    revoked = make_recognition(
        district=unit, decided_on=date(2022, 3, 1), revoked_on=date(2022, 4, 1)
    ).product
    expired = make_recognition(district=unit, decided_on=date(2019, 9, 2)).product
    waiting = make_recognition(district=unit, status="submitted").product
    new = listed(member, "OCOP-NEW")
    assert before.name in new["again"]
    assert revoked.name in new["revoked"]
    assert new["waiting"] == {waiting.name}
    share = listed(member, "TRACE-SHARE")
    assert revoked.name in share["revoked"] - share["expired"]
    assert expired.name in share["expired"] - share["revoked"]
    assert share["waiting"] == {waiting.name}


def test_a_list_of_what_is_left_out_says_so(member: Client) -> None:
    page = member.get("/products/?as_of=2022-12-31&new_in=2022&left_out=again")
    assert [value for _label, value in page.context["filter"].also][1] not in ("", "again")
    assert member.get("/products/?left_out=nonsense").status_code == 400
    assert member.get("/products/?left_out=again").status_code == 400


@pytest.mark.parametrize("code", ["TRACE-SHARE", "ECOM-SHARE"])
def test_numerator_and_denominator_lead_to_their_products(code: str, member: Client) -> None:
    context = shown(member, code)
    counted, valid = (fact for fact in context["page"].calculation[:2])
    assert member.get(counted.url).context["total"] == context["row"].result.numerator
    assert member.get(valid.url).context["total"] == context["row"].result.denominator


def test_a_later_document_is_told_with_the_day_it_holds_from(member: Client) -> None:
    target = Target.objects.get(code="OCOP-NEW")
    TargetValue.objects.create(
        target=target,
        year=2024,
        effective_from=date(2024, 3, 1),
        threshold=40,
        aim=50,
        document="văn bản sau",
    )
    values = shown(member, "OCOP-NEW", "as_of=2024-06-30")["page"].values
    assert [(value.text, value.current) for value in values] == [("25–30", False), ("40–50", True)]
    earlier = shown(member, "OCOP-NEW", "as_of=2024-02-29")["page"].values
    assert [value.current for value in earlier] == [True, False]


# --- Districts, pipeline, pace --------------------------------------------------------------------


@every_case("code", CODES)
def test_districts_and_the_province_itself_add_up(code: str, member: Client) -> None:
    context = shown(member, code)
    built, row = context["overview"], context["row"]
    parts = context["page"].contributions
    units = {unit.name: unit for unit in context["query"].units}
    numerators = 0
    for part in parts:
        if part.url:
            rows = built.rows_for(units[part.name])
            own = next(r for r in rows if (r.code, r.period) == (row.code, row.period))
            share = own.result.kind == TargetType.SHARE
            numerators += (own.result.numerator if share else own.reading.value) or 0
        else:
            numerators += int(part.figure)
    share = row.result.kind == TargetType.SHARE
    assert numerators == (row.result.numerator if share else row.reading.value)


def test_a_districts_share_of_few_products_is_told_as_a_count(member: Client) -> None:
    few = shown(member, "TRACE-SHARE")["page"].contributions
    by_size = {part.figure.partition("/")[2].partition(" ")[0]: part.figure for part in few}
    for whole, figure in by_size.items():
        assert ("%" in figure) == (int(whole) >= 20), figure


def test_a_district_officer_sees_no_other_districts_contribution(signed_in: Any) -> None:
    assert shown(signed_in("officer_of_844"), "OCOP-NEW")["page"].contributions == []


@every_case("code", [code for code in CODES if code.startswith("IP-")])
@every_case("day", ["2023-06-30", "2025-06-30"])
def test_stages_of_rights_add_up_to_the_overviews_pipeline_and_lead_to_lists(
    day: str, code: str, member: Client
) -> None:
    context = shown(member, code, f"as_of={day}")
    stages = [one for one in context["page"].stages if one[0].code != "waiting"]
    assert sum(stage.number for stage, _url in stages) == context["row"].pipeline
    for stage, url in stages:
        assert member.get(url).context["total"] == stage.number


def test_a_waiting_recognition_stands_in_the_pipeline_and_not_in_the_figure(
    member: Client,
) -> None:
    before = shown(member, "OCOP-NEW", "as_of=2022-12-31")
    make_recognition(decided_on=date(2022, 9, 1), status="submitted")
    after = shown(member, "OCOP-NEW", "as_of=2022-12-31")
    assert after["row"].reading.value == before["row"].reading.value
    waiting, url = next(one for one in after["page"].stages if one[0].code == "waiting")
    assert waiting.number == 1
    assert member.get(url).context["total"] == 1


# --- Changes --------------------------------------------------------------------------------------


def test_changes_are_told_with_their_records_and_add_up(member: Client) -> None:
    context = shown(member, "OCOP-NEW", "as_of=2022-12-30&since=2022-12-29")
    groups = {group.cause: group for group in context["changes"].groups}
    assert (groups["new"].number, len(groups["new"].lines), groups["new"].more) == ("82", 50, 32)
    assert (groups["renewed"].number, len(groups["renewed"].lines)) == ("22", 22)
    assert context["changes"].equations[0].startswith("48 (29/12/2022) + 82 ")
    assert context["changes"].equations[0].endswith("= 130 (30/12/2022)")
    product = member.get(groups["new"].lines[0].url)
    assert product.status_code == 200


def test_the_rest_of_a_long_list_is_a_page_further(member: Client) -> None:
    query = "as_of=2022-12-30&since=2022-12-29&list=new"
    first = shown(member, "OCOP-NEW", query)["changes"].groups[0]
    second = shown(member, "OCOP-NEW", query + "&page=2")["changes"].groups[0]
    urls = {line.url for line in [*first.lines, *second.lines]}
    assert (len(first.lines), len(second.lines), len(urls)) == (50, 32, 82)
    assert first.more == second.more == 0


def test_a_list_of_changes_that_is_empty_on_another_day_is_no_error(member: Client) -> None:
    assert shown(member, "OCOP-NEW", "as_of=2021-06-01&list=new")["changes"].groups == []


def test_without_a_day_the_comparison_is_with_the_last_meeting_or_the_quarter_before(
    member: Client, signed_in: Any
) -> None:
    assert shown(member, "OCOP-NEW", "as_of=2025-06-30")["changes"].since == date(2024, 3, 31)
    assert shown(member, "OCOP-NEW", "as_of=2022-12-31")["changes"].since == date(2022, 6, 2)
    assert shown(member, "OCOP-NEW", "as_of=2022-05-31")["changes"].since == date(2022, 3, 31)
    # Districts see no meetings.
    officer = signed_in("officer_of_844")
    assert shown(officer, "OCOP-NEW", "as_of=2025-06-30")["changes"].since == date(2025, 3, 31)


def test_a_day_that_does_not_lie_before_is_replaced_and_the_page_says_so(member: Client) -> None:
    changes = shown(member, "OCOP-NEW", "as_of=2025-06-30&since=2025-06-30")["changes"]
    assert changes.since == date(2024, 3, 31)
    assert "30/06/2025" in changes.note
    assert shown(member, "OCOP-NEW")["changes"].note == ""


def test_a_districts_changes_hold_only_its_own_records(member: Client) -> None:
    product = make_product(district=district("848"))
    make_recognition(product, date(2025, 6, 1))
    own = shown(member, "OCOP-NEW", "as_of=2025-06-30&unit=844")["changes"].groups
    assert product.name not in {line.title for group in own for line in group.lines}
    other = shown(member, "OCOP-NEW", "as_of=2025-06-30&unit=848")["changes"].groups
    assert product.name in {line.title for group in other for line in group.lines}

"""The page of one district: the overview's rows for it, stock, ends, changes, quotas, quarters."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from products.models import Product
from targets.figures import overview
from targets.models import Plan
from tests.support.factories import district, make_listing, make_product, make_recognition
from tests.targets.committee.made import opened_meeting
from tests.targets.confirmations.made import confirmed
from tests.targets.quotas.made import make_allocation, move


@pytest.fixture
def member(signed_in: Any) -> Client:
    return signed_in("committee_member")


def shown(client: Client, code: str = "844", query: str = "as_of=2024-06-30") -> Any:
    response = client.get(f"/units/{code}/?{query}")
    assert response.status_code == 200
    return response.context


def built_for(code: str, day: str, pending: bool = False) -> overview.Overview:
    return overview.build(Plan.objects.get(), district(code), date.fromisoformat(day), pending)


@pytest.mark.django_db
def test_pending_records_are_told_only_where_asked_for(member: Client) -> None:
    product = make_product()
    make_recognition(product, date(2024, 3, 1), status="submitted")
    assert shown(member)["overview"].stock["total"] == 0
    assert shown(member, query="as_of=2024-06-30&pending=1")["overview"].stock["total"] == 1


# --- The unit of the path -------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/units/999/", "/units/29239/", "/units/83/"])
def test_a_unit_without_figures_is_not_found(path: str, member: Client) -> None:
    assert member.get(path).status_code == 404


@pytest.mark.django_db
def test_another_unit_chosen_on_the_page_leads_to_its_own_page(member: Client) -> None:
    response = member.get("/units/844/?as_of=2024-06-30&unit=848&pending=1")
    assert response.status_code == 302
    assert response.headers["Location"] == "/units/848/?as_of=2024-06-30&pending=1"
    assert member.get("/units/844/?unit=844").status_code == 200
    assert member.get("/units/844/?unit=999").status_code == 404


@pytest.mark.django_db
def test_an_officer_comes_to_no_other_district_by_the_query_either(signed_in: Any) -> None:
    officer = signed_in("officer_of_844")
    for path in ("/units/844/?unit=848", "/units/848/?unit=844", "/units/84/"):
        assert officer.get(path).status_code == 404


@pytest.mark.django_db
def test_the_provinces_code_shows_the_districts_side_by_side(member: Client) -> None:
    assert len(member.get("/units/84/").context["ranking"].rows) == 9


# --- What ends, what moved ------------------------------------------------------------------------


@pytest.mark.django_db
def test_ends_are_the_days_after_which_products_are_no_longer_valid(member: Client) -> None:
    for day in (date(2022, 8, 22), date(2022, 8, 22), date(2021, 7, 1)):
        make_recognition(make_product(), day)
    make_recognition(make_product(district=district("848")), date(2021, 6, 30))
    ends = shown(member)["page"].ends
    assert [(end.day, end.number, end.late) for end in ends] == [
        (date(2024, 7, 1), 1, True),
        (date(2025, 8, 22), 2, False),
    ]
    assert ends[1].notice_by == date(2025, 7, 23)
    assert member.get(ends[1].url).context["total"] == 2


@pytest.mark.django_db
def test_more_days_than_are_listed_are_counted(member: Client) -> None:
    for month in range(1, 10):
        make_recognition(make_product(), date(2023, month, 5))
    page = shown(member)["page"]
    assert (len(page.ends), page.more_ends) == (6, 3)


@pytest.mark.django_db
def test_what_moved_is_told_from_the_end_of_last_quarter_and_leads_to_its_records(
    member: Client,
) -> None:
    old = make_recognition(make_product(), date(2023, 5, 5)).product
    make_recognition(make_product(), date(2024, 4, 1))
    make_listing(old, date(2024, 5, 1))
    page = shown(member, query="as_of=2024-06-30")["page"]
    assert page.changes.since == date(2024, 3, 31)
    assert page.changes.stock_before == 1
    assert [(one.was, one.now) for one in page.changes.moved] == [
        ("0", "1"),
        ("0/1", "0/2"),
        ("0/1", "1/2"),
    ]
    assert page.changes.unmoved_count == 11 - 3
    assert member.get(page.changes.moved[2].url).context["changes"].since == date(2024, 3, 31)


@pytest.mark.django_db
def test_what_moved_is_told_since_the_last_meeting_to_those_who_see_meetings(
    member: Client, signed_in: Any
) -> None:
    make_recognition(make_product(), date(2024, 5, 20))
    opened_meeting(held_on=date(2024, 6, 5), as_of=date(2024, 5, 31))
    opened_meeting(held_on=date(2024, 7, 5), as_of=date(2024, 6, 30))
    changes = shown(member)["page"].changes
    assert (changes.since, changes.stock_before, changes.moved) == (date(2024, 5, 31), 1, [])
    assert shown(signed_in("officer_of_844"))["page"].changes.since == date(2024, 3, 31)


@pytest.mark.django_db
def test_what_moved_is_the_difference_of_two_overviews(member: Client) -> None:
    for day in (date(2023, 5, 5), date(2024, 4, 1), date(2021, 5, 1)):
        make_recognition(make_product(), day)
    before, after = built_for("844", "2024-03-31"), built_for("844", "2024-06-30")
    other = overview.on_another_day(after, date(2024, 3, 31))
    assert other.rows == before.rows


# --- Quotas and quarters --------------------------------------------------------------------------


@pytest.mark.django_db
def test_quotas_stand_as_on_the_day_with_the_movements_of_this_district_alone(
    member: Client,
) -> None:
    make_allocation("844", 5)
    make_allocation("848", 5)
    make_allocation("842", 5)
    entry = move({"844": -2, "848": 2}, date(2024, 7, 1))
    move({"842": -1, "848": 1}, date(2024, 8, 1))
    early, late = shown(member)["page"], shown(member, query="as_of=2024-09-30")["page"]
    assert [(q.name, q.given.total) for q in early.quotas] == [(early.quotas[0].name, 5)]
    assert late.quotas[0].given.total == 3
    assert [(one.move, one.in_force) for _name, one in early.quota_moves] == [(entry, False)]
    assert [(one.move, one.in_force) for _name, one in late.quota_moves] == [(entry, True)]
    assert member.get(late.quotas[0].url).status_code == 200


@pytest.mark.django_db
def test_quarters_stand_year_by_year_as_known_on_the_day(member: Client) -> None:
    confirmed(date(2024, 7, 10))
    late = shown(member, query="as_of=2024-07-31")["page"].quarters
    assert [year for year, _standings in late] == [2024, 2023, 2022]
    assert [one and one.state for one in late[0][1]] == ["missing", "on_time", "not_due", None]
    early = shown(member, query="as_of=2024-07-09")["page"].quarters
    assert [one and one.state for one in early[0][1]] == ["missing", "not_due", "not_due", None]


@pytest.mark.django_db
def test_a_district_without_any_record_has_a_page(member: Client) -> None:
    assert not Product.objects.exists()
    page = shown(member, query="as_of=2021-06-01")["page"]
    assert (page.ends, page.changes.moved, page.quotas, page.quota_moves, page.quarters) == (
        [],
        [],
        [],
        [],
        [],
    )
    assert Unit.objects.get(code="844").name in member.get("/units/844/").content.decode()

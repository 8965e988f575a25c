"""Districts beside each other: figures, ranks, order, discipline apart."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Unit
from targets.dashboard.districts.ranking import RankingCell, _rank
from targets.figures import overview
from targets.models import Plan
from tests.support.cases import every_case
from tests.support.factories import district, make_enrolment, make_product, make_recognition
from tests.targets.confirmations.made import confirmed
from tests.targets.quotas.made import make_allocation

DAYS = ["2021-06-01", "2022-12-31", "2024-06-30", "2026-01-31"]


@pytest.fixture
def member(signed_in: Any) -> Client:
    return signed_in("committee_member")


def shown(client: Client, query: str = "as_of=2024-06-30") -> Any:
    response = client.get(f"/units/?{query}")
    assert response.status_code == 200
    return response.context


def column(ranking: Any, key: str) -> dict[str, Any]:
    """{district's code: figure} in the order shown."""
    return {
        row.unit.code: figure for row in ranking.rows for one, figure in row.cells if one.key == key
    }


def recognise(code: str, number: int, traced: int = 0, day: date = date(2024, 2, 1)) -> None:
    for place in range(number):
        product = make_recognition(make_product(district=district(code)), day).product
        if place < traced:
            make_enrolment(product, day)


# --- Figures --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_targets_met_are_counted_of_those_with_a_limit(member: Client) -> None:
    make_allocation("844", 1)
    recognise("844", 2, traced=2)
    recognise("848", 2)
    met = column(shown(member)["ranking"], "met")
    assert (met["844"].text, met["848"].text, met["842"].text) == ("2/3", "0/2", "–")


# --- Ranks ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_ranks_go_by_the_share_of_the_quota_and_ties_share_them(member: Client) -> None:
    for code, quota, new in (("842", 4, 2), ("844", 2, 1), ("845", 1, 2), ("846", 3, 0)):
        make_allocation(code, quota)
        recognise(code, new)
    recognise("847", 9)
    make_allocation("848", 0)
    ranking = shown(member)["ranking"]
    ranks = {code: figure.rank for code, figure in column(ranking, "new").items()}
    assert ranks == {"842": 2, "844": 2, "845": 1, "846": 4} | dict.fromkeys(
        ("847", "848", "849", "850", "851")
    )
    assert next(one for one in ranking.columns if one.key == "new").compared == 4


@pytest.mark.django_db
def test_a_share_of_fewer_than_twenty_products_is_told_by_its_numbers_and_not_ranked(
    member: Client,
) -> None:
    recognise("842", 20, traced=10)
    recognise("844", 21, traced=8)
    recognise("845", 19, traced=19)
    traced = column(shown(member)["ranking"], "traced")
    assert [traced[code].rank for code in ("842", "844", "845")] == [1, 2, None]
    assert traced["842"].note == "50,0%"
    assert (traced["845"].text, traced["845"].value) == ("19/19", None)
    assert "%" not in traced["845"].note


@pytest.mark.django_db
def test_one_district_alone_is_first_of_nothing(member: Client) -> None:
    recognise("842", 20, traced=10)
    assert column(shown(member)["ranking"], "traced")["842"].rank is None


@pytest.mark.django_db
def test_numbers_that_grow_with_a_districts_size_are_not_ranked(member: Client) -> None:
    recognise("842", 3)
    recognise("844", 2)
    ranking = shown(member)["ranking"]
    for key in ("valid", "met"):
        assert {figure.rank for figure in column(ranking, key).values()} == {None}


@pytest.mark.django_db
def test_an_officer_sees_the_own_district_unranked_and_no_province(signed_in: Any) -> None:
    recognise("844", 24, traced=12)
    recognise("848", 24, traced=6)
    ranking = shown(signed_in("officer_of_844"))["ranking"]
    assert list(column(ranking, "valid")) == ["844"]
    assert column(ranking, "traced")["844"].rank is None
    assert ranking.total is None


# --- Order ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_table_sorts_by_any_column_what_cannot_be_compared_last(member: Client) -> None:
    recognise("844", 24, traced=12)
    recognise("848", 24, traced=18)
    recognise("851", 2, traced=2)
    rising = list(column(shown(member, "as_of=2024-06-30&sort=traced")["ranking"], "traced"))
    falling = list(column(shown(member, "as_of=2024-06-30&sort=-traced")["ranking"], "traced"))
    assert (rising[:2], falling[:2]) == (["844", "848"], ["848", "844"])
    assert rising[2:] == falling[2:] == ["842", "845", "846", "847", "849", "850", "851"]
    valid = list(column(shown(member, "as_of=2024-06-30&sort=-valid")["ranking"], "valid"))
    assert valid[:3] == ["844", "848", "851"]


@pytest.mark.django_db
def test_names_sort_in_vietnamese_order(member: Client) -> None:
    names = [row.unit.name for row in shown(member, "sort=name")["ranking"].rows]
    assert names[:4] == ["Huyện Càng Long", "Huyện Cầu Kè", "Huyện Cầu Ngang", "Huyện Châu Thành"]


@pytest.mark.django_db
@every_case("query", ["sort=rubbish", "sort=--valid", "order=valid", "order=-"])
def test_an_order_that_is_none_is_refused_in_words(query: str, member: Client) -> None:
    assert member.get(f"/units/?{query}").status_code == 400


@pytest.mark.django_db
def test_a_unit_in_the_address_marks_its_row(member: Client) -> None:
    rows = shown(member, "unit=848")["ranking"].rows
    assert [row.unit.code for row in rows if row.here] == ["848"]


# --- Discipline -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_discipline_stands_apart_sorted_on_its_own(member: Client) -> None:
    confirmed(date(2024, 7, 10), "848")
    context = shown(member, "as_of=2024-07-31&sort=name&order=-on_time")
    table = context["timeliness"]
    assert [line.unit.code for line in table.lines][:2] == ["848", "842"]
    assert (table.lines[0].timeliness.on_time, table.lines[0].timeliness.due) == (1, 10)
    assert context["ranking"].rows[0].unit.name == "Huyện Càng Long"
    keys = {one.key for one in context["ranking"].columns}
    assert keys.isdisjoint({key for key, _label in table.columns})


@pytest.mark.django_db
def test_a_confirmation_of_a_later_day_is_not_told(member: Client) -> None:
    confirmed(date(2024, 7, 10), "848")
    lines = shown(member, "as_of=2024-07-09&order=-on_time")["timeliness"].lines
    assert {line.timeliness.on_time for line in lines} == {0}


@pytest.mark.django_db
def test_evidence_is_told_as_so_many_records_of_how_many(member: Client) -> None:
    make_recognition(make_product(district=district("848")))
    table = shown(member, "order=-evidence")["timeliness"]
    first, second = table.lines[:2]
    assert (first.unit.code, first.timeliness.with_evidence, first.timeliness.records) == (
        "848",
        0,
        1,
    )
    assert second.timeliness.records == 0


def test_shares_are_exact_where_they_are_compared() -> None:
    board = [
        [RankingCell("", Fraction(100 * a, b))] for a, b in ((1, 3), (333333, 1000000), (1, 3))
    ]
    assert _rank(board, 0) == 3
    assert [figures[0].rank for figures in board] == [1, 3, 1]


# --- On the demonstration data: last, since it stays until the end of the module -----------------


@pytest.mark.usefixtures("demonstration", "db")
@every_case("day", DAYS)
def test_figures_are_the_overviews_and_add_up_to_the_province(day: str, member: Client) -> None:
    ranking = shown(member, f"as_of={day}")["ranking"]
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


@pytest.mark.usefixtures("demonstration", "db")
def test_each_figure_leads_to_as_many_records(member: Client) -> None:
    ranking = shown(member, "as_of=2024-06-30")["ranking"]
    for key in ("valid", "new", "traced", "sold"):
        figure = column(ranking, key)["844"]
        assert str(member.get(figure.url).context["total"]) == figure.text.partition("/")[0]

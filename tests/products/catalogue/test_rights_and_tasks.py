"""The lists of intellectual property rights and of science tasks."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from products.choices import IPKind, IPStage
from tests.support.cases import every_case
from tests.support.factories import district, make_ip_right, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


def names(client: Client, path: str, **query: Any) -> list[str]:
    response = client.get(path, query)
    assert response.status_code == 200
    return [record.name for record in response.context["page_obj"]]


@pytest.fixture
def rights(db: Any) -> None:
    make_ip_right(
        name="Dừa sáp Cầu Kè",
        owner="HTX Đông",
        filing_number="4-2022-12345",
        filed_on=date(2022, 3, 1),
        granted_on=date(2023, 5, 1),
        supported=True,
        district=district("845"),
    )
    make_ip_right(IPKind.INVENTION, name="Ăn liền", filed_on=date(2022, 6, 1))
    make_ip_right(
        IPKind.INDUSTRIAL_DESIGN,
        name="Bao bì",
        filed_on=date(2022, 2, 1),
        granted_on=date(2022, 12, 1),
        cancelled_on=date(2023, 6, 1),
    )


@every_case(
    "query,found",
    [
        ({}, ["Ăn liền", "Bao bì", "Dừa sáp Cầu Kè"]),
        ({"sort": "-name"}, ["Dừa sáp Cầu Kè", "Bao bì", "Ăn liền"]),
        ({"q": "dua sap"}, ["Dừa sáp Cầu Kè"]),
        ({"q": "htx dong"}, ["Dừa sáp Cầu Kè"]),
        ({"kind": ["trademark", "invention"]}, ["Ăn liền", "Dừa sáp Cầu Kè"]),
        ({"stage": "granted"}, ["Dừa sáp Cầu Kè"]),
        ({"stage": "cancelled"}, ["Bao bì"]),
        ({"stage": "granted", "as_of": "2023-05-31"}, ["Bao bì", "Dừa sáp Cầu Kè"]),
        ({"supported": "1"}, ["Dừa sáp Cầu Kè"]),
        ({"granted_in": "2022-01-01..2025-12-31"}, ["Dừa sáp Cầu Kè"]),
        ({"unit": "845"}, ["Dừa sáp Cầu Kè"]),
    ],
)
def test_rights_are_found_filtered_and_sorted(
    query: dict[str, Any], found: list[str], rights: None, client_in: Client
) -> None:
    assert names(client_in, "/ip/", **query) == found


def test_a_filing_number_finds_its_right_as_written(rights: None, client_in: Client) -> None:
    assert names(client_in, "/ip/", q="4-2022-12345") == ["Dừa sáp Cầu Kè"]
    assert names(client_in, "/ip/", q="12345") == ["Dừa sáp Cầu Kè"]


def test_the_list_says_where_each_right_stands_on_the_day(rights: None, client_in: Client) -> None:
    before = client_in.get("/ip/?kind=industrial_design&as_of=2023-05-31").context["rows"]
    after = client_in.get("/ip/?kind=industrial_design&as_of=2023-06-01").context["rows"]
    assert (before[0][1], after[0][1]) == (str(IPStage.GRANTED.label), str(IPStage.CANCELLED.label))


def test_tasks_are_found_filtered_and_sorted(client_in: Client) -> None:
    make_task(date(2022, 4, 20), name="Nhãn hiệu Đậu phộng", budget="450.000")
    make_task(date(2023, 4, 20), name="Nhãn hiệu Dừa sáp", budget="1250.500")
    make_task(date(2021, 4, 20), name="Trước kế hoạch")
    everything = ["Nhãn hiệu Dừa sáp", "Nhãn hiệu Đậu phộng", "Trước kế hoạch"]
    assert names(client_in, "/tasks/") == everything
    assert names(client_in, "/tasks/", q="dau phong") == ["Nhãn hiệu Đậu phộng"]
    assert names(client_in, "/tasks/", sort="-approved_on") == everything
    assert len(names(client_in, "/tasks/", approved="2022-01-01..2025-12-31")) == 2


def test_a_budget_in_millions_shows_no_decimals_that_are_zero(client_in: Client) -> None:
    make_task(date(2022, 4, 20), budget="450.000")
    make_task(date(2022, 4, 20), budget="1250.500")
    page = client_in.get("/tasks/").content.decode()
    assert ">450</td>" in page
    assert ">1.250,5</td>" in page


def test_empty_lists_say_what_they_are_for(client_in: Client) -> None:
    for path in ("/ip/", "/tasks/"):
        assert "empty-state" in client_in.get(path).content.decode()

"""The export of a list holds the rows of the list: its filters, its scope, its order."""

import csv
import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.choices import IPKind, ProducerKind, Rank, Status
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_producer,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EARLY, LATE = date(2022, 8, 22), date(2024, 3, 1)


@pytest.fixture
def reader(signed_in: Any) -> Any:
    return signed_in("committee_member")


def rows_of(client: Any, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported(client: Any, page: str) -> list[dict[str, str]]:
    """What the csv link of a list's page leads to; no row where the list is empty."""
    html = client.get(page).content.decode()
    links = re.findall(r'href="(/imports/exports/[a-z_]+\.csv[^"]*)"', html)
    return rows_of(client, unescape(links[0])) if links else []


def shown(client: Any, page: str) -> list[str]:
    rows = client.get(page).context["rows"]
    return [(row[0] if isinstance(row, tuple) else row).name for row in rows]


def make_products() -> None:
    """Products of two districts: at 4 stars after 3, lapsed, revoked, never recognised."""
    company = make_producer("Công ty Một", district("844"), kind=ProducerKind.COMPANY)
    up = make_product("Gạo lên hạng", company)
    make_recognition(up, EARLY, Rank.THREE)
    make_recognition(up, LATE, Rank.FOUR)
    make_enrolment(up, LATE)
    make_recognition(make_product("Bánh hết hạn"), date(2019, 9, 1), Rank.THREE)
    gone = make_product("Mắm thu hồi", district=district("848"))
    make_recognition(gone, EARLY, Rank.FOUR, revoked_on=LATE, revocation_reason="thử")
    make_recognition(make_product("Dừa ba sao", district=district("848")), LATE, Rank.THREE)
    waiting = make_product("Chờ duyệt", status=Status.SUBMITTED)
    make_recognition(waiting, LATE, Rank.FIVE, status=Status.SUBMITTED)


@every_case(
    "address",
    [
        "?rank=rank_4",
        "?rank=rank_3",
        "?q=gao",
        "?q=khong-co",
        "?unit=848",
        "?unit=844&as_of=2023-01-01",
        "?standing=lapsed",
        "?standing=valid&sort=-name",
        "?kind=company",
        "?traced=1",
        "?traced=0&sort=producer",
        "?new_in=2022&as_of=2022-12-31",
        "?new_in=2024&pending=1",
        "?pending=1&sort=-rank",
        "?decided_on=2024-03-01",
        "",
    ],
)
def test_products_as_they_are_filtered(address: str, reader: Any) -> None:
    make_products()
    page = f"/products/{address}"
    rows = exported(reader, page)
    names = [row["Tên sản phẩm"] for row in rows]
    assert sorted(names) == sorted(shown(reader, page))
    if "rank" not in address:
        assert names == shown(reader, page)


def test_each_product_comes_with_the_recognition_that_the_list_shows(reader: Any) -> None:
    make_products()
    ranks = {row["Tên sản phẩm"]: row["Hạng sao"] for row in exported(reader, "/products/")}
    assert ranks["Gạo lên hạng"] == "4 sao"
    (before,) = exported(reader, "/products/?q=gao&as_of=2023-01-01")
    assert before["Hạng sao"] == "3 sao"
    everything = rows_of(reader, "/imports/exports/recognitions.csv")
    assert len([row for row in everything if row["Tên sản phẩm"] == "Gạo lên hạng"]) == 2


def test_a_product_whose_later_recognition_was_revoked_shows_the_one_that_counts(
    reader: Any,
) -> None:
    product = make_product("Gạo")
    make_recognition(product, date(2024, 5, 1), Rank.THREE)
    revoked = {"revoked_on": date(2025, 8, 1), "revocation_reason": "thử"}
    make_recognition(product, date(2025, 5, 1), Rank.FOUR, **revoked)
    (row,) = exported(reader, "/products/?as_of=2026-01-01")
    assert (row["Hạng sao"], row["Ngày thu hồi"]) == ("3 sao", "")


@every_case(
    "page",
    [
        "/ip/?kind=trademark",
        "/ip/?kind=trademark&kind=invention&sort=-filed_on",
        "/ip/?stage=granted",
        "/ip/?q=4-2022-00002",
        "/ip/?granted_in=2022-01-01..2024-12-31",
        "/ip/?supported=1&unit=844",
        "/ip/?as_of=2022-12-31",
        "/ip/",
        "/tasks/?q=hai",
        "/tasks/?approved=2022-01-01..2022-12-31",
        "/tasks/?approved=2022-01-01..2024-12-31&left_out=cancelled",
        "/tasks/?sort=-approved_on",
        "/tasks/?unit=848",
    ],
)
def test_rights_and_tasks_as_they_are_filtered(page: str, reader: Any) -> None:
    common = {"filed_on": EARLY, "supported": True}
    make_ip_right(name="Một", kind=IPKind.TRADEMARK, filing_number="4-2022-00001", **common)
    make_ip_right(name="Hai", kind=IPKind.TRADEMARK, filing_number="4-2022-00002", filed_on=LATE)
    make_ip_right(name="Ba", kind=IPKind.INVENTION, granted_on=LATE, district=district("844"))
    make_ip_right(name="Không ngày", kind=IPKind.INVENTION)
    make_task(EARLY, name="Nhiệm vụ một", district=district("848"))
    make_task(LATE, name="Nhiệm vụ hai", cancelled_on=date(2024, 5, 1))
    heading = "Tên nhiệm vụ" if page.startswith("/tasks/") else "Tên"
    assert [row[heading] for row in exported(reader, page)] == shown(reader, page)


@every_case(
    "address",
    [
        "recognitions.csv?rank=9",
        "recognitions.xlsx?list=1&sort=password",
        "recognitions.csv?new_in=20xx",
        "ip_rights.csv?granted_in=hom-nay",
        "ip_rights.csv?kind=nothing",
        "science_tasks.csv?approved=2022",
        "recognitions.csv?list=1&as_of=2022-13-01",
    ],
)
def test_what_the_list_refuses_the_export_refuses_in_a_sentence(address: str, reader: Any) -> None:
    answer = reader.get(f"/imports/exports/{address}")
    assert answer.status_code == 400
    assert "Content-Disposition" not in answer


def test_a_filter_opens_no_other_district(signed_in: Any) -> None:
    make_products()
    officer = signed_in("officer_of_844")
    names = {row["Tên sản phẩm"] for row in exported(officer, "/products/")}
    assert names == set(shown(officer, "/products/")) == {"Gạo lên hạng", "Bánh hết hạn"}
    assert rows_of(officer, "/imports/exports/recognitions.csv?q=dừa") == []
    assert officer.get("/imports/exports/recognitions.csv?list=1&unit=848").status_code == 404


def test_the_page_offers_both_forms_of_what_it_filters(reader: Any) -> None:
    make_products()
    html = reader.get("/products/?rank=rank_4&page=1&sort=-name").content.decode()
    assert "Xuất danh sách đang lọc" in html
    for form in ("xlsx", "csv"):
        (address,) = re.findall(rf'href="/imports/exports/recognitions\.{form}([^"]*)"', html)
        assert unescape(address) == "?rank=rank_4&sort=-name&list=1"


def test_queries_do_not_grow_with_rows_of_a_list(reader: Any) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(path).status_code == 200
        return len(captured)

    paths = [
        "/imports/exports/recognitions.csv?standing=valid&traced=0",
        "/imports/exports/ip_rights.csv?kind=trademark&sort=owner",
        "/imports/exports/science_tasks.csv?list=1",
    ]

    def make(number: int) -> None:
        for _each in range(number):
            make_recognition(make_product(), LATE)
            make_ip_right(filed_on=EARLY).products.add(make_product())
            make_task(EARLY)

    make(2)
    for path in paths:
        queries(path)
    few = [queries(path) for path in paths]
    make(12)
    assert [queries(path) for path in paths] == few
    assert max(few) <= 25

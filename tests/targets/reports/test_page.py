"""The page of reports: what it offers, and the files it hands out."""

import io
import logging
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from ocop.web.downloads import CONTENT_TYPES
from tests.support.cases import every_case
from tests.support.query_counts import MOST, queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_a_file_is_an_attachment_named_by_unit_and_day_and_kept_by_nobody(
    fmt: str, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    response = client.get(f"/reports/report.{fmt}?as_of=2022-12-31&unit=844&language=vi")
    assert response.status_code == 200
    assert response["Content-Type"] == CONTENT_TYPES[fmt]
    assert response["Content-Disposition"] == (
        f'attachment; filename="bao-cao-844-2022-12-31.{fmt}"'
    )
    assert "no-store" in response["Cache-Control"]
    data = io.BytesIO(b"".join(response.streaming_content))
    assert Document(data).tables if fmt == "docx" else load_workbook(data).worksheets


def test_taking_a_file_is_noted_in_the_log(signed_in: Any, caplog: Any) -> None:
    client = signed_in("officer_of_844")
    with caplog.at_level(logging.INFO, "ocop.exports"):
        client.get("/reports/report.xlsx?as_of=2022-12-31")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "ocop.exports"]
    assert "bao-cao-844-2022-12-31.xlsx" in line
    assert "huyen844" not in line


def test_a_district_officers_report_is_that_of_the_own_district(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    page = client.get("/reports/?as_of=2022-12-31")
    assert page.context["query"].unit.code == "844"
    assert client.get("/reports/report.docx?unit=84").status_code == 404


@every_case("query", ["language=fr", "as_of=2022-13-01", "pending=1", "pending=x"])
@every_case("fmt", ["docx", "xlsx"])
def test_what_cannot_be_asked_for_is_refused_in_words(query: str, fmt: str, signed_in: Any) -> None:
    response = signed_in("committee_member").get(f"/reports/report.{fmt}?{query}")
    assert response.status_code == 400
    assert "Traceback" not in response.content.decode()


def test_the_page_leaves_out_what_is_waiting_and_says_so(signed_in: Any) -> None:
    client = signed_in("committee_member")
    page = client.get("/reports/?pending=1&as_of=2022-12-31")
    assert page.context["pending_left_out"]
    assert page.context["overview"].pending is False
    assert b'name="pending"' not in page.content
    assert not client.get("/reports/").context["pending_left_out"]


def test_the_page_says_how_many_products_the_annexes_list(signed_in: Any) -> None:
    page = signed_in("committee_member").get("/reports/?as_of=2022-12-31")
    assert len(page.context["parts"]) == 7


def test_the_page_itself_asks_the_database_no_more_than_any(signed_in: Any) -> None:
    client = signed_in("committee_member")
    assert queries(lambda: client.get("/reports/?as_of=2024-06-30")) <= MOST

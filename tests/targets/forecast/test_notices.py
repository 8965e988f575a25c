"""Certificates whose producers are to be told of the renewal: the list and its files."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from products.choices import Rank, Status
from tests.support.cases import every_case
from tests.support.factories import district, make_producer, make_product, make_recognition

pytestmark = pytest.mark.django_db
ASKED = "as_of=2025-10-01"
CLIFF = date(2022, 12, 30)


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


def page(client: Client, query: str = ASKED) -> Any:
    response = client.get(f"/forecast/?{query}")
    assert response.status_code == 200
    return response.context


def listed(context: Any) -> list[tuple[date, list[str]]]:
    return [
        (group.by, [one.product.name for one in group.recognitions]) for group in context["groups"]
    ]


def test_certificates_stand_with_the_last_day_to_file_again(client_in: Client) -> None:
    make_recognition(make_product("Bánh tét"), CLIFF)
    make_recognition(make_product("Bánh ít"), CLIFF)
    make_recognition(make_product("Cốm dẹp"), date(2023, 1, 5))
    context = page(client_in)
    assert listed(context) == [
        (date(2025, 11, 30), ["Bánh ít", "Bánh tét"]),
        (date(2025, 12, 6), ["Cốm dẹp"]),
    ]
    assert [(group.ends_on, group.number) for group in context["groups"]] == [
        (date(2025, 12, 30), 2),
        (date(2026, 1, 5), 1),
    ]


def test_months_are_those_in_which_producers_are_to_be_told(client_in: Client) -> None:
    make_recognition(decided_on=CLIFF)
    make_recognition(make_product("Cốm dẹp"), date(2023, 1, 5))
    counted = page(client_in)["counted"]
    assert [(month.code, number) for month, number in counted.months] == [
        ("2025-11", 1),
        ("2025-12", 1),
    ]
    december = page(client_in, f"{ASKED}&month=2025-12")
    assert listed(december) == [(date(2025, 12, 6), ["Cốm dẹp"])]
    assert december["counted"].total == 1
    assert len(december["counted"].months) == 2, "the other month can still be chosen"


@every_case(
    "ends, inside",
    [
        (date(2025, 11, 30), False),
        (date(2025, 12, 1), True),
        (date(2025, 12, 30), True),
        (date(2025, 12, 31), False),
    ],
)
def test_a_month_begins_and_ends_with_its_own_days(
    ends: date, inside: bool, client_in: Client
) -> None:
    make_recognition(decided_on=ends.replace(year=2022))
    context = page(client_in, f"{ASKED}&month=2025-11")
    assert bool(context["groups"]) is inside
    assert context["counted"].total == int(inside)


def test_a_product_recognised_again_stands_with_its_later_certificate(client_in: Client) -> None:
    product = make_product("Mắm bò hóc")
    make_recognition(product, CLIFF)
    make_recognition(product, date(2025, 9, 1), Rank.FOUR)
    assert listed(page(client_in)) == [(date(2028, 5, 4), ["Mắm bò hóc"])]


def test_what_was_decided_later_revoked_or_waits_is_not_told_of(client_in: Client) -> None:
    """A revocation after the day is not known on it, so that its certificate is told of."""
    make_recognition(decided_on=date(2025, 10, 2))
    make_recognition(decided_on=CLIFF, revoked_on=date(2025, 5, 1))
    make_recognition(decided_on=CLIFF, revoked_on=date(2025, 11, 1))
    make_recognition(decided_on=CLIFF, status=Status.SUBMITTED)
    (group,) = page(client_in)["groups"]
    assert [one.revoked_on for one in group.recognitions] == [date(2025, 11, 1)]
    (with_pending,) = page(client_in, f"{ASKED}&pending=1")["groups"]
    assert with_pending.number == 2


def test_days_that_have_gone_by_are_marked_and_counted(client_in: Client) -> None:
    make_recognition(decided_on=date(2022, 10, 30))
    make_recognition(decided_on=date(2022, 10, 31))
    context = page(client_in)
    assert [(group.by, group.late) for group in context["groups"]] == [
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
    ]
    assert context["counted"].late == 1


def test_districts_add_up_to_the_list(client_in: Client) -> None:
    for code, number in (("844", 2), ("848", 1)):
        for _each in range(number):
            make_recognition(decided_on=CLIFF, district=district(code))
    counted = page(client_in)["counted"]
    assert [(unit.code, number) for unit, number in counted.units] == [("844", 2), ("848", 1)]
    assert counted.total == 3
    assert page(client_in, f"{ASKED}&unit=848")["counted"].total == 1


def test_a_district_officer_is_told_of_the_own_district_alone(signed_in: Any) -> None:
    make_recognition(make_product("Của mình", district=district("844")), CLIFF)
    make_recognition(make_product("Của huyện khác", district=district("848")), CLIFF)
    officer = signed_in("officer_of_844")
    assert listed(page(officer)) == [(date(2025, 11, 30), ["Của mình"])]
    for path in ("certificates.xlsx", "certificates.csv"):
        assert officer.get(f"/forecast/{path}?unit=848").status_code == 404
    text = b"".join(officer.get(f"/forecast/certificates.csv?{ASKED}").streaming_content)
    assert "Của mình" in text.decode("utf-8-sig")
    assert "Của huyện khác" not in text.decode("utf-8-sig")


@every_case("month", ["2025-13", "2025-00", "11/2025", "2025", "1999-01", "x"])
def test_a_month_that_is_none_is_refused(month: str, client_in: Client) -> None:
    for path in ("", "certificates.xlsx", "certificates.csv"):
        assert client_in.get(f"/forecast/{path}", {"month": month}).status_code == 400


def test_a_list_of_several_pages_counts_a_group_as_a_whole(client_in: Client) -> None:
    for _each in range(60):
        make_recognition(decided_on=CLIFF)
    first, second = page(client_in), page(client_in, f"{ASKED}&page=2")
    assert [len(group.recognitions) for group in first["groups"]] == [50]
    assert [len(group.recognitions) for group in second["groups"]] == [10]
    assert first["groups"][0].number == second["groups"][0].number == 60
    assert client_in.get(f"/forecast/?{ASKED}&page=3").status_code == 400


# --- Files ----------------------------------------------------------------------------------------


def make_hostile() -> None:
    producer = make_producer("+HTX Tân Tiến", district("844"))
    product = make_product('=HYPERLINK("x")', producer)
    make_recognition(product, CLIFF, Rank.FOUR, decision_number="2735/QĐ-UBND")


def test_the_workbook_holds_the_list_and_no_formula(client_in: Client) -> None:
    make_hostile()
    make_recognition(make_product("Cốm dẹp"), date(2023, 1, 5))
    response = client_in.get(f"/forecast/certificates.xlsx?{ASKED}&month=2025-11")
    assert "giay-chung-nhan-het-han-84-2025-11.xlsx" in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    head, row = book.active.iter_rows()
    assert len(head) == len(row) == 10
    values = [cell.value for cell in row]
    assert [value.date() for value in values[1:3]] == [date(2025, 11, 30), date(2025, 12, 30)]
    assert values[3:5] == ['=HYPERLINK("x")', "+HTX Tân Tiến"]
    assert values[8] == "2735/QĐ-UBND"
    assert all(cell.data_type != "f" for cell in row)


def test_the_text_file_holds_the_same_and_no_formula(client_in: Client) -> None:
    make_hostile()
    response = client_in.get(f"/forecast/certificates.csv?{ASKED}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    _head, row = csv.reader(io.StringIO(text))
    assert row[1:5] == ["30/11/2025", "30/12/2025", '\'=HYPERLINK("x")', "'+HTX Tân Tiến"]
    assert row[8:] == ["2735/QĐ-UBND", "30/12/2022"]


def test_the_file_holds_every_certificate_and_not_a_page_of_them(client_in: Client) -> None:
    for place in range(60):
        make_recognition(decided_on=CLIFF - timedelta(days=place))
    response = client_in.get(f"/forecast/certificates.csv?{ASKED}")
    assert len(b"".join(response.streaming_content).decode().strip().splitlines()) == 61


def test_all_but_the_first_ten_certificates_are_marked_to_fold_on_a_phone(
    client_in: Client,
) -> None:
    make_recognition(make_product("Bánh ít"), CLIFF)
    for number in range(11):
        make_recognition(make_product(f"Cốm dẹp {number:02d}"), date(2023, 1, 5))
    for _each in range(2):
        make_recognition(decided_on=date(2023, 2, 5))
    response = client_in.get(f"/forecast/?{ASKED}")
    assert [group.before for group in response.context["groups"]] == [0, 1, 12]
    text = response.content.decode()
    # Two of the second group; the third group with its head.
    assert text.count('<tr class="is-more">') == 4
    assert text.count('<tbody class="is-more">') == 1
    assert 'for="notices-more"' in text
    assert "Xem thêm 4<" in text


def test_ten_certificates_leave_nothing_to_fold(client_in: Client) -> None:
    for _each in range(10):
        make_recognition(decided_on=CLIFF)
    text = client_in.get(f"/forecast/?{ASKED}").content.decode()
    assert "is-more" not in text
    assert "notices-more" not in text

"""The board of confirmations and the page of one quarter."""

from datetime import date, timedelta
from typing import Any

import pytest

from targets.models import Confirmation, DeadlineGrant
from tests.support.cases import every_case
from tests.support.factories import district, make_recognition
from tests.support.query_counts import MOST, asked_by
from tests.targets.confirmations.made import DUE, confirmed, granted
from tests.web.test_query_counts import CODES

pytestmark = pytest.mark.django_db
PAGE = "/confirmations/844/2024/2/"


def rows(client: Any, query: str) -> dict[str, list[str]]:
    board = client.get(f"/confirmations/?{query}").context["board"]
    return {row.unit.code: [one.state for one in row.quarter_statuses] for row in board.rows}


def test_the_board_shows_the_quarters_of_a_year_as_of_the_day(signed_in: Any) -> None:
    confirmed(DUE)
    client = signed_in("committee_member")
    assert rows(client, "as_of=2024-08-01")["844"] == ["missing", "on_time", "not_due"]
    assert rows(client, "as_of=2024-07-14")["844"] == ["missing", "not_due", "not_due"]
    assert rows(client, "as_of=2024-08-01&year=2023")["844"] == ["missing"] * 4


def test_the_board_marks_quarters_that_changed_after_their_confirmation(signed_in: Any) -> None:
    confirmed(DUE)
    confirmed(DUE, "848")
    make_recognition(decided_on=date(2024, 5, 2), district=district("844"))
    client = signed_in("committee_member")
    board = client.get("/confirmations/?year=2024").context["board"]
    late = {row.unit.code: [number for _one, number in row.cells] for row in board.rows}
    assert (late["844"][:3], sum(late["848"])) == ([0, 1, 0], 0)
    board = client.get("/confirmations/?as_of=2024-08-01").context["board"]
    assert not any(number for row in board.rows for _one, number in row.cells)


def test_the_state_in_the_address_leaves_the_districts_that_have_one_in_it(signed_in: Any) -> None:
    confirmed(DUE)
    client = signed_in("committee_member")
    assert set(rows(client, "as_of=2024-08-01&state=on_time")) == {"844"}
    assert rows(client, "as_of=2024-08-01&state=late") == {}
    board = client.get("/confirmations/?as_of=2024-08-01").context["board"]
    assert {state: number for state, _word, number in board.counts} == {
        "on_time": 1,
        "missing": 17,
        "not_due": 9,
    }


@pytest.mark.parametrize("query", ["state=x", "year=2030", "year=x"])
def test_what_the_address_cannot_mean_is_said(query: str, signed_in: Any) -> None:
    assert signed_in("committee_member").get(f"/confirmations/?{query}").status_code == 400


@every_case("path", ["844/2030/1", "844/2024/5", "844/2024/0", "848/2024/2", "84/2024/2"])
def test_a_quarter_or_district_that_is_none_of_yours_is_not_there(
    path: str, signed_in: Any
) -> None:
    assert signed_in("officer_of_844").get(f"/confirmations/{path}/").status_code == 404


def test_a_district_officer_confirms_from_the_page_what_it_shows(signed_in: Any) -> None:
    make_recognition(decided_on=date(2024, 5, 2), district=district("844"))
    client = signed_in("officer_of_844")
    page = client.get(PAGE)
    assert page.context["may_confirm"]
    sent = {"digest": page.context["digest"], "note": "đã soát"}
    assert client.post(PAGE, sent).status_code == 302
    stored = Confirmation.objects.get()
    assert (stored.unit.code, stored.year, stored.quarter, stored.digest) == (
        *("844", 2024, 2),
        page.context["digest"],
    )
    assert not client.get(PAGE).context["may_confirm"]
    client.post(PAGE, sent)
    assert Confirmation.objects.count() == 1


def test_a_forged_digest_confirms_nothing(signed_in: Any) -> None:
    signed_in("officer_of_844").post(PAGE, {"digest": "0" * 64})
    assert not Confirmation.objects.exists()


def test_a_provincial_officer_grants_a_later_day_or_excuses(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    client.post(f"{PAGE}grant/", {"what": "later", "until": "2024-07-31", "reason": "bão"})
    client.post(f"{PAGE}grant/", {"what": "excused", "until": "", "reason": "chia tách"})
    stored = [(one.until, one.reason) for one in DeadlineGrant.objects.order_by("pk")]
    assert stored == [(date(2024, 7, 31), "bão"), (None, "chia tách")]
    for wrong in ({"what": "later", "until": "x", "reason": "a"}, {"what": "later", "reason": "a"}):
        assert client.post(f"{PAGE}grant/", wrong).status_code == 302
    assert DeadlineGrant.objects.count() == 2


def test_the_board_asks_as_often_for_many_confirmations(signed_in: Any) -> None:
    client = signed_in("committee_member")
    path = "/confirmations/?as_of=2024-08-01"
    make_recognition()
    confirmed(DUE, CODES[0])
    few = asked_by(lambda: client.get(path))
    for code in CODES[1:]:
        confirmed(DUE, code)
        granted(DUE - timedelta(days=3), None, code)
        make_recognition(decided_on=date(2024, 5, 2), district=district(code))
    assert asked_by(lambda: client.get(path)) == few
    assert max(few) <= MOST


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_a_quarter_asks_as_often_for_many_records_and_changes(
    is_confirmed: bool, signed_in: Any
) -> None:
    client = signed_in("committee_member")
    if is_confirmed:
        confirmed(DUE)
    make_recognition(decided_on=date(2024, 5, 2), district=district("844"))
    few = asked_by(lambda: client.get(PAGE))
    for day in range(3, 9):
        make_recognition(decided_on=date(2024, 5, day), district=district("844"))
    assert asked_by(lambda: client.get(PAGE)) == few
    assert max(few) <= MOST
    assert client.get(PAGE).context["changes_total"] == (7 if is_confirmed else 0)

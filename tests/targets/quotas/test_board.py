"""The board of quotas: every district's number as of the day, against the province's."""

from datetime import date, timedelta
from typing import Any

import pytest

from ocop.organisation.models import Unit
from targets.figures import overview
from targets.models import Plan, QuotaMove
from targets.quotas import board
from tests.support.cases import every_case
from tests.support.factories import district, make_product, make_recognition
from tests.support.query_counts import MOST, asked_by, queries
from tests.targets.quotas.made import DAY, YEAR, make_allocation, move, quota_on, target
from tests.web.test_query_counts import CODES

pytestmark = pytest.mark.django_db
EVE = DAY - timedelta(days=1)


def province() -> Unit:
    return Unit.objects.get(code="84", level="province")


def built(day: date = DAY, unit: Unit | None = None) -> overview.Overview:
    return overview.build(Plan.objects.get(), unit or province(), day)


def balance(day: date = DAY, code: str = "OCOP-NEW", year: int = YEAR) -> board.AllocationSum:
    districts = [district(one) for one in CODES]
    return board.board(built(day), target(code), year, districts).balance


def test_the_sum_says_what_the_province_still_holds() -> None:
    make_allocation("844", 20)
    make_allocation("848", 3)
    shown = balance()
    assert (shown.limit, shown.given, shown.districts, shown.left) == (25, 23, 2, 2)
    assert not shown.over


def test_more_than_the_plan_asks_is_said() -> None:
    make_allocation("844", 20)
    make_allocation("848", 10)
    shown = balance()
    assert (shown.given, shown.left, shown.over) == (30, -5, True)
    assert shown.sentence != balance(year=2023).sentence


def test_moving_between_districts_leaves_the_sum_and_the_reserve_changes_it_from_its_day() -> None:
    make_allocation("844", 20)
    make_allocation("848", 3)
    move({"844": -2, "848": 2})
    assert [balance(day).given for day in (EVE, DAY)] == [23, 23]
    move({"844": 2, "84": -2})
    assert [balance(day).given for day in (EVE, DAY)] == [23, 25]
    assert balance().left == 0


def test_a_target_of_the_whole_plan_is_summed_over_its_years() -> None:
    for year in (2022, 2023, 2024, 2025):
        make_allocation("844", 4, year, "IP-TRADEMARK")
    shown = balance(code="IP-TRADEMARK")
    assert (shown.period, shown.limit, shown.given, shown.left) == ("plan", 50, 16, 34)


def test_the_overview_of_a_district_follows_the_movement_from_its_day() -> None:
    make_allocation("844", 2)
    make_allocation("848", 2)
    for _number in range(3):
        make_recognition(decided_on=date(2024, 3, 1), district=district("844"))
    move({"844": 2, "848": -2})

    def row(day: date, unit: Unit) -> overview.FigureRow:
        rows = built(day, unit).rows
        return next(one for one in rows if one.code == "OCOP-NEW" and one.period == "2024")

    before, after = row(EVE, district("844")), row(DAY, district("844"))
    assert (before.result.threshold, before.result.met) == (2, True)
    assert (after.result.threshold, after.result.met, after.result.gap) == (4, False, 1)
    # The province's own promise does not move with it.
    assert row(EVE, province()).result.threshold == row(DAY, province()).result.threshold == 25


def test_moves_cost_the_overview_no_further_query() -> None:
    make_allocation("844", 5)
    plan, unit = Plan.objects.get(), province()

    def build() -> None:
        overview.build(plan, unit, DAY)

    few = queries(build)
    for day in range(1, 9):
        move({"844": -1 if day % 2 else 1, "848": 1 if day % 2 else -1}, DAY + timedelta(days=day))
    assert queries(build) == few <= MOST


# --- On the page ----------------------------------------------------------------------------------


def test_a_district_officer_sees_the_own_row_and_own_lines_alone(signed_in: Any) -> None:
    make_allocation("844", 5)
    make_allocation("848", 3)
    make_allocation("849", 3)
    move({"844": -2, "848": 2})
    move({"848": -1, "849": 1})
    page = signed_in("officer_of_844").get("/allocations/?as_of=2024-12-31")
    assert [row.unit.code for row in page.context["board"].rows] == ["844"]
    assert [len(entry.lines) for entry in page.context["entries"]] == [1]
    assert page.context["sums"] == []
    assert "Cầu Ngang" not in page.content.decode()


def test_the_page_stands_as_of_the_day_in_its_address(signed_in: Any) -> None:
    make_allocation("844", 5)
    move({"844": -2, "84": 2})
    client = signed_in("committee_member")
    for day, quota, in_force in ((EVE, 5, False), (DAY, 3, True)):
        page = client.get(f"/allocations/?as_of={day.isoformat()}&target=OCOP-NEW&year=2024")
        row = next(r for r in page.context["board"].rows if r.unit.code == "844")
        assert dict(row.cells)[2024] == quota
        assert [entry.in_force for entry in page.context["entries"]] == [in_force]


@every_case("query", ["target=TRACE-SHARE", "target=x", "year=2030", "year=x"])
def test_what_the_address_cannot_mean_is_said(query: str, signed_in: Any) -> None:
    assert signed_in("committee_member").get(f"/allocations/?{query}").status_code == 400


def test_the_page_asks_as_often_for_many_quotas_and_entries(signed_in: Any) -> None:
    client = signed_in("administrator")
    path = "/allocations/?as_of=2024-12-31"
    make_allocation("844", 50)
    move({"844": -1, "848": 1})
    make_product()
    few = asked_by(lambda: client.get(path))
    for code in CODES:
        if code not in ("844", "848"):
            move({"844": -1, code: 1})
        make_allocation(code, 1, 2023)
    assert asked_by(lambda: client.get(path)) == few
    assert max(few) <= MOST


# --- Entering -------------------------------------------------------------------------------------


FIELDS = {
    "token": "8c5b0e4e-5d4e-4f3e-9b53-0b7f0b1f5a11",
    "document": "12/QĐ-UBND",
    "document_date": "2024-06-20",
    "effective_from": "2024-07-01",
    "reason": "điều chỉnh",
}
MOVE = "/allocations/move/?target=OCOP-NEW&year=2024"


@pytest.mark.parametrize("role", ["provincial_officer", "administrator"])
def test_a_movement_is_entered_once_however_often_it_is_sent(role: str, signed_in: Any) -> None:
    make_allocation("844", 5)
    make_allocation("848", 3)
    client = signed_in(role)
    sent = FIELDS | {"change-844": "-2", "change-848": "2", "change-849": ""}
    for _time in range(2):
        assert client.post(MOVE, sent).status_code == 302
    assert QuotaMove.objects.count() == 1
    assert [quota_on(DAY, code) for code in ("844", "848", "849")] == [3, 5, None]


@every_case(
    "change",
    [
        {"change-844": "-2"},
        {"change-844": "-9", "change-848": "9"},
        {"change-844": "x", "change-848": "2"},
        {"change-844": "-2", "change-848": "2", "document": ""},
        {"change-844": "-2", "change-848": "2", "reason": " "},
        {"change-844": "-2", "change-848": "2", "document_date": "2099-01-01"},
        {"change-844": "-2", "change-848": "2", "effective_from": "31/02/2024"},
    ],
)
def test_what_is_wrong_stays_on_the_form_and_nothing_is_entered(
    change: dict[str, str], signed_in: Any
) -> None:
    make_allocation("844", 5)
    page = signed_in("provincial_officer").post(MOVE, FIELDS | change)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not QuotaMove.objects.exists()


def test_a_counter_entry_is_entered_from_its_page(signed_in: Any) -> None:
    make_allocation("844", 5)
    entry = move({"844": -2, "84": 2})
    client = signed_in("provincial_officer")
    address = f"/allocations/moves/{entry.pk}/counter/"
    assert client.get(address).status_code == 200
    assert client.post(address, FIELDS).status_code == 302
    assert quota_on(DAY, "844") == 5
    assert client.post(address, FIELDS | {"token": "x"}).status_code == 200
    assert QuotaMove.objects.count() == 2
    assert client.get("/allocations/moves/999999/counter/").status_code == 404

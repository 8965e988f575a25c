"""A district officer finds the quarters still to confirm among the own work."""

from datetime import date
from typing import Any

import pytest

from targets.models import Plan
from targets.periods import Quarter
from tests.targets.confirmations.made import DUE, confirmed, granted

pytestmark = pytest.mark.django_db


def waiting(client: Any) -> list[str]:
    return [one.url for one in client.get("/my-work/").context["work"].to_confirm]


def test_quarters_that_are_over_and_not_confirmed_or_excused_wait_the_latest_first(
    signed_in: Any,
) -> None:
    client = signed_in("officer_of_844")
    before = waiting(client)
    assert before[0] == "/confirmations/844/2025/4/"
    assert len(before) == 16
    granted(DUE, None)
    confirmed(DUE, quarter=Quarter(2024, 3))
    gone = set(before) - set(waiting(client))
    assert gone == {"/confirmations/844/2024/2/", "/confirmations/844/2024/3/"}


def test_they_are_the_officers_own_and_nobody_elses_work(signed_in: Any) -> None:
    confirmed(DUE, "848")
    assert len(waiting(signed_in("officer_of_844"))) == 16
    assert waiting(signed_in("provincial_officer")) == []


def test_the_last_quarter_of_a_plan_still_waits_when_the_next_plan_runs(signed_in: Any) -> None:
    old = Plan.objects.get()
    Plan.objects.create(
        code="2026",
        name="2026–2030",
        document="x",
        document_date=date(2026, 1, 1),
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        unit=old.unit,
    )
    client = signed_in("officer_of_844")
    assert "/confirmations/844/2025/4/" in waiting(client)
    assert client.get("/confirmations/844/2025/4/").status_code == 200
    board = client.get("/confirmations/?as_of=2026-01-10&year=2025").context["board"]
    assert [one.state for one in board.rows[0].quarter_statuses] == ["missing"] * 3 + ["not_due"]

"""A district officer finds the quarters still to confirm among the own work."""

from typing import Any

import pytest

from targets.models import Plan
from targets.periods import Quarter
from tests.confirmations.made import DUE, confirmed, granted

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


def test_without_a_plan_nothing_waits(signed_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("targets.my_work.plan_at", lambda _day: None)
    assert Plan.objects.exists()
    assert waiting(signed_in("officer_of_844")) == []

"""Days offered beside the date: today, ends behind and ahead, and those of meetings."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from ocop.organisation.scope import SYSTEM, Scope
from ocop.web.quick_days import meeting_days, quick_days
from targets.models import Meeting, Plan
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db


def make_meeting(held_on: date, as_of: date, state: str) -> Meeting:
    begun = None if state == "planned" else timezone.now()
    return Meeting.objects.create(
        plan=Plan.objects.get(),
        title="Phiên họp thử",
        held_on=held_on,
        as_of=as_of,
        state=state,
        opened_at=begun,
        closed_at=begun if state == "closed" else None,
    )


@every_case(
    "today,last_quarter,this_quarter",
    [
        (date(2024, 1, 1), date(2023, 12, 31), date(2024, 3, 31)),
        (date(2024, 3, 31), date(2023, 12, 31), date(2024, 3, 31)),
        (date(2024, 4, 1), date(2024, 3, 31), date(2024, 6, 30)),
        (date(2024, 9, 30), date(2024, 6, 30), date(2024, 9, 30)),
        (date(2024, 12, 31), date(2024, 9, 30), date(2024, 12, 31)),
    ],
)
def test_quick_days_are_ends_of_years_and_quarters_around_today(
    today: date, last_quarter: date, this_quarter: date
) -> None:
    days = [day for day, _label in quick_days(today)]
    year_ends = [date(year, 12, 31) for year in range(2020, 2024)]
    assert days == [*year_ends, last_quarter, today, this_quarter, date(2024, 12, 31)]


def test_every_quick_day_leads_to_the_figures_of_that_day(signed_in: Any) -> None:
    page = signed_in("committee_member").get("/?unit=844")
    for day, _label in quick_days(timezone.localdate()):
        assert f"?unit=844&amp;as_of={day.isoformat()}" in page.content.decode()


def test_meetings_begun_or_closed_are_offered_with_the_day_of_their_figures(
    signed_in: Any,
) -> None:
    make_meeting(date(2024, 7, 5), date(2024, 6, 30), "closed")
    make_meeting(date(2024, 10, 4), date(2024, 9, 30), "open")
    make_meeting(date(2025, 1, 10), date(2024, 12, 31), "planned")
    page = signed_in("committee_member").get("/products/")
    days = [day for day, _label in meeting_days(SYSTEM)]
    assert days == [date(2024, 9, 30), date(2024, 6, 30)]
    assert "?as_of=2024-06-30" in page.content.decode()


def test_a_district_officer_is_not_told_of_meetings(signed_in: Any) -> None:
    make_meeting(date(2024, 7, 5), date(2024, 6, 30), "closed")
    page = signed_in("officer_of_844").get("/products/")
    assert meeting_days(Scope()) == []
    assert "2024-06-30" not in page.content.decode()


def test_days_of_meetings_stand_in_their_order_the_latest_first() -> None:
    make_meeting(date(2024, 7, 5), date(2024, 6, 30), "closed")
    make_meeting(date(2024, 10, 4), date(2023, 12, 31), "closed")
    assert [day for day, _label in meeting_days(SYSTEM)] == [date(2024, 6, 30), date(2023, 12, 31)]


@pytest.mark.parametrize("source", ["targets.nowhere.held", ""])
def test_a_source_of_meeting_days_that_is_not_there_is_an_error(source: str, settings: Any) -> None:
    settings.HOOKS = settings.HOOKS | {"meeting_days": source}
    with pytest.raises(ImproperlyConfigured):
        meeting_days(SYSTEM)


PAGES_WITH_FIGURES = [
    "/",
    "/targets/OCOP-NEW/",
    "/units/",
    "/units/844/",
    "/products/",
    "/producers/",
    "/ip/",
    "/tasks/",
    "/ratings/",
    "/allocations/",
    "/confirmations/",
    "/forecast/",
    "/meetings/",
    "/assignments/",
    "/activities/",
    "/reports/",
]


@every_case("path", PAGES_WITH_FIGURES)
@every_case("day,tinted", [("2023-06-30", True), ("2099-01-01", True), ("", False)])
def test_a_past_and_a_coming_day_tint_the_strip_of_every_page_with_figures(
    path: str, day: str, tinted: bool, signed_in: Any
) -> None:
    response = signed_in("committee_member").get(path, {"as_of": day} if day else {})
    assert response.status_code == 200
    page = response.content.decode()
    assert ('scope is-past"' in page) is tinted
    assert ('class="past-note"' in page) is tinted

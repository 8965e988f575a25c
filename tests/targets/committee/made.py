"""Makers of meetings, assignments and activities for tests."""

from datetime import date
from typing import Any

from ocop.organisation.models import Agency, User
from targets.committee.activities import services as activities_services
from targets.committee.assignments import services
from targets.committee.meetings import services as meetings_services
from targets.committee.meetings.services import AgendaItem
from targets.models import Activity, Assignment, Meeting, Target


def user(name: str = "bancd") -> User:
    return User.objects.get(username=name)


def agency(code: str = "so-nnptnt") -> Agency:
    return Agency.objects.get(code=code)


def target(code: str = "OCOP-NEW") -> Target:
    return Target.objects.get(code=code)


def make_meeting(codes: tuple[str, ...] = ("OCOP-NEW",), **values: Any) -> Meeting:
    values.setdefault("title", "Họp Ban Chỉ đạo quý III")
    values.setdefault("held_on", date(2022, 10, 5))
    values.setdefault("as_of", date(2022, 9, 30))
    points = [*(AgendaItem(target=target(code)) for code in codes), AgendaItem(title="Việc khác")]
    return meetings_services.plan_meeting(values, points, user())


def opened_meeting(codes: tuple[str, ...] = ("OCOP-NEW",), **values: Any) -> Meeting:
    meeting = make_meeting(codes, **values)
    meetings_services.open_meeting(meeting, user(), date(2026, 1, 1))
    return Meeting.objects.get(pk=meeting.pk)


def make_assignment(**values: Any) -> Assignment:
    day = values.pop("given_on", date(2022, 10, 5))
    values.setdefault("text", "Rà soát sản phẩm sắp hết hạn")
    values.setdefault("deadline", date(2022, 12, 31))
    given_to = values.pop("agency", None) or agency()
    topic = values.pop("topic", None)
    return services.create_assignment(
        services.NewAssignment(agency=given_to, **values), day, user(), topic
    )


def make_activity(**values: Any) -> Activity:
    products = values.pop("products", [])
    values = {
        "name": "Hội chợ thử",
        "kind": "fair",
        "starts_on": date(2022, 11, 1),
        "ends_on": date(2022, 11, 3),
        "agency": agency(),
    } | values
    return activities_services.enter(values, products, user("tinh"))

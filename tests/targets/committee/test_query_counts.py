"""Pages of the committee ask the database as often with much on them as with little."""

from datetime import date
from typing import Any

import pytest

from products.models import Recognition
from products.records.history import update_all
from targets.committee.assignments import services
from targets.committee.meetings import services as meetings_services
from targets.models import Meeting
from tests.support.cases import every_case
from tests.support.factories import district, make_product
from tests.support.query_counts import MOST, asked_by, queries
from tests.targets.committee.made import (
    agency,
    make_activity,
    make_assignment,
    make_meeting,
    opened_meeting,
    user,
)
from tests.web.test_query_counts import grow

pytestmark = pytest.mark.django_db
FEW = ("OCOP-NEW",)
MANY = (
    *("OCOP-NEW", "TRACE-SHARE", "ECOM-SHARE", "IP-COLLECTIVE", "IP-TRADEMARK", "IP-DESIGN"),
    *("IP-PATENT", "IP-MADRID", "ST-TASKS", "IP-CERTIFICATION", "IP-GI"),
)


def held(codes: tuple[str, ...], number: int) -> Meeting:
    """An open meeting with `number` products, carried and given assignments a topic, and a
    correction after its opening."""
    grow(number)
    for _each in range(number):
        make_assignment(given_on=date(2022, 9, 1), agency=agency("ubnd-844"))
    meeting = opened_meeting(codes)
    for topic in meeting.topics.all():
        topic.meeting = meeting
        order = services.NewAssignment("Rà soát", agency(), date(2022, 12, 1))
        meetings_services.conclude(topic, "Làm", 0, user(), order)
    record = Recognition.objects.filter(decided_on__lte=meeting.as_of).first()
    assert record
    record.decided_on = date(2023, 1, 5)
    update_all([record], ["decided_on"], user("tinh"), "ghi nhầm")
    return meeting


@pytest.mark.parametrize("page", ["", "screen/"])
def test_a_meeting_asks_as_often_whatever_its_agenda(page: str, signed_in: Any) -> None:
    client = signed_in("committee_member")
    small = held(FEW, 2)
    small_page = f"/meetings/{small.pk}/{page}"
    assert client.get(small_page).context["shown"].changes
    few = queries(lambda: client.get(small_page))
    large_page = f"/meetings/{held(MANY, 20).pk}/{page}"
    assert client.get(large_page).context["shown"].changes
    assert queries(lambda: client.get(large_page)) == few <= MOST


def test_a_planned_meeting_asks_as_often_whatever_its_agenda(signed_in: Any) -> None:
    client = signed_in("committee_member")
    small, large = make_meeting(FEW), make_meeting(MANY)
    few = queries(lambda: client.get(f"/meetings/{small.pk}/"))
    grow(20)
    assert queries(lambda: client.get(f"/meetings/{large.pk}/")) == few <= MOST


@every_case("path", ["/meetings/", "/assignments/", "/activities/"])
@every_case("role", ["committee_member", "provincial_officer"])
def test_a_list_asks_as_often_however_long(path: str, role: str, signed_in: Any) -> None:
    def more(number: int) -> None:
        for _each in range(number):
            make_meeting()
            make_assignment()
            make_activity(district=district("844"))

    client = signed_in(role)
    make_product()
    more(2)
    few = asked_by(lambda: client.get(path))
    more(20)
    assert asked_by(lambda: client.get(path)) == few
    assert max(few) <= MOST


def test_one_assignment_and_one_activity_ask_at_most_so_often(signed_in: Any) -> None:
    client = signed_in("committee_member")
    assignment, activity = make_assignment(), make_activity()
    for path in (f"/assignments/{assignment.pk}/", f"/activities/{activity.pk}/"):
        assert queries(lambda path=path: client.get(path)) <= MOST, path

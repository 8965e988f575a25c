"""In English: targets by their English names, days as written in Vietnam, numbers as in English."""

from datetime import date
from typing import Any

import pytest
from django.utils import formats, translation

from targets.models import Plan, Target
from tests.support.cases import every_case
from tests.targets.committee.made import make_assignment, opened_meeting

pytestmark = pytest.mark.django_db


@every_case(
    "path",
    [
        "/?as_of=2022-12-31",
        "/units/?as_of=2022-12-31",
        "/allocations/?as_of=2022-12-31",
        "/allocations/milestones/?target=OCOP-NEW&year=2022",
        "/confirmations/?as_of=2022-12-31",
        "/assignments/?as_of=2022-12-31",
        "/assignments/new/",
        "/meetings/new/",
        "MEETING",
        "MEETINGtopics/new/",
    ],
)
def test_names_of_plan_and_targets_are_english(path: str, signed_in: Any) -> None:
    meeting = opened_meeting()
    make_assignment(topic=meeting.topics.first())
    client = signed_in("provincial_officer")
    client.cookies["django_language"] = "en"
    answer = client.get(path.replace("MEETING", meeting.get_absolute_url()))
    assert answer.status_code == 200
    page = answer.content.decode()
    names = [name for one in Target.objects.all() for name in (one.short_name, one.name)]
    names += Plan.objects.values_list("name", flat=True)
    assert [name for name in names if f">{name}<" in page] == []


def test_days_and_numbers_in_english() -> None:
    with translation.override("en"):
        assert formats.date_format(date(2025, 4, 12), "SHORT_DATE_FORMAT") == "12/04/2025"
        assert formats.number_format(1234.5) == "1,234.5"

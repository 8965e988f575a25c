"""A form of a meeting or an activity is saved once, over the version it was opened on."""

from typing import Any

import pytest

from targets.models import Activity, Meeting
from tests.targets.committee.made import agency, make_activity, make_meeting
from tests.targets.committee.test_activities import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MEETING = {"title": "Họp quý III", "held_on": "2022-10-05", "as_of": "2022-09-30"}
FORMS = [
    ("/meetings/new/", Meeting, MEETING, "title"),
    (
        "/activities/new/",
        Activity,
        {
            "name": "Hội chợ",
            "kind": "fair",
            "starts_on": "2022-10-05",
            "ends_on": "2022-10-06",
        },
        "name",
    ),
]


@pytest.mark.parametrize("path,model,fields,name", FORMS, ids=["meeting", "activity"])
def test_a_form_sent_twice_leads_to_what_was_entered_once(
    path: str, model: Any, fields: dict[str, Any], name: str, signed_in: Any
) -> None:
    client = signed_in("committee_member" if model is Meeting else "provincial_officer")
    token = client.get(path).context["token"]
    sent = fields | {"token": token, "agency": agency().pk}
    first, again = client.post(path, sent), client.post(path, sent)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url != "/"
    assert model.objects.count() == 1
    # Gone back to and changed it is another one; so is a form opened anew with the same words.
    client.post(path, sent | {name: "Tên khác"})
    client.post(path, sent | {"token": client.get(path).context["token"]})
    assert model.objects.count() == 3


def test_a_form_that_is_refused_keeps_its_token(signed_in: Any) -> None:
    client = signed_in("committee_member")
    token = client.get("/meetings/new/").context["token"]
    answer = client.post("/meetings/new/", {"token": token, "title": "Họp"})
    assert answer.status_code == 200
    assert answer.context["token"] == token


def test_what_is_mended_after_a_mistake_is_still_over_the_version_that_was_opened(
    signed_in: Any,
) -> None:
    """The mistake is told with the page of today; saving it must not pass by the other's change."""
    activity, client = make_activity(), signed_in("provincial_officer")
    path = f"/activities/{activity.pk}/edit/"
    stale = fields_of(activity, name="Của người thứ hai")
    assert client.post(path, fields_of(activity, name="Của người thứ nhất")).status_code == 302
    refused = client.post(path, stale | {"ends_on": "2000-01-01"})
    assert refused.context["version"] == stale["version"]
    assert client.post(path, stale).status_code == 409

    meeting, runs = make_meeting(), signed_in("committee_member")
    path = f"/meetings/{meeting.pk}/edit/"
    stale = MEETING | {"version": str(meeting.version)}
    assert runs.post(path, stale | {"title": "Khác"}).status_code == 302
    refused = runs.post(path, stale | {"held_on": "x"})
    assert refused.context["version"] == int(stale["version"])
    clash = runs.post(path, stale)
    assert clash.status_code == 409
    # Who has been told and saves once more means it.
    assert runs.post(path, stale | {"version": clash.context["version"]}).status_code == 302

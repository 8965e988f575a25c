"""The own account: name, language, where notices go; for everybody signed in."""

from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import AccountEvent, User
from targets.demonstration.demo_accounts import PASSWORD

pytestmark = pytest.mark.django_db
ADDRESS = "/account/"
OWN = {"display_name": "Trần Văn C", "language": "en", "email": "c@example.vn"}


def test_who_saves_reads_the_pages_in_that_language_here_and_after_the_next_sign_in(
    signed_in: Any,
) -> None:
    client = signed_in("officer_of_844")
    answer = client.post(ADDRESS, OWN)
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    page = client.get(ADDRESS).content.decode()
    assert "Your account was saved." in page and "Trần Văn C" in page
    user = User.objects.get(username="huyen844")
    assert (user.display_name, user.email) == ("Trần Văn C", "c@example.vn")
    assert (user.language, user.wants_notices) == ("en", False)
    event = AccountEvent.objects.get(account=user)
    assert (event.kind, event.by) == ("changed", user)
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"username": "huyen844", "password": PASSWORD})
    assert "My account" in elsewhere.get(ADDRESS).content.decode()


def test_what_cannot_be_is_refused_and_nothing_else_can_be_sent_along(signed_in: Any) -> None:
    client = signed_in("officer_of_844")
    before = User.objects.get(username="huyen844")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"display_name": ""}, "display_name"),
        ({"email": "không phải"}, "email"),
        ({"language": "km"}, "language"),
    ]
    for change, field in cases:
        errors = client.post(ADDRESS, OWN | change).context["form"].errors
        assert list(errors) == [field], change
    client.post(ADDRESS, OWN | {"username": "quantri", "is_active": "", "is_staff": "on"})
    after = User.objects.get(pk=before.pk)
    assert (after.username, after.is_active, after.is_staff) == ("huyen844", True, False)

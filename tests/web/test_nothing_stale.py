"""What is cached between requests never shows what is no longer so."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import Membership, Unit, User
from products.models import EcommerceFloor, Product, ProductGroup, Recognition
from products.validity import rebuild
from targets.models import (
    Milestone,
    Plan,
    Target,
    TargetValue,
)
from tests.conftest import CAST
from tests.support.cases import every_case
from tests.support.factories import district, make_listing, make_recognition
from tests.support.query_counts import cache_of_its_own
from tests.support.shared import made_once
from tests.targets.committee.made import opened_meeting
from tests.targets.confirmations.made import confirmed, granted
from tests.web.test_query_counts import grow

pytestmark = pytest.mark.django_db
PATHS = [
    "/?as_of=2024-06-30",
    "/attention/?as_of=2024-07-20",
    "/targets/OCOP-NEW/?as_of=2022-12-31",
    "/targets/ECOM-SHARE/?as_of=2022-12-31",
    "/units/?as_of=2024-06-30",
    "/units/848/?as_of=2024-06-30",
    "/forecast/?as_of=2024-06-30",
    "/allocations/?as_of=2024-06-30",
    "/confirmations/?as_of=2024-07-20",
    "/charts/heat.json?as_of=2024-06-30",
]
MINUTE = r"\d\d:\d\d(:\d\d)? \d\d/\d\d/\d{4}|\d\d/\d\d/\d{4} \d\d:\d\d(:\d\d)?"


def text_of(client: Client, path: str) -> str:
    """The page without what differs every time: its forms' token, the minute it was made in."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(MINUTE, "", text)


def texts_of(client: Client, paths: list[str] = PATHS) -> dict[str, str]:
    return {path: text_of(client, path) for path in paths}


def seen_anew(client: Client, paths: list[str] = PATHS) -> dict[str, str]:
    with cache_of_its_own():
        return texts_of(client, paths)


SEEN = "pages seen before"
MANY = 10_000


def look() -> dict[str, str]:
    """The pages as the committee's member saw them; all that was cached for them stays."""
    client = Client()
    client.force_login(User.objects.get(username=CAST["committee_member"]))
    grow(12)
    with cache_of_its_own(SEEN, MANY):
        return texts_of(client)


seen = made_once(look)


@pytest.fixture
def before(seen: dict[str, str]) -> Iterator[dict[str, str]]:
    """The pages seen before; what was cached for them is at hand, and none of it falls out."""
    with cache_of_its_own(SEEN, MANY):
        yield seen


def test_pages_cached_together_are_as_each_by_itself(before: Any, signed_in: Any) -> None:
    client = signed_in("committee_member")
    assert texts_of(client) == before
    for path in PATHS:
        assert seen_anew(client, [path])[path] == before[path], path


def first(model: Any) -> Any:
    return model.objects.filter(pk=model.objects.order_by("pk").values("pk")[:1])


def and_spans(change: Callable[[], Any]) -> Callable[[], None]:
    """The change and what the program writes along with it."""

    def act() -> None:
        change()
        rebuild(Product.objects.values_list("pk", flat=True))

    return act


CHANGES: dict[str, Callable[[], Any]] = {
    "a certificate more": lambda: make_recognition(decided_on=date(2022, 8, 22)),
    "a certificate revoked": and_spans(
        lambda: first(Recognition).update(revoked_on=date(2022, 9, 1), revocation_reason="thu hồi")
    ),
    "a certificate less": and_spans(lambda: first(Recognition).delete()),
    "a product moved": and_spans(lambda: Product.objects.update(district=district("848"))),
    "a listing more": lambda: make_listing(Product.objects.earliest("pk"), date(2022, 1, 1)),
    "a floor that does not count": and_spans(lambda: EcommerceFloor.objects.update(counted=False)),
    "a group renamed": lambda: ProductGroup.objects.update(name="Nhóm khác"),
    "a district renamed": lambda: Unit.objects.filter(code="844").update(name="Tên khác"),
    "a limit changed": lambda: TargetValue.objects.update(threshold=7, aim=None),
    "a target renamed": lambda: Target.objects.update(short_name="Tên khác"),
    "a plan stricter": lambda: Plan.objects.update(attention_percent=99),
    "a milestone": lambda: Milestone.objects.create(
        target=Target.objects.get(code="OCOP-NEW"), year=2022, due_on=date(2022, 6, 30), value=9
    ),
    "a quarter confirmed": lambda: confirmed(date(2024, 7, 10), "848"),
    "a later day granted": lambda: granted(date(2024, 7, 10), None, "848"),
    "a meeting opened": opened_meeting,
}


OF_EVERY_APP = ["a certificate revoked", "a district renamed", "a quarter confirmed"]
"""That every table's changes are noticed at all: tests/db/test_data_version.py"""


def as_if_nothing_had_been_cached(change: str, before: Any, client: Client) -> None:
    CHANGES[change]()
    after, anew = texts_of(client), seen_anew(client)
    assert [path for path in PATHS if after[path] != anew[path]] == []
    assert before != after


@every_case("change", OF_EVERY_APP)
def test_after_a_change_every_page_is_as_if_nothing_had_been_cached(
    change: str, before: Any, signed_in: Any
) -> None:
    as_if_nothing_had_been_cached(change, before, signed_in("committee_member"))


@pytest.mark.slow
@every_case("change", sorted(CHANGES.keys() - OF_EVERY_APP))
def test_after_any_change_every_page_is_as_if_nothing_had_been_cached(
    change: str, before: Any, signed_in: Any
) -> None:
    as_if_nothing_had_been_cached(change, before, signed_in("committee_member"))


def test_whoever_loses_a_place_or_the_account_sees_nothing_more(signed_in: Any) -> None:
    client, path = signed_in("officer_of_844"), "/?as_of=2024-06-30"
    assert client.get(path).status_code == 200
    person = User.objects.get(username="huyen844")
    Membership.objects.filter(user=person).update(unit=district("848"))
    assert client.get(path).context["query"].unit.code == "848"
    Membership.objects.filter(user=person).delete()
    assert client.get(path).status_code == 404
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(path).status_code == 302


def test_a_page_cached_for_one_person_is_not_shown_to_another(signed_in: Any) -> None:
    grow(12)
    path = "/attention/?as_of=2024-06-30"
    for character in ("provincial_officer", "administrator", "committee_member", "officer_of_844"):
        client = signed_in(character)
        assert text_of(client, path) == seen_anew(client, [path])[path]


def test_the_other_language_is_cached_apart(signed_in: Any) -> None:
    client = signed_in("committee_member")
    grow(12)
    for path in ("/?as_of=2024-06-30", "/targets/OCOP-NEW/?as_of=2022-12-31"):
        vietnamese = text_of(client, path)
        client.cookies["django_language"] = "en"
        english = text_of(client, path)
        assert english == seen_anew(client, [path])[path] != vietnamese
        client.cookies["django_language"] = "vi"
        assert text_of(client, path) == vietnamese

"""The list of ratings, and the page of one."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from products.choices import Status
from tests.products.ratings.scoring import MINH, address, entered, lan, make_rating, text_of
from tests.support.factories import make_recognition
from tests.support.query_counts import asked_by, queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def officer(signed_in: Any) -> Client:
    client: Client = signed_in("officer_of_844")
    client.cookies["django_language"] = "en"
    return client


# --- The list and one rating ----------------------------------------------------------------------


def test_the_list_is_filtered_by_council_stars_and_status(officer: Client) -> None:
    make_rating(1, stars=3, total=60, status=Status.VERIFIED)
    make_rating(1, level="province", stars=4, total=75, status=Status.SUBMITTED)
    make_rating(1)
    make_rating(1, "848", status=Status.VERIFIED)

    def number(query: str) -> int:
        return int(officer.get(f"/ratings/?{query}").context["total"])

    assert number("") == 3
    assert number("level=province") == 1
    assert number("stars=3") == 1
    assert number("stars=none") == 1
    assert number("status=draft") == 1
    assert number("as_of=2024-05-05") == 0
    for query in ("level=moon", "stars=9", "status=x", "page=2", "page=x", "unit=848"):
        assert officer.get(f"/ratings/?{query}").status_code in (400, 404)
    # Cancelled ones have a list of their own.
    assert 'value="cancelled"' not in officer.get("/ratings/").content.decode()


def test_the_list_asks_as_often_for_40_ratings_as_for_5(signed_in: Any) -> None:
    client = signed_in("provincial_officer")
    for _n in range(5):
        make_rating(1)
    few = asked_by(lambda: client.get("/ratings/"))
    for place in range(35):
        make_rating(1, ["842", "844", "848"][place % 3])
    assert asked_by(lambda: client.get("/ratings/")) == few


def test_one_rating_asks_as_often_with_many_sheets_and_sessions(officer: Client) -> None:
    rating = entered(make_rating(1), [lan(1)])
    path = f"/ratings/{rating.pk}/"
    officer.get(path)
    few = queries(lambda: officer.get(path))
    entered(rating, [lan(1), MINH, *({"member": f"U{n}", "points": {}} for n in range(5))])
    for day in range(1, 6):
        make_rating(product=rating.product, level="province", session_on=date(2024, 6, day))
    assert queries(lambda: officer.get(path)) == few


def test_one_rating_shows_the_way_up_and_what_it_led_to(officer: Client) -> None:
    rating = make_rating(1, status=Status.VERIFIED, stars=4, total=75)
    above = make_rating(
        product=rating.product, level="province", session_on=date(2024, 7, 1), stars=4, total=76
    )
    make_recognition(rating.product, date(2024, 8, 1), 40, rating=rating, decision_number="1/QĐ")
    page = officer.get(f"/ratings/{rating.pk}/")
    assert f"/ratings/{above.pk}/" in page.content.decode()
    words = text_of(page)
    assert "next council: Province" in words
    assert "1/QĐ" in words


def test_sheets_that_no_longer_fit_are_said_so(officer: Client) -> None:
    rating = entered(make_rating(26), [{"member": "Lan", "points": {"1.4": 3, "40.1": 3}}])
    for path in (f"/ratings/{rating.pk}/", address(rating)):
        page = officer.get(path)
        assert page.status_code == 200
    assert "does not fit the criteria" in text_of(officer.get(f"/ratings/{rating.pk}/"))

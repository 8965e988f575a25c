"""Ratings on the page: list, one rating, and the scoring sheet of a member."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import User
from products.choices import Status
from products.models import Amendment, FormDraft
from products.records import workflow
from tests.products.ratings.scoring import (
    MINH,
    address,
    entered,
    fresh,
    full,
    lan,
    make_rating,
    sent,
    text_of,
)
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def officer(signed_in: Any) -> Client:
    client: Client = signed_in("officer_of_844")
    client.cookies["django_language"] = "en"
    return client


# --- Filling in ---------------------------------------------------------------------------------


def test_a_blank_sheet_offers_only_the_allowed_points(officer: Client) -> None:
    page = officer.get(address(make_rating(1))).content.decode()
    offered = re.findall(r'name="points-1-1" id="[^"]+" value="([^"]*)"', page)
    assert offered == ["", "1", "3", "5"]
    assert "At least 2 for 4 stars; at least 3 for 5 stars" in page


def test_an_incomplete_sheet_is_saved_and_says_what_is_missing(officer: Client) -> None:
    rating = make_rating(1)
    answer = officer.post(address(rating), sent(rating, **{"points-1-1": "3"}), follow=True)
    assert "31 criteria still need points" in text_of(answer)
    stored = fresh(rating)
    assert stored.sheets == [{"member": "Lan", "points": {"1.1": 3}}]
    assert (stored.total, stored.stars) == (None, None)
    assert stored.history.count() == 2


def test_complete_sheets_give_total_and_stars(officer: Client) -> None:
    rating = make_rating(1)
    officer.post(address(rating), sent(rating, **full(rating)))
    low = full(rating) | {"points-1-3": "1"}
    stored = fresh(rating)
    assert (stored.total, stored.stars) == (100, 5)
    answer: Any = officer.post(address(rating, 2), sent(stored, "Minh", **low))
    assert answer.url == f"/ratings/{rating.pk}/"
    stored = fresh(rating)
    assert [sheet["member"] for sheet in stored.sheets] == ["Lan", "Minh"]
    assert (stored.total, stored.stars) == (99, 4)


def test_save_and_next_leads_to_the_next_sheet(officer: Client) -> None:
    rating = make_rating(1)
    answer: Any = officer.post(address(rating), sent(rating, next="1"))
    assert answer.url == address(rating, 2)


def test_a_sheet_sent_twice_is_saved_once(officer: Client) -> None:
    rating = make_rating(1)
    data = sent(rating, **{"points-1-1": "3"})
    first: Any = officer.post(address(rating), data)
    second: Any = officer.post(address(rating), data)
    assert first.url == second.url
    assert len(fresh(rating).sheets) == 1


def test_errors_keep_what_was_chosen_and_lead_to_the_field(officer: Client) -> None:
    rating = make_rating(1)
    answer = officer.post(
        address(rating), sent(rating, "", **{"points-1-1": "2", "points-1-2": "3"})
    )
    page = answer.content.decode()
    assert 'href="#at-points-1-1"' in page
    assert 'href="#member"' in page
    assert re.search(r'id="points-1-2-3" value="3" checked', page)
    assert fresh(rating).sheets == []


@every_case("value", ["\0", "9" * 6000, "<script>", "é"])
def test_nonsense_is_answered_in_words(officer: Client, value: str) -> None:
    rating = make_rating(7)
    for field in ("member", "part-A", "version", "token", "points-9-9", "choose-member", "summary"):
        answer = officer.post(address(rating), sent(rating, **{field: value}))
        assert answer.status_code in (200, 302)
        assert b'<script>"' not in answer.content


def test_part_totals_of_an_unchecked_set(officer: Client) -> None:
    rating = make_rating(7)
    assert "do not add up to 100" in text_of(officer.get(address(rating)))
    totals = {"part-A": "27,4", "part-B": "17,1", "part-C": "25,45"}
    officer.post(address(rating), sent(rating, **totals))
    stored = fresh(rating)
    assert stored.sheets[0]["parts"] == {"A": "27.4", "B": "17.1", "C": "25.45"}
    assert (stored.total, stored.stars) == (Decimal("69.95"), 3)
    shown = officer.get(address(rating)).content.decode()
    assert 'value="25,45"' in shown
    assert "69.95" in text_of(officer.get(f"/ratings/{rating.pk}/"))


def test_without_a_product_set_the_page_says_what_to_do(officer: Client) -> None:
    rating = make_rating(None)
    for page in (officer.get(address(rating)), officer.get(f"/ratings/{rating.pk}/")):
        assert "Enter the product set first" in text_of(page)
    assert officer.post(address(rating), sent(rating)).status_code == 200


def test_a_summary_sheet_stays_alone(officer: Client) -> None:
    rating = make_rating(7)
    officer.post(address(rating), sent(rating, "", summary="on"))
    assert fresh(rating).sheets == [{"member": "", "parts": {}}]
    assert "already has the summary sheet" in text_of(officer.get(address(rating, 2)))
    officer.post(address(rating, 2), sent(fresh(rating), "Lan"))
    assert len(fresh(rating).sheets) == 1


# --- The result beside the sheet ------------------------------------------------------------------


def test_the_result_is_worked_out_without_writing(officer: Client) -> None:
    rating = make_rating(1)
    answer = officer.post(address(rating, 1, "score/"), full(rating) | {"points-1-3": "1"})
    words = text_of(answer)
    assert "4 stars" not in words.split("What")[0]
    assert "3 stars" in words
    assert "1.3 Năng lực sản xuất đáp ứng yêu cầu phân phối: 1 points; at least 2" in words
    assert fresh(rating).sheets == []
    assert rating.history.count() == 1
    assert not FormDraft.objects.exists()


def test_the_page_and_the_answer_say_the_same(officer: Client) -> None:
    rating = make_rating(1)
    data = full(rating) | {"points-2-1": ""}
    fragment = officer.post(address(rating, 1, "score/"), data).content.decode().strip()
    officer.post(address(rating), sent(rating, **data))
    assert fragment in officer.get(address(rating)).content.decode()


def test_working_out_without_the_script_saves_nothing(officer: Client) -> None:
    rating = make_rating(1)
    answer = officer.post(address(rating), sent(rating, reckon="1", **full(rating)))
    assert "5 stars" in text_of(answer)
    assert fresh(rating).sheets == []


def test_unfinished_points_are_shown_again(officer: Client) -> None:
    rating = make_rating(1)
    FormDraft.objects.create(
        user=User.objects.get(username="huyen844"),
        place=address(rating),
        content={"member": ["Lan"], "points-1-1": ["5"]},
    )
    page = officer.get(address(rating)).content.decode()
    assert re.search(r'id="points-1-1-5" value="5" checked', page)
    assert "this sheet 5 points" in page


# --- Two people at once ---------------------------------------------------------------------------


def test_sheets_of_others_saved_meanwhile_stay(officer: Client) -> None:
    rating = entered(make_rating(1), [lan(1)])
    data = sent(rating, **{"points-1-1": "3", "points-1-2": "1"})
    entered(rating, [lan(1), MINH])
    assert officer.post(address(rating), data).status_code == 302
    assert fresh(rating).sheets == [lan(3), MINH]


def test_the_same_sheet_changed_twice_is_put_side_by_side(officer: Client) -> None:
    rating = entered(make_rating(1), [lan(1)])
    data = sent(rating, **{"points-1-1": "3", "points-1-2": "2"})
    entered(rating, [lan(5)])
    answer = officer.post(address(rating), data)
    words = text_of(answer)
    assert answer.status_code == 409
    assert "You chose 3" in words
    assert "saved 5" in words
    assert fresh(rating).sheets == [lan(5)]
    # Only I changed 1.2: it is chosen already.
    assert re.search(
        r'name="choose-points-1-2" value="mine" required checked', answer.content.decode()
    )
    chosen = sent(fresh(rating), **{"points-1-1": "3", "points-1-2": "2"})
    chosen |= {"choose-points-1-1": "theirs", "choose-points-1-2": "mine"}
    assert officer.post(address(rating), chosen).status_code == 302
    assert fresh(rating).sheets == [{"member": "Lan", "points": {"1.1": 5, "1.2": 2}}]


# --- Removing -------------------------------------------------------------------------------------


def test_a_sheet_is_removed_and_the_history_keeps_it(officer: Client) -> None:
    rating = entered(make_rating(1), [lan(1), MINH])
    data = sent(rating)
    assert officer.get(address(rating, 1, "remove/")).status_code == 405
    officer.post(address(rating, 1, "remove/"), data)
    officer.post(address(rating, 1, "remove/"), data)
    stored = fresh(rating)
    assert stored.sheets == [MINH]
    assert stored.history.order_by("-history_id")[1].sheets == [lan(1), MINH]


def test_a_sheet_is_not_removed_from_sheets_that_changed(officer: Client) -> None:
    rating = entered(make_rating(1), [lan(1)])
    data = sent(rating)
    entered(rating, [lan(3)])
    officer.post(address(rating, 1, "remove/"), data)
    assert fresh(rating).sheets == [lan(3)]


# --- A verified rating ----------------------------------------------------------------------------


def test_a_verified_rating_gets_a_proposed_change_with_a_reason(officer: Client) -> None:
    totals = {"A": "30", "B": "20", "C": "20"}
    rating = make_rating(
        7, status=Status.VERIFIED, sheets=[{"member": "Lan", "parts": totals}], total=70, stars=4
    )
    data = {"part-A": "31", "part-B": "20", "part-C": "20"}
    assert "Reason for the change" in text_of(officer.get(address(rating)))
    assert officer.post(address(rating), sent(rating, **data)).status_code == 200
    assert not Amendment.objects.exists()
    officer.post(address(rating), sent(rating, change_reason="Cộng nhầm phần A", **data))
    assert fresh(rating).total == 70
    amendment = Amendment.objects.get()
    assert (amendment.values["total"], amendment.reason) == ("71", "Cộng nhầm phần A")
    assert 'value="31"' in officer.get(address(rating)).content.decode()
    assert officer.get(f"/ratings/{rating.pk}/").status_code == 200


def test_an_incomplete_sheet_cannot_be_proposed_for_a_verified_rating(officer: Client) -> None:
    rating = make_rating(7, status=Status.VERIFIED, total=70, stars=4)
    answer = officer.post(address(rating), sent(rating, change_reason="x", **{"part-A": "31"}))
    assert "must be complete" in text_of(answer)


def test_a_complete_rating_can_be_submitted(officer: Client) -> None:
    rating = make_rating(1)
    officer.post(address(rating), sent(rating, **full(rating)))
    workflow.advance(fresh(rating), "submit", User.objects.get(username="huyen844"))
    assert fresh(rating).status == Status.SUBMITTED


# --- Who may --------------------------------------------------------------------------------------


@every_case(
    "character, list_, page, sheet",
    [
        ("officer_of_844", 200, 200, 200),
        ("provincial_officer", 200, 200, 200),
        ("committee_member", 200, 200, 403),
        ("officer_of_848", 200, 404, 404),
        ("outsider", 404, 404, 404),
    ],
)
def test_who_may_see_and_who_may_score(
    signed_in: Any, outsider: User, character: str, list_: int, page: int, sheet: int
) -> None:
    rating = make_rating(1, status=Status.SUBMITTED)
    client = signed_in("nguoingoai" if character == "outsider" else character)
    assert client.get("/ratings/").status_code == list_
    assert client.get(f"/ratings/{rating.pk}/").status_code == page
    assert client.get(address(rating)).status_code == sheet
    assert client.post(address(rating), sent(rating)).status_code in (sheet, 302)
    assert client.post(address(rating, 1, "score/"), {}).status_code == sheet


@pytest.mark.parametrize("number", ["0", "3", "999999999999999999999"])
def test_sheets_that_are_not_there(officer: Client, number: str) -> None:
    rating = entered(make_rating(1), [lan(1)])
    assert officer.get(f"/ratings/{rating.pk}/sheets/{number}/").status_code == 404
    assert officer.get(f"/ratings/{number}999/").status_code == 404

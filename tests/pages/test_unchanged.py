"""A repeated view of what did not change is answered 304; whatever changes it changes the ETag."""

import os
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from ocop import unchanged
from tests.cases import every_case
from tests.pages.test_nothing_stale import CHANGES, OF_EVERY_APP
from tests.pages.test_query_counts import grow

pytestmark = pytest.mark.django_db
DAY = "as_of=2024-06-30"
PATHS = [f"/?{DAY}", f"/charts/heat.json?{DAY}", f"/charts/target.json?code=OCOP-NEW&{DAY}"]


def tag(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer["ETag"])


def again(client: Any, path: str, known: str) -> Any:
    return client.get(path, headers={"If-None-Match": known})


@pytest.fixture
def client(signed_in: Any) -> Any:
    grow(2)
    return signed_in("committee_member")


@pytest.mark.parametrize("path", PATHS)
def test_what_did_not_change_is_not_sent_again(
    path: str, client: Any, django_assert_max_num_queries: Any
) -> None:
    known = tag(client, path)
    with django_assert_max_num_queries(3):
        answer = again(client, path, known)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == known
    assert answer["Cache-Control"] == "no-store, private"
    assert again(client, path, 'W/"another"').status_code == 200


def is_sent_after(change: str, client: Any) -> None:
    known = {path: tag(client, path) for path in PATHS}
    CHANGES[change]()
    for path in PATHS:
        answer = again(client, path, known[path])
        assert answer.status_code == 200, path
        assert answer["ETag"] != known[path]


@every_case("change", OF_EVERY_APP)
def test_after_a_change_it_is_sent(change: str, client: Any) -> None:
    is_sent_after(change, client)


@pytest.mark.slow
@every_case("change", sorted(CHANGES.keys() - OF_EVERY_APP))
def test_after_any_change_it_is_sent(change: str, client: Any) -> None:
    is_sent_after(change, client)


def test_each_person_day_unit_and_language_has_its_own(signed_in: Any, client: Any) -> None:
    paths = [f"/?{DAY}", "/?as_of=2024-06-29", f"/?{DAY}&unit=844", f"/?{DAY}&pending=1", "/"]
    found = [tag(client, path) for path in paths]
    client.cookies["django_language"] = "en"
    found.append(tag(client, paths[0]))
    found.append(tag(signed_in("provincial_officer"), paths[0]))
    assert len(set(found)) == len(found)


def test_today_gets_old(client: Any, time_machine: Any) -> None:
    time_machine.move_to("2024-06-30 09:00+07:00")
    known = tag(client, "/")
    time_machine.move_to("2024-06-30 23:59+07:00")
    client.force_login(client.get("/").wsgi_request.user)
    assert again(client, "/", known).status_code == 304
    time_machine.move_to("2024-07-01 00:01+07:00")
    assert again(client, "/", known).status_code == 200


def test_a_message_that_waits_is_shown(client: Any) -> None:
    known = tag(client, PATHS[0])
    storage = CookieStorage(RequestFactory().get("/"))
    client.cookies["messages"] = storage._encode([Message(constants.INFO, "Đã lưu")])
    answer = again(client, PATHS[0], known)
    assert answer.status_code == 200 and "Đã lưu" in answer.content.decode()
    assert "ETag" not in answer


def test_who_is_signed_out_is_sent_to_sign_in(client: Any) -> None:
    known = tag(client, PATHS[0])
    client.logout()
    assert again(client, PATHS[0], known).status_code == 302


def test_a_release_changes_it(tmp_path: Any, settings: Any) -> None:
    page = tmp_path / "templates" / "a.html"
    page.parent.mkdir()
    page.write_text("1")
    settings.BASE_DIR = tmp_path
    before = unchanged.program.__wrapped__()
    assert before == unchanged.program.__wrapped__()
    os.utime(page, ns=(1, 1))
    assert before != unchanged.program.__wrapped__()

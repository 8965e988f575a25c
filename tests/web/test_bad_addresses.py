"""Addresses typed wrong or in bad faith: a page with a sentence, never a fault."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.support.cases import every_case
from tests.support.factories import make_ip_right, make_recognition, make_task

pytestmark = pytest.mark.django_db
EVERYWHERE = ["/", "/products/", "/ip/", "/tasks/", "/charts/stock.json"]
LISTS = ["/products/", "/ip/", "/tasks/"]
LONG = "x" * 10_000

REFUSED = [
    *[(path, "as_of", "2022-13-01", 400) for path in EVERYWHERE],
    *[(path, "unit", "999", 404) for path in EVERYWHERE],
    *[(path, "pending", "x", 400) for path in EVERYWHERE],
    *[
        ("/", "as_of", day, 400)
        for day in ("31/12/2022", "1999-12-31", "2101-01-01", "2022-W52-1", "20221231", "\0", LONG)
    ],
    *[("/", "unit", code, 404) for code in ("29239", "84 4", "\0", LONG)],
    *[("/", "state", value, 400) for value in ("foo", "\0", LONG)],
    *[
        (path, "page", value, 400)
        for path in LISTS
        for value in ("0", "-1", "abc", "999", "²", "1.5", "000000001999", "\0", "9" * 5_000)
    ],
    *[
        (path, "sort", value, 400)
        for path in LISTS
        for value in ("foo", "--name", "pk", "\0", LONG)
    ],
    *[
        ("/products/", name, value, 400)
        for name in ("rank", "kind", "group", "standing", "traced", "sold")
        for value in ("foo", "\0", LONG)
    ],
    *[("/products/", "new_in", value, 400) for value in ("abc", "²²²²", "0000", "1999", "20225")],
    *[
        ("/products/", name, value, 400)
        for name in ("decided_on", "ends_on")
        for value in ("x", "2022-02-30", "\0")
    ],
    *[("/ip/", name, "foo", 400) for name in ("kind", "stage", "supported")],
    *[
        (path, name, value, 400)
        for path, name in (("/ip/", "granted_in"), ("/tasks/", "approved"))
        for value in ("abc", "2022-01-01", "2022-01-01..", "..2022-01-01", "a..b")
    ],
    *[(path, "q", value, 400) for path in LISTS for value in (LONG, "a " * 5_000, "a\0b")],
]


@pytest.fixture
def client_in(signed_in: Any) -> Client:
    return signed_in("committee_member")


@pytest.fixture
def records(db: Any) -> None:
    make_recognition()
    make_ip_right()
    make_task(approved_on=make_recognition().decided_on)


@pytest.mark.database
@every_case("path,name,value,status", REFUSED)
def test_what_cannot_be_understood_is_answered_with_a_sentence(
    path: str, name: str, value: str, status: int, client_in: Client, records: None
) -> None:
    response = client_in.get(f"{path}?{urlencode({name: value})}")
    assert response.status_code == status
    sentence = response.context["message"]
    assert len(sentence) > 20
    assert LONG not in sentence
    assert "\0" not in response.content.decode()


@every_case("path", EVERYWHERE)
def test_empty_parameters_are_as_good_as_none(path: str, client_in: Client, records: None) -> None:
    empty = "as_of=&unit=&pending=&page=&sort=&q=&rank="
    assert client_in.get(f"{path}?{empty}").status_code == 200


@every_case(
    "query",
    [
        "as_of=2022-12-31&as_of=2023-12-31",
        "unit=84&unit=844",
        "page=1&page=1",
        "kind=trademark&kind=invention",
        "q=%ff%fe",
        "nothing=1&" + "x=1&" * 300,
    ],
)
def test_repeated_and_unknown_parameters_do_no_harm(
    query: str, client_in: Client, records: None
) -> None:
    for path in ("/", "/ip/"):
        assert client_in.get(f"{path}?{query}").status_code == 200


def test_more_parameters_than_anyone_needs_are_refused(client_in: Client) -> None:
    many = "&".join(f"a{number}=1" for number in range(1_500))
    assert client_in.get(f"/?{many}").status_code == 400


@every_case(
    "address",
    [
        "/products/0/",
        "/products/9223372036854775808/",
        "/products/" + "9" * 300 + "/",
        "/products/abc/",
        "/charts/foo.json",
        "/nothing/",
        "/%00",
        "/products/../../etc/passwd",
    ],
)
def test_what_does_not_exist_is_a_page_of_the_house(address: str, client_in: Client) -> None:
    response = client_in.get(address)
    assert response.status_code == 404
    assert "OCOP Trà Vinh" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/?as_of=x", "/products/0/", "/products/?rank=foo", "/nothing/"]
)
def test_refusals_are_pages_of_the_house_in_a_trial_too(
    address: str, client_in: Client, settings: Any
) -> None:
    settings.DEBUG = True
    page = client_in.get(address).content.decode()
    assert "OCOP Trà Vinh" in page
    assert "Traceback" not in page
    assert "DJANGO_SETTINGS_MODULE" not in page


def test_markup_in_an_address_comes_back_as_text(client_in: Client) -> None:
    attack = "<script>alert(1)</script>"
    for path, name in (("/", "as_of"), ("/", "state"), ("/products/", "q"), ("/ip/", "kind")):
        assert attack not in client_in.get(path, {name: attack}).content.decode()


def test_a_form_whose_key_has_expired_is_answered_in_words() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"username": "bancd", "password": "x"})
    assert response.status_code == 403
    assert "OCOP Trà Vinh" in response.content.decode()
    assert "style=" not in response.content.decode()

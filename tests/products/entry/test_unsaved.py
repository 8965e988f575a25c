"""What is typed and not saved: kept while typing, shown again, given back after a sign-in."""

import json
from typing import Any

import pytest
from django.test import Client

from ocop.organisation.models import User
from products.models import FormDraft, Product
from products.records import drafts
from targets.demonstration.demo_accounts import PASSWORD
from tests.products.entry.form_data import product_fields
from tests.support.cases import every_case

NEW = "/records/product/new/"
pytestmark = pytest.mark.django_db


def keep(client: Client, content: Any, place: str = NEW, **more: Any) -> Any:
    body = json.dumps({"place": place, "content": content, "version": None} | more)
    return client.post("/drafts/", body, content_type="application/json")


def test_a_form_opens_with_what_was_typed_before(officer: Any) -> None:
    assert keep(officer, {"name": ["Mật hoa dừa dở dang"]}).status_code == 200
    page = officer.get(NEW).content.decode()
    assert 'value="Mật hoa dừa dở dang"' in page and "draft-notice" in page
    assert "/records/product/new/" in officer.get("/my-work/").content.decode()


def test_what_is_typed_is_nobody_elses(officer: Any, signed_in: Any) -> None:
    keep(officer, {"name": ["Mật hoa dừa dở dang"]})
    assert "dở dang" not in signed_in("officer_of_848").get(NEW).content.decode()


def test_saving_the_form_forgets_the_draft(officer: Any) -> None:
    keep(officer, {"name": ["Mật hoa dừa dở dang"]})
    officer.post(NEW, product_fields())
    assert not FormDraft.objects.exists()


def test_a_draft_is_dropped_on_request(officer: Any) -> None:
    keep(officer, {"name": ["Mật hoa dừa dở dang"]})
    response = officer.post("/drafts/discard/", {"place": NEW})
    assert response["Location"] == NEW and not FormDraft.objects.exists()


@every_case("place", ["//evil.example/", "https://evil.example/", "/\\evil", ""])
def test_dropping_a_draft_leads_nowhere_else(officer: Any, place: str) -> None:
    assert officer.post("/drafts/discard/", {"place": place})["Location"] == "/my-work/"


@every_case(
    "body",
    [
        "",
        "x",
        "[]",
        "null",
        "1",
        '{"place": 1, "content": {}}',
        '{"place": "/x"}',
        '{"place": "x", "content": {}}',
        '{"place": "/x", "content": []}',
        '{"place": "/x", "content": {"a": 1}}',
        "[" * 5000,
    ],
)
def test_a_draft_that_cannot_be_read_is_refused_in_words(officer: Any, body: str) -> None:
    response = officer.post("/drafts/", body, content_type="application/json")
    assert response.status_code == 400 and response.json()["error"]


def test_a_draft_has_its_limits(officer: Any, monkeypatch: Any) -> None:
    assert keep(officer, {"name": ["x" * 200_000]}).status_code == 400
    assert drafts.MAX_DRAFTS == 200
    monkeypatch.setattr(drafts, "MAX_DRAFTS", 5)
    for number in range(8):
        keep(officer, {"name": ["x"]}, place=f"/records/product/{number}/edit/")
    assert FormDraft.objects.count() == 5


def test_names_count_as_what_is_typed(officer: Any) -> None:
    """So do fields that hold nothing: all of it would be kept and read back."""
    too_much: dict[str, Any] = {
        "many names": {f"field-{number}": ["x"] for number in range(3_000)},
        "a long name": {"x" * 1_000: ["x"]},
        "long names": {f"{number:03}" + "x" * 70: [] for number in range(1_500)},
        "values without a letter": {"name": [""] * 3_000},
        "a megabyte": {"name": ["x" * 1_000_000]},
    }
    for case, content in too_much.items():
        response = keep(officer, content)
        assert response.status_code == 400, case
        assert response.json()["error"] == "Nội dung dài hơn mức một bản nháp giữ được.", case
    assert not FormDraft.objects.exists()


def test_more_fields_or_letters_than_a_form_has_are_refused_in_words(officer: Any) -> None:
    fields = {f"field-{number}": "x" for number in range(10_000)}
    for sent, words in (
        (fields, "Biểu mẫu gửi lên có hơn 1.000 trường"),
        ({"name": "x" * 7_000_000}, "vượt quá 6,0"),
    ):
        response = officer.post(NEW, sent)
        assert response.status_code == 400
        assert words in response.content.decode()
        body = "&".join(f"{name}={value}" for name, value in sent.items())
        typed = officer.post(NEW, body, content_type="application/x-www-form-urlencoded")
        assert typed.status_code == 400
        assert words in typed.content.decode()


def test_a_form_too_large_for_a_draft_is_not_carried_through_the_sign_in(db: Any) -> None:
    response = Client().post(NEW, product_fields(editor=1, place=None, note="x" * 200_000))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="unsaved"' not in page and "Phiên làm việc" not in page


def test_secrets_and_null_bytes_are_not_kept(officer: Any) -> None:
    keep(officer, {"name": ["a\0b"], "csrfmiddlewaretoken": ["x"], "token": ["y"]})
    assert FormDraft.objects.get().content == {"name": ["ab"]}


# --- A session that ends in the middle of a form ------------------------------------------------


def interrupted(**fields: Any) -> tuple[Client, str]:
    """A form sent without a session; the content as the sign-in page carries it."""
    import re

    editor = User.objects.get(username="huyen844").pk
    client = Client()
    response = client.post(NEW, product_fields(editor=editor, place=None, **fields))
    page = response.content.decode()
    found = re.search(r'name="unsaved" value="([^"]+)"', page)
    assert response.status_code == 200 and found
    return client, found[1]


@pytest.fixture
def real_passwords(db: Any) -> None:
    for name in ("huyen844", "huyen848"):
        user = User.objects.get(username=name)
        user.set_password(PASSWORD)
        user.save()


def sign_in(client: Client, name: str, unsaved: str) -> Any:
    fields = {"username": name, "password": PASSWORD, "next": NEW, "unsaved": unsaved}
    return client.post("/accounts/login/", fields)


def test_after_signing_in_the_form_is_back_with_its_content(real_passwords: None) -> None:
    client, unsaved = interrupted(name="Mật hoa dừa dở dang")
    response = sign_in(client, "huyen844", unsaved)
    assert response["Location"] == NEW
    assert 'value="Mật hoa dừa dở dang"' in client.get(NEW).content.decode()
    assert not Product.objects.exists()


def test_a_wrong_password_does_not_lose_the_form(real_passwords: None) -> None:
    client, unsaved = interrupted(name="Mật hoa dừa dở dang")
    page = client.post(
        "/accounts/login/", {"username": "huyen844", "password": "sai", "unsaved": unsaved}
    ).content.decode()
    assert unsaved in page


def test_another_person_does_not_get_the_form(real_passwords: None) -> None:
    client, unsaved = interrupted(name="Mật hoa dừa dở dang")
    sign_in(client, "huyen848", unsaved)
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("forged", ["x", "a:b:c", "\0", "x" * 10_000])
def test_forged_content_is_left_out(real_passwords: None, forged: str) -> None:
    client = Client()
    assert sign_in(client, "huyen844", forged).status_code == 302
    assert not FormDraft.objects.exists()


def test_other_posts_without_a_session_are_sent_to_the_sign_in() -> None:
    response = Client().post(NEW, {"name": "x"})
    assert response.status_code == 302 and "/accounts/login/" in response["Location"]

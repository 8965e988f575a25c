"""Changing one's own password: in the person's menu, for everybody signed in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.organisation.models import User
from targets.demonstration.demo_accounts import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Lua-vang-mua-nuoc-noi"


def change(client: Client, old: str, new: str, again: str | None = None) -> Any:
    fields = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(reverse("password_change"), fields)


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_the_menu_of_every_person_leads_there(signed_in: Any) -> None:
    link = f'<a href="{reverse("account")}">Tài khoản của tôi</a>'
    for person in ("committee_member", "provincial_officer", "administrator", "officer_of_844"):
        client = signed_in(person)
        assert link in client.get("/").content.decode(), person
        assert reverse("password_change") in client.get(reverse("account")).content.decode()


def test_this_session_stays_and_the_others_of_the_account_end(signed_in: Any) -> None:
    here, elsewhere = signed_in("officer_of_844"), signed_in("officer_of_844")
    somebody_else = signed_in("officer_of_848")
    answer = change(here, PASSWORD, NEW)
    assert (answer.status_code, answer["Location"]) == (302, reverse("password_change_done"))
    assert "Đã đổi mật khẩu" in here.get(answer["Location"]).content.decode()
    assert (is_in(here), is_in(elsewhere), is_in(somebody_else)) == (True, False, True)
    user = User.objects.get(username="huyen844")
    assert (user.check_password(NEW), user.check_password(PASSWORD)) == (True, False)


def test_what_is_refused_is_said_beside_its_field_in_vietnamese() -> None:
    client = Client()
    client.login(username="huyen844", password=PASSWORD)
    cases: dict[tuple[str, str, str], list[tuple[str, str]]] = {
        ("sai", NEW, NEW): [("old_password", "Mật khẩu cũ không chính xác")],
        (PASSWORD, NEW, "khac"): [("new_password2", "không giống nhau")],
        (PASSWORD, "12345", "12345"): [
            ("new_password2", "quá ngắn, cần ít nhất 10 ký tự"),
            ("new_password2", "quá phổ biến"),
            ("new_password2", "hoàn toàn là số"),
        ],
        (PASSWORD, "huyen844xy", "huyen844xy"): [("new_password2", "quá giống")],
    }
    wrong = []
    for typed, reasons in cases.items():
        answer = change(client, *typed)
        page, form = answer.content.decode(), answer.context["form"]
        shown_text = [any(text in error for error in form.errors[name]) for name, text in reasons]
        linked = all(f'href="#id_{name}"' in page for name, _text in reasons)
        stored = any(secret in page for secret in typed if len(secret) > 4)
        if not all(shown_text) or not linked or stored or 'role="alert"' not in page:
            wrong.append((typed, form.errors))
    assert wrong == []
    assert User.objects.get(username="huyen844").check_password(PASSWORD)


def test_the_rules_for_passwords_stand_beside_the_field_in_words(signed_in: Any) -> None:
    page = signed_in("committee_member").get(reverse("password_change")).content.decode()
    help_text = page.partition('id="id_new_password1_helptext"')[2].partition("</div>")[0]
    assert help_text.count("<li>") == 4
    assert "10 ký tự" in help_text
    assert 'aria-describedby="id_new_password1_helptext"' in page

"""Sign-ins stand in the log, with account and address; nothing that was typed can forge a line."""

import logging
from typing import Any

import pytest
from django.contrib.auth.signals import user_login_failed
from django.test import Client

from targets.demonstration.demo_accounts import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog: Any) -> Any:
    """lines(): what was logged since the last time, as (level, line)."""
    caplog.set_level(logging.INFO, "ocop.sign_ins")

    def since() -> list[tuple[str, str]]:
        found = [
            (one.levelname, one.getMessage())
            for one in caplog.records
            if one.name == "ocop.sign_ins"
        ]
        caplog.clear()
        return found

    return since


def sign_in(name: str, password: str = "sai-mat-khau", **headers: str) -> Any:
    fields = {"username": name, "password": password}
    return Client().post("/accounts/login/", fields, **headers)  # type: ignore[arg-type]


def test_a_refused_sign_in_is_a_warning_with_account_and_address(lines: Any) -> None:
    sign_in("bancd", REMOTE_ADDR="203.0.113.7")
    assert lines() == [("WARNING", "sign-in refused: account 'bancd' from 203.0.113.7")]
    sign_in("không có ai", REMOTE_ADDR="2001:db8::1")
    assert lines() == [("WARNING", "sign-in refused: account 'không có ai' from 2001:db8::1")]


def test_a_sign_in_is_noted_too(lines: Any) -> None:
    assert sign_in("bancd", PASSWORD, REMOTE_ADDR="203.0.113.7").status_code == 302
    assert lines() == [("INFO", "signed in: account 'bancd' from 203.0.113.7")]


def test_no_password_is_ever_logged(caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in("bancd", "mat-khau-rat-kin")
    sign_in("bancd", PASSWORD)
    assert "mat-khau-rat-kin" not in caplog.text
    assert PASSWORD not in caplog.text


def test_a_name_cannot_forge_a_line_nor_fill_the_log(lines: Any) -> None:
    # By the signal itself: the form, or the database, refuses some of these before it is sent.
    names = [
        "a\n2026-01-01 INFO signed in: account 'tinh' from 127.0.0.1",
        "a\r\x1b[2K\x00\u2028\u0085\u202e",
        "a' from 127.0.0.1",
        "a" * 100_000,
        "\n" * 100_000,
        "a\udcffb",
    ]
    wrong = []
    for name in names:
        user_login_failed.send("test", credentials={"username": name}, request=None)
        ((level, line),) = lines()
        inside = line.removeprefix("sign-in refused: account ").removesuffix(" from unknown")
        whole = line.isprintable() and len(line.splitlines()) == 1 and len(line) < 2000
        # What stands in the quotes is read back as it was typed: it did not end them.
        if not whole or eval(inside) != name[:150] or level != "WARNING":
            wrong.append(line)
    assert wrong == []


def test_the_proxys_word_counts_only_where_there_is_one(lines: Any, settings: Any) -> None:
    cases = [
        # (behind a proxy, REMOTE_ADDR, X-Forwarded-For, what is logged)
        (False, "203.0.113.7", "198.51.100.9", "203.0.113.7"),
        (False, "", "198.51.100.9", "unknown"),
        (True, "", "198.51.100.9", "198.51.100.9"),
        (True, "", "10.0.0.1, 198.51.100.9", "198.51.100.9"),
        (True, "127.0.0.1", "1.2.3.4,2001:db8::5", "2001:db8::5"),
        (True, "", "", "unknown"),
        (True, "", "198.51.100.9, x\ny", "unknown"),
    ]
    wrong = []
    for behind, remote, forwarded, wanted in cases:
        settings.BEHIND_PROXY = behind
        sign_in("bancd", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
        ((_level, line),) = lines()
        if not line.endswith(f" from {wanted}"):
            wrong.append((behind, remote, forwarded, line))
    assert wrong == []

"""What all tests share: the cast of people, and what is worked out in the tests' own process."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from ocop.imports import registry
from ocop.lib.files import child as files_child
from ocop.lib.spreadsheets import child as spreadsheets_child
from ocop.organisation.models import User
from targets.effect_words import worded
from targets.effects import of_import

pytest_plugins = ["tests.plugins"]

CAST = {
    "committee_member": "bancd",
    "provincial_officer": "tinh",
    "administrator": "quantri",
    "officer_of_844": "huyen844",
    "officer_of_848": "huyen848",
}


@pytest.fixture
def outsider(db: Any) -> User:
    """Somebody with an account and no membership."""
    return User.objects.create_user("nguoingoai", password="x")


@pytest.fixture
def signed_in(db: Any) -> Any:
    """signed_in("committee_member") gives a client signed in as that character."""

    def sign_in(character: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=CAST.get(character, character)))
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Tests sign in by session; where a password is checked, the hash need not be slow."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture(autouse=True)
def _nothing_is_cached() -> None:
    """A page is worked out anew in every test, so that its context is at hand."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _files_are_read_here() -> None:
    """Starting a child takes 150 to 250 ms. Tests of the children, and of what they are there to
    withstand, ask for `reading_child` or `looking_child`."""
    spreadsheets_child.use_inline(True)
    files_child.use_inline(True)


@pytest.fixture
def reading_child() -> Iterator[None]:
    """Workbooks are read as the program does: in a process of its own."""
    spreadsheets_child.use_inline(False)
    yield
    spreadsheets_child.use_inline(True)


@pytest.fixture
def looking_child() -> Iterator[None]:
    """Evidence is looked into as the program does: in a process of its own."""
    files_child.use_inline(False)
    yield
    files_child.use_inline(True)


@pytest.fixture
def effects_untold() -> Iterator[None]:
    """Imports without working out what they do to the targets: two overviews an import."""
    registry.tell_effects_by(lambda act, _importer: act() or [], worded)
    yield
    registry.tell_effects_by(of_import, worded)

"""What all tests share: the cast of people, and what is worked out in the tests' own process."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from ocop.lib import sandbox
from ocop.organisation.models import User

pytest_plugins = ["tests.support.plugins"]

CAST = {
    "committee_member": "bancd",
    "provincial_officer": "tinh",
    "administrator": "quantri",
    "officer_of_844": "huyen844",
    "officer_of_848": "huyen848",
    "officer_of_commune": "xa29242",
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


@pytest.fixture(autouse=True)
def _sites_own_language(settings: Any) -> None:
    """A page that another test asked for in English leaves that language active."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def _files_are_read_here() -> Iterator[None]:
    """Starting a child for every file costs 150 to 250 ms."""
    with sandbox.inline():
        yield


@pytest.fixture
def in_sandbox() -> Iterator[None]:
    """For tests of the child itself, and of what it is there to withstand."""
    with sandbox.inline(False):
        yield


@pytest.fixture
def effects_untold(settings: Any) -> None:
    """Imports without working out what they do to the targets: two overviews an import."""
    settings.HOOKS = settings.HOOKS | {"import_effects": "tests.support.shared.untold"}

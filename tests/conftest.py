"""What all tests share: reference data loaded once per database, and the cast of people."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ocop.organisation.models import User
from targets.demo_accounts import make_accounts
from targets.demonstration import loading
from targets.reference import load_everything


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Every test database holds the reference data and one account per role."""
    with django_db_blocker.unblock():
        load_everything()
        make_accounts()
    return


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Tests sign in by session; where a password is checked, the hash need not be slow."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """On PostgreSQL only what touches a database: pure rules are the same on every one."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    kept = [item for item in items if touches_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def touches_a_database(item: Any) -> bool:
    needs = {"db", "transactional_db", "demonstration", "site", "empty_site", "tmp_path_factory"}
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("slow")
    return bool(marked) or not needs.isdisjoint(item.fixturenames)


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


@pytest.fixture(scope="module")
def demonstration(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration data: loaded once a module and taken back after it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        loading.load()
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)

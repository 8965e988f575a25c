"""What all tests share: reference data loaded once per database, and the cast of people."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from xdist.scheduler import LoadGroupScheduling

from ocop.lib import sandbox
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


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Tests sign in by session; where a password is checked, the hash need not be slow."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


def pytest_collection_finish() -> None:
    """Seven thousand tests and their modules stay: looked through for garbage no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class FilesAtATime(LoadGroupScheduling):
    """A worker takes a file or a group at a time: what a module makes is made once in a run."""

    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        return group if group != nodeid else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> FilesAtATime:
    return FilesAtATime(config, log)


LONGEST = ("browser", "demo", "walk", "meeting")
"""Groups in the order in which workers take them: two browsers do not begin at once, and what is
left for the end is short, so that no worker waits long for another."""


def longest_first(item: Any) -> int:
    mark = item.get_closest_marker("xdist_group")
    group = mark.args[0] if mark else ""
    return LONGEST.index(group) if group in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """On PostgreSQL only what touches a database: pure rules are the same on every one.

    Of a test with many cases the first and the last: they ask the database the same. All of them
    with OCOP_EVERY_CASE=1, as `make test-slow` does; what each case is about is the database's
    own answer (EVERY_CASE) always.
    """
    items.sort(key=longest_first)
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    kept = [item for item in items if touches_a_database(item) and not only_draws(item)]
    if not os.environ.get("OCOP_EVERY_CASE"):
        cases: dict[tuple[Any, str], list[Any]] = {}
        for item in kept:
            cases.setdefault((item.path, getattr(item, "originalname", item.name)), []).append(item)
        ends = {id(item) for found in cases.values() for item in (found[0], found[-1])}
        kept = [one for one in kept if id(one) in ends or one.path.parent.name in EVERY_CASE]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


EVERY_CASE = {"access", "campaigns", "commands", "corpus", "exports", "targets"}
"""Folders of tests whose every case runs on both databases."""


def only_draws(item: Any) -> bool:
    """What a browser draws of the same pages is the same on every database; the walks in which
    people write, marked `both_databases`, are made on both."""
    return bool(
        item.get_closest_marker("browser") and not item.get_closest_marker("both_databases")
    )


def touches_a_database(item: Any) -> bool:
    needs = {"db", "transactional_db", "demonstration", "site", "empty_site", "tmp_path_factory"}
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("slow")
    return bool(marked) or not needs.isdisjoint(item.fixturenames)


# How long an example takes says how busy the machine is, not whether the rule holds.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

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


EFFECTS_UNTOLD = settings.HOOKS | {"import_effects": "tests.shared.untold"}


class DemonstrationData:
    """The demonstration data in a transaction that stays open from the first test that asks for
    it until one that does not: loading takes longer than most tests that look at it."""

    def __init__(self) -> None:
        self._transaction: Any = None
        self._blocker: Any = None

    def load(self, blocker: Any) -> None:
        """`blocker` is pytest-django's, which keeps tests without a mark off the database."""
        if self._transaction is not None:
            return
        self._blocker = blocker
        # Told at thirty imports, and asked for nowhere: half of the time that loading takes.
        with blocker.unblock(), override_settings(HOOKS=EFFECTS_UNTOLD):
            self._transaction = transaction.atomic()
            self._transaction.__enter__()
            loading.load()

    def load_again(self) -> None:
        """After a test of the same module that did without; the fixture loads it at first."""
        if self._blocker is not None:
            self.load(self._blocker)

    def take_back(self) -> None:
        if self._transaction is None:
            return
        with self._blocker.unblock():
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)
        self._transaction = None


IN_HAND = DemonstrationData()


@pytest.fixture(scope="session")
def _taken_back_at_last(django_db_setup: Any) -> Iterator[None]:
    yield
    IN_HAND.take_back()


@pytest.fixture(scope="module")
def demonstration(_taken_back_at_last: Any, django_db_blocker: Any) -> None:
    """The demonstration data; what a test changes in it is taken back after the test."""
    IN_HAND.load(django_db_blocker)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: Any) -> None:
    if "demonstration" not in item.fixturenames:
        IN_HAND.take_back()
    else:
        IN_HAND.load_again()


@pytest.fixture
def effects_untold(settings: Any) -> None:
    """Imports without working out what they do to the targets: two overviews an import."""
    settings.HOOKS = EFFECTS_UNTOLD

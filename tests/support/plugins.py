"""How tests are dealt out to workers, and which copy of the database each of them sees."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.db import connection
from xdist.scheduler import LoadGroupScheduling

from tests.support import database

# How long an example takes says how busy the machine is, not whether the rule holds.
hypothesis.settings.register_profile("quick", deadline=None, max_examples=30)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=100)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_finish() -> None:
    """Thousands of tests and their modules stay: looked through for garbage no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


# --- Workers --------------------------------------------------------------------------------------


class FilesAtATime(LoadGroupScheduling):
    """A worker takes a file or a group at a time: what a module makes is made once in a run."""

    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        return group if group != nodeid else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> FilesAtATime:
    return FilesAtATime(config, log)


LONGEST = ("browser", "walk")
"""Groups in the order in which workers take them: two browsers do not begin at once, and what is
left for the end is short, so that no worker waits long for another."""


def longest_first(item: Any) -> int:
    mark = item.get_closest_marker("xdist_group")
    group = mark.args[0] if mark else ""
    return LONGEST.index(group) if group in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(items: list[Any]) -> None:
    items.sort(key=longest_first)


# --- Databases ------------------------------------------------------------------------------------


class Copies:
    """A worker's own copies of the stages that its tests ask for; one is in use at a time."""

    def __init__(self) -> None:
        self._urls: dict[str, str] = {}
        self.in_use = ""

    def use(self, stage: str) -> None:
        if stage == self.in_use:
            return
        assert not connection.in_atomic_block, "one module keeps records of its own in another copy"
        if stage not in self._urls:
            self._urls[stage] = database.copied(stage)
        connection.close()
        connection.settings_dict["NAME"] = database.name_of(self._urls[stage])
        self.in_use = stage


COPIES = Copies()


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """Every test's database holds the reference data and one account per role."""
    if not COPIES.in_use:
        COPIES.use("reference")
    yield
    connection.close()


@pytest.fixture(scope="session")
def demonstration(django_db_setup: None) -> None:
    """The demonstration data; what a test changes in it is taken back after the test."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: Any) -> None:
    """Before any fixture opens a transaction."""
    if "demonstration" in item.fixturenames:
        COPIES.use("demonstration")
    elif COPIES.in_use:
        COPIES.use("reference")

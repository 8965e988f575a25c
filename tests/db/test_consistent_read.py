"""Several queries that see one moment, while others go on writing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from ocop.db.consistent_read import consistent_read

pytestmark = pytest.mark.django_db
TABLE = "trial_of_consistent_reads"


@pytest.fixture
def _two_connections(tmp_path: Path) -> Iterator[None]:
    """Connections “reader” and “writer” of their own to a database with a table of one row."""
    for alias in ("reader", "writer"):
        made: Any = connections[DEFAULT_DB_ALIAS].copy(alias)
        if made.vendor == "sqlite":
            made.settings_dict["NAME"] = tmp_path / "trial.sqlite3"
        connections[alias] = made
    ask("writer", f"CREATE TABLE {TABLE} (number integer)")
    write()
    yield
    ask("writer", f"DROP TABLE {TABLE}")
    for alias in ("reader", "writer"):
        connections[alias].close()
        del connections[alias]


def ask(alias: str, statement: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


def write() -> None:
    ask("writer", f"INSERT INTO {TABLE} VALUES (1)")


def rows() -> int:
    return int(ask("reader", f"SELECT count(*) FROM {TABLE}")[0])


@pytest.mark.usefixtures("_two_connections")
def test_what_others_write_meanwhile_is_seen_afterwards() -> None:
    rows()
    before = getattr(connections["reader"], "transaction_mode", None)
    with consistent_read("reader"):
        assert rows() == 1
        write()
        with consistent_read("reader"):
            assert rows() == 1
    assert rows() == 2
    assert getattr(connections["reader"], "transaction_mode", None) == before


@pytest.mark.usefixtures("_two_connections")
def test_nobody_who_writes_is_waited_for() -> None:
    with transaction.atomic(using="writer"):
        write()
        with consistent_read("reader"):
            assert rows() == 1

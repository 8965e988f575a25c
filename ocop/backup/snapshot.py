"""One moment of the database, read while others go on writing; and what ids it gave out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from ocop.backup.tables import Model, table_of

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection that sees the database as it is now until the block ends.

    A connection of its own: on SQLite the program's transactions begin by taking the write lock,
    and this one must not; on PostgreSQL it says what it is before its first query.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS].copy(ALIAS)
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections[ALIAS] = connection
    try:
        with transaction.atomic(using=ALIAS):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield ALIAS
    finally:
        connection.close()
        del connections[ALIAS]


def last_ids(of: list[Model], using: str = DEFAULT_DB_ALIAS) -> dict[str, int]:
    """{table: the highest id it ever gave out}, of tables that count their rows.

    A row that was deleted keeps its id for good: history, evidence and imports still name it.
    """
    connection: Any = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            known = dict(cursor.fetchall())
            return {table_of(model): known.get(table_of(model), 0) for model in of if counts(model)}
        found = {}
        for model in filter(counts, of):
            cursor.execute(f"SELECT last_value, is_called FROM {sequence_of(model, cursor)}")
            last, is_called = cursor.fetchone()
            found[table_of(model)] = last if is_called else last - 1
        return found


def counts(model: Model) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


def sequence_of(model: Model, cursor: Any) -> str:
    """PostgreSQL's name of what counts the table's ids, quoted."""
    key: Any = model._meta.pk
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table_of(model), key.column])
    return str(cursor.fetchone()[0])

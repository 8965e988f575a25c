"""A backup's rows into the database, in the place of what is there; inside one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management.sql import emit_post_migrate_signal
from django.db import Error, connection
from django.db.models import Max

from ocop.backup.archive import Archive
from ocop.backup.manifest import DamagedArchive
from ocop.backup.snapshot import counts, sequence_of
from ocop.backup.tables import (
    Model,
    columns_of,
    emptied_only,
    kept_models,
    readers_of,
    table_of,
)
from ocop.db.copy import copy_in

MAX_ROWS = 1000
MAX_CHARACTERS = 4 * 1024 * 1024
"""Rows are written by the thousand, fewer where they are long."""


class RowsRejected(Exception):
    """The database refuses a table's rows, for `reason`, in its own words."""

    def __init__(self, table: str, reason: str) -> None:
        super().__init__(table, reason)
        self.table = table
        self.reason = reason


def load(archive: Archive) -> None:
    """Raises Damaged, or RowsRejected where the database refuses a row; the caller rolls back."""
    models = kept_models()
    with _triggers_disabled([*models, *emptied_only()]):
        _empty([*models, *emptied_only()])
        entries = {table.name: table for table in archive.manifest.tables}
        for model in models:
            with _named(table_of(model)):
                _insert(model, archive.rows(entries[table_of(model)]))
        with _named("*"):
            connection.check_constraints()
    for model in filter(counts, models):
        _count_on(model, entries[table_of(model)].last_id or 0)
    ContentType.objects.clear_cache()
    # As after emptying by Django's own flush: a new version of the data begins.
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


@contextmanager
def _named(table: str) -> Iterator[None]:
    try:
        yield
    except Error as error:
        raise RowsRejected(
            table, (str(error).strip() or type(error).__name__).splitlines()[0]
        ) from None


# --- Triggers -----------------------------------------------------------------------------------


@contextmanager
def _triggers_disabled(models: Iterable[Model]) -> Iterator[None]:
    """History refuses to be emptied, and each row would draw a token: not in this block.

    What goes wrong in it is rolled back, the triggers' rest along with it.
    """
    tables = [table_of(model) for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            yield
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            return
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


# --- Rows ---------------------------------------------------------------------------------------


def _empty(models: Iterable[Model]) -> None:
    tables = [f'"{table_of(model)}"' for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")


def _insert(model: Model, rows: Iterator[list[Any]]) -> None:
    readers = readers_of(model, connection)
    quoted = [f'"{column}"' for column in columns_of(model)]
    into = f'"{table_of(model)}" ({", ".join(quoted)})'
    for some in _portions(rows):
        columns = _read(zip(*some, strict=True), readers)
        try:
            if connection.vendor == "postgresql":
                copy_in(connection, f"COPY {into} FROM STDIN", columns)
                continue
            places = ", ".join(["%s"] * len(quoted))
            with connection.cursor() as cursor:
                statement = f"INSERT INTO {into} VALUES ({places})"
                cursor.executemany(statement, list(zip(*columns, strict=True)))
        except (TypeError, OverflowError):
            raise DamagedArchive("contents") from None


def _read(
    columns: Iterable[tuple[Any, ...]], readers: Sequence[Callable[[Any], Any] | None]
) -> list[Sequence[Any]]:
    try:
        return [
            column if reader is None else [reader(value) for value in column]
            for column, reader in zip(columns, readers, strict=True)
        ]
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        raise DamagedArchive("contents") from None


def _portions(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    some: list[list[Any]] = []
    letters = 0
    for row in rows:
        some.append(row)
        letters += sum(len(value) for value in row if isinstance(value, str))
        if len(some) == MAX_ROWS or letters > MAX_CHARACTERS:
            yield some
            some, letters = [], 0
    if some:
        yield some


def _count_on(model: Model, last_id: int) -> None:
    """The next row gets an id that neither a row nor one that is gone ever had."""
    key: Any = model._meta.pk
    highest = model._base_manager.aggregate(highest=Max(key.attname))["highest"] or 0
    last = max(last_id, highest)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Unlike setval(), taken back where the transaction is.
            cursor.execute(f"ALTER SEQUENCE {sequence_of(model, cursor)} RESTART WITH {last + 1}")
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table_of(model)])
        if last:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table_of(model), last]
            )


# --- Is there anything? -------------------------------------------------------------------------


def present() -> list[tuple[str, int]]:
    """(name of a kind of record, how many) of all that is in the database, people first.

    Not what `migrate` makes itself.
    """
    made = {"contenttypes.ContentType", "auth.Permission"}
    found = []
    for model in kept_models():
        if model._meta.label not in made and (number := model._base_manager.count()):
            found.append((model, number))
    people = get_user_model()
    found.sort(key=lambda each: (each[0] is not people, not _is_listed(each[0]), -each[1]))
    listed = [
        (str(model._meta.verbose_name), number) for model, number in found if _is_listed(model)
    ]
    rest = sum(number for model, number in found if not _is_listed(model))
    return list(chain(listed, [("", rest)] if rest else []))


def _is_listed(model: Model) -> bool:
    """Whether people know these records by a name; history and links are the rest."""
    return "verbose_name" in model._meta.original_attrs and not hasattr(model, "history_type")

"""Several queries that see the database at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction


@contextmanager
def consistent_read(using: str = "default") -> Iterator[None]:
    """A read-only transaction whose queries all see the data as they are at the first of them.

    Within another transaction it does nothing: that one has begun already. On SQLite the
    program's transactions begin by taking the write lock (`transaction_mode`); this one does not,
    and its first query fixes what the others see.
    """
    connection: Any = connections[using]
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    mode = getattr(connection, "transaction_mode", None)
    try:
        connection.transaction_mode = "DEFERRED"
        with transaction.atomic(using=using):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        connection.transaction_mode = mode

"""What PostgreSQL knows of its tables when it plans a query: brought up to date after much is new.

Its own process does so only after a while, and never for what is not committed yet; until then
a query that took milliseconds can take seconds.
"""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, connections

MANY = 1000
"""From how many records written at once the statistics are worth bringing up to date."""


def bring_up_to_date(tables: Iterable[str] = (), using: str = DEFAULT_DB_ALIAS) -> None:
    """ANALYZE on PostgreSQL, in the transaction that runs, if any; nothing on SQLite.

    Of `tables`, or of the whole database with its catalogues where none is named.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        named = ", ".join(connection.ops.quote_name(table) for table in sorted(set(tables)))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {named}")

"""What PostgreSQL knows of its tables when it plans a query: brought up to date after much is new.

Its own process does so only after a while, and never for what is not committed yet; until then
a query that took milliseconds can take seconds.
"""

from django.db import DEFAULT_DB_ALIAS, connections

MANY = 1000
"""From how many records written at once the statistics are worth bringing up to date."""


def bring_up_to_date(using: str = DEFAULT_DB_ALIAS) -> None:
    """ANALYZE on PostgreSQL, in the transaction that runs, if any; nothing on SQLite."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
